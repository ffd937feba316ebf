//! Stream records as Lambda delivers them, down to an embedded DynamoDB.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot set itself up must stop"
)]

use std::cell::RefCell;

use aws_lambda_events::dynamodb::Event;
use contracts::event::Envelope;
use insights::append::{AppendError, AppendEvents};
use insights::domain::Queue;
use insights::queues::{Message, Queues, SendError};
use insights::store::EventStore;
use insights_functions::append_events::handle;
use jiff::Timestamp;
use serde_json::{Value, json};
use testkit::TestTable;

#[derive(Default)]
struct Recorder(RefCell<Vec<(Queue, Message)>>);

impl Queues for &Recorder {
    async fn send(&self, queue: Queue, messages: &[Message]) -> Result<(), SendError> {
        self.0.borrow_mut().extend(messages.iter().map(|message| (queue, message.clone())));
        Ok(())
    }
}

fn record(name: &str, image: Option<Value>) -> Value {
    let mut record = json!({
        "eventID": "7", "eventName": name, "eventVersion": "1.1", "eventSource": "aws:dynamodb", "awsRegion": "us-east-1",
        "dynamodb": {
            "ApproximateCreationDateTime": 1_800_000_000.5, "Keys": {"pk": {"S": "USR#1"}, "sk": {"S": "USR"}},
            "SequenceNumber": "1", "SizeBytes": 100, "StreamViewType": "NEW_IMAGE",
        },
        "eventSourceARN": "arn:aws:dynamodb:us-east-1:000000000000:table/identity/stream/2026-01-01T00:00:00.000",
    });
    if let Some(image) = image {
        record["dynamodb"]["NewImage"] = image;
    }
    record
}

fn user(id: &str, event_type: &str) -> Value {
    json!({
        "pk": {"S": format!("USR#{id}")}, "sk": {"S": "USR"},
        "lastEvent": {"M": {"type": {"S": event_type}, "at": {"N": "1800000000123"}, "state": {"S": "state"}}},
        "state": {"M": {"id": {"S": id}, "version": {"N": "1"}, "name": {"S": "민지"}, "tags": {"L": [{"BOOL": true}, {"NULL": true}]}}},
    })
}

fn batch(records: &[Value]) -> Event {
    serde_json::from_value(json!({"Records": records})).unwrap()
}

async fn run(table: &TestTable, queues: &Recorder, records: &[Value]) -> Result<(), AppendError> {
    let append = AppendEvents::new(EventStore::new(table.client(), table.name.clone()), queues);
    handle(&append, batch(records), Timestamp::from_second(1_800_000_001).unwrap()).await
}

const REGISTERED: &str = "identity.user-registered.v1";

#[tokio::test]
async fn an_image_becomes_a_stored_event_and_a_message() {
    let (table, queues) = (TestTable::start().await, Recorder::default());
    let records = [
        record("INSERT", Some(user("usr_1", REGISTERED))),
        record("MODIFY", Some(user("usr_1", REGISTERED))),
        record("MODIFY", Some(json!({"pk": {"S": "TOKEN#1"}, "sk": {"S": "TOKEN"}}))),
        record("REMOVE", None),
        record("REMOVE", Some(user("usr_2", REGISTERED))),
    ];
    run(&table, &queues, &records).await.unwrap();

    let sent = queues.0.take();
    assert_eq!(sent.len(), 1);
    assert_eq!((sent[0].0, sent[0].1.delay_seconds), (Queue::Notifications, 0));
    let event: Envelope = serde_json::from_str(&sent[0].1.body).unwrap();
    assert_eq!(event.at.to_string(), "2027-01-15T08:00:00.123Z");
    assert_eq!(event.data, json!({"id": "usr_1", "version": 1, "name": "민지", "tags": [true, null]}));
    assert_eq!(table.items().await.len(), 1);
}

#[tokio::test]
async fn an_unreadable_record_is_set_aside_and_its_neighbours_pass() {
    let (table, queues) = (TestTable::start().await, Recorder::default());
    let records = [
        record("INSERT", Some(user("usr_1", REGISTERED))),
        record("INSERT", Some(user("usr_2", "identity.user-levitated.v1"))),
        record("INSERT", Some(user("usr_3", REGISTERED))),
    ];
    run(&table, &queues, &records).await.unwrap();
    assert_eq!(table.items().await.len(), 2);

    let sent = queues.0.take();
    let to: Vec<_> = sent.iter().map(|(queue, _)| *queue).collect();
    assert_eq!(to, [Queue::Notifications, Queue::Notifications, Queue::StreamFailures]);
    let said: Value = serde_json::from_str(&sent[2].1.body).unwrap();
    assert!(said["reason"].as_str().unwrap().contains("identity.user-levitated.v1"), "{said}");
    assert_eq!(
        said["record"],
        json!({
            "eventId": "7", "stream": "arn:aws:dynamodb:us-east-1:000000000000:table/identity/stream/2026-01-01T00:00:00.000",
            "sequenceNumber": "1", "pk": "USR#1", "sk": "USR",
        })
    );
    assert!(!sent[2].1.body.contains("민지"), "what the item holds stays out of it");
}

#[tokio::test]
async fn an_empty_batch_is_fine() {
    let (table, queues) = (TestTable::start().await, Recorder::default());
    run(&table, &queues, &[]).await.unwrap();
    assert!(queues.0.take().is_empty());
}
