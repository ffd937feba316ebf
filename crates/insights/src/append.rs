//! The use case: every event is stored, then sent to those who wait for it.

use std::collections::{BTreeMap, HashSet};

use contracts::event::{Envelope, UnreadableData};
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use jiff::Timestamp;
use kit::dynamo::StoreError;

use crate::domain::{Queue, routes};
use crate::queues::{Message, Queues, SendError};
use crate::store::{EventStore, Stored};

/// How many events are written side by side. They have keys of their own and no order among themselves.
const PARALLEL_WRITES: usize = 16;

/// What happened to a batch of events.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Appended {
    /// Events that were new to the store.
    pub stored: usize,
    /// Events that the store had already.
    pub known: usize,
    /// Messages sent.
    pub messages: usize,
}

/// Some events of a batch may not have been stored or sent. Appending the whole batch again does no harm.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// The event store failed.
    #[error("an event could not be stored")]
    Store(#[from] StoreError),
    /// A queue failed.
    #[error("an event could not be sent on")]
    Send(#[from] SendError),
    /// The routing needs data that cannot be read. All other events of the batch were dealt with.
    #[error("an event could not be routed")]
    Unroutable(#[from] UnreadableData),
    /// An event could not be written as JSON.
    #[error("an event could not be written")]
    Unwritable(#[from] serde_json::Error),
    /// Two events claim to be the same version of an aggregate. All other events of the batch were dealt with.
    #[error("event {0} differs from the one of the same version in the store")]
    Contradiction(String),
}

/// Stores events and sends them on.
#[derive(Debug, Clone)]
pub struct AppendEvents<Q> {
    store: EventStore,
    queues: Q,
}

impl<Q: Queues> AppendEvents<Q> {
    /// With this store and these queues.
    pub const fn new(store: EventStore, queues: Q) -> Self {
        Self { store, queues }
    }

    /// Stores each event once, and sends it also when the store had it already: whoever stored it may have been stopped
    /// before sending. Consumers take a message twice; they could not take none.
    ///
    /// # Errors
    /// When any event could not be stored and sent; whatever could be was.
    pub async fn append(&self, mut events: Vec<Envelope>, now: Timestamp) -> Result<Appended, AppendError> {
        let mut seen = HashSet::new();
        events.retain(|event| seen.insert(event.event_id()));

        let stored: Vec<Stored> =
            stream::iter(&events).map(|event| self.store.append(event)).buffered(PARALLEL_WRITES).try_collect().await?;

        let mut summary = Appended::default();
        let mut refused: Option<AppendError> = None;
        let mut outgoing: BTreeMap<Queue, Vec<Message>> = BTreeMap::new();
        for (event, stored) in events.iter().zip(stored) {
            match stored {
                Stored::New => summary.stored += 1,
                Stored::Known => summary.known += 1,
                Stored::Contradicted => {
                    refused = Some(AppendError::Contradiction(event.event_id()));
                    continue;
                }
            }
            match routes(event, now) {
                Ok(routes) if routes.is_empty() => {}
                Ok(routes) => {
                    let body = serde_json::to_string(event)?;
                    for route in routes {
                        let message = Message { body: body.clone(), delay_seconds: route.delay_seconds };
                        outgoing.entry(route.queue).or_default().push(message);
                    }
                }
                Err(error) => refused = Some(error.into()),
            }
        }
        for (queue, messages) in &outgoing {
            self.queues.send(*queue, messages).await?;
            summary.messages += messages.len();
        }
        refused.map_or(Ok(summary), Err)
    }
}
