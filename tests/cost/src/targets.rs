//! What the card is to reach.

use std::fmt;

use crate::card::Row;

/// The most that a row may come to; none of what is left open.
#[derive(Debug, Clone, Copy, Default)]
pub struct Target {
    sequential_calls: Option<usize>,
    write_units: Option<f64>,
    read_units: Option<f64>,
    answer_kilobytes: Option<f64>,
    usd_per_million: Option<f64>,
}

const NOTHING: Target = Target {
    sequential_calls: None,
    write_units: None,
    read_units: None,
    answer_kilobytes: None,
    usd_per_million: None,
};

/// However many seats.
const HOLD: Target = Target { sequential_calls: Some(2), write_units: Some(2.0), ..NOTHING };

/// From the payment to the mail.
const BOOKING: Target = Target { write_units: Some(14.0), usd_per_million: Some(25.0), ..NOTHING };

/// By the names of rows.
const TARGETS: [(&str, Target); 9] = [
    ("hold 1 seat", HOLD),
    ("hold 8 seats of one block", HOLD),
    // No reading beside it.
    ("lose the race for a seat", Target { write_units: Some(2.0), read_units: Some(0.0), ..NOTHING }),
    (
        "seat map, 20,000 seats all taken, nothing cached",
        Target { read_units: Some(50.0), answer_kilobytes: Some(20.0), ..NOTHING },
    ),
    ("seat map, 20,000 seats, cached", Target { sequential_calls: Some(0), ..NOTHING }),
    ("queue: poll of somebody who waits", Target { sequential_calls: Some(0), write_units: Some(0.0), ..NOTHING }),
    ("pay by card until the mail: the saga itself", BOOKING),
    ("pay by card until the mail, and what follows", BOOKING),
    ("pay by card behind a waiting room, one of 40 at once", BOOKING),
];

impl Target {
    /// That of a row, if it has one.
    #[must_use]
    pub fn of(row: &Row) -> Option<Self> {
        TARGETS.iter().find(|(name, _)| *name == row.name).map(|(_, target)| *target)
    }

    /// Whether the row reaches it.
    #[must_use]
    pub fn is_reached(&self, row: &Row) -> bool {
        let within = |is: f64, most: Option<f64>| most.is_none_or(|most| is <= most);
        self.sequential_calls.is_none_or(|most| row.sequential_calls <= most)
            && within(row.write_units, self.write_units)
            && within(row.read_units, self.read_units)
            && within(row.answer_kilobytes.unwrap_or_default(), self.answer_kilobytes)
            && within(row.usd_per_million, self.usd_per_million)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers = [
            (self.sequential_calls.map(|most| most as f64), "calls in a row"),
            (self.write_units, "write units"),
            (self.read_units, "read units"),
            (self.answer_kilobytes, "KB"),
            (self.usd_per_million, "USD"),
        ];
        let named = numbers.iter().filter_map(|(most, unit)| most.map(|most| format!("{most} {unit}")));
        formatter.write_str(&named.collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn every_target_is_of_a_row_of_the_card() {
        let card: Value = serde_json::from_str(include_str!("../card.json")).unwrap();
        let rows = ["operations", "sagas"].map(|part| card[part].as_array().unwrap().clone()).concat();
        for (name, _) in TARGETS {
            assert!(rows.iter().any(|row| row["name"] == name), "{name}");
        }
    }

    #[test]
    fn a_target_is_missed_by_whatever_is_more() {
        let row = |calls: usize, units: f64| Row {
            name: "hold 1 seat".to_owned(),
            sequential_calls: calls,
            write_units: units,
            read_units: 9.0,
            queue_requests: 0.0,
            invocations: 1.0,
            answer_kilobytes: None,
            aws_kilobytes: 1.0,
            usd_per_million: 3.0,
        };
        let target = Target::of(&row(2, 2.0)).unwrap();
        assert_eq!(target.to_string(), "2 calls in a row, 2 write units");
        assert!(target.is_reached(&row(2, 2.0)));
        assert!(!target.is_reached(&row(3, 2.0)) && !target.is_reached(&row(2, 2.5)));
    }
}
