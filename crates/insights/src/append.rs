//! The use case: every event is stored, then sent to those who wait for it.
//!
//! What fails is of two kinds. A store or a queue that does not answer will answer later: everything is tried again. An
//! event that contradicts the store or cannot be routed, or a record that cannot be read, will be no better next time,
//! and everything behind it in the stream would wait: it is set aside in a queue of its own, for people to look at.

use std::collections::{BTreeMap, HashSet};

use contracts::event::Envelope;
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use jiff::Timestamp;
use kit::dynamo::StoreError;
use kit::worker::chain;

use crate::domain::{Queue, routes};
use crate::queues::{Message, Queues, SendError};
use crate::refusal::Refusal;
use crate::store::{EventStore, Stored};

/// How many events are written side by side. They have keys of their own and no order among themselves.
const PARALLEL_WRITES: usize = 16;

/// What happened to a batch of events.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Appended {
    /// Events that were new to the store.
    pub stored: usize,
    /// Events that the store had already.
    pub known: usize,
    /// Messages sent to workers.
    pub messages: usize,
    /// What was set aside in [`Queue::StreamFailures`].
    pub refused: Vec<Refusal>,
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
    /// An event could not be written as JSON.
    #[error("an event could not be written")]
    Unwritable(#[from] serde_json::Error),
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
    /// `refused` are the records of the batch that could not be read. They are set aside after all else is done, along
    /// with the events that cannot be dealt with.
    ///
    /// # Errors
    /// When any event could not be stored and sent, or not be set aside.
    pub async fn append(
        &self,
        mut events: Vec<Envelope>,
        refused: Vec<Refusal>,
        now: Timestamp,
    ) -> Result<Appended, AppendError> {
        let mut seen = HashSet::new();
        events.retain(|event| seen.insert((event.event_id(), event.event_type, event.at)));

        let stored: Vec<Stored> =
            stream::iter(&events).map(|event| self.store.append(event)).buffered(PARALLEL_WRITES).try_collect().await?;

        let mut summary = Appended { refused, ..Appended::default() };
        let mut outgoing: BTreeMap<Queue, Vec<Message>> = BTreeMap::new();
        for (event, stored) in events.into_iter().zip(stored) {
            match stored {
                Stored::New => summary.stored += 1,
                Stored::Known => summary.known += 1,
                Stored::Contradicted => {
                    let why = "another event of the same version is in the store";
                    summary.refused.push(Refusal::of_event(event, why));
                    continue;
                }
            }
            match routes(&event, now) {
                Ok(routes) => {
                    for route in routes {
                        let message = Message::json(&event, route.delay_seconds)?;
                        outgoing.entry(route.queue).or_default().push(message);
                    }
                }
                Err(error) => summary.refused.push(Refusal::of_event(event, &chain(&error))),
            }
        }
        for (queue, messages) in &outgoing {
            self.queues.send(*queue, messages).await?;
            summary.messages += messages.len();
        }
        if !summary.refused.is_empty() {
            let messages: Vec<Message> = summary.refused.iter().map(Refusal::message).collect::<Result<_, _>>()?;
            self.queues.send(Queue::StreamFailures, &messages).await?;
        }
        Ok(summary)
    }
}
