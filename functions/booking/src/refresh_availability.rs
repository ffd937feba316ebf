//! `refresh-availability`: counts anew what is left of performances whose seats have changed. Behind the table's stream.

use std::collections::BTreeSet;
use std::time::Instant;

use aws_lambda_events::dynamodb::{Event, EventRecord};
use booking::dynamodb::performance_of;
use booking::{BookingError, stock};
use contracts::ids::PerformanceId;
use futures_util::{StreamExt as _, stream};
use jiff::Timestamp;
use kit::dynamo::{PK, SK, StoreError};
use kit::worker::{WorkerError, chain};

use crate::App;

const FUNCTION: &str = "refresh-availability";

/// How many performances are counted at once.
const AT_ONCE: usize = 8;

/// Counts each performance of a batch once, however many records are about it.
///
/// One that no retry can help is logged and counts as dealt with: the counts of the others must not wait for it, and its
/// own are made anew with its next change.
///
/// # Errors
/// When the table does not answer: the batch must be delivered again.
pub async fn handle(app: &App, batch: Event, now: Timestamp) -> Result<(), WorkerError> {
    let started = Instant::now();
    let records = batch.records.len();
    let changed: BTreeSet<PerformanceId> = batch.records.iter().filter_map(performance).collect();
    let performances = changed.len();
    let refresh = |id| async move { (id, stock::refresh(&app.store, &app.sales, id, now).await) };
    let mut outcomes = stream::iter(changed).map(refresh).buffer_unordered(AT_ONCE);
    let (mut refused, mut failed) = (0_u32, None);
    while let Some((id, outcome)) = outcomes.next().await {
        match outcome {
            Ok(()) => {}
            Err(error @ (BookingError::NotFound | BookingError::Store(StoreError::Unreadable(_)))) => {
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
    failed.map_or(Ok(()), |error| Err(error.into()))
}

fn performance(record: &EventRecord) -> Option<PerformanceId> {
    let text = |name| serde_dynamo::from_attribute_value::<_, String>(record.change.keys.get(name)?.clone()).ok();
    performance_of(&text(PK)?, &text(SK)?)
}
