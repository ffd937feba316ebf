//! Tables for people and a file for programs.

use std::fmt::Write as _;
use std::time::Duration;

use measure::machine::Processors;
use measure::spread::Spread;
use serde::Serialize;

use crate::cold::Sample;
use crate::contender::{Contender, Transport};
use crate::warm::{Cost, Instructions};

/// Everything that was measured.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// When.
    pub measured_at: String,
    /// On what.
    pub machine: Machine,
    /// Cold starts of each program over each transport.
    pub runs: usize,
    /// Seats of the halls.
    pub seats: usize,
    /// Warm holds of each program.
    pub holds: u32,
    /// Cold starts.
    pub cold: Vec<Row>,
    /// Warm holds.
    pub warm: Vec<WarmRow>,
}

/// The machine.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Machine {
    /// Its processor.
    pub processor: String,
    /// How many of them.
    pub processors: usize,
    /// How much else was going on: the load average of the last minute.
    pub load: String,
}

/// Cold starts of one program over one transport.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// `plain` or `tls`.
    pub transport: &'static str,
    /// The program.
    pub key: String,
    #[serde(skip)]
    title: String,
    /// Process start to the first question for an event, in ms.
    pub init_ms: Spread,
    /// The event to its answer, in ms.
    pub answer_ms: Spread,
    /// Both, in ms.
    pub total_ms: Spread,
    /// CPU time until the question, in ms.
    pub init_cpu_ms: Spread,
    /// CPU time of all of it, in seconds.
    pub cpu_seconds: Spread,
    /// In bytes.
    pub peak_memory_bytes: Spread,
    /// What is deployed, in bytes.
    pub size_bytes: u64,
}

/// Warm holds of one program.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WarmRow {
    /// The program.
    pub key: String,
    #[serde(skip)]
    title: String,
    /// CPU and elapsed time.
    #[serde(flatten)]
    pub cost: Cost,
    /// Where they were counted.
    pub instructions: Option<Instructions>,
}

impl Machine {
    /// This one.
    #[must_use]
    pub fn here() -> Self {
        let Processors { number, model } = Processors::here();
        let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
        Self { processor: model, processors: number, load: load.split(' ').next().unwrap_or_default().to_owned() }
    }
}

impl Row {
    /// Of these cold starts.
    #[must_use]
    pub fn of(contender: &Contender, transport: Transport, samples: &[Sample]) -> Self {
        let ms = |part: fn(&Sample) -> Duration| Spread::of(samples.iter().map(|each| part(each).as_secs_f64() * 1e3));
        // Bytes of memory are far fewer than the numbers that a float cannot hold.
        let memory = samples.iter().map(|each| Duration::from_nanos(each.peak_memory).as_secs_f64() * 1e9);
        Self {
            transport: transport.key(),
            key: contender.key.clone(),
            title: contender.title.clone(),
            init_ms: ms(|each| each.init),
            answer_ms: ms(|each| each.answer),
            total_ms: ms(|each| each.init + each.answer),
            init_cpu_ms: ms(|each| each.init_cpu),
            cpu_seconds: Spread::of(samples.iter().map(|each| each.cpu.as_secs_f64())),
            peak_memory_bytes: Spread::of(memory),
            size_bytes: contender.size(),
        }
    }
}

impl WarmRow {
    /// Of these holds.
    #[must_use]
    pub fn of(contender: &Contender, cost: Cost, instructions: Option<Instructions>) -> Self {
        Self { key: contender.key.clone(), title: contender.title.clone(), cost, instructions }
    }
}

impl Report {
    /// The tables, in Markdown.
    #[must_use]
    pub fn tables(&self) -> String {
        let mut text = format!(
            "Measured {} on {} × {}, load {}; {} cold starts of each, in turns of a random \
             order, halls of {} seats.\n",
            self.measured_at, self.machine.processors, self.machine.processor, self.machine.load, self.runs, self.seats,
        );
        for (transport, title) in [("plain", "DynamoDB over HTTP"), ("tls", "DynamoDB over TLS")] {
            let rows: Vec<_> = self.cold.iter().filter(|row| row.transport == transport).collect();
            let Some(first) = rows.first() else { continue };
            let _ = write!(
                text,
                "\n| {title}, ms | start → first `/next` | event → first answer | **start → first answer** (least – \
                 most) | × ours | CPU | of it after `/next` | peak memory | deployed |\n\
                 |---|--:|--:|--:|--:|--:|--:|--:|--:|\n",
            );
            for row in &rows {
                let cpu = row.cpu_seconds.median * 1e3;
                let _ = writeln!(
                    text,
                    "| {} | {:.1} | {:.1} | **{:.1}** ({:.1} – {:.1}) | {:.2} | {:.1} | {:.1} | {:.1} MiB \
                     | {:.1} MiB |",
                    row.title,
                    row.init_ms.median,
                    row.answer_ms.median,
                    row.total_ms.median,
                    row.total_ms.min,
                    row.total_ms.max,
                    row.total_ms.median / first.total_ms.median,
                    cpu,
                    (cpu - row.init_cpu_ms.median).max(0.0),
                    row.peak_memory_bytes.median / 1_048_576.0,
                    Duration::from_nanos(row.size_bytes).as_secs_f64() * 1e9 / 1_048_576.0,
                );
            }
        }
        if !self.warm.is_empty() {
            let _ = write!(
                text,
                "\n{} warm holds of each in five rounds, medians of the rounds; ours makes two calls a hold, the others five.\n\n\
                 | a warm hold | CPU, µs | event → answer, µs | instructions | instructions, start → first `/next` |\n\
                 |---|--:|--:|--:|--:|\n",
                self.holds
            );
        }
        for row in &self.warm {
            let counted = |of: fn(&Instructions) -> u64| {
                row.instructions.as_ref().map_or_else(|| "–".to_owned(), |counted| of(counted).to_string())
            };
            let (hold, start) = (counted(|all| all.hold), counted(|all| all.start));
            let Cost { cpu_us, elapsed_us } = row.cost;
            let _ = writeln!(text, "| {} | {cpu_us:.0} | {elapsed_us:.0} | {hold} | {start} |", row.title);
        }
        text
    }
}
