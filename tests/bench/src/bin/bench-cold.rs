//! `make bench-cold`: cold starts of `reserve-seats` beside the same function in other languages.
//!
//! `--runs N` and `--seats N` of the hall; `--holds N` in a row for the warm ones, `--counted N` under callgrind.
//! `--against name=program,…` also measures other builds of ours, `--only ours` leaves the peers out; both leave the
//! documents alone, as `--document no` does.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for people at a terminal")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bench::cold::{Sample, settings, start_once};
use bench::contender::{Contender, Trust};
use bench::hall::{Hall, TABLE, client};
use bench::report::{Machine, Report, Row, WarmRow};
use bench::tls::TlsProxy;
use bench::{Failure, agree, peers, warm};
use jari_local_servers::args::Args;
use jiff::Timestamp;
use measure::document::fill;
use testkit::Database;

/// How often each program has its turn of warm holds: what else the machine does is not one program's misfortune.
const ROUNDS: u32 = 5;

const FLAGS: [&str; 7] = ["--runs", "--seats", "--holds", "--counted", "--against", "--only", "--document"];

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Failure> {
    let args = Args::parse(std::env::args().skip(1), &FLAGS)?;
    let runs = args.get("--runs")?.unwrap_or(20_usize);
    let seats = args.get("--seats")?.unwrap_or(400_usize);
    let holds = args.get("--holds")?.unwrap_or(2_000_u32);
    let counted = args.get("--counted")?.unwrap_or(100_u32);
    let against = args.get::<String>("--against")?.unwrap_or_default();
    let ours_only = args.get::<String>("--only")?.is_some_and(|which| which == "ours");
    if cfg!(not(target_os = "linux")) {
        return Err("CPU time and memory are read from /proc: this needs Linux".into());
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let folder = root.join("target/bench");
    std::fs::create_dir_all(&folder)?;

    let mut contenders = built(&root, &against)?;
    let ours = contenders.len();
    if !ours_only {
        println!("Installing the peers, unless they are there");
        contenders.extend(peers::install(&root, &folder)?);
    }
    let database = Database::start().await;
    database.create(&client(&database), TABLE).await;
    let proxy = TlsProxy::start(&database.endpoint, &folder).await?;
    let settings = settings(&contenders, &database.endpoint, &proxy);
    let log = folder.join("function.log");

    let mut expected = None;
    for (contender, transport, variables) in &settings {
        let answers = agree::answers(&database, contender, variables, &log).await?;
        agree::compare(expected.get_or_insert_with(|| answers.clone()), &answers, &contender.title)?;
        println!("{} ({}) answers as it should", contender.title, transport.key());
    }

    let mut samples = vec![Vec::<Sample>::new(); settings.len()];
    let mut rng = fastrand::Rng::with_seed(1);
    for run in 1..=runs {
        let mut hall = Hall::open(&database, seats.max(2 * settings.len())).await?;
        // Whoever comes after a heavy program must not always be the same. The same order for everybody who repeats it.
        let mut order: Vec<_> = (0..settings.len()).collect();
        rng.shuffle(&mut order);
        for at in order {
            let (contender, _, variables) = &settings[at];
            samples[at].push(start_once(contender, variables, hall.wish()?.event()?, &log).await?);
        }
        println!("cold starts: {run} of {runs}");
    }
    let rows = settings.iter().zip(&samples);
    let cold: Vec<_> =
        rows.map(|((contender, transport, _), samples)| Row::of(contender, *transport, samples)).collect();

    let settings = &settings[..contenders.len()];
    let mut costs = vec![Vec::new(); settings.len()];
    for round in 1..=ROUNDS {
        for ((contender, _, variables), costs) in settings.iter().zip(&mut costs) {
            costs.push(warm::cost(&database, contender, variables, holds / ROUNDS, seats, &log).await?);
        }
        println!("warm holds: {round} of {ROUNDS} rounds");
    }
    let mut warm = Vec::new();
    for (at, ((contender, _, variables), costs)) in settings.iter().zip(&costs).enumerate() {
        // Interpreters would take minutes under callgrind, and are not ours to make faster.
        let instructions = match at < ours && counted > 0 {
            true => warm::instructions(&database, contender, variables, counted, &folder).await?,
            false => None,
        };
        warm.push(WarmRow::of(contender, warm::Cost::median(costs), instructions));
    }

    let measured_at = Timestamp::now().strftime("%F %H:%M UTC").to_string();
    let report = Report { measured_at, machine: Machine::here(), runs, seats, holds, cold, warm };
    println!("\n{}", report.tables());
    std::fs::write(root.join("target/bench-cold.json"), serde_json::to_string_pretty(&report)?)?;
    let wanted = args.get::<String>("--document")?.is_none_or(|answer| answer != "no");
    if wanted && against.is_empty() && !ours_only {
        fill(&root.join("docs/performance.md"), &[("bench-cold", report.tables())])?;
        println!("docs/performance.md and target/bench-cold.json are up to date");
    }
    Ok(())
}

/// Our own programs, and other builds of them: `name=program,…`.
fn built(root: &Path, against: &str) -> Result<Vec<Contender>, Failure> {
    let release = std::env::current_exe()?.parent().map(PathBuf::from).unwrap_or_default();
    let mut programs = vec![
        Contender::rust("reserve-seats", "Jari's `reserve-seats`", &release.join("reserve-seats"), Trust::Jari),
        Contender::rust("bare", "bare Rust", &release.join("bare-handler"), Trust::Rust),
    ];
    for pair in against.split(',').filter(|pair| !pair.is_empty()) {
        let (name, program) = pair.split_once('=').ok_or_else(|| format!("{pair} is not name=program"))?;
        programs.push(Contender::rust(name, name, &root.join(program), Trust::Jari));
    }
    for program in &programs {
        if !program.deployed.exists() {
            return Err(format!("{} is not there: `make bench-cold` builds it", program.deployed.display()).into());
        }
    }
    Ok(programs)
}
