//! The files in `events/` are what Lambda really delivers, for those who invoke a single function with one of them.
#![allow(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use std::collections::BTreeMap;
use std::path::Path;

use aws_lambda_events::{dynamodb, s3::S3Event, sqs::SqsEvent};
use contracts::booking::{BeginPayment, ReservationState, SeatsLeft};
use contracts::catalog::{EventState, LayoutState, PerformanceState};
use contracts::event::{Envelope, LAST_EVENT, LastEvent};
use contracts::identity::UserState;
use contracts::ids::ImageId;
use contracts::insights::EventPopularity;
use contracts::live::RoomChange;
use contracts::payments::PaymentState;
use contracts::waiting_room::{AdmissionState, AdmitBuyer, QueueState};
use kit::http::Call;
use serde_json::Value;

/// Whose queues carry something else: what S3 tells, how events sell, what rooms are told, rounds of planning, seats left.
const NO_DOMAIN_EVENTS: [&str; 5] =
    ["process-image", "apply-popularity", "broadcast-changes", "steer-queues", "apply-seats-left"];

/// Text and JSON of every file, by name.
fn files() -> std::io::Result<BTreeMap<String, String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../events");
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        files.insert(name, std::fs::read_to_string(path)?);
    }
    Ok(files)
}

#[test]
fn http_events_are_requests_whose_bodies_and_callers_can_be_read() {
    let mut found = 0;
    for (name, text) in files().unwrap() {
        let event: Value = serde_json::from_str(&text).unwrap();
        if event.get("routeKey").is_none() {
            continue;
        }
        found += 1;
        let call = Call::new(lambda_http::request::from_str(&text).unwrap());
        assert_eq!(call.request_id(), format!("event-file-{name}"));
        assert_eq!(call.caller().is_ok(), event["requestContext"]["authorizer"].is_object(), "{name}");
        if event["body"].is_string() {
            call.body::<Value>().unwrap();
        }
        for (parameter, value) in event["pathParameters"].as_object().into_iter().flatten() {
            assert_eq!(call.path_text(parameter).unwrap(), value.as_str().unwrap(), "{name}");
        }
    }
    assert!(found > 30, "{found}");
}

#[test]
fn queue_events_carry_domain_events_with_readable_states() {
    let mut found = 0;
    for (name, text) in files().unwrap() {
        if !text.contains("aws:sqs") || NO_DOMAIN_EVENTS.contains(&name.as_str()) {
            continue;
        }
        let batch: SqsEvent = serde_json::from_str(&text).unwrap();
        for message in batch.records {
            found += 1;
            let event: Envelope = serde_json::from_str(&message.body.unwrap()).unwrap();
            assert_eq!(aggregate(&event), (event.aggregate_id.clone(), event.version), "{name}");
        }
    }
    assert!(found >= 6, "{found}");
}

/// Id and version in the state that an event carries. Of which kind it is, its aggregate's id says.
fn aggregate(event: &Envelope) -> (String, u64) {
    macro_rules! of {
        ($state:ty) => {{
            let state = event.state::<$state>().unwrap();
            (state.id.to_string(), state.version)
        }};
    }
    match event.aggregate_id.split('_').next().unwrap() {
        "usr" => of!(UserState),
        "lay" => {
            let state = event.state::<LayoutState>().unwrap();
            assert_eq!(contracts::geometry::unpack(&state.geometry).unwrap().sections.len(), 1);
            (state.id.to_string(), state.version)
        }
        "evt" => of!(EventState),
        "prf" => of!(PerformanceState),
        "pay" => of!(PaymentState),
        "que" => of!(QueueState),
        "adm" => of!(AdmissionState),
        _ => of!(ReservationState),
    }
}

#[test]
fn changes_of_rooms_are_in_the_group_of_their_room() {
    let text = files().unwrap().remove("broadcast-changes").unwrap();
    let batch: SqsEvent = serde_json::from_str(&text).unwrap();
    assert!(!batch.records.is_empty());
    for message in batch.records {
        assert!(message.event_source_arn.unwrap().ends_with(".fifo"));
        let change: RoomChange = serde_json::from_str(&message.body.unwrap()).unwrap();
        assert_eq!(message.attributes["MessageGroupId"], change.room().to_string());
        for attribute in ["MessageDeduplicationId", "SequenceNumber"] {
            assert!(!message.attributes[attribute].is_empty(), "{attribute}");
        }
    }
}

#[test]
fn websocket_events_are_of_a_connection_and_name_their_action() {
    let mut found = BTreeMap::<_, u32>::new();
    for (name, text) in files().unwrap() {
        let event: Value = serde_json::from_str(&text).unwrap();
        let context = &event["requestContext"];
        let Some(kind) = context["eventType"].as_str() else { continue };
        *found.entry(kind.to_owned()).or_default() += 1;
        assert_eq!(context["requestId"], format!("event-file-{name}"));
        assert!(context["connectionId"].as_str().is_some_and(|id| !id.is_empty()), "{name}");
        assert!(context["connectedAt"].as_i64() < context["requestTimeEpoch"].as_i64(), "{name}");
        if kind != "MESSAGE" {
            assert_eq!(event["body"], Value::Null, "{name}");
        } else if context["routeKey"] != "$default" {
            let message: Value = serde_json::from_str(event["body"].as_str().unwrap()).unwrap();
            assert_eq!(message["action"], context["routeKey"], "{name}");
        }
    }
    assert!(found["MESSAGE"] > 5 && found["CONNECT"] == 1 && found["DISCONNECT"] == 1, "{found:?}");
}

#[test]
fn the_upload_event_is_a_notification_of_s3() {
    let text = files().unwrap().remove("process-image").unwrap();
    let batch: SqsEvent = serde_json::from_str(&text).unwrap();
    let notification: S3Event = serde_json::from_str(batch.records[0].body.as_deref().unwrap()).unwrap();
    let key = notification.records[0].s3.object.key.as_deref().unwrap();
    key.strip_prefix("uploads/").unwrap().parse::<ImageId>().unwrap();
}

#[test]
fn rooms_are_told_of_changes() {
    let text = files().unwrap().remove("broadcast-changes").unwrap();
    let batch: SqsEvent = serde_json::from_str(&text).unwrap();
    assert!(!batch.records.is_empty());
    for message in batch.records {
        let change: RoomChange = serde_json::from_str(&message.body.unwrap()).unwrap();
        assert_eq!(message.attributes["MessageGroupId"], change.room().to_string(), "a room is a group");
    }
}

#[test]
fn insights_tells_the_catalogue_how_events_sell() {
    let text = files().unwrap().remove("apply-popularity").unwrap();
    let batch: SqsEvent = serde_json::from_str(&text).unwrap();
    assert!(!batch.records.is_empty());
    for message in batch.records {
        let popularity: EventPopularity = serde_json::from_str(&message.body.unwrap()).unwrap();
        assert!(popularity.tickets > 0 && popularity.revision > 0);
    }
}

#[test]
fn booking_tells_waiting_rooms_what_is_left() {
    let text = files().unwrap().remove("apply-seats-left").unwrap();
    let batch: SqsEvent = serde_json::from_str(&text).unwrap();
    for message in batch.records {
        let left: SeatsLeft = serde_json::from_str(&message.body.unwrap()).unwrap();
        assert!(left.free > 0 && left.counted_at > 0);
    }
}

#[test]
fn stream_events_carry_items_that_announce_their_state() {
    let text = files().unwrap().remove("append-events").unwrap();
    let batch: dynamodb::Event = serde_json::from_str(&text).unwrap();
    assert!(!batch.records.is_empty());
    for record in batch.records {
        let image: Value = serde_dynamo::from_item(record.change.new_image).unwrap();
        let last: LastEvent = serde_json::from_value(image[LAST_EVENT].clone()).unwrap();
        assert!(image[last.state.as_str()]["id"].is_string(), "{last:?}");
        assert!(image[last.state.as_str()]["version"].is_u64(), "{last:?}");
    }
}

#[test]
fn the_calls_between_contexts_are_ones() {
    let text = files().unwrap().remove("begin-payment").unwrap();
    let call: BeginPayment = serde_json::from_str(&text).unwrap();
    assert!(call.payable_min <= call.payable_max);
    let text = files().unwrap().remove("admit-buyer").unwrap();
    let call: AdmitBuyer = serde_json::from_str(&text).unwrap();
    assert!(!call.ticket.is_empty());
}
