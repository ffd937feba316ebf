//! What AWS asks: `prices.json`.

use std::collections::HashMap;

use serde::Deserialize;

use crate::Failure;
use crate::meter::{Call, Service, depth};
use crate::template::{memory, queue_triggers, resources};
use crate::world::{Step, Trigger};

const PRICES: &str = include_str!("../prices.json");

/// SQS counts a request once for each 64 KB of it.
const QUEUE_CHUNK: usize = 64 * 1024;

/// API Gateway counts a message to a connection once for each 32 KB.
const SOCKET_CHUNK: usize = 32 * 1024;

/// Prices, in USD.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Prices {
    /// The day on which they were these.
    pub as_of: String,
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
    ses_mails: f64,
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
    /// Mails.
    pub mails: f64,
    /// Messages to WebSocket connections.
    pub socket_messages: f64,
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
    /// What the mails cost besides.
    pub usd_mails: f64,
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
    #[must_use]
    pub fn at_rest(&self) -> Vec<(&'static str, usize, f64)> {
        let polls = self.assumed.polls_of_a_queue_a_month / 1e6 * self.per_million.sqs_requests;
        let counted = [
            ("queues that Lambda polls", queue_triggers(), polls),
            ("alarms", resources("AWS::CloudWatch::Alarm"), self.per_month.alarm),
            ("secrets", resources("AWS::SecretsManager::Secret"), self.per_month.secret),
            ("dashboards", resources("AWS::CloudWatch::Dashboard"), self.per_month.dashboard),
        ];
        counted.map(|(what, how_many, each)| (what, how_many, how_many as f64 * each)).into()
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
                Service::Ses => {
                    bill.mails += 1.0;
                    bill.usd_mails += per.ses_mails;
                }
                Service::Connections => {
                    let messages = chunks(call.sent, SOCKET_CHUNK);
                    bill.socket_messages += messages;
                    bill.usd_others += messages * per.web_socket_messages;
                }
                Service::S3 => bill.usd_others += per.s3_gets,
                Service::Secrets => bill.usd_others += per.secrets_manager_calls,
                Service::DynamoDb | Service::Lambda => {}
            }
        }
        if step.trigger == Trigger::Queue {
            // Receiving the batch, and deleting it.
            let is_fifo = step.function == "broadcast-changes";
            let price = if is_fifo { per.sqs_fifo_requests } else { per.sqs_requests };
            queue(0, price, bill);
            queue(0, price, bill);
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
        let gigabyte_seconds = ms / 1e3 * f64::from(memory(name)?) / 1024.0;
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
