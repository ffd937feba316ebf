//! What an execution environment remembers of the rooms it was asked about.

use std::collections::HashMap;
use std::sync::Arc;

use contracts::ids::EventId;
use jiff::Timestamp;
use kit::dynamo::StoreError;
use kit::recent::Recent;
use tokio::sync::Mutex;

use crate::QueueError;
use crate::domain::sale::EventFacts;
use crate::dynamodb::{Room, Store};

/// Rooms read within the last second, and sales that were found full.
#[derive(Debug, Default)]
pub struct Rooms {
    known: Recent<EventId, Room>,
    entrants: Recent<(EventId, u32), u64>,
    full: Mutex<HashMap<EventId, u64>>,
}

impl Rooms {
    /// The room of an event as it was at most a second ago.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn get(&self, store: &Store, event: EventId, now: Timestamp) -> Result<Arc<Room>, StoreError> {
        self.known.get(event, now, store.room(event)).await
    }

    /// How many have entered the draw of an era, by a count at most a second old.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn entrants(&self, store: &Store, event: EventId, era: u32, now: Timestamp) -> Result<u64, StoreError> {
        let count = async { Ok::<_, StoreError>(store.counters(event, era).await?.entrants) };
        Ok(*self.entrants.get((event, era), now, count).await?)
    }

    /// Notes that no gate of a sale had room after this round. Only the next one makes some: until then a crowd that
    /// wants to come in is not sent against the gates.
    pub(crate) async fn note_full(&self, event: EventId, round: u64) {
        self.full.lock().await.insert(event, round);
    }

    /// Whether no gate had room after this round.
    pub(crate) async fn is_full(&self, event: EventId, round: u64) -> bool {
        self.full.lock().await.get(&event) == Some(&round)
    }
}

impl Room {
    /// The event, if people may know of it.
    ///
    /// # Errors
    /// [`QueueError::NotFound`] if not.
    pub fn public_event(&self) -> Result<EventFacts, QueueError> {
        self.event.filter(|facts| facts.is_public()).ok_or(QueueError::NotFound)
    }
}
