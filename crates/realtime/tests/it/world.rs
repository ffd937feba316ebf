//! What the tests share.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use contracts::ids::{EventId, PerformanceId, UserId};
use contracts::live::{RoomChange, SeatChange, SeatStatus, TicketsLeft};
use contracts::waiting_room::{AdmitBuyer, EntryAnswer};
use jiff::Timestamp;
use realtime::admissions::{Admissions, AdmissionsError};
use realtime::broadcast::Broadcast;
use realtime::changes::{AnnounceError, Changes};
use realtime::clock::Clock;
use realtime::connect::connect;
use realtime::domain::connection::Connection;
use realtime::domain::news::News;
use realtime::news::PersonalNews;
use realtime::poster::{PostError, Poster};
use realtime::rooms::Rooms;
use realtime::store::{Act, Store};
use serde_json::Value;
use testkit::{Faults, TestTable};

/// When the tests begin, in milliseconds since 1970.
pub const START: i64 = 1_800_000_000_000;

/// This many milliseconds after the beginning.
pub fn at(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(START + milliseconds).unwrap()
}

/// Connections that remember what they got.
#[derive(Debug, Default)]
pub struct Wire {
    /// Messages by connection, in the order of their arrival.
    pub got: RefCell<BTreeMap<String, Vec<Value>>>,
    /// Connections that are gone.
    pub gone: RefCell<BTreeSet<String>>,
    /// Connections that never answer.
    pub silent: RefCell<BTreeSet<String>>,
    /// Connections that fail.
    pub failing: RefCell<BTreeSet<String>>,
}

impl Wire {
    /// What a connection has got since it was last asked.
    pub fn take(&self, connection: &str) -> Vec<Value> {
        self.got.borrow_mut().remove(connection).unwrap_or_default()
    }

    /// The types of those.
    pub fn take_types(&self, connection: &str) -> Vec<String> {
        self.take(connection).iter().map(|message| message["type"].as_str().unwrap().to_owned()).collect()
    }
}

impl Poster for &Wire {
    async fn post(&self, connection: &str, message: &str) -> Result<(), PostError> {
        if self.gone.borrow().contains(connection) {
            return Err(PostError::Gone);
        }
        if self.failing.borrow().contains(connection) {
            return Err(PostError::Failed("on purpose".into()));
        }
        let is_silent = self.silent.borrow().contains(connection);
        if is_silent {
            std::future::pending::<()>().await;
        }
        let message = serde_json::from_str(message).unwrap();
        self.got.borrow_mut().entry(connection.to_owned()).or_default().push(message);
        Ok(())
    }
}

/// A clock that moves when somebody waits.
#[derive(Debug)]
pub struct Hands(pub Cell<i64>);

impl Clock for &Hands {
    fn now(&self) -> Timestamp {
        at(self.0.get())
    }

    async fn wait_until(&self, moment: Timestamp) {
        self.0.set(self.0.get().max(moment.as_millisecond() - START));
    }
}

/// Changes that were announced.
#[derive(Debug, Default)]
pub struct Announced(pub RefCell<Vec<RoomChange>>);

impl Changes for &Announced {
    async fn announce(&self, change: &RoomChange, _now: Timestamp) -> Result<(), AnnounceError> {
        self.0.borrow_mut().push(change.clone());
        Ok(())
    }
}

/// A waiting room that answers by ticket; whatever it has no answer for fails.
#[derive(Debug, Default)]
pub struct Gate {
    /// Its answers.
    pub answers: RefCell<BTreeMap<String, EntryAnswer>>,
    /// The tickets it was asked about.
    pub asked: RefCell<Vec<String>>,
}

impl Admissions for &Gate {
    async fn admit(&self, call: &AdmitBuyer) -> Result<EntryAnswer, AdmissionsError> {
        self.asked.borrow_mut().push(call.ticket.clone());
        self.answers.borrow().get(&call.ticket).cloned().ok_or_else(|| AdmissionsError::new("on purpose"))
    }
}

/// A table, and everything around it.
pub struct World {
    pub table: TestTable,
    pub wire: Wire,
    pub clock: Hands,
    pub announced: Announced,
    pub gate: Gate,
    pub event: EventId,
    pub performance: PerformanceId,
}

impl World {
    /// Nobody is connected; one performance is on sale.
    pub async fn new() -> Self {
        let table = TestTable::like("RealtimeTable").await;
        let (event, performance) = (EventId::generate(), PerformanceId::generate());
        let world = Self {
            table,
            wire: Wire::default(),
            clock: Hands(Cell::new(0)),
            announced: Announced::default(),
            gate: Gate::default(),
            event,
            performance,
        };
        world.store().learn(event, performance).await.unwrap();
        world
    }

    pub fn store(&self) -> Store {
        self.failing_store(&Faults::none())
    }

    pub fn failing_store(&self, faults: &Faults) -> Store {
        Store::new(self.table.failing_client(faults), &self.table.name)
    }

    pub fn rooms(&self) -> Rooms<&Announced> {
        self.failing_rooms(&Faults::none())
    }

    pub fn failing_rooms(&self, faults: &Faults) -> Rooms<&Announced> {
        Rooms::new(self.failing_store(faults), &self.announced)
    }

    pub fn broadcast(&self) -> Broadcast<&Wire, &Gate, &Hands> {
        self.failing_broadcast(&Faults::none())
    }

    pub fn failing_broadcast(&self, faults: &Faults) -> Broadcast<&Wire, &Gate, &Hands> {
        Broadcast::new(self.failing_store(faults), &self.wire, &self.gate, &self.clock)
    }

    pub fn news(&self, faults: &Faults) -> PersonalNews<&Wire> {
        PersonalNews::new(self.failing_store(faults), &self.wire)
    }

    /// Connects somebody.
    pub async fn connect(&self, name: &str, user: Option<UserId>) -> Connection {
        connect(&self.store(), name.to_owned(), user, at(0)).await.unwrap();
        self.connection(name).await
    }

    /// Connects somebody who watches the seats.
    pub async fn watcher(&self, name: &str) -> Connection {
        let connection = self.connect(name, None).await;
        self.rooms().watch_seats(&connection, self.performance, self.now()).await.unwrap();
        self.connection(name).await
    }

    /// A connection as it is now.
    pub async fn connection(&self, name: &str) -> Connection {
        self.store().connection(name).await.unwrap().unwrap()
    }

    pub fn now(&self) -> Timestamp {
        at(self.clock.0.get())
    }

    /// Lets time pass.
    pub fn pass(&self, milliseconds: i64) {
        self.clock.0.set(self.clock.0.get() + milliseconds);
    }

    /// News of one change.
    pub fn heard(&self, change: RoomChange) -> News {
        let mut news = News::default();
        news.hear(change, self.now(), false);
        news
    }

    /// A change of these seats.
    pub fn seats(&self, seats: &[(&str, SeatStatus, Option<i64>)], tickets: Vec<TicketsLeft>) -> RoomChange {
        let seat = |(id, status, expires_at): &(&str, SeatStatus, Option<i64>)| SeatChange {
            id: (*id).to_owned(),
            status: *status,
            expires_at: *expires_at,
        };
        RoomChange::Seats {
            event_id: self.event,
            performance_id: self.performance,
            seats: seats.iter().map(seat).collect(),
            too_many: false,
            tickets,
        }
    }
}

/// Whom a message was granted to.
pub fn granted(act: Act) -> Connection {
    match act {
        Act::Granted(connection) => connection,
        other => panic!("{other:?}"),
    }
}
