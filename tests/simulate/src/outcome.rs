//! What came of an on-sale.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::buyer::Tally;
use crate::cloud::Used;
use crate::fairness::Fairness;
use crate::limits::Meter;
use crate::scenario::Scenario;

/// All that is told of it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// What was simulated.
    pub scenario: Scenario,
    /// When it ended, in seconds after the opening; so are the next two.
    pub ended: f64,
    /// When no seat was free for the first time.
    pub sold_out: Option<f64>,
    /// When every seat was paid for.
    pub all_paid: Option<f64>,
    /// When somebody had their tickets confirmed for the last time.
    pub last_confirmed: Option<f64>,
    /// Seats that carry a mark of somebody who paid.
    pub sold: u64,
    /// People who came in.
    pub admitted: u64,
    /// The most who were in at once.
    pub most_inside: u32,
    /// How often somebody found others at their gate.
    pub crowded: u64,
    /// Who came in, and in which order.
    pub fairness: Fairness,
    /// What became of those inside.
    pub tally: Tally,
    /// The longest line of payments.
    pub longest_charging: usize,
    /// The most environments of one function, and of which.
    pub most_busy: (f64, &'static str),
    /// Each service.
    pub meters: BTreeMap<String, Meter>,
    /// What was used.
    #[serde(skip)]
    pub used: Used,
    /// Second by second.
    #[serde(skip)]
    pub seconds: Vec<Second>,
}

/// A second of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Second {
    /// Seconds after the opening.
    pub at: f64,
    /// Questions to `check-queue`.
    pub asked: f32,
    /// Requests to the distribution, these among them.
    pub looks: f32,
    /// The share of questions that was answered lately.
    pub answered: f64,
    /// People in the sale.
    pub inside: u32,
    /// Free seats.
    pub free: u32,
    /// Tickets sold so far.
    pub tickets: u64,
}

impl Outcome {
    /// What did not add up: more people inside than may be, seats sold more or less often than paid for.
    #[must_use]
    pub fn flaws(&self) -> Vec<String> {
        let mut flaws = Vec::new();
        let mut check = |holds: bool, flaw: String| {
            if !holds {
                flaws.push(flaw);
            }
        };
        let (seats, capacity) = (self.scenario.seats() as u64, self.scenario.capacity);
        check(
            self.sold == self.tally.tickets,
            format!("{} seats sold, {} tickets paid", self.sold, self.tally.tickets),
        );
        check(self.sold <= seats, format!("{} of {seats} seats sold", self.sold));
        check(self.most_inside <= capacity, format!("{} of {capacity} were inside", self.most_inside));
        check(
            self.admitted <= u64::from(self.scenario.people),
            format!("{} of {} people came in", self.admitted, self.scenario.people),
        );
        flaws
    }

    /// What AWS asks for it, in USD, by these prices.
    #[must_use]
    pub fn usd(&self, prices: &Prices) -> f64 {
        let Used { front, api, invocations, gigabyte_seconds, writes, reads, queues } = self.used;
        let each = &prices.per_million;
        (front * each.cloud_front_requests
            + api * each.http_api_requests
            + invocations * each.lambda_requests
            + writes * each.dynamo_db_write_units
            + reads * each.dynamo_db_read_units
            + queues * each.sqs_requests)
            / 1e6
            + gigabyte_seconds * prices.lambda_arm64_per_gigabyte_second
            + front * KILOBYTES / 1e6 * prices.per_gigabyte.cloud_front_out
    }
}

/// Of an answer, headers included.
const KILOBYTES: f64 = 1.0;

/// The prices that `make cost` reckons with: `tests/cost/prices.json`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Prices {
    /// The day on which they were these.
    pub as_of: String,
    per_million: PerMillion,
    per_gigabyte: PerGigabyte,
    lambda_arm64_per_gigabyte_second: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PerMillion {
    cloud_front_requests: f64,
    http_api_requests: f64,
    lambda_requests: f64,
    dynamo_db_write_units: f64,
    dynamo_db_read_units: f64,
    sqs_requests: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PerGigabyte {
    cloud_front_out: f64,
}

impl Prices {
    /// Of this repository.
    ///
    /// # Errors
    /// When the file cannot be read as such.
    pub fn known() -> Result<Self, serde_json::Error> {
        serde_json::from_str(include_str!("../../cost/prices.json"))
    }
}
