//! What virtual users do, and what the tables must say afterwards.

pub mod books;
pub mod contention;
pub mod journey;
pub mod rush;

use std::time::Duration;

use crate::record::Recorder;

/// How large a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Virtual users on the hot performance, and of the whole journey.
    pub users: usize,
    /// How often each design has its turn.
    pub rounds: usize,
    /// Rows of the hot performance.
    pub rows: usize,
    /// How often each rush is repeated.
    pub rushes: usize,
    /// Most environments of one function.
    pub environments: usize,
}

impl Size {
    /// What the figures in the documents are of.
    pub const FULL: Self = Self { users: 1_000, rounds: 3, rows: 100, rushes: 5, environments: 8 };
    /// Enough to see that everything works.
    pub const SMOKE: Self = Self { users: 40, rounds: 1, rows: 20, rushes: 1, environments: 4 };
}

/// Says every second how far a scenario is, until it is dropped.
#[derive(Debug)]
pub struct Progress(tokio::task::JoinHandle<()>);

impl Progress {
    /// Of what is recorded, for a scenario of this name.
    #[must_use]
    pub fn of(name: &str, record: &std::sync::Arc<Recorder>) -> Self {
        let (name, record) = (name.to_owned(), std::sync::Arc::clone(record));
        Self(tokio::spawn(async move {
            let mut ticks = tokio::time::interval(Duration::from_secs(1));
            ticks.tick().await;
            loop {
                ticks.tick().await;
                let steps = record.summaries();
                let seen: Vec<_> = steps
                    .iter()
                    .map(|(step, seen)| format!("{step} {} (p99 {:.0} ms)", seen.requests, seen.p99_ms))
                    .collect();
                eprintln!("  {name}, {:.0} s: {}", record.elapsed().as_secs_f64(), seen.join(", "));
            }
        }))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.abort();
    }
}
