//! What an execution environment remembers of the rooms it was asked about.

use std::sync::Arc;

use contracts::ids::EventId;
use jiff::Timestamp;
use kit::dynamo::StoreError;
use kit::recent::Recent;

use crate::QueueError;
use crate::domain::sale::EventFacts;
use crate::dynamodb::{Room, Store};

/// Rooms read within the last second.
#[derive(Debug, Default)]
pub struct Rooms {
    known: Recent<EventId, Room>,
}

impl Rooms {
    /// The room of an event as it was at most a second ago.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn get(&self, store: &Store, event: EventId, now: Timestamp) -> Result<Arc<Room>, StoreError> {
        self.known.get(event, now, store.room(event)).await
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
