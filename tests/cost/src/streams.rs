//! What the tables' streams have to say, as Lambda delivers it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::Failure;
use crate::cloud::Cloud;

/// Reads every stream from where it was left.
#[derive(Debug)]
pub struct Streams {
    cloud: Cloud,
    /// Where each table's stream is to be read on.
    iterators: BTreeMap<String, String>,
}

impl Streams {
    /// From their beginning.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn new(cloud: Cloud) -> Result<Self, Failure> {
        let mut streams = Self { cloud, iterators: BTreeMap::new() };
        let listed = streams.ask("ListStreams", &json!({})).await?;
        for stream in listed["Streams"].as_array().ok_or("no list of streams")? {
            let arn = &stream["StreamArn"];
            let described = streams.ask("DescribeStream", &json!({"StreamArn": arn})).await?;
            let shard = &described["StreamDescription"]["Shards"][0]["ShardId"];
            let from = json!({"StreamArn": arn, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON"});
            let iterator = streams.ask("GetShardIterator", &from).await?["ShardIterator"].as_str().map(str::to_owned);
            let table = stream["TableName"].as_str().unwrap_or_default().to_owned();
            streams.iterators.insert(table, iterator.ok_or("a stream without an iterator")?);
        }
        Ok(streams)
    }

    /// What has been written since, by table.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn read(&mut self) -> Result<BTreeMap<String, Vec<Value>>, Failure> {
        let mut all = BTreeMap::new();
        for (table, iterator) in self.iterators.clone() {
            let mut next = iterator;
            let mut records = Vec::new();
            loop {
                let answer = self.ask("GetRecords", &json!({"ShardIterator": next, "Limit": 1000})).await?;
                next = answer["NextShardIterator"].as_str().ok_or("a stream has ended")?.to_owned();
                match answer["Records"].as_array() {
                    Some(some) if !some.is_empty() => records.extend(some.iter().cloned()),
                    _ => break,
                }
            }
            self.iterators.insert(table.clone(), next);
            if !records.is_empty() {
                all.insert(table, records);
            }
        }
        Ok(all)
    }

    async fn ask(&self, operation: &str, request: &Value) -> Result<Value, Failure> {
        let (status, answer) = self.cloud.post(&format!("DynamoDBStreams_20120810.{operation}"), request).await?;
        let answer = String::from_utf8(answer)?;
        if status == 200 { Ok(serde_json::from_str(&answer)?) } else { Err(format!("{operation}: {answer}").into()) }
    }
}
