//! What a hold costs a program that is warm: CPU time, and instructions. Those of its start as well, since they are
//! counted the same way.
//!
//! Waiting for DynamoDB is not in it; making, signing and sending what is asked of it and reading its answers is. Ours
//! keeps what it knows of a sale for some seconds and makes two calls; the others read it with every hold, as most would
//! write it, and make five.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use measure::spread::Spread;
use serde::Serialize;
use serde_json::Value;
use testkit::Database;
use tokio::time::timeout;

use crate::Failure;
use crate::contender::Contender;
use crate::hall::{Hall, Wish};
use crate::process::{PATIENCE, Process};
use crate::runtime_api::RuntimeApi;

/// What one hold costs.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Cost {
    /// CPU time in microseconds.
    pub cpu_us: f64,
    /// From event to answer in microseconds, DynamoDB's time included.
    pub elapsed_us: f64,
}

impl Cost {
    /// The one in the middle of several measurements, of each figure.
    #[must_use]
    pub fn median(all: &[Self]) -> Self {
        let middle = |of: fn(&Self) -> f64| Spread::of(all.iter().map(of)).median;
        Self { cpu_us: middle(|cost| cost.cpu_us), elapsed_us: middle(|cost| cost.elapsed_us) }
    }
}

/// Instructions, as callgrind counts them.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Instructions {
    /// From the start of the process until it asks for an event.
    pub start: u64,
    /// Of one hold.
    pub hold: u64,
}

/// The mean cost of a hold over `holds` of them, after a fifth as many that are not counted, in halls of so many seats.
///
/// # Errors
/// When a hold fails.
pub async fn cost(
    database: &Database,
    contender: &Contender,
    variables: &[(String, String)],
    holds: u32,
    seats: usize,
    log: &Path,
) -> Result<Cost, Failure> {
    let mut halls = Halls::open(database, seats).await?;
    let api = RuntimeApi::start().await?;
    let process = Process::start(&contender.command, variables, &api, log)?;
    hold(&mut halls, &api, holds / 5).await.map_err(|error| format!("{error}\n{}", process.output()))?;
    let cpu = process.cpu()?;
    let elapsed = hold(&mut halls, &api, holds).await?;
    let cpu = process.cpu()? - cpu;
    let mean = |total: Duration| total.as_secs_f64() * 1e6 / f64::from(holds);
    Ok(Cost { cpu_us: mean(cpu), elapsed_us: mean(elapsed) })
}

/// Instructions of a start, and of one hold: those of `2 · holds` without those of `holds`, by callgrind. `None` where
/// valgrind is not installed.
///
/// # Errors
/// When a hold fails, or callgrind says nothing.
pub async fn instructions(
    database: &Database,
    contender: &Contender,
    variables: &[(String, String)],
    holds: u32,
    folder: &Path,
) -> Result<Option<Instructions>, Failure> {
    let installed = Command::new("valgrind").arg("--version").stdout(Stdio::null()).status();
    if !installed.is_ok_and(|status| status.success()) {
        return Ok(None);
    }
    // Halls of one size, so that reading them is in none of the differences.
    let seats = 2 * usize::try_from(2 * holds)?;
    let mut totals = [0; 3];
    for (total, holds) in totals.iter_mut().zip([0, holds, 2 * holds]) {
        let halls = Halls::open(database, seats).await?;
        *total = counted(halls, contender, variables, holds, folder).await?;
    }
    let [start, once, twice] = totals;
    Ok(Some(Instructions { start, hold: (twice - once) / u64::from(holds) }))
}

/// Instructions from the start of the process until so many holds are answered.
async fn counted(
    mut halls: Halls<'_>,
    contender: &Contender,
    variables: &[(String, String)],
    holds: u32,
    folder: &Path,
) -> Result<u64, Failure> {
    let counts = folder.join("callgrind.out");
    let mut command = vec!["valgrind".to_owned(), "--tool=callgrind".to_owned()];
    command.push(format!("--callgrind-out-file={}", counts.display()));
    command.extend(contender.command.iter().cloned());
    let api = RuntimeApi::start().await?;
    let process = Process::start(&command, variables, &api, &folder.join("callgrind.log"))?;
    let failed = |error: &dyn std::fmt::Display| format!("{error}\n{}", process.output());
    timeout(PATIENCE, api.started()).await.map_err(|late| failed(&late))?.map_err(|error| failed(&error))?;
    hold(&mut halls, &api, holds).await.map_err(|error| failed(&error))?;
    process.ask_to_end()?;
    let counted = std::fs::read_to_string(&counts)?;
    let sum = counted.lines().find_map(|line| line.strip_prefix("totals: "));
    Ok(sum.ok_or("callgrind says no total")?.trim().parse()?)
}

/// Halls, one after another as they sell out.
struct Halls<'a> {
    database: &'a Database,
    seats: usize,
    hall: Hall,
}

impl<'a> Halls<'a> {
    async fn open(database: &'a Database, seats: usize) -> Result<Self, Failure> {
        Ok(Self { database, seats, hall: Hall::open(database, seats).await? })
    }

    async fn wish(&mut self) -> Result<Wish, Failure> {
        if let Ok(wish) = self.hall.wish() {
            return Ok(wish);
        }
        self.hall = Hall::open(self.database, self.seats).await?;
        self.hall.wish()
    }
}

/// So many holds, one after another. Answers how long they were under way.
async fn hold(halls: &mut Halls<'_>, api: &RuntimeApi, times: u32) -> Result<Duration, Failure> {
    let mut elapsed = Duration::ZERO;
    for _ in 0..times {
        let event = halls.wish().await?.event()?;
        let began = Instant::now();
        let answer = timeout(PATIENCE, api.invoke(event)).await??;
        elapsed += began.elapsed();
        let body = answer.outcome.map_err(|error| String::from_utf8_lossy(&error).into_owned())?;
        if serde_json::from_slice::<Value>(&body)?["statusCode"] != 201 {
            return Err(format!("a hold was answered {}", String::from_utf8_lossy(&body)).into());
        }
    }
    Ok(elapsed)
}
