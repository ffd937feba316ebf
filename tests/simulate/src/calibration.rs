//! How good the model is: a run of `make load`, simulated in its own setting, beside what was measured.

use serde::Deserialize;

use crate::outcome::Outcome;
use crate::report::{percent, table};
use crate::scenario::{Design, Habits, Quotas, Scenario};
use crate::world;

/// How many may be in the sale at once, and how many seats a row has: `CAPACITY` and `ROW` of
/// `tests/load/src/scenarios/journey.rs`.
const CAPACITY: u32 = 300;
const ROW: usize = 50;

/// Processors' time that the machine of the measurement gives in a second.
const PROCESSORS: f64 = 2.0;

/// Never refused.
const PLENTY: f64 = 1e9;

/// What is read of `target/load.json`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Measured {
    date: String,
    build: String,
    contention: Contention,
    journey: Journey,
}

#[derive(Debug, Clone, Deserialize)]
struct Contention {
    ours: Vec<Turn>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Turn {
    requests: Step,
    function_cpu_seconds: f64,
    service_cpu_seconds: f64,
}

#[derive(Debug, Clone, Deserialize)]
struct Step {
    requests: u64,
}

#[derive(Debug, Clone, Deserialize)]
struct Journey {
    users: u32,
    seconds: f64,
    confirmed: u64,
    steps: std::collections::BTreeMap<String, Step>,
}

/// The model's answer to the measured run.
#[derive(Debug)]
pub struct Calibration {
    measured: Measured,
    predicted: Outcome,
}

impl Measured {
    /// From the text of `target/load.json`.
    ///
    /// # Errors
    /// When it lacks one of the scenarios or is no such file.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// How many requests a second the machine takes, by the processor time of a hold in the first scenario.
    #[expect(clippy::cast_precision_loss, reason = "requests of a run")]
    fn requests_a_second(&self) -> f64 {
        let sum = |of: &dyn Fn(&Turn) -> f64| self.contention.ours.iter().map(of).sum::<f64>();
        let processors = sum(&|turn| turn.function_cpu_seconds + turn.service_cpu_seconds);
        PROCESSORS * sum(&|turn| turn.requests.requests as f64) / processors.max(f64::MIN_POSITIVE)
    }

    /// The journey, as a scenario: everybody at once, at a sale that has opened; nobody thinks, gives up or is declined;
    /// two seats each of half as many more than are wanted. The machine is the only limit.
    #[must_use]
    pub fn scenario(&self) -> Scenario {
        let users = self.journey.users;
        let rows = (users as usize * 2 * 3 / 2).div_ceil(ROW).max(10);
        let capacity = self.requests_a_second();
        Scenario {
            name: format!("make load, {users} people"),
            seed: 1,
            performances: 1,
            rows,
            row: ROW,
            classes: 1,
            capacity: CAPACITY,
            people: users,
            bots_percent: 0,
            early_percent: 0,
            late_seconds: 0.05,
            pre_queue_seconds: 1,
            horizon_seconds: 600,
            habits: Habits {
                absent_percent: 0,
                patience_seconds: PLENTY,
                look_seconds: (0.0, 0.1),
                choose_seconds: (0.0, 0.1),
                groups_seen: usize::MAX,
                pay_seconds: (0.0, 0.1),
                leave_percent: 0,
                declined_percent: 0,
                best_percent: 0,
                tickets: [0, 1, 0, 0],
                // Refused is what does not fit into this moment: it waits for the next.
                trouble_seconds: (0.1, 0.2),
                bot_asks_every: 1.0,
            },
            design: Design::SERVER,
            quotas: Quotas {
                api: (capacity, capacity / 10.0),
                route: (PLENTY, PLENTY),
                cloud_front: PLENTY,
                lambda: PLENTY,
                lambda_growth: PLENTY,
                workers_growth: PLENTY,
                partition: (PLENTY, PLENTY),
                table: (PLENTY, PLENTY),
                edges: 0.0,
            },
        }
    }
}

impl Calibration {
    /// Simulates what was measured; `None` when there is no such hall.
    #[must_use]
    pub fn of(measured: Measured) -> Option<Self> {
        let predicted = world::run(&measured.scenario(), &mut |_| {})?;
        Some(Self { measured, predicted })
    }

    /// Predicted, measured, and by how much the first is off.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "requests of a run")]
    pub fn table(&self) -> String {
        let journey = &self.measured.journey;
        let polls = journey.steps.get("queue").map_or(0, |step| step.requests);
        let holds = journey.steps.get("hold").map_or(0, |step| step.requests);
        let meter = |name: &str| self.predicted.meters.get(name).map_or(0.0, |meter| meter.served);
        let last = self.predicted.last_confirmed.unwrap_or(self.predicted.ended);
        let rows = [
            ("seconds until all have their tickets", last, journey.seconds),
            ("people who got through", self.predicted.tally.orders as f64, journey.confirmed as f64),
            ("questions to check-queue", meter("Lambda check, invocations"), polls as f64),
            ("requests for seats", meter("Lambda reserve, invocations"), holds as f64),
        ];
        let rows: Vec<_> = rows
            .into_iter()
            .map(|(what, predicted, measured)| {
                let off = if measured > 0.0 { percent(predicted / measured - 1.0) } else { String::new() };
                vec![what.to_owned(), format!("{predicted:.0}"), format!("{measured:.0}"), off]
            })
            .collect();
        format!(
            "{}\n{} people, {} build of {}, a machine of {:.0} requests a second by its processor time for a hold.\n",
            table(&["journey of `make load`", "simulated", "measured", "off by"], &rows),
            journey.users,
            self.measured.build,
            self.measured.date,
            self.measured.requests_a_second(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUN: &str = r#"{
        "date": "2026-01-01", "build": "release", "machine": "two processors",
        "contention": {"ours": [{"requests": {"requests": 3000}, "functionCpuSeconds": 2.0, "serviceCpuSeconds": 1.0}]},
        "journey": {"users": 400, "seconds": 10.0, "confirmed": 400,
            "steps": {"queue": {"requests": 900}, "hold": {"requests": 600}}}
    }"#;

    #[test]
    fn a_run_of_the_load_tests_is_simulated_to_its_end() {
        let measured = Measured::parse(RUN).unwrap();
        assert!((measured.requests_a_second() - 2_000.0).abs() < 1e-9);
        let calibration = Calibration::of(measured).unwrap();
        assert_eq!(calibration.predicted.flaws(), Vec::<String>::new());
        assert_eq!(calibration.predicted.tally.orders, 400);
        assert!(calibration.predicted.most_inside <= CAPACITY);
        let table = calibration.table();
        assert!(table.contains("| 400 ") && table.contains("release build of 2026-01-01"), "{table}");
    }

    #[test]
    fn a_run_without_the_journey_is_none() {
        assert!(Measured::parse(r#"{"date": "2026-01-01", "build": "release", "journey": null}"#).is_err());
    }
}
