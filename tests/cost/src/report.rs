//! The card as tables, in `docs/cost.md` between markers: prose around them is written by hand.

use std::fmt::Write as _;

use crate::Failure;
use crate::card::{Card, Row};
use crate::prices::Prices;
use crate::targets::Target;

/// The document with the tables of this card in place of those between its markers.
///
/// # Errors
/// When a marker is missing.
pub fn fill(document: &str, card: &Card) -> Result<String, Failure> {
    let mut document = document.to_owned();
    for (name, table) in [
        ("operations", table("one request", &card.operations)),
        ("sagas", table("a request and what follows", &card.sagas)),
        ("steps", table("function", &card.steps)),
        ("baseline", beside(card)),
        ("rest", at_rest()?),
        ("journey", format!("**{:.2} USD** for a million journeys.\n", card.journey_usd_per_million)),
    ] {
        document = between(&document, name, &table)?;
    }
    Ok(document)
}

fn between(document: &str, name: &str, text: &str) -> Result<String, Failure> {
    let (begin, end) = (format!("<!-- {name}: begin -->\n"), format!("<!-- {name}: end -->"));
    let missing = || format!("docs/cost.md has no markers for {name}");
    let (before, rest) = document.split_once(&begin).ok_or_else(missing)?;
    let (_, after) = rest.split_once(&end).ok_or_else(missing)?;
    Ok(format!("{before}{begin}{text}{end}{after}"))
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
    let rows = Prices::read()?.at_rest();
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_markers_changes() {
        let document = "above\n<!-- steps: begin -->\nold\n<!-- steps: end -->\nbelow\n";
        let filled = between(document, "steps", "new\n").unwrap();
        assert_eq!(filled, "above\n<!-- steps: begin -->\nnew\n<!-- steps: end -->\nbelow\n");
        assert!(between(document, "sagas", "").is_err());
    }
}
