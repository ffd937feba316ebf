//! `refresh-availability`: counts anew what is left of performances whose seats have changed, and tells those who
//! watch. Behind the table's stream; operators invoke it with an event's id to have all its performances counted.

use std::collections::BTreeMap;
use std::time::Instant;

use aws_lambda_events::dynamodb::{Event, EventRecord};
use booking::BookingError;
use booking::dynamodb::{is_block, marks_of_image, performance_of};
use booking::live::{self, Changes, Outlets, TellError};
use contracts::ids::{EventId, PerformanceId};
use futures_util::{StreamExt as _, stream};
use jiff::Timestamp;
use kit::dynamo::{PK, SK, StoreError};
use kit::worker::{WorkerError, chain};
use serde::{Deserialize, Serialize};

use crate::App;

const FUNCTION: &str = "refresh-availability";

/// How many performances are counted at once.
const AT_ONCE: usize = 8;

/// What is to be counted.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Input {
    /// The performances that these records of the table are about.
    Changes(Event),
    /// All performances of an event that were ever published.
    #[serde(rename_all = "camelCase")]
    All {
        /// Which event.
        event_id: EventId,
    },
}

/// What was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// Performances, once each.
    pub performances: usize,
    /// Those of them that no retry can help.
    pub refused: usize,
}

/// Counts each performance once, however many records are about it, and then tells what has changed.
///
/// One that no retry can help is logged and counts as dealt with: the counts of the others must not wait for it, and its
/// own are made anew with its next change.
///
/// # Errors
/// When the table or a queue does not answer: the batch must be delivered again.
pub async fn handle(app: &App, outlets: &impl Outlets, input: Input, now: Timestamp) -> Result<Counted, WorkerError> {
    let started = Instant::now();
    let (records, changed) = match input {
        Input::Changes(batch) => (batch.records.len(), changes(&batch)),
        Input::All { event_id } => (0, all_of(app, event_id, now).await?),
    };
    let performances = changed.len();
    let refresh = |(id, changes): (PerformanceId, Changes)| async move {
        (id, live::refresh(&app.store, &app.sales, outlets, id, &changes, now).await)
    };
    let mut outcomes = stream::iter(changed).map(refresh).buffer_unordered(AT_ONCE);
    let (mut refused, mut failed) = (0, None);
    while let Some((id, outcome)) = outcomes.next().await {
        match outcome {
            Ok(()) => {}
            Err(TellError::Booking(
                error @ (BookingError::NotFound | BookingError::Store(StoreError::Unreadable(_))),
            )) => {
                tracing::error!(function = FUNCTION, performance_id = %id, error = chain(&error), "not counted");
                refused += 1;
            }
            Err(error) => failed = Some(error),
        }
    }
    tracing::info!(
        function = FUNCTION,
        records,
        performances,
        refused,
        ok = failed.is_none(),
        error = failed.as_ref().map(|error| chain(error)),
        duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
    );
    failed.map_or(Ok(Counted { performances, refused }), |error| Err(error.into()))
}

/// What the records say, by performance. A block's records are in the order of its writes: a block lives in one shard
/// of the stream, and a shard has one batch at a time.
fn changes(batch: &Event) -> BTreeMap<PerformanceId, Changes> {
    let mut all: BTreeMap<_, Changes> = BTreeMap::new();
    for record in &batch.records {
        let (Some(pk), Some(sk)) = (key(record, PK), key(record, SK)) else { continue };
        let Some(performance) = performance_of(&pk, &sk) else { continue };
        let changes = all.entry(performance).or_default();
        changes.note_record(record.change.sequence_number.as_deref().unwrap_or_default());
        if is_block(&pk) {
            let change = &record.change;
            changes.deltas.note(&sk, &marks_of_image(&change.old_image), &marks_of_image(&change.new_image));
        }
    }
    all
}

/// All performances of an event, no seat of which is said to have changed.
async fn all_of(app: &App, event: EventId, now: Timestamp) -> Result<BTreeMap<PerformanceId, Changes>, StoreError> {
    let mut changes = Changes::default();
    changes.note_record(&now.to_string());
    let showings = app.store.showings(event).await?;
    Ok(showings.performances.into_iter().map(|id| (id, changes.clone())).collect())
}

fn key(record: &EventRecord, name: &str) -> Option<String> {
    serde_dynamo::from_attribute_value(record.change.keys.get(name)?.clone()).ok()
}
