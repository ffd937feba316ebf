//! Admins configure queues and empty them.

use contracts::event::EventType;
use contracts::ids::EventId;
use contracts::waiting_room::QueueState;
use jiff::Timestamp;
use kit::dynamo::StoreError;

use crate::QueueError;
use crate::domain::queue::{Keys, Queue, Rules};
use crate::dynamodb::Store;

/// How often a queue that others change is read again.
const TRIES: u32 = 3;

/// Gives an event a queue with these rules, or its queue these rules. `keys` are for the first era of a new one.
///
/// # Errors
/// When the event is unknown, `seen` is not the queue's version, the opening would move while people are in the queue,
/// or the table does not answer.
pub async fn configure(
    store: &Store,
    event: EventId,
    rules: Rules,
    seen: Option<u64>,
    keys: &Keys,
    now: Timestamp,
) -> Result<QueueState, QueueError> {
    for _ in 0..TRIES {
        let room = store.room(event).await?;
        room.event.ok_or(QueueError::NotFound)?;
        let queue = match &room.queue {
            None => Queue::new(event, rules, keys.clone()),
            Some(queue) => match queue.configured(rules, seen, now)? {
                None => return Ok(queue.state.clone()),
                Some(changed) => changed,
            },
        };
        if store.save_queue(&queue, EventType::QueueConfigured, now).await? {
            return Ok(queue.state);
        }
    }
    Err(StoreError::Contended.into())
}

/// Empties a queue: tickets and admissions are void, and the next draw has other keys. The sale opens at `opens_at`, or
/// when it was to open before.
///
/// # Errors
/// When there is no queue, `seen` is not its version, or the table does not answer.
pub async fn clear(
    store: &Store,
    event: EventId,
    opens_at: Option<Timestamp>,
    seen: Option<u64>,
    keys: &Keys,
    now: Timestamp,
) -> Result<QueueState, QueueError> {
    for _ in 0..TRIES {
        let queue = store.room(event).await?.queue.ok_or(QueueError::NoQueue)?;
        // Whoever reads what a first try has written, and whose answer was lost, must not empty the queue again.
        if queue.seed == keys.seed {
            return Ok(queue.state);
        }
        let cleared = queue.cleared(opens_at, keys.clone(), seen)?;
        if store.save_queue(&cleared, EventType::QueueCleared, now).await? {
            return Ok(cleared.state);
        }
    }
    Err(StoreError::Contended.into())
}
