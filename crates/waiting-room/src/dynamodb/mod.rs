//! The waiting room's table.
//!
//! | item | `pk` | `sk` | attributes |
//! |---|---|---|---|
//! | queue | `QUEUE#<event>` | `CONFIG` | `state`, `lastEvent`, `seed`, `ticketKey` |
//! | plan | `QUEUE#<event>` | `PLAN` | `plan`, `round`, `wokenAt` |
//! | event | `QUEUE#<event>` | `EVENT` | `version`, `facts` |
//! | what is left | `QUEUE#<event>` | `LEFT#<performance>` | `free`, `countedAt` |
//! | counter | `COUNT#<event>` | `ERA#<era>` | `entrants`, `numbers` |
//! | payments | `COUNT#<event>` | `PAY#<minute>` | `confirmed`, `failed` |
//! | gate | `GATE#<event>#<era>#<number>` | `GATE` | `n`: occupied places; `limit`, `walkIns`, `claims` |
//! | admission | `ADM#<event>#<user>` | `ADM` | `state`, `lastEvent`, `era`, `grantedAt`; `gate`, `lapsesAt` while it occupies a place |
//!
//! The queue's partition is what every question is answered from: one query, shared by all who ask within a second.
//! Counters, gates and admissions have keys of their own, so that a rush is spread. The index `lapses` (`gate`,
//! `lapsesAt`) holds the admissions that occupy places, in the order in which these may be given on.

mod admissions;
mod counters;
mod gates;
mod rooms;

use aws_sdk_dynamodb::Client;
use contracts::ids::{EventId, UserId};
use kit::dynamo::{Item, StoreError, key};

pub use admissions::Lapsed;
pub use counters::Counters;
pub use gates::{Gate, NewAdmission, Passage, Survey};
pub use rooms::Room;

/// How long counters and what is left of old eras are kept, in seconds: 30 days.
const KEPT_SECONDS: i64 = 30 * 24 * 60 * 60;

/// The table.
#[derive(Debug, Clone)]
pub struct Store {
    client: Client,
    table: String,
}

impl Store {
    /// Over this client and table.
    #[must_use]
    pub fn new(client: Client, table: impl Into<String>) -> Self {
        Self { client, table: table.into() }
    }
}

fn room_pk(event: EventId) -> String {
    format!("QUEUE#{event}")
}

fn counter_key(event: EventId, era: u32) -> Item {
    key(format!("COUNT#{event}"), format!("ERA#{era}"))
}

fn payments_key(event: EventId, minute: i64) -> Item {
    key(format!("COUNT#{event}"), format!("PAY#{minute}"))
}

/// The name of a gate: its key, and the index's.
fn gate_name(event: EventId, era: u32, gate: u32) -> String {
    format!("GATE#{event}#{era}#{gate}")
}

fn gate_key(event: EventId, era: u32, gate: u32) -> Item {
    key(gate_name(event, era, gate), "GATE")
}

fn admission_key(event: EventId, user: UserId) -> Item {
    key(format!("ADM#{event}#{user}"), "ADM")
}

fn missing(what: &'static str) -> StoreError {
    StoreError::Unreadable(what.into())
}
