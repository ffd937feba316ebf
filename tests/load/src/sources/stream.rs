//! A table's stream before a function: records are read in order, filtered, and handed over in batches by several
//! lanes, each with the items of some partition keys, so that the changes of one item stay in order.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout_at};

use crate::Failure;
use crate::pool::Pool;

/// How often a stream without news is asked: as often as Lambda does.
const POLL: Duration = Duration::from_millis(250);

/// Most records that one call reads.
const PAGE: usize = 1_000;

/// A stream and how it is read.
#[derive(Debug, Clone)]
pub struct StreamSource {
    /// Where the database is.
    pub endpoint: String,
    /// The table.
    pub table: String,
    /// Most records in one invocation.
    pub batch: usize,
    /// How long a batch is collected.
    pub window: Duration,
    /// How many lanes there are.
    pub lanes: usize,
    /// Patterns of which a record must match one; all of them when empty.
    pub filters: Vec<Value>,
}

impl StreamSource {
    /// Runs until it is dropped.
    pub(super) async fn run(self, pool: Arc<Pool>) {
        let mut tasks = JoinSet::new();
        let lanes: Vec<_> = (0..self.lanes.max(1))
            .map(|_| {
                // Bounded, so that a slow function holds up the reading, as the shard's iterator would wait for it.
                let (sender, records) = mpsc::channel(2 * self.batch);
                tasks.spawn(lane(records, self.batch, self.window, Arc::clone(&pool)));
                sender
            })
            .collect();
        let http = reqwest::Client::new();
        loop {
            if let Err(error) = self.follow(&http, &lanes).await {
                eprintln!("  the stream of {} is read anew: {error}", self.table);
                pool.repeat(1);
            }
            sleep(super::PAUSE).await;
        }
    }

    /// Reads the stream from its beginning, for ever. Starting anew is never needed while the database lives.
    async fn follow(&self, http: &reqwest::Client, lanes: &[mpsc::Sender<Value>]) -> Result<(), Failure> {
        let streams = self.ask(http, "ListStreams", &json!({"TableName": self.table})).await?;
        let arn = text(&streams["Streams"][0]["StreamArn"])?;
        let stream = self.ask(http, "DescribeStream", &json!({"StreamArn": arn})).await?;
        let shard = text(&stream["StreamDescription"]["Shards"][0]["ShardId"])?;
        let first = json!({"StreamArn": arn, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON"});
        let mut iterator = text(&self.ask(http, "GetShardIterator", &first).await?["ShardIterator"])?;
        loop {
            let mut page = self.ask(http, "GetRecords", &json!({"ShardIterator": iterator, "Limit": PAGE})).await?;
            iterator = text(&page["NextShardIterator"])?;
            let records = page["Records"].as_array_mut().map(std::mem::take).unwrap_or_default();
            let is_last = records.len() < PAGE;
            for mut record in records {
                if self.filters.is_empty() || self.filters.iter().any(|pattern| matches(pattern, Some(&record))) {
                    record["eventSourceARN"] = json!(arn);
                    let lane = lane_of(&record, lanes.len());
                    lanes[lane].send(record).await?;
                }
            }
            if is_last {
                sleep(POLL).await;
            }
        }
    }

    async fn ask(&self, http: &reqwest::Client, operation: &str, body: &Value) -> Result<Value, Failure> {
        let answer = http
            .post(&self.endpoint)
            .header("x-amz-target", format!("DynamoDBStreams_20120810.{operation}"))
            .header("content-type", "application/x-amz-json-1.0")
            .header("authorization", crate::stack::ANYBODY)
            .header("x-amz-date", "20260101T000000Z")
            .body(body.to_string())
            .send()
            .await?;
        let status = answer.status();
        let answer = answer.text().await?;
        if !status.is_success() {
            return Err(format!("{operation}: {answer}").into());
        }
        Ok(serde_json::from_str(&answer)?)
    }
}

fn text(value: &Value) -> Result<String, Failure> {
    Ok(value.as_str().ok_or("the database's answer lacks a text")?.to_owned())
}

fn lane_of(record: &Value, lanes: usize) -> usize {
    let mut hasher = DefaultHasher::new();
    record["dynamodb"]["Keys"].to_string().hash(&mut hasher);
    usize::try_from(hasher.finish() % lanes as u64).unwrap_or_default()
}

/// Hands records over, batch by batch, each until the function has taken it.
async fn lane(mut records: mpsc::Receiver<Value>, most: usize, window: Duration, pool: Arc<Pool>) {
    while let Some(first) = records.recv().await {
        let mut batch = vec![first];
        let deadline = Instant::now() + window;
        while batch.len() < most {
            let next = match records.try_recv() {
                Ok(record) => Some(record),
                Err(_) if window.is_zero() => None,
                Err(_) => timeout_at(deadline, records.recv()).await.ok().flatten(),
            };
            match next {
                Some(record) => batch.push(record),
                None => break,
            }
        }
        let event = bytes::Bytes::from(json!({"Records": batch}).to_string());
        while pool.invoke(event.clone()).await.is_err() {
            sleep(super::PAUSE).await;
        }
    }
}

/// Whether a record has what a filter pattern wants, in the part of the pattern language that the template uses:
/// equality, `prefix` and `exists`.
fn matches(pattern: &Value, value: Option<&Value>) -> bool {
    match pattern {
        Value::Object(fields) => {
            fields.iter().all(|(name, wanted)| matches(wanted, value.and_then(|value| value.get(name))))
        }
        Value::Array(alternatives) => alternatives.iter().any(|alternative| matches_one(alternative, value)),
        _ => false,
    }
}

fn matches_one(wanted: &Value, value: Option<&Value>) -> bool {
    if let Some(exists) = wanted.get("exists").and_then(Value::as_bool) {
        return value.is_some() == exists;
    }
    if let Some(prefix) = wanted.get("prefix").and_then(Value::as_str) {
        return value.and_then(Value::as_str).is_some_and(|text| text.starts_with(prefix));
    }
    value == Some(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_want_what_the_template_writes() {
        let exists = json!({"dynamodb": {"NewImage": {"lastEvent": {"M": {"type": {"S": [{"exists": true}]}}}}}});
        let prefix = json!({"dynamodb": {"Keys": {"pk": {"S": [{"prefix": "SEATS#"}]}}}});
        let equal = json!({"dynamodb": {"NewImage": {"kind": {"S": ["a", "b"]}}}});
        let seats = json!({"dynamodb": {"Keys": {"pk": {"S": "SEATS#1"}}, "NewImage": {"kind": {"S": "b"}}}});
        let book = json!({"dynamodb": {
            "Keys": {"pk": {"S": "usr_1"}}, "NewImage": {"lastEvent": {"M": {"type": {"S": "held"}}}},
        }});
        let seen = |pattern: &Value| [&seats, &book].map(|record| matches(pattern, Some(record)));
        assert_eq!(seen(&exists), [false, true]);
        assert_eq!(seen(&prefix), [true, false]);
        assert_eq!(seen(&equal), [true, false]);
    }

    #[test]
    fn the_changes_of_an_item_share_a_lane() {
        let record = |pk: &str, at: u64| json!({"dynamodb": {"Keys": {"pk": {"S": pk}, "sk": {"S": "x"}}, "at": at}});
        assert_eq!(lane_of(&record("a", 1), 10), lane_of(&record("a", 2), 10));
        let lanes: std::collections::HashSet<_> = (0..100).map(|at| lane_of(&record(&at.to_string(), 0), 10)).collect();
        assert_eq!(lanes.len(), 10, "all lanes are used");
    }
}
