//! Building the read models of sales anew, by an operator: there is no HTTP route to this, only `lambda:InvokeFunction`.

use std::time::{Duration, SystemTime};

use insights::domain::Generation;
use insights::sales::compare::Difference;
use insights::sales::project::Popularity;
use insights::sales::replay::{Phase, Progress, Replay, ReplayError};
use serde::{Deserialize, Serialize};

const FUNCTION: &str = "replay-events";

/// No step is begun that has not at least this long: a few thousand events fit into it many times over.
pub const STEP: Duration = Duration::from_secs(25);

/// The payload of the invocation: `{}` to begin, `{"cursor": …}` with the cursor of the last answer to go on.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Where to go on.
    pub cursor: Option<Progress>,
}

/// How far it has come.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// Whether all is done. If not, the function is to be invoked again with the cursor.
    pub done: bool,
    /// Whether the new generation is the one that is read.
    pub switched: bool,
    /// The generation that is built.
    pub generation: Generation,
    /// Events of the store that it was built from.
    pub events: u64,
    /// Those of them that could not be read; the first hundred.
    pub unreadable: Vec<String>,
    /// Where it differs from the one that was read until then; the first hundred.
    pub differences: Vec<Difference>,
    /// In how many items it does.
    pub differing: u64,
    /// Where to go on; nothing when all is done.
    pub cursor: Option<Progress>,
}

impl From<Progress> for Answer {
    fn from(progress: Progress) -> Self {
        let done = progress.phase == Phase::Done;
        Self {
            done,
            switched: done || matches!(progress.phase, Phase::Sweep(_)),
            generation: progress.generation,
            events: progress.events,
            unreadable: progress.unreadable.clone(),
            differences: progress.differences.clone(),
            differing: progress.differing,
            cursor: (!done).then_some(progress),
        }
    }
}

/// Goes on until all is done or `time_left` says that there is less than [`STEP`]. Harmless to repeat, to interrupt and
/// to begin anew.
///
/// # Errors
/// When a table or the queue did not answer, or the cursor is of a rebuild that is over.
pub async fn handle<P: Popularity>(
    replay: &Replay<P>,
    request: Request,
    time_left: impl Fn() -> Duration,
) -> Result<Answer, ReplayError> {
    let mut progress = match request.cursor {
        Some(cursor) => cursor,
        None => replay.begin().await?,
    };
    while progress.phase != Phase::Done && time_left() >= STEP {
        progress = Box::pin(replay.step(progress)).await?;
    }
    let answer = Answer::from(progress);
    tracing::info!(
        function = FUNCTION,
        generation = %answer.generation,
        events = answer.events,
        unreadable = answer.unreadable.len(),
        differing = answer.differing,
        switched = answer.switched,
        done = answer.done,
    );
    Ok(answer)
}

/// How long it is until `deadline`, in milliseconds since 1970.
#[must_use]
pub fn until(deadline: u64) -> Duration {
    let deadline = SystemTime::UNIX_EPOCH + Duration::from_millis(deadline);
    deadline.duration_since(SystemTime::now()).unwrap_or_default()
}
