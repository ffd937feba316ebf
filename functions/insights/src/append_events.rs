//! Table streams → event store → queues.

use std::time::Instant;

use aws_lambda_events::dynamodb::Event;
use insights::append::{AppendError, AppendEvents, Appended};
use insights::image::{UnreadableImage, envelope};
use insights::queues::Queues;
use jiff::Timestamp;
use kit::worker::chain;

const FUNCTION: &str = "append-events";

/// The batch must be delivered again.
#[derive(Debug, thiserror::Error)]
pub enum HandleError {
    /// Events could not be stored or sent.
    #[error(transparent)]
    Append(#[from] AppendError),
    /// A record is unreadable. All others were stored and sent.
    #[error(transparent)]
    Unreadable(#[from] UnreadableImage),
}

/// Stores and sends what a batch of stream records announces.
///
/// A failure fails the batch as a whole. Naming only the failed records would save little, since appending again
/// changes nothing, and would lose events on a local AWS that takes any answer for success. A record that nobody can
/// read fails too: the template bounds the retries and keeps what is left over in a queue with an alarm, whereas a
/// record passed over would be an event lost.
///
/// # Errors
/// When the batch must be delivered again.
pub async fn handle<Q: Queues>(append: &AppendEvents<Q>, batch: Event, now: Timestamp) -> Result<(), HandleError> {
    let started = Instant::now();
    let records = batch.records.len();
    let mut events = Vec::with_capacity(records);
    let mut unreadable = None;
    for record in batch.records {
        // An item that is gone announces nothing, whatever it said last.
        if record.event_name == "REMOVE" {
            continue;
        }
        match envelope(&record.change.new_image) {
            Ok(event) => events.extend(event),
            Err(error) => {
                tracing::error!(
                    function = FUNCTION,
                    record_id = record.event_id,
                    error = chain(&error),
                    "unreadable record"
                );
                unreadable = Some(error);
            }
        }
    }
    let announced = events.len();
    // What can be read goes on its way before the batch fails: nobody should wait for somebody else's broken record.
    // Boxed, because the compiler gives up on a future as deep as the SDK's inside the runtime's.
    let appended = Box::pin(append.append(events, now)).await;
    let result = appended.as_ref().ok().copied();
    let Appended { stored, known, messages } = result.unwrap_or_default();
    tracing::info!(
        function = FUNCTION,
        records,
        events = announced,
        stored,
        known,
        messages,
        ok = result.is_some() && unreadable.is_none(),
        error = appended.as_ref().err().map(|error| chain(error)),
        duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
    );
    appended?;
    unreadable.map_or(Ok(()), |error| Err(error.into()))
}
