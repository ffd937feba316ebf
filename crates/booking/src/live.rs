//! What is told to those who watch a performance, and to the waiting room of a guarded sale.

use contracts::booking::SeatsLeft;
use contracts::ids::PerformanceId;
use contracts::live::RoomChange;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::domain::deltas::Deltas;
use crate::dynamodb::Store;
use crate::sales::Sales;
use crate::{BookingError, stock};

/// A message is not in its queue, or nobody knows.
#[derive(Debug, thiserror::Error)]
#[error("the queue {queue} did not take a message")]
pub struct SendError {
    /// Which queue.
    pub queue: &'static str,
    /// Why.
    #[source]
    pub source: Box<dyn std::error::Error + Send + Sync>,
}

/// Takes messages to those who want to know.
pub trait Outlets {
    /// Tells a room. Messages with the same `name` are one message, for five minutes.
    ///
    /// # Errors
    /// When the message may not be in the queue.
    fn tell_room(&self, change: &RoomChange, name: &str) -> impl Future<Output = Result<(), SendError>>;

    /// Tells the waiting room.
    ///
    /// # Errors
    /// When the message may not be in the queue.
    fn tell_waiting_room(&self, left: &SeatsLeft) -> impl Future<Output = Result<(), SendError>>;
}

/// Why a change was not told.
#[derive(Debug, thiserror::Error)]
pub enum TellError {
    /// It could not be counted.
    #[error(transparent)]
    Booking(#[from] BookingError),
    /// It was counted and is kept, but not every message was sent.
    #[error(transparent)]
    Send(#[from] SendError),
}

/// Changes of a performance, from some records of the table's stream.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// The seats.
    pub deltas: Deltas,
    records: Sha256,
}

impl Changes {
    /// Notes that the record with this sequence number is among those that are told.
    pub fn note_record(&mut self, sequence_number: &str) {
        self.records.update(sequence_number);
        self.records.update("\n");
    }

    /// The same for the same records: what was sent and is sent again, because another performance of the batch failed,
    /// is dropped by the queue.
    fn name(&self) -> String {
        self.records.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Counts what is left of a performance, keeps it, and then tells what has changed. Doing it twice tells it twice at
/// most.
///
/// `now` is when the caller began. The count holds everything that had happened by then, so of two counts the one of
/// the later beginning is the one to believe.
///
/// # Errors
/// As [`stock::refresh`], or when a queue does not answer.
pub async fn refresh(
    store: &Store,
    sales: &Sales,
    outlets: &impl Outlets,
    performance: PerformanceId,
    changes: &Changes,
    now: Timestamp,
) -> Result<(), TellError> {
    let (sale, stock) = stock::refresh(store, sales, performance, now).await?;
    let told = changes.deltas.told(&sale, &stock, now.as_second());
    outlets.tell_room(&told, &changes.name()).await?;
    if sales.guard(store, stock.event, now).await?.enabled {
        let free = stock.free(None).unwrap_or_default();
        let left =
            SeatsLeft { event_id: stock.event, performance_id: performance, free, counted_at: now.as_millisecond() };
        outlets.tell_waiting_room(&left).await?;
    }
    Ok(())
}
