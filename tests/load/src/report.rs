//! What a run found, as JSON, as tables in `docs/performance.md`, as pictures, and as verdicts on what was to be
//! reached.

use std::fmt::Write as _;
use std::path::Path;

use measure::spread::Spread;
use serde::{Deserialize, Serialize};

use crate::Failure;
use crate::charts::{Bar, OURS, THEIRS, bars};
use crate::record::Summary;
use crate::scenarios::contention::Turn;
use crate::scenarios::{contention, journey, rush};

/// All that was run; what was left out is absent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// When, as a date.
    pub date: String,
    /// On what.
    pub machine: String,
    /// How the programs were built: `release` or `debug`.
    pub build: String,
    /// The hot performance.
    pub contention: Option<contention::Report>,
    /// The rushes.
    pub rushes: Option<rush::Report>,
    /// The whole journey.
    pub journey: Option<journey::Report>,
}

impl Report {
    /// What must hold however fast the machine is, and does not: nobody but the losers of a race is refused, nothing
    /// is sold twice, every payment is somebody's ticket.
    #[must_use]
    pub fn flaws(&self) -> Vec<String> {
        let mut flaws = Vec::new();
        let mut check = |holds: bool, flaw: String| {
            if !holds {
                flaws.push(flaw);
            }
        };
        for (name, turn) in self.contention.iter().flat_map(|report| {
            report
                .ours
                .iter()
                .map(|turn| ("ours", turn))
                .chain(report.by_item.iter().map(|turn| ("item per seat", turn)))
                .chain(report.apart.iter().map(|turn| ("apart", turn)))
        }) {
            check(turn.oversold == 0, format!("{name}: answers gave {} seats more than were taken", turn.oversold));
            let others = turn.requests.other_than(&[201, 409]);
            check(others == 0, format!("{name}: {others} answers besides 201 and 409: {:?}", turn.requests.answers));
        }
        for rush in self.rushes.iter().flat_map(|report| report.tickets.iter().chain(&report.seat)) {
            check(rush.winners == rush.taken, format!("{} winners, {} tickets taken", rush.winners, rush.taken));
            let others = rush.requests.other_than(&[201, 409]);
            check(others == 0, format!("a rush: {others} answers besides 201 and 409: {:?}", rush.requests.answers));
        }
        for rush in self.rushes.iter().flat_map(|report| &report.seat) {
            check(rush.winners == 1, format!("{} people got the one seat", rush.winners));
        }
        if let Some(journey) = &self.journey {
            let (books, money) = (&journey.books, &journey.money);
            check(journey.errors == 0, format!("{} errors on the journey: {:?}", journey.errors, journey.steps));
            check(
                journey.confirmed == journey.users as u64,
                format!("{} of {} got through", journey.confirmed, journey.users),
            );
            check(books.agree() && books.confirmed == journey.confirmed, format!("the seats do not add up: {books:?}"));
            let captured = money.captured - money.given_back;
            let adds_up = money.paid_amount == captured && books.confirmed_amount == captured && money.unsettled == 0;
            check(
                adds_up && money.paid == journey.confirmed,
                format!("the money does not add up: {money:?}, {books:?}"),
            );
            check(journey.mails as u64 == journey.confirmed, format!("{} mails", journey.mails));
            check(journey.failed_invocations == 0, format!("{} invocations failed", journey.failed_invocations));
            check(journey.dead_letters == 0, format!("{} messages were given up", journey.dead_letters));
        }
        flaws
    }

    /// All tables, in Markdown.
    #[must_use]
    pub fn tables(&self) -> String {
        let mut text = format!("Measured {} on {}, {} build.\n", self.date, self.machine, self.build);
        if let Some(report) = &self.contention {
            text += &contention_table(report);
        }
        if let Some(report) = &self.rushes {
            text += &rush_table(report, self.contention.as_ref());
        }
        if let Some(report) = &self.journey {
            text += &journey_table(report);
        }
        text
    }

    /// Draws the pictures into this folder.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn draw(&self, folder: &Path) -> Result<(), Failure> {
        std::fs::create_dir_all(folder)?;
        if let Some(report) = &self.contention {
            let turns = report.ours.iter().zip(&report.by_item).enumerate();
            let bar = |label: String, turn: &Turn, colour| Bar {
                label,
                value: turn.holds_per_second,
                note: format!("{:.0}/s, p99 {:.0} ms", turn.holds_per_second, turn.requests.p99_ms),
                colour,
            };
            let pairs = turns.flat_map(|(at, (ours, theirs))| {
                let label = |design: &str| format!("turn {}: {design}", at + 1);
                [bar(label("Jari"), ours, OURS), bar(label("item per seat"), theirs, THEIRS)]
            });
            let title = format!("Holds a second, {} people on one performance", report.users);
            bars(&folder.join("load-contention.svg"), &title, &pairs.collect::<Vec<_>>())?;
        }
        if let Some(report) = &self.journey {
            let steps = report.steps.iter().flat_map(|(step, seen)| {
                let bar = |which: &str, value: f64, colour| Bar {
                    label: format!("{step}: {which}"),
                    value,
                    note: format!("{value:.0} ms"),
                    colour,
                };
                [bar("half within", seen.p50_ms, OURS), bar("99 % within", seen.p99_ms, THEIRS)]
            });
            let title = format!("Answers on the whole journey, {} people at once", report.users);
            bars(&folder.join("load-journey.svg"), &title, &steps.collect::<Vec<_>>())?;
        }
        Ok(())
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    Spread::of(values).median
}

#[allow(clippy::cast_precision_loss, reason = "counts of a run")]
fn contention_table(report: &contention::Report) -> String {
    let contention::Report { users, environments, seats, ours, by_item, apart, ours_units, by_item_units } = report;
    let mut text = format!(
        "\n### {users} people on the best seats\n\nFour seats side by side each, {seats} seats a turn, \
         {environments} environments \
         of each function, {} turns each, alternating; medians.\n\n![Holds a second](charts/load-contention.svg)\n\n\
         | | Jari | item per seat | ratio |\n|---|--:|--:|--:|\n",
        ours.len()
    );
    let mut row = |name: &str, digits: usize, of: &dyn Fn(&Turn) -> f64| {
        let [a, b] = [ours, by_item].map(|turns| median(turns.iter().map(of)));
        let _ = writeln!(text, "| {name} | {a:.digits$} | {b:.digits$} | {:.2} |", a / b);
    };
    row("holds a second", 0, &|turn| turn.holds_per_second);
    row("answers a second, lost races included", 0, &|turn| turn.requests.requests as f64 / turn.seconds);
    row("p50, ms", 0, &|turn| turn.requests.p50_ms);
    row("p95, ms", 0, &|turn| turn.requests.p95_ms);
    row("p99, ms", 0, &|turn| turn.requests.p99_ms);
    row("processor time of the functions for one answer, ms", 2, &|turn| {
        turn.function_cpu_seconds * 1_000.0 / turn.requests.requests as f64
    });
    row("processor time of the emulated AWS for one answer, ms", 2, &|turn| {
        turn.service_cpu_seconds * 1_000.0 / turn.requests.requests as f64
    });
    let mut units = |name: &str, a: f64, b: f64| {
        let _ = writeln!(text, "| {name} | {a:.1} | {b:.1} | {:.2} |", a / b);
    };
    units("calls of a hold", ours_units.hold_calls, by_item_units.hold_calls);
    units("write units of a hold", ours_units.hold_writes, by_item_units.hold_writes);
    units("write units of a lost race", ours_units.lost_writes, by_item_units.lost_writes);
    let mut counts = |name: &str, of: &dyn Fn(&Turn) -> i64| {
        let [a, b] = [ours, by_item].map(|turns| turns.iter().map(of).sum::<i64>());
        let _ = writeln!(text, "| {name} | {a} | {b} | |");
    };
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    counts("holds, all turns", &|turn| count(turn.requests.with_status(201)));
    counts("lost races (409)", &|turn| count(turn.requests.with_status(409)));
    counts("any other answer", &|turn| count(turn.requests.other_than(&[201, 409])));
    counts("seats sold twice", &|turn| turn.oversold);
    let turns = |of: fn(&Turn) -> f64| median(apart.iter().map(of));
    let _ = writeln!(
        text,
        "\nWhere no two of them want the same seats, ours makes {:.0} holds a second, p50 {:.0} ms, p99 {:.0} ms.",
        turns(|turn| turn.holds_per_second),
        turns(|turn| turn.requests.p50_ms),
        turns(|turn| turn.requests.p99_ms),
    );
    text += "\nTo reach: 1.5 times the holds a second at a quarter of the write units, a lower p99, nothing sold twice, and no \
             answer but success and lost races.\n";
    text
}

#[allow(clippy::cast_precision_loss, reason = "counts of a run")]
fn rush_table(report: &rush::Report, contention: Option<&contention::Report>) -> String {
    let rush::Report { tickets, seat, memory, most_pss_mib } = report;
    let [of_tickets, of_seat] = [tickets, seat].map(|rushes| Spread::of(rushes.iter().map(|rush| rush.seconds)));
    let half = median(tickets.iter().map(|rush| rush.half_seconds));
    let [p95, p99] = [|seen: &Summary| seen.p95_ms, |seen: &Summary| seen.p99_ms]
        .map(|of| median(tickets.iter().map(|rush| of(&rush.requests) / 1_000.0)));
    let rate = median(tickets.iter().map(|rush| rush.requests.requests as f64 / rush.seconds));
    let winner = median(seat.iter().map(|rush| rush.first_winner_seconds));
    let sold: Vec<_> = tickets.iter().map(|rush| rush.winners.to_string()).collect();
    let holds = contention.map(|report| median(report.apart.iter().map(|turn| turn.holds_per_second)));
    let holds = holds.map(|holds| {
        format!("| holds a second of people who want different seats, see above | {holds:.0} | 18, in one call 25 | 1000 |\n")
    });
    format!(
        "\n### The rushes pretix was measured with\n\nEach {} times, everybody at the same moment; the median, \
         and the slowest in \
         brackets.\n\n| | Jari | pretix 2026.8 | to reach |\n|---|--:|--:|--:|\n\
         | 600 buyers on 500 tickets, all answered, s | {:.2} ({:.2}) | 30 | 2 |\n\
         | half of them answered, s | {half:.2} | 29 | |\n\
         | 95 and 99 of a hundred had waited no longer than, s | {p95:.2}, {p99:.2} | | |\n\
         | answers a second | {rate:.0} | 20 | |\n| tickets sold | {} | 500 | |\n\
         | 200 on one seat, all answered, s | {:.2} ({:.2}) | 11 | 1 |\n| its winner, s | {winner:.2} | 9.7 | 1 |\n\
         {}| memory, MiB: the most after a rush, shared pages counted once | {most_pss_mib:.0} | | 200 |\n\
         | memory, MiB: every process's peak, added up | {:.0} | 1700–2000 | |\n",
        tickets.len(),
        of_tickets.median,
        of_tickets.max,
        sold.join(", "),
        of_seat.median,
        of_seat.max,
        holds.unwrap_or_default(),
        memory.peak_rss_mib,
    )
}

fn journey_table(report: &journey::Report) -> String {
    let mut text = format!(
        "\n### The whole journey\n\n{} people at once; {} confirmed {:.0} s after the start, {} mails, {} \
         errors; {} invocations, \
         {} of them failed, {} messages were handed over again, {} given up. {} functions' processes took {:.0} MiB and {:.0} s of processor time, the emulated \
         AWS {:.0} MiB and \
         {:.0} s.\n\n![Answers on the whole journey](charts/load-journey.svg)\n\n\
         | step | requests | p50, ms | p95, ms | p99, ms | answers |\n|---|--:|--:|--:|--:|---|\n",
        report.users,
        report.confirmed,
        report.seconds,
        report.mails,
        report.errors,
        report.invocations,
        report.failed_invocations,
        report.repeated,
        report.dead_letters,
        report.functions.processes,
        report.functions.peak_rss_mib,
        report.functions.cpu_seconds,
        report.services.peak_rss_mib,
        report.services.cpu_seconds,
    );
    for (step, seen) in &report.steps {
        let answers: Vec<_> = seen.answers.iter().map(|(answer, count)| format!("{answer}: {count}")).collect();
        let (p50, p95, p99) = (seen.p50_ms, seen.p95_ms, seen.p99_ms);
        let _ =
            writeln!(text, "| {step} | {} | {p50:.0} | {p95:.0} | {p99:.0} | {} |", seen.requests, answers.join(", "));
    }
    let (books, money) = (&report.books, &report.money);
    let _ = write!(
        text,
        "\n| afterwards in the tables | |\n|---|--:|\n| seats taken · of reservations · claimed twice | {} · {} \
         · {} |\n\
         | confirmed reservations · payments that succeeded · payments in any other state | {} · {} · {} |\n\
         | price of the reservations · paid · captured by the gateway · given back, won | {} · {} · {} · {} |\n",
        books.taken,
        books.reserved,
        books.claimed_twice,
        books.confirmed,
        money.paid,
        money.unsettled,
        books.confirmed_amount,
        money.paid_amount,
        money.captured,
        money.given_back,
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(answers: &[(&str, u64)], oversold: i64) -> Turn {
        let answers: std::collections::BTreeMap<_, _> =
            answers.iter().map(|&(answer, count)| (answer.to_owned(), count)).collect();
        let requests = Summary { requests: answers.values().sum(), answers, ..Summary::default() };
        Turn {
            seconds: 2.0,
            holds_per_second: 5.0,
            requests,
            oversold,
            function_cpu_seconds: 1.0,
            service_cpu_seconds: 1.0,
        }
    }

    fn report(ours: Turn) -> Report {
        let units = contention::Units { hold_calls: 2.0, hold_writes: 2.0, lost_writes: 1.0 };
        let contention = contention::Report {
            users: 10,
            environments: 2,
            seats: 96,
            by_item: vec![turn(&[("201", 10)], 0)],
            apart: vec![turn(&[("201", 10)], 0)],
            ours: vec![ours],
            ours_units: units,
            by_item_units: units,
        };
        Report { contention: Some(contention), ..Report::default() }
    }

    #[test]
    fn errors_and_seats_sold_twice_are_flaws() {
        assert_eq!(report(turn(&[("201", 10), ("409 seats_unavailable", 3)], 0)).flaws(), Vec::<String>::new());
        assert_eq!(report(turn(&[("201", 10), ("503 unavailable", 1)], 0)).flaws().len(), 1);
        assert_eq!(report(turn(&[("201", 10), ("no answer", 1)], 4)).flaws().len(), 2);
    }

    #[test]
    fn tables_are_of_what_was_run() {
        let tables = report(turn(&[("201", 10)], 0)).tables();
        assert!(tables.contains("| holds a second | 5 | 5 | 1.00 |"), "{tables}");
        assert!(!tables.contains("### The whole journey"), "{tables}");
    }
}
