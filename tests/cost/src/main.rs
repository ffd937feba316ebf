//! `make cost`: measures everything anew, prints it, and writes the card and the tables of the document.

#![allow(clippy::print_stdout, reason = "a command's output")]

use std::path::{Path, PathBuf};

use cost::Failure;
use cost::card::differences;
use cost::report::{table, tables};
use measure::document::fill;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let card = cost::measure().await?;
    println!("{}", table("one request", &card.operations));
    println!("{}", table("a request and what follows", &card.sagas));
    println!("{}", table("paid by card, function by function", &card.steps));
    println!("{}", table("the usual design", &card.baseline));
    println!("A million journeys: {:.2} USD, mails not included.\n", card.journey_usd_per_million);

    let (path, counts) = (file("tests/cost/card.json"), card.counts()?);
    let committed = std::fs::read_to_string(&path).unwrap_or_else(|_| "{}".to_owned());
    let changes = differences(&serde_json::from_str(&committed)?, &counts);
    for change in &changes {
        println!("changed: {change}");
    }
    write(&path, &(serde_json::to_string_pretty(&counts)? + "\n"))?;
    write(&file("target/cost-card.json"), &(serde_json::to_string_pretty(&card)? + "\n"))?;
    fill(&file("docs/cost.md"), &tables(&card)?)?;
    if !changes.is_empty() {
        println!("\ntests/cost/card.json was rewritten: commit it if these changes are meant.");
    }
    Ok(())
}

/// A file of the repository.
fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()).into())
}
