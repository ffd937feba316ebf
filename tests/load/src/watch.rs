//! What a run takes of the machine: memory and processor time of processes, as Linux tells. Elsewhere it is not told.

use measure::machine::Processors;
use serde::{Deserialize, Serialize};

/// Kernel ticks in a second: 100 on every Linux that programs see.
const TICKS: f64 = 100.0;

/// Of some processes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Usage {
    /// How many processes there are.
    pub processes: usize,
    /// Their most resident memory so far, added up, in MiB; what they share is counted for each.
    pub peak_rss_mib: f64,
    /// Their memory now with what they share counted once, in MiB.
    pub pss_mib: f64,
    /// Processor time so far, in seconds.
    pub cpu_seconds: f64,
}

impl Usage {
    /// Of the processes with these ids, as far as they still run.
    #[must_use]
    pub fn of(pids: &[u32]) -> Self {
        pids.iter().filter_map(|&pid| Self::of_one(pid)).fold(Self::default(), Self::plus)
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            processes: self.processes + other.processes,
            peak_rss_mib: self.peak_rss_mib + other.peak_rss_mib,
            pss_mib: self.pss_mib + other.pss_mib,
            cpu_seconds: self.cpu_seconds + other.cpu_seconds,
        }
    }

    fn of_one(pid: u32) -> Option<Self> {
        let read = |file: &str| std::fs::read_to_string(format!("/proc/{pid}/{file}")).ok();
        let mib = |text: &str, name: &str| {
            let line = text.lines().find(|line| line.starts_with(name))?;
            Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1_024.0)
        };
        let stat = read("stat")?;
        // The name, in brackets, may hold anything: what is counted comes after it.
        let fields: Vec<_> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks: f64 = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
        Some(Self {
            processes: 1,
            peak_rss_mib: mib(&read("status")?, "VmHWM:")?,
            pss_mib: mib(&read("smaps_rollup")?, "Pss:")?,
            cpu_seconds: ticks / TICKS,
        })
    }
}

/// The processors of this machine, as far as it tells.
#[must_use]
pub fn machine() -> String {
    let Processors { number, model } = Processors::here();
    format!("{number} processors ({model})")
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn this_process_takes_memory() {
        let own = Usage::of(&[std::process::id()]);
        assert_eq!(own.processes, 1);
        assert!(own.peak_rss_mib > 1.0 && own.pss_mib > 0.1 && own.pss_mib <= own.peak_rss_mib, "{own:?}");
        assert_eq!(Usage::of(&[u32::MAX]), Usage::default(), "nobody has this id");
    }
}
