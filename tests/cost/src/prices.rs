//! What AWS asks: `prices.json`.

use std::collections::HashMap;

use measure::deployment::Deployment;
use serde::Deserialize;

use crate::Failure;
use crate::meter::{Call, Service, depth};
use crate::world::{Step, Trigger};

const PRICES: &str = include_str!("../prices.json");

/// The most messages that SQS hands out, or deletes, at a request.
const MESSAGES: usize = 10;

/// SQS counts a request once for each 64 KB of it.
const QUEUE_CHUNK: usize = 64 * 1024;

/// API Gateway counts a message to a connection once for each 32 KB.
const SOCKET_CHUNK: usize = 32 * 1024;

/// Prices, in USD.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Prices {
    per_million: PerMillion,
    lambda_arm64_per_gigabyte_second: f64,
    per_gigabyte: PerGigabyte,
    per_month: PerMonth,
    assumed: Assumed,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PerMillion {
    dynamo_db_write_units: f64,
    dynamo_db_read_units: f64,
    lambda_requests: f64,
    sqs_requests: f64,
    sqs_fifo_requests: f64,
    http_api_requests: f64,
    web_socket_messages: f64,
    s3_gets: f64,
    secrets_manager_calls: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PerGigabyte {
    data_transfer_out: f64,
}

#[derive(Debug, Clone, Deserialize)]
struct PerMonth {
    alarm: f64,
    secret: f64,
    dashboard: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assumed {
    polls_of_a_queue_a_month: f64,
    own_ms: f64,
    aws_call_ms: f64,
    extra_ms: HashMap<String, f64>,
}

/// What some steps came to.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Bill {
    /// DynamoDB's write units.
    pub write_units: f64,
    /// DynamoDB's read units.
    pub read_units: f64,
    /// Requests to queues: sending, receiving, deleting.
    pub queue_requests: f64,
    /// Functions that ran.
    pub invocations: f64,
    /// What all of it costs without mails, in USD a million times.
    pub usd: f64,
    /// What DynamoDB has of it.
    pub usd_tables: f64,
    /// What queues have of it.
    pub usd_queues: f64,
    /// What functions have of it.
    pub usd_functions: f64,
    /// What the HTTP API, data transfer and everything else have of it.
    pub usd_others: f64,
}

impl Prices {
    /// From the data file.
    ///
    /// # Errors
    /// When it does not say everything.
    pub fn read() -> Result<Self, Failure> {
        Ok(serde_json::from_str(PRICES)?)
    }

    /// The bill of these steps, each with a function of the template.
    ///
    /// # Errors
    /// When a function is not in the template.
    pub fn bill(&self, steps: &[Step]) -> Result<Bill, Failure> {
        let mut bill = Bill::default();
        for step in steps {
            self.add(step, &mut bill)?;
        }
        bill.usd = bill.usd_tables + bill.usd_queues + bill.usd_functions + bill.usd_others;
        Ok(bill)
    }

    /// What there is to pay while nobody comes: what it is, how many, and USD a month for all of them.
    ///
    /// # Errors
    /// When the templates cannot be read.
    pub fn at_rest(&self) -> Result<Vec<(&'static str, usize, f64)>, Failure> {
        let deployment = Deployment::read()?;
        let polls = self.assumed.polls_of_a_queue_a_month / 1e6;
        let (queues, fifo) = deployment.queue_triggers();
        let counted = [
            ("queues that Lambda polls", queues, polls * self.per_million.sqs_requests),
            ("queues that Lambda polls, first in, first out", fifo, polls * self.per_million.sqs_fifo_requests),
            ("alarms", deployment.resources("AWS::CloudWatch::Alarm"), self.per_month.alarm),
            ("secrets", deployment.resources("AWS::SecretsManager::Secret"), self.per_month.secret),
            ("dashboards", deployment.resources("AWS::CloudWatch::Dashboard"), self.per_month.dashboard),
        ];
        Ok(counted.map(|(what, how_many, each)| (what, how_many, how_many as f64 * each)).into())
    }

    fn add(&self, step: &Step, bill: &mut Bill) -> Result<(), Failure> {
        let per = &self.per_million;
        for call in &step.calls {
            bill.write_units += call.write_units;
            bill.read_units += call.read_units;
            bill.usd_tables +=
                call.write_units * per.dynamo_db_write_units + call.read_units * per.dynamo_db_read_units;
            match call.service {
                Service::Sqs => queue(call.sent, per.sqs_requests, bill),
                Service::SqsFifo => queue(call.sent, per.sqs_fifo_requests, bill),
                Service::Connections => {
                    bill.usd_others += chunks(call.sent, SOCKET_CHUNK) * per.web_socket_messages;
                }
                Service::S3 => bill.usd_others += per.s3_gets,
                Service::Secrets => bill.usd_others += per.secrets_manager_calls,
                // Mails are not on the card.
                Service::DynamoDb | Service::Lambda | Service::Ses => {}
            }
        }
        if let Trigger::Queue(messages) = step.trigger {
            let is_fifo = Deployment::read()?.is_behind_fifo(&step.function);
            let price = if is_fifo { per.sqs_fifo_requests } else { per.sqs_requests };
            for _ in 0..messages.div_ceil(MESSAGES) {
                // Receiving them, and deleting them.
                queue(0, price, bill);
                queue(0, price, bill);
            }
        }
        if step.trigger == Trigger::Request {
            let gigabytes = step.answered as f64 / 1e9;
            bill.usd_others += per.http_api_requests + gigabytes * 1e6 * self.per_gigabyte.data_transfer_out;
        }
        self.function(&step.function, step.calls.iter().collect(), bill)?;
        for invoked in step.calls.iter().filter(|call| call.service == Service::Lambda) {
            let calls = step.calls.iter().filter(|call| call.function == invoked.operation).collect();
            self.function(&invoked.operation, calls, bill)?;
        }
        Ok(())
    }

    /// One invocation of a function that had to wait for these calls.
    fn function(&self, name: &str, calls: Vec<&Call>, bill: &mut Bill) -> Result<(), Failure> {
        let assumed = &self.assumed;
        let waits = depth(calls) as f64 * assumed.aws_call_ms;
        let ms = assumed.own_ms + waits + assumed.extra_ms.get(name).copied().unwrap_or(0.0);
        let gigabyte_seconds = ms / 1e3 * f64::from(Deployment::read()?.function(name)?.memory) / 1024.0;
        bill.invocations += 1.0;
        bill.usd_functions += self.per_million.lambda_requests;
        bill.usd_functions += gigabyte_seconds * 1e6 * self.lambda_arm64_per_gigabyte_second;
        Ok(())
    }
}

fn queue(bytes: usize, price: f64, bill: &mut Bill) {
    let requests = chunks(bytes, QUEUE_CHUNK);
    bill.queue_requests += requests;
    bill.usd_queues += requests * price;
}

fn chunks(bytes: usize, size: usize) -> f64 {
    bytes.div_ceil(size).max(1) as f64
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]
mod tests {
    use super::*;
    use crate::meter::Meter;

    /// Round ones, so that bills can be reckoned by hand.
    fn prices() -> Prices {
        let mut prices = Prices::read().unwrap();
        let per = &mut prices.per_million;
        (per.dynamo_db_write_units, per.dynamo_db_read_units) = (2.0, 0.5);
        (per.sqs_requests, per.sqs_fifo_requests) = (3.0, 5.0);
        (per.lambda_requests, per.http_api_requests) = (0.25, 1.0);
        (per.web_socket_messages, per.s3_gets, per.secrets_manager_calls) = (7.0, 11.0, 13.0);
        // A millisecond of a gigabyte, a million times, is 1000 gigabyte-seconds: 2 USD.
        prices.lambda_arm64_per_gigabyte_second = 0.002;
        // A kilobyte, a million times, is a gigabyte.
        prices.per_gigabyte.data_transfer_out = 0.1;
        (prices.assumed.own_ms, prices.assumed.aws_call_ms) = (2.0, 5.0);
        prices.assumed.extra_ms = [("charge-payment".to_owned(), 300.0)].into();
        prices
    }

    fn step(function: &str, trigger: Trigger, calls: Vec<Call>) -> Step {
        Step { function: function.to_owned(), trigger, after: None, calls, answered: 0 }
    }

    /// One after another: each with the bytes sent, write and read units.
    fn calls(of: &[(Service, usize, f64, f64)]) -> Vec<Call> {
        let meter = Meter::default();
        for &(service, sent, write_units, read_units) in of {
            let call = meter.begin(service, "", sent);
            meter.end(call, 0, write_units, read_units);
        }
        meter.take()
    }

    fn near(is: f64, wanted: f64) {
        assert!((is - wanted).abs() < 1e-9, "{is}, not {wanted}");
    }

    #[test]
    fn a_request_pays_for_units_time_and_transfer() {
        let made = calls(&[(Service::DynamoDb, 100, 2.0, 0.0), (Service::DynamoDb, 100, 0.0, 0.5)]);
        let step = Step { answered: 3_000, ..step("reserve-seats", Trigger::Request, made) };
        let bill = prices().bill(&[step]).unwrap();
        assert_eq!((bill.write_units, bill.read_units, bill.queue_requests, bill.invocations), (2.0, 0.5, 0.0, 1.0));
        near(bill.usd_tables, 2.0 * 2.0 + 0.5 * 0.5);
        // 2 ms and twice 5 ms, with half a gigabyte.
        near(bill.usd_functions, 0.25 + 12.0 * 0.5 * 2.0);
        near(bill.usd_others, 1.0 + 3.0 * 0.1);
        near(bill.usd, 4.25 + 12.25 + 1.3);
    }

    #[test]
    fn messages_are_received_and_deleted_in_tens_and_sent_in_64_kilobytes() {
        let prices = prices();
        let bill = |step: Step| prices.bill(&[step]).unwrap();
        for (messages, requests) in [(1, 2.0), (10, 2.0), (11, 4.0), (40, 8.0)] {
            let bill = bill(step("deliver-news", Trigger::Queue(messages), Vec::new()));
            assert_eq!((bill.queue_requests, bill.usd_queues), (requests, requests * 3.0), "{messages} messages");
        }
        let sent = calls(&[(Service::Sqs, 65_537, 0.0, 0.0), (Service::SqsFifo, 65_536, 0.0, 0.0)]);
        let bill = bill(step("broadcast-changes", Trigger::Queue(3), sent));
        assert_eq!(bill.queue_requests, 2.0 + 1.0 + 2.0);
        near(bill.usd_queues, 2.0 * 3.0 + 5.0 + 2.0 * 5.0);
    }

    #[test]
    fn a_function_that_waits_for_another_pays_for_both() {
        let meter = Meter::default();
        meter.enter("request-payment");
        let invoke = meter.begin(Service::Lambda, "charge-payment", 10);
        meter.enter("charge-payment");
        let read = meter.begin(Service::DynamoDb, "GetItem", 10);
        meter.end(read, 10, 0.0, 0.0);
        meter.leave();
        meter.end(invoke, 10, 0.0, 0.0);
        let bill = prices().bill(&[step("request-payment", Trigger::Function, meter.take())]).unwrap();
        let deployment = Deployment::read().unwrap();
        let gigabytes = |function: &str| f64::from(deployment.function(function).unwrap().memory) / 1024.0;
        // The outer waits for the invocation and for the call in it; the inner for its call and the gateway.
        let outer = 12.0 * gigabytes("request-payment") * 2.0;
        let inner = 307.0 * gigabytes("charge-payment") * 2.0;
        assert_eq!(bill.invocations, 2.0);
        near(bill.usd, 0.5 + outer + inner);
    }

    #[test]
    fn other_services_pay_by_the_call_and_mails_not_at_all() {
        let made = calls(&[
            (Service::Connections, 32_769, 0.0, 0.0),
            (Service::S3, 0, 0.0, 0.0),
            (Service::Secrets, 0, 0.0, 0.0),
            (Service::Ses, 1_000, 0.0, 0.0),
        ]);
        let bill = prices().bill(&[step("send-notification", Trigger::Stream, made)]).unwrap();
        near(bill.usd_others, 2.0 * 7.0 + 11.0 + 13.0);
    }
}
