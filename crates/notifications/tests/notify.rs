//! One mail an event, whatever is delivered how often and fails where.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot set itself up must stop"
)]

mod common;

use std::cell::{Cell, RefCell};

use contracts::booking::CancelledBy;
use contracts::event::{Envelope, EventType};
use contracts::identity::Locale;
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use notifications::domain::{Mail, Subscription};
use notifications::mailer::{MailError, Mailer};
use notifications::notify::{Attempt, Notify, NotifyError, Outcome};
use notifications::push::{PushMessage, PushService, Reception};
use notifications::store::{LEASE_SECONDS, Store};
use serde::Serialize;
use testkit::{Faults, Moment, TestTable};
use uuid::Uuid;

/// A post office that remembers what it took, and fails its first calls.
#[derive(Default)]
struct Post {
    taken: RefCell<Vec<Mail>>,
    failures: Cell<u32>,
    moment: Option<Moment>,
    slow: bool,
}

impl Mailer for &Post {
    async fn send(&self, mail: &Mail) -> Result<String, MailError> {
        let fails = self.failures.get() > 0;
        self.failures.set(self.failures.get().saturating_sub(1));
        if self.slow {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        if !(fails && self.moment == Some(Moment::BeforeEffect)) {
            self.taken.borrow_mut().push(mail.clone());
        }
        if fails { Err(MailError::Refused { code: "Throttling".into() }) } else { Ok("message-1".into()) }
    }
}

/// For people without a browser that wants messages: nothing may be sent.
struct NoPush;

impl PushService for NoPush {
    async fn push(&self, to: &Subscription, _: &PushMessage, _: Timestamp) -> Reception {
        panic!("who subscribed {to:?}?");
    }
}

fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}

fn event(event_type: EventType, id: &str, version: u64, state: &impl Serialize) -> Envelope {
    let data = serde_json::to_value(state).unwrap();
    Envelope { event_type, aggregate_id: id.into(), version, at: now(), data }
}

fn confirmed() -> Envelope {
    event(EventType::ReservationConfirmed, common::RESERVATION, 3, &common::reservation())
}

fn facts() -> [Envelope; 2] {
    [
        event(EventType::UserRegistered, common::USER, 1, &common::user(Locale::Ko)),
        event(EventType::PerformancePublished, common::PERFORMANCE, 2, &common::performance()),
    ]
}

fn notify<'a>(table: &TestTable, post: &'a Post, faults: &Faults) -> Notify<&'a Post, NoPush> {
    let store = Store::new(table.failing_client(faults), table.name.clone());
    Notify::new(store, post, NoPush, "https://jari.example".into())
}

async fn deliver(notify: &Notify<&Post, NoPush>, event: &Envelope, seconds: i64) -> Result<Outcome, NotifyError> {
    let attempt = Attempt { name: Uuid::now_v7(), number: 1 };
    notify.handle(event, attempt, now() + SignedDuration::from_secs(seconds)).await
}

/// A table that knows the buyer and the performance.
async fn table() -> TestTable {
    let (table, post) = (TestTable::start().await, Post::default());
    for fact in facts() {
        let outcome = deliver(&notify(&table, &post, &Faults::none()), &fact, 0).await.unwrap();
        assert_eq!(outcome, Outcome::Learned);
    }
    table
}

/// Delivers as the queue does: again, after the lease, until it is dealt with.
async fn deliver_until_done(table: &TestTable, post: &Post, first: &Faults) -> u32 {
    for delivery in 0..5 {
        let faults = if delivery == 0 { first.clone() } else { Faults::none() };
        let notify = notify(table, post, &faults);
        if deliver(&notify, &confirmed(), i64::from(delivery) * (LEASE_SECONDS + 1)).await.is_ok() {
            return delivery + 1;
        }
    }
    panic!("never dealt with");
}

#[tokio::test]
async fn one_mail_an_event_and_another_for_the_next_event() {
    let (table, post) = (table().await, Post::default());
    let notify = notify(&table, &post, &Faults::none());
    assert_eq!(deliver(&notify, &confirmed(), 0).await.unwrap(), Outcome::Sent);
    for seconds in [0, 1, 1_000_000] {
        assert_eq!(deliver(&notify, &confirmed(), seconds).await.unwrap(), Outcome::AlreadySent);
    }
    let cancelled = event(EventType::ReservationCancelled, common::RESERVATION, 5, &common::reservation());
    assert_eq!(deliver(&notify, &cancelled, 10).await.unwrap(), Outcome::Sent);
    let subjects: Vec<_> = post.taken.take().into_iter().map(|mail| mail.subject).collect();
    assert_eq!(subjects, ["[자리] 예매 완료: 뮤지컬 〈빨래〉", "[자리] 예매 취소: 뮤지컬 〈빨래〉"]);
}

#[tokio::test]
async fn deliveries_side_by_side_send_one_mail() {
    let (table, post) = (table().await, Post { slow: true, ..Post::default() });
    let notify = notify(&table, &post, &Faults::none());
    let confirmed = confirmed();
    let outcomes = join_all([(); 20].map(|()| deliver(&notify, &confirmed, 0))).await;
    assert_eq!(outcomes.iter().filter(|outcome| matches!(outcome, Ok(Outcome::Sent))).count(), 1);
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Ok(_) | Err(NotifyError::Busy(_)))), "{outcomes:?}");
    assert_eq!(post.taken.borrow().len(), 1);
    assert_eq!(deliver(&notify, &confirmed, 1).await.unwrap(), Outcome::AlreadySent);
}

#[tokio::test]
async fn whichever_call_fails_the_mail_is_sent_once() {
    let mut struck = 0;
    for fault in Faults::every(6) {
        let (table, post, faults) = (table().await, Post::default(), Faults::one(fault));
        deliver_until_done(&table, &post, &faults).await;
        assert_eq!(post.taken.borrow().len(), 1, "{fault:?}");
        struck += usize::from(faults.struck());
    }
    assert_eq!(struck, 2 * 4, "read, inbox with claim, mark, browsers");
}

#[tokio::test]
async fn learning_survives_every_failing_call() {
    for fault in Faults::every(1) {
        let (table, post) = (TestTable::start().await, Post::default());
        for fact in facts() {
            let first = deliver(&notify(&table, &post, &Faults::one(fault)), &fact, 0).await;
            assert!(matches!(first, Err(NotifyError::Store(_))), "{fault:?}");
            deliver(&notify(&table, &post, &Faults::none()), &fact, 0).await.unwrap();
        }
        assert_eq!(deliver(&notify(&table, &post, &Faults::none()), &confirmed(), 0).await.unwrap(), Outcome::Sent);
    }
}

#[tokio::test]
async fn a_refused_mail_is_tried_again_and_one_in_doubt_is_rather_sent_twice() {
    for (moment, mails) in [(Moment::BeforeEffect, 1), (Moment::AfterEffect, 2)] {
        let table = table().await;
        let post = Post { failures: Cell::new(1), moment: Some(moment), ..Post::default() };
        assert_eq!(deliver_until_done(&table, &post, &Faults::none()).await, 2);
        assert_eq!(post.taken.borrow().len(), mails);
    }
}

#[tokio::test]
async fn a_sender_that_was_stopped_holds_the_mail_for_its_lease() {
    let table = table().await;
    let post = Post { failures: Cell::new(1), moment: Some(Moment::BeforeEffect), ..Post::default() };
    let notify = notify(&table, &post, &Faults::none());
    assert!(matches!(deliver(&notify, &confirmed(), 0).await, Err(NotifyError::Mail(_))));
    assert!(matches!(deliver(&notify, &confirmed(), LEASE_SECONDS).await, Err(NotifyError::Busy(_))));
    assert_eq!(deliver(&notify, &confirmed(), LEASE_SECONDS + 1).await.unwrap(), Outcome::Sent);
}

#[tokio::test]
async fn what_is_not_known_yet_makes_the_mail_wait() {
    let (table, post) = (TestTable::start().await, Post::default());
    let notify = notify(&table, &post, &Faults::none());
    let [user, performance] = facts();
    assert!(matches!(deliver(&notify, &confirmed(), 0).await, Err(NotifyError::UnknownContact(_))));
    deliver(&notify, &user, 0).await.unwrap();
    assert!(matches!(deliver(&notify, &confirmed(), 0).await, Err(NotifyError::UnknownPerformance(_))));
    deliver(&notify, &performance, 0).await.unwrap();
    assert_eq!(deliver(&notify, &confirmed(), 0).await.unwrap(), Outcome::Sent, "waiting left no claim behind");
}

#[tokio::test]
async fn the_newest_terms_win_in_whatever_order_they_come() {
    let (table, post) = (table().await, Post::default());
    let notify = notify(&table, &post, &Faults::none());
    let (published, called_off) = (EventType::PerformancePublished, EventType::PerformanceCancelled);
    for (event_type, version, venue) in
        [(called_off, 7, "새 공연장"), (published, 4, "옛 공연장"), (called_off, 7, "새 공연장")]
    {
        let mut performance = common::performance();
        performance.version = version;
        performance.terms.as_mut().unwrap().venue = venue.into();
        let told = event(event_type, common::PERFORMANCE, version, &performance);
        assert_eq!(deliver(&notify, &told, 0).await.unwrap(), Outcome::Learned);
    }
    deliver(&notify, &confirmed(), 0).await.unwrap();
    assert!(post.taken.borrow()[0].text.contains("장소: 새 공연장"));
}

#[tokio::test]
async fn people_are_written_to_as_they_wished_last() {
    for order in [[1, 2, 3], [3, 2, 1], [2, 3, 1], [3, 1, 2]] {
        let (table, post) = (TestTable::start().await, Post::default());
        let notify = notify(&table, &post, &Faults::none());
        deliver(&notify, &facts()[1], 0).await.unwrap();
        for version in order {
            let mut user = common::user(if version == 1 { Locale::Ko } else { Locale::En });
            (user.version, user.name) = (version, format!("Minji {version}"));
            let event_type = if version == 1 { EventType::UserRegistered } else { EventType::UserUpdated };
            let told = event(event_type, common::USER, version, &user);
            assert_eq!(deliver(&notify, &told, 0).await.unwrap(), Outcome::Learned);
        }
        deliver(&notify, &confirmed(), 0).await.unwrap();
        assert!(post.taken.borrow()[0].text.starts_with("Hello Minji 3,"), "{order:?}");
    }
}

#[tokio::test]
async fn a_performance_that_was_called_off_is_said_to_be() {
    let (table, post) = (table().await, Post::default());
    let notify = notify(&table, &post, &Faults::none());
    let mut reservation = common::reservation();
    reservation.cancelled_by = Some(CancelledBy::Organizer);
    let cancelled = event(EventType::ReservationCancelled, common::RESERVATION, 6, &reservation);
    assert_eq!(deliver(&notify, &cancelled, 0).await.unwrap(), Outcome::Sent);
    assert_eq!(deliver(&notify, &cancelled, 1).await.unwrap(), Outcome::AlreadySent);
    assert_eq!(post.taken.borrow()[0].subject, "[자리] 행사 취소 및 환불: 뮤지컬 〈빨래〉");
}

#[tokio::test]
async fn what_makes_no_sense_is_an_error_that_shows_no_address() {
    let (table, post) = (table().await, Post::default());
    let notify = notify(&table, &post, &Faults::none());
    let unexpected = event(EventType::PointsMoved, "pts_1", 1, &());
    assert!(matches!(deliver(&notify, &unexpected, 0).await, Err(NotifyError::Unexpected(EventType::PointsMoved))));
    let unreadable =
        event(EventType::UserRegistered, common::USER, 1, &serde_json::json!({"email": "minji@example.com"}));
    let error = deliver(&notify, &unreadable, 0).await.unwrap_err();
    assert!(!kit::worker::chain(&error).contains("minji"), "{error}");
    let mut unpublished = common::performance();
    unpublished.terms = None;
    let unpublished = event(EventType::PerformancePublished, common::PERFORMANCE, 9, &unpublished);
    assert!(matches!(deliver(&notify, &unpublished, 0).await, Err(NotifyError::NoTerms(_))));
}
