//! What virtual users saw: how long each request took, and what was answered.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use serde::{Deserialize, Serialize};

/// Collects what many users see at once.
#[derive(Debug)]
pub struct Recorder {
    began: Instant,
    steps: Mutex<BTreeMap<&'static str, Step>>,
}

#[derive(Debug)]
struct Step {
    histogram: Histogram<u64>,
    answers: BTreeMap<String, u64>,
}

/// What was seen of one kind of request.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// How many were answered, or failed.
    pub requests: u64,
    /// How many there were of each answer: `201`, `409 seats_unavailable`, `no answer`.
    pub answers: BTreeMap<String, u64>,
    /// Half took no longer, in milliseconds.
    pub p50_ms: f64,
    /// 95 of 100 took no longer.
    pub p95_ms: f64,
    /// 99 of 100 took no longer.
    pub p99_ms: f64,
    /// The longest.
    pub max_ms: f64,
}

impl Default for Recorder {
    fn default() -> Self {
        Self { began: Instant::now(), steps: Mutex::default() }
    }
}

impl Recorder {
    /// Notes an answer of this kind after so long.
    pub fn note(&self, step: &'static str, took: Duration, answer: &str) {
        let mut steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        let step = steps.entry(step).or_insert_with(Step::new);
        step.histogram.saturating_record(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
        *step.answers.entry(answer.to_owned()).or_default() += 1;
    }

    /// How long it has been.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    /// What was seen so far, by kind of request.
    #[must_use]
    pub fn summaries(&self) -> BTreeMap<String, Summary> {
        let steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        steps.iter().map(|(name, step)| ((*name).to_owned(), step.summary())).collect()
    }

    /// Of one kind of request.
    #[must_use]
    pub fn summary(&self, step: &str) -> Summary {
        self.summaries().remove(step).unwrap_or_default()
    }
}

impl Step {
    fn new() -> Self {
        // Three significant digits, from a microsecond to an hour.
        let histogram =
            Histogram::new_with_bounds(1, 3_600_000_000, 3).unwrap_or_else(|_| unreachable!("these bounds are fine"));
        Self { histogram, answers: BTreeMap::new() }
    }

    fn summary(&self) -> Summary {
        #[allow(clippy::cast_precision_loss, reason = "milliseconds of a run")]
        let ms = |micros: u64| micros as f64 / 1_000.0;
        let at = |quantile: f64| ms(self.histogram.value_at_quantile(quantile));
        Summary {
            requests: self.histogram.len(),
            answers: self.answers.clone(),
            p50_ms: at(0.50),
            p95_ms: at(0.95),
            p99_ms: at(0.99),
            max_ms: ms(self.histogram.max()),
        }
    }
}

impl Summary {
    /// How many answers had this status, whatever their code.
    #[must_use]
    pub fn with_status(&self, status: u16) -> u64 {
        let status = status.to_string();
        self.answers.iter().filter(|(answer, _)| answer.starts_with(&status)).map(|(_, count)| count).sum()
    }

    /// How many answers were none of these statuses.
    #[must_use]
    pub fn other_than(&self, statuses: &[u16]) -> u64 {
        self.requests - statuses.iter().map(|&status| self.with_status(status)).sum::<u64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_and_answers_are_those_of_the_requests() {
        let recorder = Recorder::default();
        for ms in 1..=100 {
            recorder.note("hold", Duration::from_millis(ms), if ms <= 90 { "201" } else { "409 seats_unavailable" });
        }
        recorder.note("hold", Duration::from_secs(1), "no answer");
        let seen = recorder.summary("hold");
        assert_eq!((seen.with_status(201), seen.with_status(409), seen.other_than(&[201, 409])), (90, 10, 1));
        assert!((50.0..52.0).contains(&seen.p50_ms), "{}", seen.p50_ms);
        assert!((99.0..101.0).contains(&seen.p99_ms), "{}", seen.p99_ms);
        assert!((1_000.0..1_002.0).contains(&seen.max_ms), "{}", seen.max_ms);
        assert_eq!(recorder.summary("nothing"), Summary::default());
    }
}
