//! The card as tables, in `docs/cost.md` between markers: prose around them is written by hand.

use std::fmt::Write as _;

use crate::Failure;
use crate::card::{Card, Row};
use crate::prices::Prices;
use crate::targets::Target;

/// The tables of this card, each with the name of its place in the document.
///
/// # Errors
/// When prices or templates cannot be read.
pub fn tables(card: &Card) -> Result<[(&'static str, String); 6], Failure> {
    Ok([
        ("operations", table("one request", &card.operations)),
        ("sagas", table("a request and what follows", &card.sagas)),
        ("steps", table("function", &card.steps)),
        ("baseline", beside(card)),
        ("rest", at_rest()?),
        ("journey", format!("**{:.2} USD** for a million journeys.\n", card.journey_usd_per_million)),
    ])
}

/// The rows as a table of Markdown, which is readable as it is.
#[must_use]
pub fn table(title: &str, rows: &[Row]) -> String {
    let targets: Vec<_> = rows.iter().map(Target::of).collect();
    let has_targets = targets.iter().any(Option::is_some);
    let mut text = format!(
        "| {title} | calls in a row | write units | read units | queue requests | invocations | answer, KB | AWS, KB \
         | USD a million |{}\n|---|--:|--:|--:|--:|--:|--:|--:|--:|{}\n",
        if has_targets { " to reach, at most |" } else { "" },
        if has_targets { "---|" } else { "" },
    );
    for (row, target) in rows.iter().zip(targets) {
        let Row { name, sequential_calls, write_units, read_units, queue_requests, invocations, .. } = row;
        let answer = row.answer_kilobytes.map(|size| size.to_string()).unwrap_or_default();
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "| {name} | {sequential_calls} | {write_units} | {read_units} | {queue_requests} | {invocations} \
             | {answer} | {} | {:.2} |",
            row.aws_kilobytes, row.usd_per_million
        );
        if has_targets {
            let reached = |target: Target| if target.is_reached(row) { "reached" } else { "**missed**" };
            let _ = write!(
                text,
                " {} |",
                target.map(|target| format!("{target}: {}", reached(target))).unwrap_or_default()
            );
        }
        text.push('\n');
    }
    text
}

/// What there is to pay while nobody comes.
fn at_rest() -> Result<String, Failure> {
    let mut text = "| what | how many | USD a month |\n|---|--:|--:|\n".to_owned();
    let rows = Prices::read()?.at_rest()?;
    for (what, how_many, usd) in &rows {
        let _ = writeln!(text, "| {what} | {how_many} | {usd:.2} |");
    }
    let _ = writeln!(text, "| **together** | | **{:.2}** |", rows.iter().map(|(_, _, usd)| usd).sum::<f64>());
    Ok(text)
}

/// Ours and the usual design, where both do the same.
fn beside(card: &Card) -> String {
    let mut text =
        "| operation | ours: calls, write units, read units | usual: calls, write units, read units | tables' \
        cost, usual : ours |\n|---|--:|--:|--:|\n"
            .to_owned();
    for usual in &card.baseline {
        let counts = |row: &Row| format!("{}, {}, {}", row.sequential_calls, row.write_units, row.read_units);
        // A read unit costs a fifth of a write unit.
        let cost = |row: &Row| row.write_units + row.read_units / 5.0;
        let ours = card.operations.iter().find(|row| row.name == usual.name);
        let (left, ratio) = ours
            .map_or(("".to_owned(), "".to_owned()), |ours| (counts(ours), format!("{:.1}", cost(usual) / cost(ours))));
        let _ = writeln!(text, "| {} | {left} | {} | {ratio} |", usual.name, counts(usual));
    }
    text
}
