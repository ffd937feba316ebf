//! `refresh-availability`: counts anew what is left of performances whose seats have changed. Behind the table's stream;
//! operators invoke it with an event's id to have all its performances counted.

use std::collections::BTreeSet;
use std::time::Instant;

use aws_lambda_events::dynamodb::{Event, EventRecord};
use booking::dynamodb::performance_of;
use booking::{BookingError, stock};
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

/// Counts each performance once, however many records are about it.
///
/// One that no retry can help is logged and counts as dealt with: the counts of the others must not wait for it, and its
/// own are made anew with its next change.
///
/// # Errors
/// When the table does not answer: the batch must be delivered again.
pub async fn handle(app: &App, input: Input, now: Timestamp) -> Result<Counted, WorkerError> {
    let started = Instant::now();
    let (records, changed): (usize, BTreeSet<PerformanceId>) = match input {
        Input::Changes(batch) => (batch.records.len(), batch.records.iter().filter_map(performance).collect()),
        Input::All { event_id } => (0, app.store.showings(event_id).await?.performances.into_iter().collect()),
    };
    let performances = changed.len();
    let refresh = |id| async move { (id, stock::refresh(&app.store, &app.sales, id, now).await) };
    let mut outcomes = stream::iter(changed).map(refresh).buffer_unordered(AT_ONCE);
    let (mut refused, mut failed) = (0, None);
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
    failed.map_or(Ok(Counted { performances, refused }), |error| Err(error.into()))
}

fn performance(record: &EventRecord) -> Option<PerformanceId> {
    let text = |name| serde_dynamo::from_attribute_value::<_, String>(record.change.keys.get(name)?.clone()).ok();
    performance_of(&text(PK)?, &text(SK)?)
}
