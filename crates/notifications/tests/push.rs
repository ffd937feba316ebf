//! Push messages: to every browser, whatever becomes of the mail, and never in its way.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot set itself up must stop"
)]

mod common;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use common::Browser;
use contracts::event::{Envelope, EventType};
use contracts::identity::Locale;
use contracts::ids::PushSubscriptionId;
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use notifications::domain::{Mail, PushServices, Subscription};
use notifications::inbox::look;
use notifications::mailer::{MailError, Mailer};
use notifications::notify::{Attempt, Notify, NotifyError, Outcome, PUSH_TRIES};
use notifications::push::{PushMessage, PushService, Reception};
use notifications::store::{LEASE_SECONDS, Store};
use notifications::subscribing::subscribe;
use serde::Serialize;
use serde_json::Value;
use testkit::{Faults, TestTable};
use uuid::Uuid;

/// A post office that counts, and fails its first calls.
#[derive(Default)]
struct Post {
    sent: Cell<u32>,
    failures: Cell<u32>,
}

impl Mailer for &Post {
    async fn send(&self, _: &Mail) -> Result<String, MailError> {
        if self.failures.get() > 0 {
            self.failures.set(self.failures.get() - 1);
            return Err(MailError::Refused { code: "Throttling".into() });
        }
        self.sent.set(self.sent.get() + 1);
        Ok("message-1".into())
    }
}

/// Push services that say, of each browser, what they are told to say, one after the other; then that they have it.
#[derive(Default)]
struct Services {
    answers: RefCell<BTreeMap<String, Vec<Reception>>>,
    asked: RefCell<Vec<(String, PushMessage)>>,
    /// They answer nothing, ever.
    stuck: Cell<bool>,
}

impl Services {
    fn saying(answers: &[(&str, &[Reception])]) -> Self {
        let answers = answers.iter().map(|(name, all)| (address(name), all.iter().rev().copied().collect()));
        Self { answers: RefCell::new(answers.collect()), ..Self::default() }
    }

    fn times(&self, name: &str) -> usize {
        self.asked.borrow().iter().filter(|(asked, _)| *asked == address(name)).count()
    }
}

impl PushService for &Services {
    async fn push(&self, to: &Subscription, message: &PushMessage, _: Timestamp) -> Reception {
        if self.stuck.get() {
            std::future::pending::<()>().await;
        }
        tokio::task::yield_now().await;
        let name = to.endpoint.expose().to_owned();
        self.asked.borrow_mut().push((name.clone(), message.clone()));
        self.answers.borrow_mut().get_mut(&name).and_then(Vec::pop).unwrap_or(Reception::Accepted)
    }
}

fn address(name: &str) -> String {
    format!("https://push.example/{name}")
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

fn store(table: &TestTable) -> Store {
    Store::new(table.client(), table.name.clone())
}

struct World {
    table: TestTable,
    post: Post,
    services: Services,
}

impl World {
    /// A buyer who is known, with browsers of these names.
    async fn with(browsers: &[&str], services: Services) -> Self {
        let world = Self { table: TestTable::start().await, post: Post::default(), services };
        let facts = [
            event(EventType::UserRegistered, common::USER, 1, &common::user(Locale::Ko)),
            event(EventType::PerformancePublished, common::PERFORMANCE, 2, &common::performance()),
        ];
        for fact in facts {
            world.deliver(&fact, 0).await.unwrap();
        }
        let known = PushServices::parse("push.example", "").unwrap();
        for name in browsers {
            let wish = Browser::at(address(name)).wish(&known);
            let id = PushSubscriptionId::generate();
            subscribe(&store(&world.table), common::USER.parse().unwrap(), wish, id, now()).await.unwrap();
        }
        world
    }

    async fn deliver_with(&self, faults: &Faults, event: &Envelope, seconds: i64) -> Result<Outcome, NotifyError> {
        let store = Store::new(self.table.failing_client(faults), self.table.name.clone());
        let notify = Notify::new(store, &self.post, &self.services, "https://jari.example/".into());
        // The queue delivers again in rounds.
        let attempt = Attempt { name: Uuid::now_v7(), number: u32::try_from(seconds / ROUND).unwrap() + 1 };
        notify.handle(event, attempt, now() + SignedDuration::from_secs(seconds)).await
    }

    async fn deliver(&self, event: &Envelope, seconds: i64) -> Result<Outcome, NotifyError> {
        self.deliver_with(&Faults::none(), event, seconds).await
    }

    async fn browsers(&self) -> Vec<String> {
        let browsers = store(&self.table).browsers(common::USER.parse().unwrap()).await.unwrap();
        browsers.subscriptions.current(now()).map(|known| known.endpoint.expose().to_owned()).collect()
    }

    async fn inbox(&self) -> usize {
        look(&store(&self.table), common::USER.parse().unwrap(), None, 20).await.unwrap().entries.len()
    }
}

const ROUND: i64 = LEASE_SECONDS + 1;

#[tokio::test]
async fn every_browser_hears_once_what_the_inbox_says() {
    let world = World::with(&["a", "b"], Services::default()).await;
    assert_eq!(world.deliver(&confirmed(), 0).await.unwrap(), Outcome::Sent);
    for seconds in [0, 1, ROUND] {
        assert_eq!(world.deliver(&confirmed(), seconds).await.unwrap(), Outcome::AlreadySent);
    }
    assert_eq!((world.services.times("a"), world.services.times("b"), world.post.sent.get()), (1, 1, 1));
    let page = look(&store(&world.table), common::USER.parse().unwrap(), None, 20).await.unwrap();
    let [entry] = page.entries.as_slice() else { panic!("{page:?}") };
    let (_, message) = world.services.asked.borrow()[0].clone();
    let payload: Value = serde_json::from_slice(&message.payload).unwrap();
    assert_eq!(
        payload,
        serde_json::json!({
            "id": entry.notice.id, "kind": "RESERVATION_CONFIRMED", "title": entry.notice.title, "body": entry.notice.body,
            "url": format!("https://jari.example/reservations/{}", common::RESERVATION),
        })
    );
    assert!(message.topic.len() <= 32 && message.topic.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)));

    let cancelled = event(EventType::ReservationCancelled, common::RESERVATION, 5, &common::reservation());
    world.deliver(&cancelled, 10).await.unwrap();
    assert_eq!((world.services.times("a"), world.inbox().await), (2, 2));
    assert_ne!(world.services.asked.borrow().last().unwrap().1.topic, message.topic);
}

#[tokio::test]
async fn those_who_were_busy_are_asked_again_and_only_those() {
    let world = World::with(&["a", "busy"], Services::saying(&[("busy", &[Reception::Later])])).await;
    assert!(matches!(world.deliver(&confirmed(), 0).await, Err(NotifyError::PushLater(1))));
    assert_eq!(world.post.sent.get(), 1, "the mail did not wait");
    // At once, if it must be: what is given back is free.
    assert_eq!(world.deliver(&confirmed(), 1).await.unwrap(), Outcome::AlreadySent);
    assert_eq!((world.services.times("a"), world.services.times("busy"), world.post.sent.get()), (1, 2, 1));
    world.deliver(&confirmed(), ROUND).await.unwrap();
    assert_eq!(world.services.times("busy"), 2);
}

#[tokio::test]
async fn a_service_that_stays_down_is_left_and_the_event_is_dealt_with() {
    let world = World::with(&["down"], Services::saying(&[("down", &[Reception::Later; 9])])).await;
    for delivery in 1..=PUSH_TRIES {
        let outcome = world.deliver(&confirmed(), i64::from(delivery - 1) * ROUND).await;
        assert_eq!(outcome.is_ok(), delivery == PUSH_TRIES, "{delivery}: {outcome:?}");
    }
    world.deliver(&confirmed(), 9 * ROUND).await.unwrap();
    assert_eq!((world.services.times("down"), world.post.sent.get()), (PUSH_TRIES as usize, 1));
    assert_eq!(world.browsers().await.len(), 1, "it is not the browser's fault");
}

#[tokio::test]
async fn a_browser_that_is_gone_is_forgotten_and_a_refusal_is_not_repeated() {
    let answers: [(&str, &[Reception]); 2] = [("gone", &[Reception::Gone]), ("no", &[Reception::Refused])];
    let world = World::with(&["gone", "a", "no"], Services::saying(&answers)).await;
    world.deliver(&confirmed(), 0).await.unwrap();
    assert_eq!(world.browsers().await, [address("a"), address("no")]);
    world.deliver(&confirmed(), ROUND).await.unwrap();
    assert_eq!(world.services.asked.borrow().len(), 3);
}

#[tokio::test]
async fn browsers_hear_of_it_though_the_mail_fails_and_the_mail_goes_out_later() {
    let world = World::with(&["a"], Services::default()).await;
    world.post.failures.set(1);
    assert!(matches!(world.deliver(&confirmed(), 0).await, Err(NotifyError::Mail(_))));
    assert_eq!((world.services.times("a"), world.inbox().await), (1, 1));
    assert_eq!(world.deliver(&confirmed(), ROUND).await.unwrap(), Outcome::Sent);
    assert_eq!((world.services.times("a"), world.inbox().await, world.post.sent.get()), (1, 1, 1));
}

#[tokio::test]
async fn deliveries_side_by_side_tell_each_browser_once() {
    let world = World::with(&["a", "b"], Services::default()).await;
    let event = confirmed();
    let outcomes = join_all([(); 12].map(|()| world.deliver(&event, 0))).await;
    let busy = |error: &NotifyError| matches!(error, NotifyError::Busy(_) | NotifyError::PushBusy(_));
    assert!(outcomes.iter().all(|outcome| outcome.as_ref().err().is_none_or(busy)), "{outcomes:?}");
    assert_eq!(world.deliver(&event, 1).await.unwrap(), Outcome::AlreadySent);
    assert_eq!((world.services.times("a"), world.services.times("b")), (1, 1));
    assert_eq!((world.post.sent.get(), world.inbox().await), (1, 1));
}

#[tokio::test]
async fn whichever_call_fails_everybody_is_told_in_the_end() {
    let mut struck = 0;
    for fault in Faults::every(8) {
        let world = World::with(&["a"], Services::default()).await;
        let faults = Faults::one(fault);
        let mut first = faults.clone();
        for delivery in 0..5 {
            let outcome = world.deliver_with(&first, &confirmed(), delivery * ROUND).await;
            first = Faults::none();
            if outcome.is_ok() {
                break;
            }
            assert!(delivery < 4, "{fault:?}: {outcome:?}");
        }
        assert_eq!((world.inbox().await, world.post.sent.get(), world.services.times("a")), (1, 1, 1), "{fault:?}");
        struck += usize::from(faults.struck());
    }
    assert_eq!(struck, 2 * 6, "read, inbox with claim, mark, browsers, claim, settle");
}

#[tokio::test]
async fn one_who_was_stopped_while_pushing_holds_it_for_the_lease() {
    let world = World::with(&["a"], Services { stuck: Cell::new(true), ..Services::default() }).await;
    let patience = std::time::Duration::from_millis(300);
    assert!(tokio::time::timeout(patience, world.deliver(&confirmed(), 0)).await.is_err(), "stopped in the middle");
    world.services.stuck.set(false);
    assert!(matches!(world.deliver(&confirmed(), LEASE_SECONDS).await, Err(NotifyError::PushBusy(_))));
    assert_eq!(world.deliver(&confirmed(), ROUND).await.unwrap(), Outcome::AlreadySent);
    assert_eq!((world.services.times("a"), world.post.sent.get()), (1, 1));
}
