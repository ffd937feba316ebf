//! `broadcast-changes`: tells rooms what happened in them. Behind the queue `live-changes`.

use std::collections::HashMap;
use std::time::Instant;

use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent, SqsMessage};
use contracts::live::{Room, RoomChange};
use futures_util::future::join_all;
use jiff::Timestamp;
use kit::worker::{WorkerError, chain};
use realtime::admissions::Admissions;
use realtime::broadcast::Broadcast;
use realtime::clock::Clock;
use realtime::domain::news::News;
use realtime::poster::Poster;

const FUNCTION: &str = "broadcast-changes";

/// The messages of one room, and what they come to.
#[derive(Default)]
struct Batch {
    news: News,
    messages: Vec<String>,
}

/// Tells every room of a batch its news, all rooms at once: each waits for its own turn.
///
/// The messages of a room stand and fall together, since they are in order and one turn takes them all. A message that
/// cannot be read fails alone, and ends up in the dead-letter queue.
pub async fn handle<P: Poster, A: Admissions, C: Clock>(
    broadcast: &Broadcast<P, A, C>,
    event: SqsEvent,
) -> SqsBatchResponse {
    let mut rooms: HashMap<Room, Batch> = HashMap::new();
    let mut failed = Vec::new();
    for message in event.records {
        let message_id = message.message_id.clone().unwrap_or_default();
        match read(&message) {
            Ok((change, sent_at, again)) => {
                let batch = rooms.entry(change.room()).or_default();
                batch.news.hear(change, sent_at, again);
                batch.messages.push(message_id);
            }
            Err(error) => {
                tracing::error!(function = FUNCTION, message_id, error = chain(error.as_ref()), "not a change");
                failed.push(message_id);
            }
        }
    }
    let told = rooms.into_iter().map(|(room, batch)| tell(broadcast, room, batch));
    failed.extend(join_all(told).await.into_iter().flatten());
    let mut response = SqsBatchResponse::default();
    response.batch_item_failures = failed.into_iter().map(failure).collect();
    response
}

/// Tells a room; the messages that have to be delivered again.
async fn tell<P: Poster, A: Admissions, C: Clock>(
    broadcast: &Broadcast<P, A, C>,
    room: Room,
    batch: Batch,
) -> Vec<String> {
    let started = Instant::now();
    let result = broadcast.tell(room, &batch.news).await;
    let outcome = result.as_ref().copied().unwrap_or_default();
    tracing::info!(
        function = FUNCTION,
        %room,
        messages = batch.messages.len(),
        reached = outcome.reached,
        gone = outcome.gone,
        missed = outcome.missed,
        admitted = outcome.admitted,
        ok = result.is_ok(),
        error = result.as_ref().err().map(|error| chain(error)),
        duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
    );
    if result.is_ok() { Vec::new() } else { batch.messages }
}

/// The change, when it was sent, and whether it was delivered before.
fn read(message: &SqsMessage) -> Result<(RoomChange, Timestamp, bool), WorkerError> {
    let change = serde_json::from_str(message.body.as_deref().unwrap_or_default())?;
    let number = |name: &str| message.attributes.get(name).and_then(|text| text.parse::<i64>().ok());
    let sent_at = number("SentTimestamp").ok_or("the queue does not say when it was sent")?;
    let deliveries = number("ApproximateReceiveCount").unwrap_or(1);
    Ok((change, Timestamp::from_millisecond(sent_at)?, deliveries > 1))
}

fn failure(message_id: String) -> BatchItemFailure {
    let mut failure = BatchItemFailure::default();
    failure.item_identifier = message_id;
    failure
}
