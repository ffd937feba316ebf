//! `make simulate`: on-sales of up to a hundred thousand seats and ten million people, before and after what they
//! brought to light.
//!
//! `simulate [quick] [most <people>] [document <file>] [picture <file>] [seed <number>]`: `quick` is a hundredth of the
//! people and a tenth of the seats, `most` leaves out larger sales.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use measure::document::fill;
use simulate::calibration::{Calibration, Measured};
use simulate::chart::{Line, lines};
use simulate::outcome::{Outcome, Prices};
use simulate::report::{fairness, name_of, outcomes, services};
use simulate::scenario::{Design, Quotas, Scenario};
use simulate::world;

/// Where results go for whoever reads them with a program.
const RESULTS: &str = "target/simulation.json";

/// What `make load` measured.
const MEASURED: &str = "target/load.json";

/// How many of a hundred accounts are a program's, where any are.
const BOTS: u32 = 10;

#[derive(Debug, Default)]
struct Args {
    quick: bool,
    most: Option<u32>,
    document: Option<PathBuf>,
    picture: Option<PathBuf>,
    seed: Option<u64>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = args(std::env::args().skip(1))?;
    let scenarios = scenarios(&args);
    let started = Instant::now();
    let all = run(&scenarios)?;
    let prices = Prices::known()?;
    let tables = tables(&all, &prices);
    #[expect(clippy::print_stdout, reason = "what the program is for")]
    for (name, text) in &tables {
        println!("\n{name}\n\n{text}");
    }
    std::fs::create_dir_all("target")?;
    std::fs::write(RESULTS, serde_json::to_string_pretty(&all)?)?;
    if let Some(document) = &args.document {
        fill(document, &tables)?;
    }
    if let Some(picture) = &args.picture {
        draw(picture, &all)?;
    }
    let flaws: Vec<_> = all.iter().flat_map(Outcome::flaws).collect();
    eprintln!("{} sales simulated in {:.0} s; results are in {RESULTS}", all.len(), started.elapsed().as_secs_f64());
    if flaws.is_empty() { Ok(()) } else { Err(flaws.join("; ").into()) }
}

fn args(mut given: impl Iterator<Item = String>) -> Result<Args, Box<dyn Error>> {
    let mut args = Args::default();
    while let Some(name) = given.next() {
        let mut value = || given.next().ok_or_else(|| format!("`{name}` wants a value"));
        match name.as_str() {
            "quick" => args.quick = true,
            "most" => args.most = Some(value()?.parse()?),
            "document" => args.document = Some(value()?.into()),
            "picture" => args.picture = Some(value()?.into()),
            "seed" => args.seed = Some(value()?.parse()?),
            _ => {
                return Err(format!(
                    "`{name}`: quick, most <people>, document <file>, picture <file> or seed <number>"
                )
                .into());
            }
        }
    }
    Ok(args)
}

/// All sales, the longest first. Ten million people under the quotas of a new account are shown once: what becomes of it
/// is no question of the design any more.
fn scenarios(args: &Args) -> Vec<Scenario> {
    let mut all = Vec::new();
    let of = |performances, people, bots, design| Scenario::of(performances, people, bots, design);
    all.push(of(5, 10_000_000, 0, Design::BEFORE));
    all.push(of(5, 10_000_000, 0, Design::AFTER));
    for performances in [5, 1] {
        all.push(of(performances, 10_000_000, 0, Design::AFTER).under(Quotas::RAISED));
    }
    all.push(of(5, 10_000_000, BOTS, Design::LIMITED).under(Quotas::RAISED));
    for performances in [5, 1] {
        let designs = [Design::BEFORE, Design::SERVER, Design::AFTER];
        all.extend(designs.map(|design| of(performances, 1_000_000, 0, design)));
        let designs = [Design::BEFORE, Design::AFTER, Design::LIMITED];
        all.extend(designs.map(|design| of(performances, 1_000_000, BOTS, design)));
    }
    all.push(of(1, 100_000, 0, Design::BEFORE));
    all.push(of(1, 100_000, 0, Design::SERVER));
    all.into_iter()
        .filter(|scenario| args.most.is_none_or(|most| scenario.people <= most))
        .map(|scenario| if args.quick { scenario.quick() } else { scenario })
        .map(|scenario| Scenario { seed: args.seed.unwrap_or(scenario.seed), ..scenario })
        .collect()
}

/// Simulates all of them, as many at once as there are processors, two at most: each of ten million people needs about
/// half a gigabyte.
fn run(scenarios: &[Scenario]) -> Result<Vec<Outcome>, Box<dyn Error>> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(2);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(scenario) = scenarios.get(at) else { return };
                    let name = format!("{} ({})", scenario.name, name_of(scenario));
                    let began = Instant::now();
                    let outcome = world::run(scenario, &mut |progress| eprintln!("{name}, {progress}"));
                    eprintln!("{name}: done in {:.0} s", began.elapsed().as_secs_f64());
                    if let Ok(mut done) = done.lock() {
                        done.push((at, outcome));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().map_err(|_| "a simulation broke off")?;
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, outcome)| outcome.ok_or_else(|| "no such hall".into())).collect()
}

/// The tables, by the names of their places in the document.
fn tables(all: &[Outcome], prices: &Prices) -> Vec<(&'static str, String)> {
    vec![
        ("outcomes", outcomes(all, prices)),
        ("fairness", fairness(all)),
        ("services", services(&honest(all))),
        ("calibration", calibration()),
    ]
}

/// The sales of the most seats to the fewest people who were tried with them, without bots: only the design differs.
fn honest(all: &[Outcome]) -> Vec<&Outcome> {
    let most = all.iter().map(|outcome| outcome.scenario.performances).max();
    let largest = || all.iter().filter(move |outcome| Some(outcome.scenario.performances) == most);
    let fewest = largest().map(|outcome| outcome.scenario.people).min();
    let is_shown = |outcome: &&Outcome| outcome.scenario.bots_percent == 0 && Some(outcome.scenario.people) == fewest;
    largest().filter(is_shown).collect()
}

fn calibration() -> String {
    let measured = std::fs::read_to_string(MEASURED).map_err(|error| error.to_string());
    let measured = measured.and_then(|text| Measured::parse(&text).map_err(|error| error.to_string()));
    match measured {
        Ok(measured) => Calibration::of(measured).map_or_else(String::new, |calibration| calibration.table()),
        Err(why) => format!("Not compared: `make load` first, whose {MEASURED} is read ({why}).\n"),
    }
}

/// How often `check-queue` is asked in each design.
fn draw(picture: &Path, all: &[Outcome]) -> Result<(), Box<dyn Error>> {
    let line = |outcome: &&Outcome| Line {
        label: name_of(&outcome.scenario).to_owned(),
        points: outcome
            .seconds
            .iter()
            .filter(|second| second.at <= 600.0)
            .step_by(5)
            .map(|second| (second.at / 60.0 + 30.0, f64::from(second.asked)))
            .collect(),
    };
    let shown = honest(all);
    let title = shown.first().map_or_else(String::new, |outcome| outcome.scenario.name.clone());
    let asked: Vec<_> = shown.iter().map(line).collect();
    let units =
        ("questions to check-queue a second", "minutes since the draw could be entered; the sale opens after 30");
    lines(picture, &title, units, &asked)
}
