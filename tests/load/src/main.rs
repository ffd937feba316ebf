//! `load run` puts the application under load; `load aws` serves what functions need of AWS meanwhile. See the library,
//! and the Makefile for what has to be built.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use jari_local_servers::args::Args;
use jiff::Zoned;
use load::report::Report;
use load::scenarios::{Size, contention, journey, rush};
use load::stack::{Options, Stack, programs};
use load::watch::machine;
use load::{Failure, aws};
use measure::document::fill;

/// `--size full|smoke`, `--only contention,rush,journey`, `--environments` of each function, and, for a run of everything,
/// `--document docs/performance.md` to put the tables there.
const FLAGS: [&str; 4] = ["--size", "--only", "--document", "--environments"];

#[tokio::main]
async fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let outcome = match words.next().as_deref() {
        Some("aws") => aws::serve().await,
        Some("run") => run(words).await,
        _ => Err("say `load run`".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("load: {error}");
            ExitCode::FAILURE
        }
    }
}

#[allow(clippy::print_stdout, reason = "the summary is what the program is run for")]
async fn run(words: impl Iterator<Item = String>) -> Result<(), Failure> {
    let args = Args::parse(words, &FLAGS)?;
    let mut size = match args.get::<String>("--size")?.as_deref() {
        None | Some("full") => Size::FULL,
        Some("smoke") => Size::SMOKE,
        Some(other) => return Err(format!("there is no size {other}").into()),
    };
    size.environments = args.get("--environments")?.unwrap_or(size.environments);
    let only: Option<String> = args.get("--only")?;
    let wanted = |scenario: &str| only.as_ref().is_none_or(|only| only.split(',').any(|name| name == scenario));
    let document: Option<String> = args.get("--document")?;
    if document.is_some() && (only.is_some() || size.users != Size::FULL.users) {
        return Err("a document shows whole runs: leave out --only and --size".into());
    }
    let programs = programs()?;
    let logs = programs.join("load-logs");
    let _ = std::fs::remove_dir_all(&logs);
    let options = |functions: Vec<&'static str>, events: bool| Options {
        programs: programs.clone(),
        logs: logs.clone(),
        environments: size.environments,
        functions,
        events,
    };
    let build = if cfg!(debug_assertions) { "debug" } else { "release" };
    let mut report = Report {
        date: Zoned::now().date().to_string(),
        machine: machine(),
        build: build.to_owned(),
        ..Report::default()
    };
    let began = Instant::now();
    if wanted("contention") {
        eprintln!("{} people on the best seats, against an item per seat", size.users);
        let stack = Stack::start(&options(contention::FUNCTIONS.to_vec(), false)).await?;
        report.contention = Some(contention::run(&stack, size).await?);
    }
    if wanted("rush") {
        eprintln!("600 buyers on 500 tickets, 200 on one seat");
        let stack = Stack::start(&options(rush::FUNCTIONS.to_vec(), false)).await?;
        report.rushes = Some(rush::run(&stack, size).await?);
    }
    if wanted("journey") {
        eprintln!("{} people on the whole journey", size.users);
        let stack = Stack::start(&options(journey::FUNCTIONS.to_vec(), true)).await?;
        report.journey = Some(journey::run(&stack, size).await?);
    }
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target").canonicalize()?;
    // Whoever compares with the figures of a whole run must not find those of a part.
    let whole = size.users == Size::FULL.users && only.is_none();
    let figures = target.join(if whole { "load.json" } else { "load-part.json" });
    println!(
        "{}\n{:.0} s, the functions' logs are in {}",
        report.tables(),
        began.elapsed().as_secs_f64(),
        logs.display()
    );
    let flaws = report.flaws();
    if !flaws.is_empty() {
        return Err(format!("this must not be:\n  {}", flaws.join("\n  ")).into());
    }
    std::fs::write(figures, serde_json::to_vec_pretty(&report)?)?;
    if let Some(document) = document {
        let document = Path::new(&document);
        fill(document, &[("load", report.tables())])?;
        report.draw(&document.parent().unwrap_or(Path::new(".")).join("charts"))?;
        println!("The tables and pictures in {} are those of this run.", document.display());
    }
    Ok(())
}
