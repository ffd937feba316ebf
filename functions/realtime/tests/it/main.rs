//! Handlers with what API Gateway and SQS really send, and with what clients should not.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot set itself up must stop"
)]

use std::cell::RefCell;
use std::path::Path;

use aws_lambda_events::sqs::SqsEvent;
use contracts::ids::{EventId, PerformanceId};
use contracts::waiting_room::{AdmitBuyer, EntryAnswer};
use jiff::Timestamp;
use kit::signed::Secret;
use realtime::access::{AccessError, AccessTokens, PublishedKeys};
use realtime::admissions::{Admissions, AdmissionsError};
use realtime::broadcast::Broadcast;
use realtime::changes::Nobody;
use realtime::clock::SystemClock;
use realtime::poster::{PostError, Poster};
use realtime::rooms::Rooms;
use realtime::store::Store;
use realtime_functions::socket::{Answer, Desk, SocketEvent, respond};
use realtime_functions::{
    answer_ping, broadcast_changes, change_seat_selection, connect_client, disconnect_client, join_event_room,
    join_queue_room, join_seat_selection, reject_unknown_action,
};
use serde_json::{Value, json};
use testkit::TestTable;

/// Every connection; remembers what was posted.
#[derive(Debug, Default)]
struct Wire(RefCell<Vec<Value>>);

impl Poster for &Wire {
    async fn post(&self, _connection: &str, message: &str) -> Result<(), PostError> {
        self.0.borrow_mut().push(serde_json::from_str(message).unwrap());
        Ok(())
    }
}

struct NoKeys;

impl PublishedKeys for NoKeys {
    async fn read(&self) -> Result<jsonwebtoken::jwk::JwkSet, AccessError> {
        Ok(jsonwebtoken::jwk::JwkSet { keys: Vec::new() })
    }
}

struct NoAdmissions;

impl Admissions for NoAdmissions {
    async fn admit(&self, _call: &AdmitBuyer) -> Result<EntryAnswer, AdmissionsError> {
        Err(AdmissionsError::new("nobody is asked"))
    }
}

fn file(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../events").join(format!("{name}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn event(value: Value) -> SocketEvent {
    serde_json::from_value(value).unwrap()
}

fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}

async fn store() -> Store {
    let table = TestTable::like("RealtimeTable").await;
    Store::new(table.client(), &table.name)
}

async fn connect(desk: &Desk<&Wire>, value: Value) -> Answer {
    connect_client::handle(desk, &AccessTokens::new(NoKeys, "issuer", "jari"), event(value), now()).await
}

#[tokio::test]
async fn a_visit_from_the_event_files() {
    let wire = Wire::default();
    let desk = Desk { store: store().await, poster: &wire };
    let (sale, performance): (EventId, PerformanceId) = (
        "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03".parse().unwrap(),
        "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04".parse().unwrap(),
    );
    desk.store.learn(sale, performance).await.unwrap();
    assert_eq!(connect(&desk, file("connect-client")).await, Answer::OK);
    let rooms = Rooms::new(desk.store.clone(), Nobody);
    let ping = respond("answer-ping", &desk, event(file("answer-ping")), &answer_ping::handle, now()).await;
    assert_eq!(ping, Answer::OK);
    let join = async |call| join_event_room::handle(&rooms, call).await;
    respond("join-event-room", &desk, event(file("join-event-room")), &join, now()).await;
    let join = async |call| join_seat_selection::handle(&rooms, call).await;
    respond("join-seat-selection", &desk, event(file("join-seat-selection")), &join, now()).await;
    let choose = async |call| change_seat_selection::handle(&rooms, call).await;
    respond("change-seat-selection", &desk, event(file("change-seat-selection")), &choose, now()).await;
    let secret = Secret::new(&[7; 32], None).unwrap();
    let wait = async |call| join_queue_room::handle(&rooms, &secret, call).await;
    respond("join-queue-room", &desk, event(file("join-queue-room")), &wait, now()).await;
    let unknown = event(file("reject-unknown-action"));
    respond("reject-unknown-action", &desk, unknown, &reject_unknown_action::handle, now()).await;

    let told = wire.0.take();
    let types: Vec<_> = told.iter().map(|message| message["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["pong", "room-info", "room-info", "error", "error"]);
    assert_eq!((&told[3]["code"], &told[3]["eventId"]), (&json!("unauthenticated"), &json!(sale)));
    assert_eq!((&told[4]["code"], &told[4]["action"]), (&json!("unknown_action"), &json!("dance")));

    let batch: SqsEvent = serde_json::from_value(file("broadcast-changes")).unwrap();
    let broadcast = Broadcast::new(desk.store.clone(), &wire, NoAdmissions, SystemClock);
    // The connection of the file has long ended by the machine's clock, so the room is as good as empty.
    assert!(broadcast_changes::handle(&broadcast, batch).await.batch_item_failures.is_empty());

    for _ in 0..2 {
        let gone = disconnect_client::handle(&desk, &Nobody, event(file("disconnect-client")), now()).await;
        assert_eq!(gone.unwrap(), Answer::OK);
    }
    assert!(desk.store.connection("L0SM9cOFvHcCIhw=").await.unwrap().is_none());
}

#[tokio::test]
async fn a_message_cannot_connect_or_disconnect() {
    let wire = Wire::default();
    let desk = Desk { store: store().await, poster: &wire };
    connect(&desk, file("connect-client")).await;
    let as_message = |name: &str, action: &str| {
        let mut value = file(name);
        value["requestContext"]["eventType"] = "MESSAGE".into();
        value["body"] = json!({"action": action}).to_string().into();
        value
    };
    connect(&desk, as_message("connect-client", "$connect")).await;
    let disconnect = event(as_message("disconnect-client", "$disconnect"));
    disconnect_client::handle(&desk, &Nobody, disconnect, now()).await.unwrap();
    let codes: Vec<_> = wire.0.take().into_iter().map(|message| message["code"].clone()).collect();
    assert_eq!(codes, ["unknown_action", "unknown_action"]);
    assert!(desk.store.connection("L0SM9cOFvHcCIhw=").await.unwrap().is_some());
}

#[tokio::test]
async fn a_bad_token_is_refused_and_nothing_is_kept() {
    let wire = Wire::default();
    let desk = Desk { store: store().await, poster: &wire };
    for token in ["", "nonsense", "eyJhbGciOiJub25lIn0.e30."] {
        let mut value = file("connect-client");
        value["queryStringParameters"] = json!({"token": token});
        assert_eq!(connect(&desk, value).await.status_code, 401, "{token}");
    }
    assert!(desk.store.connection("L0SM9cOFvHcCIhw=").await.unwrap().is_none());
    assert!(wire.0.take().is_empty(), "there is no connection to post to yet");
}

#[tokio::test]
async fn whatever_is_sent_is_answered_by_an_error_of_the_clients() {
    let wire = Wire::default();
    let desk = Desk { store: store().await, poster: &wire };
    connect(&desk, file("connect-client")).await;
    let rooms = Rooms::new(desk.store.clone(), Nobody);
    let choose = async |call| change_seat_selection::handle(&rooms, call).await;
    let nothing = "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04";
    let nine: Vec<_> = (0..9).map(|n| n.to_string()).collect();
    let sent = [
        ("".to_owned(), "malformed_request"),
        ("{".to_owned(), "malformed_request"),
        ("[]".to_owned(), "validation_failed"),
        ("null".to_owned(), "validation_failed"),
        (json!({"performanceId": 7, "seatIds": []}).to_string(), "validation_failed"),
        (json!({"performanceId": nothing}).to_string(), "validation_failed"),
        (json!({"performanceId": nothing, "seatIds": nine}).to_string(), "validation_failed"),
        (json!({"performanceId": nothing, "seatIds": ["a", "a"]}).to_string(), "validation_failed"),
        (json!({"performanceId": nothing, "seatIds": ["x".repeat(65)]}).to_string(), "validation_failed"),
        (json!({"performanceId": nothing, "seatIds": ["a"]}).to_string(), "not_in_room"),
        (format!("\"{}\"", "x".repeat(5_000)), "message_too_large"),
    ];
    for (body, code) in sent {
        let mut value = file("change-seat-selection");
        value["body"] = body.clone().into();
        let answer = respond("change-seat-selection", &desk, event(value), &choose, now()).await;
        assert_eq!(answer, Answer::OK);
        let told = wire.0.take();
        assert_eq!((told.len(), &told[0]["type"], &told[0]["code"]), (1, &json!("error"), &json!(code)), "{body:.80}");
        assert!(told[0]["status"].as_u64().is_some_and(|status| (400..500).contains(&status)));
    }
    let mut binary = file("answer-ping");
    binary["isBase64Encoded"] = true.into();
    respond("reject-unknown-action", &desk, event(binary), &reject_unknown_action::handle, now()).await;
    assert_eq!(wire.0.take()[0]["code"], "malformed_request");
    for expected in std::iter::repeat_n("pong", 18).chain(["error"]) {
        respond("answer-ping", &desk, event(file("answer-ping")), &answer_ping::handle, now()).await;
        assert_eq!(wire.0.take()[0]["type"], expected, "thirty messages at once, and no more");
    }
    let mut stranger = file("answer-ping");
    stranger["requestContext"]["connectionId"] = "unknown".into();
    respond("answer-ping", &desk, event(stranger), &answer_ping::handle, now()).await;
    assert_eq!(wire.0.take()[0]["code"], "connection_expired");
}

#[tokio::test]
async fn a_message_that_is_no_change_fails_alone() {
    let wire = Wire::default();
    let store = store().await;
    let broadcast = Broadcast::new(store, &wire, NoAdmissions, SystemClock);
    let mut batch = file("broadcast-changes");
    let mut poison = batch["Records"][0].clone();
    (poison["messageId"], poison["body"]) = ("poison".into(), "{".into());
    batch["Records"].as_array_mut().unwrap().push(poison);
    let failed = broadcast_changes::handle(&broadcast, serde_json::from_value(batch).unwrap()).await;
    let names: Vec<_> = failed.batch_item_failures.iter().map(|failure| failure.item_identifier.as_str()).collect();
    assert_eq!(names, ["poison"]);
}
