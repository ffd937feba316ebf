//! Storing and sending against an embedded DynamoDB, with every call failing once.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot set itself up must stop"
)]

use std::cell::{Cell, RefCell};

use contracts::event::{Envelope, EventType};
use insights::append::{AppendError, AppendEvents};
use insights::domain::Queue;
use insights::queues::{Message, Queues, SendError};
use insights::store::EventStore;
use jiff::Timestamp;
use serde_json::{Value, json};
use testkit::{Fault, Faults, Moment, TestTable};

/// Queues that remember what they were sent, and fail one call.
#[derive(Default)]
struct Recorder {
    sent: RefCell<Vec<(Queue, Message)>>,
    calls: Cell<usize>,
    fault: Option<Fault>,
}

impl Recorder {
    fn failing(fault: Fault) -> Self {
        Self { fault: Some(fault), ..Self::default() }
    }

    /// What was set aside: of each event its id and why.
    fn refusals(&self) -> Vec<(String, String)> {
        let sent = self.sent.borrow();
        let bodies = sent.iter().filter(|(to, _)| *to == Queue::StreamFailures).map(|(_, message)| &message.body);
        let said = bodies.map(|body| serde_json::from_str::<Value>(body).unwrap());
        let told = said.map(|said| {
            let event: Envelope = serde_json::from_value(said["event"].clone()).unwrap();
            (event.event_id(), said["reason"].as_str().unwrap().to_owned())
        });
        told.collect()
    }

    /// Each event id that was sent to this queue, sorted, once per message.
    fn event_ids(&self, queue: Queue) -> Vec<String> {
        let sent = self.sent.borrow();
        let bodies = sent.iter().filter(|(to, _)| *to == queue).map(|(_, message)| &message.body);
        let mut ids: Vec<_> = bodies.map(|body| serde_json::from_str::<Envelope>(body).unwrap().event_id()).collect();
        ids.sort();
        ids
    }
}

impl Queues for &Recorder {
    async fn send(&self, queue: Queue, messages: &[Message]) -> Result<(), SendError> {
        self.calls.set(self.calls.get() + 1);
        let fails = |moment| self.fault == Some(Fault { call: self.calls.get(), moment });
        if !fails(Moment::BeforeEffect) {
            self.sent.borrow_mut().extend(messages.iter().map(|message| (queue, message.clone())));
        }
        if fails(Moment::BeforeEffect) || fails(Moment::AfterEffect) {
            return Err(SendError::Unavailable { queue, source: "on purpose".into() });
        }
        Ok(())
    }
}

fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}

fn event(event_type: EventType, id: &str, version: u64) -> Envelope {
    let data = json!({"id": id, "version": version, "name": "홍길동", "ratio": 0.1, "none": null, "list": [1, "two"]});
    Envelope { event_type, aggregate_id: id.into(), version, at: now(), data }
}

fn registered(count: u64) -> Vec<Envelope> {
    (1..=count).map(|number| event(EventType::UserRegistered, &format!("usr_{number:02}"), 1)).collect()
}

fn store(table: &TestTable) -> EventStore {
    EventStore::new(table.client(), table.name.clone())
}

async fn stored(table: &TestTable) -> Vec<Envelope> {
    let mut items = table.items().await;
    items.sort_by_key(|item| (item["pk"].as_s().unwrap().clone(), item["sk"].as_s().unwrap().clone()));
    items.into_iter().map(|item| serde_dynamo::from_item(item).unwrap()).collect()
}

#[tokio::test]
async fn events_are_kept_as_they_are_in_the_order_of_their_versions() {
    let (table, queues) = (TestTable::start().await, Recorder::default());
    let versions = [10, 9, 1, 100].map(|version| event(EventType::PointsMoved, "pts_1", version));
    let summary = AppendEvents::new(store(&table), &queues).append(versions.to_vec(), vec![], now()).await.unwrap();
    assert_eq!((summary.stored, summary.known, summary.messages), (4, 0, 0));
    let kept = stored(&table).await;
    assert_eq!(kept.iter().map(|event| event.version).collect::<Vec<_>>(), [1, 9, 10, 100]);
    assert_eq!(kept[1], versions[1]);
    assert!(table.items().await.iter().any(|item| item["sk"].as_s().unwrap() == "0000000009"));
}

#[tokio::test]
async fn a_second_delivery_is_stored_once_and_sent_again() {
    let (table, queues) = (TestTable::start().await, Recorder::default());
    let append = AppendEvents::new(store(&table), &queues);
    append.append(registered(2), vec![], now()).await.unwrap();
    let summary = append.append(registered(3), vec![], now()).await.unwrap();
    assert_eq!((summary.stored, summary.known, summary.messages), (1, 2, 3));
    assert_eq!(stored(&table).await, registered(3));
    assert_eq!(queues.event_ids(Queue::Notifications), ["usr_01:1", "usr_01:1", "usr_02:1", "usr_02:1", "usr_03:1"]);
}

#[tokio::test]
async fn the_same_event_twice_in_one_batch_is_sent_once() {
    let (table, queues) = (TestTable::start().await, Recorder::default());
    let twice = [registered(1), registered(1)].concat();
    AppendEvents::new(store(&table), &queues).append(twice, vec![], now()).await.unwrap();
    assert_eq!(stored(&table).await.len(), 1);
    assert_eq!(queues.event_ids(Queue::Notifications), ["usr_01:1"]);
}

#[tokio::test]
async fn whatever_fails_a_second_run_completes_the_batch() {
    let events: Vec<_> = [registered(3), vec![event(EventType::PerformancePublished, "prf_1", 2)]].concat();
    let expected = ["prf_1:2", "usr_01:1", "usr_02:1", "usr_03:1"];
    let mut failures = 0;
    for fault in Faults::every(8) {
        for in_queue in [false, true] {
            let table = TestTable::start().await;
            let faults = if in_queue { Faults::none() } else { Faults::one(fault) };
            let broken = if in_queue { Recorder::failing(fault) } else { Recorder::default() };
            let failing = EventStore::new(table.failing_client(&faults), table.name.clone());
            let first = AppendEvents::new(failing, &broken).append(events.clone(), vec![], now()).await;
            failures += usize::from(first.is_err());

            let working = Recorder::default();
            let sent = if first.is_err() {
                AppendEvents::new(store(&table), &working).append(events.clone(), vec![], now()).await.unwrap();
                &working
            } else {
                &broken
            };
            assert_eq!(sent.event_ids(Queue::Notifications), expected, "{fault:?}");
            assert_eq!(sent.event_ids(Queue::CatalogChanges), ["prf_1:2"], "{fault:?}");
            assert_eq!(stored(&table).await.len(), events.len(), "{fault:?}");
        }
    }
    // Writes run side by side, so which of them loses its answer is a matter of timing; that one does is not.
    assert!(failures > 4 + 2 * 2, "every write and every queue fails before its effect, some after it: {failures}");
}

#[tokio::test]
async fn bad_events_are_set_aside_and_their_neighbours_pass() {
    let (table, queues) = (TestTable::start().await, Recorder::default());
    let append = AppendEvents::new(store(&table), &queues);
    append.append(registered(1), vec![], now()).await.unwrap();

    let contradicting = event(EventType::LayoutCreated, "usr_01", 1);
    let unroutable = event(EventType::PaymentFailed, "pay_1", 1);
    let batch = [vec![contradicting, unroutable], registered(3)].concat();
    let summary = append.append(batch, vec![], now()).await.unwrap();
    assert_eq!((summary.stored, summary.known, summary.messages, summary.refused.len()), (3, 1, 3, 2));

    let refusals = queues.refusals();
    assert_eq!(refusals.len(), 2);
    assert!(refusals[0].0 == "usr_01:1" && refusals[0].1.contains("in the store"), "{refusals:?}");
    assert!(refusals[1].0 == "pay_1:1" && refusals[1].1.contains("has unreadable data: "), "{refusals:?}");
    assert_eq!(queues.event_ids(Queue::Notifications), ["usr_01:1", "usr_01:1", "usr_02:1", "usr_03:1"]);
    assert!(queues.event_ids(Queue::CatalogChanges).is_empty());
    let kept: Vec<_> = stored(&table).await.iter().map(Envelope::event_id).collect();
    assert_eq!(
        kept,
        ["pay_1:1", "usr_01:1", "usr_02:1", "usr_03:1"],
        "what cannot be routed is in the store all the same"
    );
}

#[tokio::test]
async fn two_events_of_one_version_in_one_batch_do_not_pass_for_one() {
    let (table, queues) = (TestTable::start().await, Recorder::default());
    let batch = vec![event(EventType::UserRegistered, "usr_01", 1), event(EventType::UserRoleChanged, "usr_01", 1)];
    let summary = AppendEvents::new(store(&table), &queues).append(batch, vec![], now()).await.unwrap();
    assert_eq!((summary.stored, summary.known, summary.refused.len()), (1, 0, 1));
}

#[tokio::test]
async fn a_bad_event_that_cannot_be_set_aside_fails_the_batch() {
    let (table, queues) =
        (TestTable::start().await, Recorder::failing(Fault { call: 2, moment: Moment::BeforeEffect }));
    let append = AppendEvents::new(store(&table), &queues);
    let batch = [vec![event(EventType::PaymentFailed, "pay_1", 1)], registered(1)].concat();
    let first = append.append(batch.clone(), vec![], now()).await;
    assert!(matches!(first, Err(AppendError::Send(SendError::Unavailable { queue: Queue::StreamFailures, .. }))));
    assert_eq!(append.append(batch, vec![], now()).await.unwrap().refused.len(), 1);
    assert_eq!(queues.refusals().len(), 1);
}
