//! The cost card: counts, which are exact, and what they cost.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::Failure;
use crate::meter::{Service, depth};
use crate::prices::Prices;
use crate::world::{Step, Trigger};

/// The part of a count that may be chance.
const NOISE: f64 = 0.005;

/// The part of a kilobyte that may be chance besides: they are rounded to tenths.
const KILOBYTE_NOISE: f64 = 0.11;

/// One line of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// What was done.
    pub name: String,
    /// Requests to AWS that had to wait for one another; of a chain of functions, until the mail, or its last one.
    pub sequential_calls: usize,
    /// DynamoDB's write units.
    pub write_units: f64,
    /// DynamoDB's read units.
    pub read_units: f64,
    /// Requests to queues.
    pub queue_requests: f64,
    /// Functions that ran.
    pub invocations: f64,
    /// Kilobytes of the answer that somebody waits for, before compression; none when nobody does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer_kilobytes: Option<f64>,
    /// Kilobytes of the requests to AWS and of its answers.
    pub aws_kilobytes: f64,
    /// USD for a million of them, mails not included.
    pub usd_per_million: f64,
}

/// The whole card.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// What somebody waits for: one request, or what one message of a worker sets off.
    pub operations: Vec<Row>,
    /// A request and everything that follows from it.
    pub sagas: Vec<Row>,
    /// The functions of a booking that is paid by card, in their order.
    pub steps: Vec<Row>,
    /// The usual design.
    pub baseline: Vec<Row>,
    /// A buyer's way from the list of events to the mail, in USD for a million of them, mails not included.
    pub journey_usd_per_million: f64,
}

/// The row, after saying that it was measured: the whole takes a while.
#[must_use]
pub fn noted(row: Row) -> Row {
    let Row { name, sequential_calls, write_units, read_units, .. } = &row;
    eprintln!("{name}: {sequential_calls} calls in a row, {write_units} write units, {read_units} read units");
    row
}

impl Row {
    /// Of these steps, so many of which belong to one of what is counted.
    ///
    /// # Errors
    /// When a function is not in the template.
    pub fn of(name: &str, steps: &[Step], prices: &Prices) -> Result<Self, Failure> {
        Self::billed(name, steps, path(steps), 1.0, prices)
    }

    /// What those of these functions cost of all the steps; calls in a row are those of the whole way.
    ///
    /// # Errors
    /// When a function is not in the template.
    pub fn part(name: &str, steps: &[Step], functions: &[&str], prices: &Prices) -> Result<Self, Failure> {
        let part: Vec<_> = steps.iter().filter(|step| functions.contains(&step.function.as_str())).cloned().collect();
        Self::billed(name, &part, path(steps), 1.0, prices)
    }

    /// The same for so many at once, of which this is one.
    ///
    /// # Errors
    /// When a function is not in the template.
    pub fn share(name: &str, steps: &[Step], of: usize, prices: &Prices) -> Result<Self, Failure> {
        Self::billed(name, steps, path(steps), of as f64, prices)
    }

    fn billed(name: &str, steps: &[Step], sequential_calls: usize, of: f64, prices: &Prices) -> Result<Self, Failure> {
        let bill = prices.bill(steps)?;
        let answered = steps.first().filter(|step| step.trigger == Trigger::Request && step.answered > 0);
        let with_aws: usize = steps.iter().flat_map(|step| &step.calls).map(|call| call.sent + call.received).sum();
        Ok(Self {
            name: name.to_owned(),
            sequential_calls,
            write_units: rounded(bill.write_units / of),
            read_units: rounded(bill.read_units / of),
            queue_requests: rounded(bill.queue_requests / of),
            invocations: rounded(bill.invocations / of),
            answer_kilobytes: answered.map(|step| tenths(step.answered as f64 / 1e3)),
            aws_kilobytes: tenths(with_aws as f64 / 1e3 / of),
            usd_per_million: rounded(bill.usd / of),
        })
    }
}

impl Card {
    /// What is compared with the committed card: counts alone, since prices may change without anybody's doing.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn counts(&self) -> serde_json::Result<Value> {
        let mut card = serde_json::to_value(self)?;
        strip(&mut card);
        Ok(card)
    }
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !name.to_lowercase().contains("usd"));
            fields.values_mut().for_each(strip);
        }
        Value::Array(rows) => rows.iter_mut().for_each(strip),
        _ => {}
    }
}

/// What differs between two cards' counts, a line each; nothing when they agree.
#[must_use]
pub fn differences(committed: &Value, measured: &Value) -> Vec<String> {
    let (before, after) = (lines(committed), lines(measured));
    let mut all = Vec::new();
    for (name, was) in &before {
        match after.get(name) {
            None => all.push(format!("{name}: {was} → no longer measured")),
            Some(is) if is_other(name, was, is) => all.push(format!("{name}: {was} → {is}")),
            Some(_) => {}
        }
    }
    all.extend(
        after.iter().filter(|(name, _)| !before.contains_key(*name)).map(|(name, is)| format!("{name}: new, {is}")),
    );
    all
}

/// Whether two counts differ by more than a time stamp does, which is a character shorter now and then: a page of items
/// may be a few bytes larger for it, and its share of a read unit.
fn is_other(name: &str, was: &str, is: &str) -> bool {
    let rounding = if name.ends_with("Kilobytes") { KILOBYTE_NOISE } else { 0.0 };
    match (was.parse::<f64>(), is.parse::<f64>()) {
        (Ok(was), Ok(is)) => (was - is).abs() > was.max(is) * NOISE + rounding,
        _ => was != is,
    }
}

/// Every count with where it stands.
fn lines(card: &Value) -> BTreeMap<String, String> {
    let mut lines = BTreeMap::new();
    for (part, rows) in card.as_object().into_iter().flatten() {
        for (at, row) in rows.as_array().into_iter().flatten().enumerate() {
            let name = row["name"].as_str().unwrap_or_default();
            // The same function may run several times in a chain.
            let place = if part == "steps" { format!("{part}, {at}. {name}") } else { format!("{part}, {name}") };
            for (field, count) in row.as_object().into_iter().flatten().filter(|(field, _)| *field != "name") {
                lines.insert(format!("{place}, {field}"), count.to_string());
            }
        }
    }
    lines
}

/// The calls one after another along the way from the first step to the mail, or to the step that ends last.
#[must_use]
pub fn path(steps: &[Step]) -> usize {
    let mails = |step: &Step| step.calls.iter().any(|call| call.service == Service::Ses);
    let ends: Vec<_> = match steps.iter().position(mails) {
        Some(end) => vec![end],
        None => (0..steps.len()).collect(),
    };
    let length = |end: usize| {
        let (mut length, mut at) = (0, Some(end));
        while let Some(step) = at.and_then(|at| steps.get(at)) {
            length += depth(&step.calls);
            // A step follows from an earlier one; the first ones from none.
            at = step.after.filter(|&before| Some(before) < at);
        }
        length
    };
    ends.into_iter().map(length).max().unwrap_or(0)
}

fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

/// To hundredths.
#[must_use]
pub fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::meter::Meter;

    #[test]
    fn a_difference_says_where_it_is() {
        let card = |units: f64| json!({"operations": [{"name": "hold", "writeUnits": units}], "steps": []});
        assert!(differences(&card(2.0), &card(2.0)).is_empty());
        assert_eq!(differences(&card(2.0), &card(3.0)), ["operations, hold, writeUnits: 2.0 → 3.0"]);
        assert_eq!(differences(&card(87.0), &card(88.0)).len(), 1);
        assert!(differences(&card(14.76), &card(14.78)).is_empty(), "the length of a time stamp");
        let answer = |size: f64| json!({"operations": [{"name": "hold", "answerKilobytes": size}]});
        assert!(differences(&answer(0.5), &answer(0.6)).is_empty(), "its rounding");
        assert_eq!(differences(&answer(0.5), &answer(0.7)).len(), 1);
        let empty = json!({"operations": []});
        assert_eq!(differences(&empty, &card(2.0)), ["operations, hold, writeUnits: new, 2.0"]);
        assert_eq!(differences(&card(2.0), &empty), ["operations, hold, writeUnits: 2.0 → no longer measured"]);
    }

    #[test]
    fn prices_are_not_compared() {
        let meter = Meter::default();
        let call = meter.begin(Service::DynamoDb, "PutItem", 150);
        meter.end(call, 50, 2.0, 0.0);
        let calls = meter.take();
        let function = "reserve-seats".to_owned();
        let step = Step { function, trigger: Trigger::Request, after: None, calls, answered: 640 };
        let row = Row::of("hold", &[step], &Prices::read().unwrap()).unwrap();
        assert!(row.usd_per_million > 1.0);
        assert_eq!((row.answer_kilobytes, row.aws_kilobytes), (Some(0.6), 0.2));
        let card = Card { operations: vec![row], journey_usd_per_million: 5.0, ..Card::default() };
        let counts = card.counts().unwrap();
        assert_eq!(counts["operations"][0]["writeUnits"], 2.0);
        assert!(!counts.to_string().contains("usd") && !counts.to_string().contains("Usd"));
    }
}
