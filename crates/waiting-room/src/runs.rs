//! Runs of numbers: an execution environment takes several from a counter at once when many people come.

use std::collections::HashMap;

use contracts::ids::EventId;
use jiff::{SignedDuration, Timestamp};
use kit::dynamo::StoreError;
use tokio::sync::Mutex;

use crate::dynamodb::Store;

/// The longest run: within as many people the order of arrival may be lost.
pub const LONGEST: u64 = 50;

/// How long a run's numbers are given out: somebody who comes later must not get an earlier number.
const GOOD_FOR: SignedDuration = SignedDuration::from_secs(2);

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Entrants of the draw.
    Entrant,
    /// People who came after the opening.
    Number,
}

impl Kind {
    pub(crate) const fn counter(self) -> &'static str {
        match self {
            Self::Entrant => "entrants",
            Self::Number => "numbers",
        }
    }
}

#[derive(Debug)]
struct Run {
    next: u64,
    end: u64,
    length: u64,
    taken_at: Timestamp,
}

/// The runs of an execution environment.
#[derive(Debug, Default)]
pub struct Runs {
    runs: Mutex<HashMap<(EventId, u32, Kind), Run>>,
}

impl Runs {
    /// The next number of a queue's era. A run that was used up within its time is followed by one twice as long, any
    /// other by one of a single number.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn next(
        &self,
        store: &Store,
        event: EventId,
        era: u32,
        kind: Kind,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        // Locked while taking numbers: others wait for the run instead of taking one each.
        let mut runs = self.runs.lock().await;
        runs.retain(|_, run| now.duration_since(run.taken_at).abs() < GOOD_FOR);
        let length = match runs.get_mut(&(event, era, kind)) {
            Some(run) if run.next < run.end => {
                let number = run.next;
                run.next += 1;
                return Ok(number);
            }
            Some(used_up) => (used_up.length * 2).min(LONGEST),
            None => 1,
        };
        let first = store.take_numbers(event, era, kind, length, now).await?;
        runs.insert((event, era, kind), Run { next: first + 1, end: first + length, length, taken_at: now });
        Ok(first)
    }
}
