//! A sale with a queue, people who ask, and a clock that stands still until it is moved.

use std::sync::{Arc, Mutex};

use contracts::booking::SeatsLeft;
use contracts::catalog::{Category, EventState, EventStatus};
use contracts::ids::{AdmissionId, EventId, PerformanceId, UserId};
use contracts::live::RoomChange;
use contracts::waiting_room::{ADMISSION_AUDIENCE, AdmissionClaims, Entry, EntryAnswer, Wait};
use jiff::{SignedDuration, Timestamp};
use kit::signed::Secret;
use testkit::{Faults, TestTable};
use waiting_room::QueueError;
use waiting_room::check::{Desk, Request};
use waiting_room::domain::draw::Key;
use waiting_room::domain::plan::Plan;
use waiting_room::domain::queue::{Keys, Rules};
use waiting_room::dynamodb::Store;
use waiting_room::manage;
use waiting_room::outbox::{Live, Round, SendError, Steering};
use waiting_room::steer::{Steered, steer};

pub const TICKETS: &[u8] = b"a ticket secret of thirty-two byt";
pub const ADMISSIONS: &[u8] = b"an admission secret of 32 bytes..";

/// Keeps what was sent.
#[derive(Debug, Clone, Default)]
pub struct Outbox {
    rounds: Arc<Mutex<Vec<(Round, u16)>>>,
    told: Arc<Mutex<Vec<RoomChange>>>,
}

impl Steering for Outbox {
    async fn ask(&self, round: Round, delay_seconds: u16) -> Result<(), SendError> {
        self.rounds.lock().unwrap().push((round, delay_seconds));
        Ok(())
    }
}

impl Live for Outbox {
    async fn tell(&self, change: &RoomChange, _name: &str) -> Result<(), SendError> {
        self.told.lock().unwrap().push(change.clone());
        Ok(())
    }
}

impl Outbox {
    /// The rounds that were asked for since the last call.
    pub fn rounds(&self) -> Vec<Round> {
        self.rounds.lock().unwrap().drain(..).map(|(round, _)| round).collect()
    }

    pub fn told(&self) -> Vec<RoomChange> {
        self.told.lock().unwrap().drain(..).collect()
    }
}

pub struct World {
    pub table: TestTable,
    pub store: Store,
    pub outbox: Outbox,
    pub event: EventId,
    pub opens_at: Timestamp,
    pub now: Timestamp,
    desk: Desk<Outbox>,
}

impl World {
    /// A sale that opens in an hour, with a pre-queue of half an hour.
    pub async fn new(capacity: u32) -> Self {
        let table = TestTable::like("WaitingRoomTable").await;
        let store = Store::new(table.client(), &table.name);
        let outbox = Outbox::default();
        let now = Timestamp::from_second(Timestamp::now().as_second()).unwrap();
        let opens_at = now + SignedDuration::from_hours(1);
        let desk = desk(Store::new(table.client(), &table.name), outbox.clone());
        let world = Self { table, store, outbox, event: EventId::generate(), opens_at, now, desk };
        world.event_is(1, EventStatus::OnSale).await;
        world
            .configure(Rules { enabled: true, opens_at, capacity, session_seconds: 300, pre_queue_minutes: 30 })
            .await
            .unwrap();
        world
    }

    /// The same with an open sale, whose line is set up.
    pub async fn open(capacity: u32) -> Self {
        let mut world = Self::new(capacity).await;
        world.now = world.opens_at;
        world.round().await;
        world
    }

    pub async fn event_is(&self, version: u64, status: EventStatus) {
        let state = EventState {
            id: self.event,
            version,
            organizer_id: UserId::generate(),
            title: "Club night".into(),
            description: String::new(),
            category: Category::Concert,
            venue: "Cellar".into(),
            time_zone: "Asia/Seoul".into(),
            currency: "KRW".into(),
            buyer_limit: 4,
            status,
            image_id: None,
        };
        waiting_room::news::event_changed(&self.store, &state).await.unwrap();
    }

    pub async fn seats(&self, performance: PerformanceId, free: u32, counted_at: i64) {
        let left = SeatsLeft { event_id: self.event, performance_id: performance, free, counted_at };
        waiting_room::news::seats_counted(&self.store, &left).await.unwrap();
    }

    pub async fn configure(&self, rules: Rules) -> Result<contracts::waiting_room::QueueState, QueueError> {
        manage::configure(&self.store, self.event, rules, None, &keys(1), self.now).await
    }

    pub async fn clear(&self) {
        manage::clear(&self.store, self.event, None, None, &keys(5), self.now).await.unwrap();
    }

    pub fn later(&mut self, seconds: i64) {
        self.now += SignedDuration::from_secs(seconds);
    }

    /// An execution environment that remembers nothing.
    pub fn desk(&self) -> Desk<Outbox> {
        desk(Store::new(self.table.client(), &self.table.name), self.outbox.clone())
    }

    pub fn desk_with(&self, faults: &Faults) -> Desk<Outbox> {
        desk(Store::new(self.table.failing_client(faults), &self.table.name), self.outbox.clone())
    }

    pub fn request<'a>(&self, user: UserId, ticket: Option<&'a str>) -> Request<'a> {
        Request { event: self.event, user, ticket, id: self.admission_id() }
    }

    /// An id of the clock's moment.
    pub fn admission_id(&self) -> AdmissionId {
        let stamp = uuid::Timestamp::from_unix(uuid::NoContext, u64::try_from(self.now.as_second()).unwrap(), 0);
        AdmissionId::from_uuid(uuid::Uuid::new_v7(stamp))
    }

    /// Somebody asks, at an environment that knows the room as it is.
    pub async fn check(&self, user: UserId, ticket: Option<&str>) -> Result<EntryAnswer, QueueError> {
        self.desk().check(self.request(user, ticket), self.now).await
    }

    /// Somebody asks at the one environment that remembers.
    pub async fn poll(&self, user: UserId, ticket: Option<&str>) -> Result<EntryAnswer, QueueError> {
        self.desk.check(self.request(user, ticket), self.now).await
    }

    pub async fn waits(&self, user: UserId, ticket: Option<&str>) -> Wait {
        match self.check(user, ticket).await.unwrap() {
            EntryAnswer::Waiting(wait) | EntryAnswer::PreQueue(wait) => wait,
            other => panic!("{other:?}"),
        }
    }

    pub async fn enters(&self, user: UserId, ticket: Option<&str>) -> Entry {
        match self.check(user, ticket).await.unwrap() {
            EntryAnswer::Admitted(entry) => entry,
            other => panic!("{other:?}"),
        }
    }

    /// Plans once, following on the latest plan.
    pub async fn round(&self) -> Plan {
        let round = self.store.room(self.event).await.unwrap().plan.map_or(0, |plan| plan.round);
        match steer(&self.store, &self.outbox, Round { event_id: self.event, round }, self.now).await.unwrap() {
            Steered::Planned(plan) => *plan,
            Steered::Void => panic!("the round is void"),
        }
    }

    /// Plays rounds, one a second.
    pub async fn rounds(&mut self, count: usize) -> Plan {
        let mut plan = self.round().await;
        for _ in 1..count {
            self.later(1);
            plan = self.round().await;
        }
        self.later(1);
        plan
    }

    /// Occupied places, by the gates and by the admissions that say they occupy one.
    pub async fn occupied(&self) -> (u64, usize) {
        let items = self.table.items().await;
        let era = self.store.room(self.event).await.unwrap().queue.unwrap().state.era;
        let text = |item: &kit::dynamo::Item, name: &str| {
            item.get(name).and_then(|value| value.as_s().ok()).cloned().unwrap_or_default()
        };
        let of_era = format!("GATE#{}#{era}#", self.event);
        let gates = items.iter().filter(|item| text(item, "pk").starts_with(&of_era));
        let counted = gates.map(|gate| gate["n"].as_n().unwrap().parse::<u64>().unwrap()).sum();
        (counted, items.iter().filter(|item| text(item, "gate").starts_with(&of_era)).count())
    }

    pub fn claims(&self, entry: &Entry) -> AdmissionClaims {
        let secret = Secret::new(ADMISSIONS, None).unwrap();
        secret.verify(&entry.admission_token, ADMISSION_AUDIENCE, self.now).unwrap()
    }
}

pub fn keys(byte: u8) -> Keys {
    Keys { seed: Key::new([byte; 32]), ticket_key: Key::new([byte + 1; 32]) }
}

fn desk(store: Store, outbox: Outbox) -> Desk<Outbox> {
    Desk {
        store,
        rooms: Default::default(),
        runs: Default::default(),
        tickets: Secret::new(TICKETS, None).unwrap(),
        admissions: Secret::new(ADMISSIONS, None).unwrap(),
        steering: outbox,
    }
}
