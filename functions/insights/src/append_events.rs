//! Table streams → event store → queues.

use std::time::Instant;

use aws_lambda_events::dynamodb::{Event, EventRecord};
use insights::append::{AppendError, AppendEvents, Appended};
use insights::image::envelope;
use insights::queues::Queues;
use insights::refusal::{RecordId, Refusal};
use jiff::Timestamp;
use kit::worker::chain;

const FUNCTION: &str = "append-events";

/// Stores and sends what a batch of stream records announces.
///
/// A record that no further delivery can help is set aside in a queue with an alarm and counts as dealt with: failing
/// would hold up its shard, and with it the payments behind it, for as long as the template lets records be tried.
///
/// Any other failure fails the batch as a whole. Naming only the failed records would save little, since appending again
/// changes nothing, and would lose events on a local AWS that takes any answer for success.
///
/// # Errors
/// When the batch must be delivered again.
pub async fn handle<Q: Queues>(append: &AppendEvents<Q>, batch: Event, now: Timestamp) -> Result<(), AppendError> {
    let started = Instant::now();
    let records = batch.records.len();
    let mut events = Vec::with_capacity(records);
    let mut unreadable = Vec::new();
    for record in batch.records {
        // An item that is gone announces nothing, whatever it said last.
        if record.event_name == "REMOVE" {
            continue;
        }
        match envelope(&record.change.new_image) {
            Ok(event) => events.extend(event),
            Err(error) => unreadable.push(Refusal::of_record(id(record), &error)),
        }
    }
    let announced = events.len();
    // Boxed, because the compiler gives up on a future as deep as the SDK's inside the runtime's.
    let result = Box::pin(append.append(events, unreadable, now)).await;
    let nothing = Appended::default();
    let Appended { stored, known, messages, refused } = result.as_ref().unwrap_or(&nothing);
    for refusal in refused {
        tracing::error!(function = FUNCTION, event_id = refusal.id(), error = refusal.reason(), "record set aside");
    }
    tracing::info!(
        function = FUNCTION,
        records,
        events = announced,
        stored,
        known,
        messages,
        refused = refused.len(),
        ok = result.is_ok(),
        error = result.as_ref().err().map(|error| chain(error)),
        duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
    );
    result.map(|_| ())
}

fn id(record: EventRecord) -> RecordId {
    RecordId::new(record.event_id, record.event_source_arn, record.change.sequence_number, &record.change.keys)
}
