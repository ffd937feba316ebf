//! What was found: tables for the terminal and for `docs/simulation.md`, and `target/simulation.json`.

use std::fmt::Write as _;

use crate::fairness::share;
use crate::limits::Meter;
use crate::outcome::{Outcome, Prices};
use crate::scenario::{Design, Quotas, Scenario, thousands};

/// What the design of a sale is called, and that of its quotas.
#[must_use]
pub fn name_of(scenario: &Scenario) -> &'static str {
    let is_raised = scenario.quotas.api > Quotas::AWS.api;
    match (scenario.design, is_raised) {
        (Design::BEFORE, _) => "before",
        (Design::SERVER, _) => "now",
        (Design::AFTER, false) => "watching",
        (Design::AFTER, true) => "watching, raised",
        (Design::LIMITED, false) => "watching, limited",
        (Design::LIMITED, true) => "watching, limited, raised",
        _ => "other",
    }
}

/// What became of each sale.
#[must_use]
pub fn outcomes(all: &[Outcome], prices: &Prices) -> String {
    let mut rows = Vec::new();
    for outcome in all {
        rows.push(vec![
            outcome.scenario.name.clone(),
            name_of(&outcome.scenario).to_owned(),
            minutes(outcome.sold_out),
            outcome.all_paid.map_or_else(|| sold(outcome), |at| minutes(Some(at))),
            percent(outcome.fairness.missed_the_draw),
            unanswered(outcome, "route check, requests"),
            thousands(usize::try_from(outcome.tally.unavailable).unwrap_or(0)),
            format!("{:.0}", outcome.usd(prices)),
        ]);
    }
    let head = [
        "sale",
        "design",
        "nothing free after",
        "all paid after",
        "missed the draw",
        "questions refused",
        "buyers' requests refused",
        "USD",
    ];
    table(&head, &rows)
}

/// How fair each was.
#[must_use]
pub fn fairness(all: &[Outcome]) -> String {
    let mut rows = Vec::new();
    for outcome in all {
        let fairness = &outcome.fairness;
        let tickets = usize::try_from(outcome.tally.tickets).unwrap_or(0);
        let of_bots = share(usize::try_from(outcome.tally.bot_tickets).unwrap_or(0), tickets);
        rows.push(vec![
            outcome.scenario.name.clone(),
            name_of(&outcome.scenario).to_owned(),
            format!("{:.3}", fairness.of_arrival_and_place),
            format!("{:.0}", fairness.chi_square),
            format!("{:.3}", fairness.of_place_and_admission),
            percent(fairness.winners_in),
            percent(fairness.bots_entered),
            percent(fairness.bots_admitted),
            percent(of_bots),
        ]);
    }
    let head = [
        "sale",
        "design",
        "coming ~ place",
        "χ² of places",
        "place ~ coming in",
        "winners in",
        "bots in the draw",
        "bots let in",
        "tickets to bots",
    ];
    table(&head, &rows)
}

/// What each service was asked for, at most in a second, and which share it refused; a column for each sale.
#[must_use]
pub fn services(all: &[&Outcome]) -> String {
    let Some(first) = all.first() else { return String::new() };
    let rows: Vec<_> = first
        .meters
        .keys()
        .map(|name| {
            let mut row = vec![name.clone(), limit_of(name, first.scenario.quotas)];
            row.extend(
                all.iter().map(|outcome| outcome.meters.get(name).map_or_else(String::new, |meter| peak(*meter))),
            );
            row
        })
        .collect();
    let heads: Vec<_> =
        all.iter().map(|outcome| format!("{} ({})", outcome.scenario.name, name_of(&outcome.scenario))).collect();
    let mut head = vec!["most in a second", "limit"];
    head.extend(heads.iter().map(String::as_str));
    table(&head, &rows)
}

fn limit_of(name: &str, quotas: Quotas) -> String {
    let limit = match name {
        _ if name.starts_with("route") => quotas.route.0,
        _ if name.starts_with("HTTP API") => quotas.api.0,
        _ if name.starts_with("CloudFront") => quotas.cloud_front,
        _ if name.starts_with("Lambda") => return format!("{:.0} environments", quotas.lambda),
        _ if name.ends_with("table, WU") => quotas.table.0,
        _ if name.ends_with("table, RU") => quotas.table.1,
        _ if name.ends_with("RU") => quotas.partition.1,
        _ => quotas.partition.0,
    };
    thousands(whole(limit))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts")]
fn whole(value: f64) -> usize {
    value.round().max(0.0) as usize
}

fn peak(meter: Meter) -> String {
    let refused = meter.refused / (meter.served + meter.refused).max(1.0);
    let peak = thousands(whole(meter.peak));
    if meter.refused < 0.5 { peak } else { format!("{peak}, {} refused", percent(refused)) }
}

fn unanswered(outcome: &Outcome, name: &str) -> String {
    let meter = outcome.meters.get(name).copied().unwrap_or_default();
    percent(meter.refused / (meter.served + meter.refused).max(1.0))
}

fn sold(outcome: &Outcome) -> String {
    let sold = percent(share(usize::try_from(outcome.sold).unwrap_or(0), outcome.scenario.seats()));
    format!("{sold} sold after {}", minutes(Some(outcome.ended)))
}

/// A share of a hundred.
#[must_use]
pub fn percent(share: f64) -> String {
    let hundred = share * 100.0;
    if hundred.abs() < 0.05 {
        "0 %".to_owned()
    } else if hundred.abs() < 10.0 {
        format!("{hundred:.1} %")
    } else {
        format!("{hundred:.0} %")
    }
}

fn minutes(seconds: Option<f64>) -> String {
    seconds.map_or_else(
        || "never".to_owned(),
        |seconds| {
            let seconds = whole(seconds);
            format!("{}:{:02} min", seconds / 60, seconds % 60)
        },
    )
}

/// A Markdown table whose columns stand in line; it reads well on a terminal, too.
#[must_use]
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain([head[column].chars().count(), 3]).max().unwrap_or(3)
    };
    let widths: Vec<_> = (0..head.len()).map(width).collect();
    let mut text = String::new();
    let mut line = |cells: &mut dyn Iterator<Item = &str>| {
        for (cell, width) in cells.zip(&widths) {
            let padding = " ".repeat(width - cell.chars().count());
            let _ = write!(text, "| {cell}{padding} ");
        }
        text.push_str("|\n");
    };
    line(&mut head.iter().copied());
    let rules: Vec<_> = widths.iter().map(|width| "-".repeat(*width)).collect();
    line(&mut rules.iter().map(String::as_str));
    for row in rows {
        line(&mut row.iter().map(String::as_str));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_stand_in_line() {
        let text = table(&["a", "long head"], &[vec!["cell".into(), "1".into()], vec!["χ²".into(), "22".into()]]);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines[0], "| a    | long head |");
        assert_eq!(lines[3], "| χ²   | 22        |");
    }

    #[test]
    fn numbers_read_well() {
        assert_eq!([0.0, 0.0123, 0.5, 1.0].map(percent), ["0 %", "1.2 %", "50 %", "100 %"]);
        assert_eq!([None, Some(61.4)].map(minutes), ["never", "1:01 min"]);
        assert_eq!([7, 1_000, 1_234_567].map(thousands), ["7", "1,000", "1,234,567"]);
    }
}
