//! Worker: looks at pictures that were uploaded.
//!
//! S3 is the sender, so that a message holds S3's own notification and no domain event.

use std::time::Instant;

use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent, SqsMessage};
use aws_sdk_dynamodb::Client;
use catalog::Catalog;
use catalog::images::bucket::Bucket;
use catalog::store::Store;
use jiff::Timestamp;
use kit::env::{ConfigError, required};
use kit::worker::{WorkerError, chain};
use serde::Deserialize;

const FUNCTION: &str = "process-image";

/// What S3 sends once, when it is told of the queue.
const TEST_EVENT: &str = "s3:TestEvent";

/// What the worker needs.
#[derive(Debug, Clone)]
pub struct Worker {
    /// The catalogue.
    pub catalog: Catalog,
    /// Where pictures lie.
    pub bucket: Bucket,
}

impl Worker {
    /// On the table named by `CATALOG_TABLE` and the bucket named by `IMAGES_BUCKET`.
    ///
    /// # Errors
    /// When either is not set.
    pub async fn from_env() -> Result<Self, ConfigError> {
        let config = kit::aws::config().await;
        let catalog = Catalog::new(Store::new(Client::new(&config), required("CATALOG_TABLE")?));
        Ok(Self { catalog, bucket: Bucket::new(aws_sdk_s3::Client::new(&config), required("IMAGES_BUCKET")?) })
    }
}

#[derive(Debug, Deserialize)]
struct Notification {
    #[serde(rename = "Event")]
    event: Option<String>,
    #[serde(rename = "Records", default)]
    records: Vec<Record>,
}

#[derive(Debug, Deserialize)]
struct Record {
    s3: Entity,
}

#[derive(Debug, Deserialize)]
struct Entity {
    object: Object,
}

#[derive(Debug, Deserialize)]
struct Object {
    /// Encoded as in a query string.
    key: String,
}

/// A message that S3 would not send.
#[derive(Debug, thiserror::Error)]
enum NotOurs {
    #[error("a message without records")]
    Empty,
    #[error("the key {0:?} is not encoded as S3 does it")]
    Key(String),
}

/// Looks at the uploads of one batch, message by message; says which ones to deliver again.
pub async fn handle(worker: &Worker, batch: SqsEvent) -> SqsBatchResponse {
    let mut response = SqsBatchResponse::default();
    for message in batch.records {
        // Boxed, because the compiler gives up on a future as deep as the SDK's inside the runtime's.
        if let Err(error) = Box::pin(process(worker, &message)).await {
            let message_id = message.message_id.unwrap_or_default();
            let error = chain(error.as_ref());
            tracing::error!(function = FUNCTION, message_id, error, "message will be delivered again");
            let mut failure = BatchItemFailure::default();
            failure.item_identifier = message_id;
            response.batch_item_failures.push(failure);
        }
    }
    response
}

async fn process(worker: &Worker, message: &SqsMessage) -> Result<(), WorkerError> {
    for key in keys(message.body.as_deref().unwrap_or_default())? {
        let started = Instant::now();
        let outcome = worker.catalog.process_upload(&worker.bucket, &key, Timestamp::now()).await;
        let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let decided = outcome.as_ref().ok();
        tracing::info!(function = FUNCTION, key, ok = outcome.is_ok(), outcome = ?decided, duration_ms);
        outcome?;
    }
    Ok(())
}

/// The keys of what was uploaded.
fn keys(body: &str) -> Result<Vec<String>, WorkerError> {
    let notification: Notification = serde_json::from_str(body)?;
    if notification.event.as_deref() == Some(TEST_EVENT) {
        return Ok(Vec::new());
    }
    if notification.records.is_empty() {
        return Err(NotOurs::Empty.into());
    }
    let decoded = |record: Record| decoded(&record.s3.object.key).ok_or(NotOurs::Key(record.s3.object.key));
    Ok(notification.records.into_iter().map(decoded).collect::<Result<_, _>>()?)
}

fn decoded(key: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(key.len());
    let mut rest = key.as_bytes();
    while let [first, after @ ..] = rest {
        let (byte, after) = match first {
            b'%' => {
                let (hex, after) = after.split_first_chunk::<2>()?;
                let hex =
                    std::str::from_utf8(hex).ok().filter(|hex| hex.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
                (u8::from_str_radix(hex, 16).ok()?, after)
            }
            b'+' => (b' ', after),
            plain => (*plain, after),
        };
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_notifications() {
        let created = |keys: &[&str]| {
            let record = |key: &&str| {
                serde_json::json!({
                    "eventVersion": "2.1", "eventSource": "aws:s3", "eventName": "ObjectCreated:Post",
                    "s3": {"bucket": {"name": "pictures"}, "object": {"key": key, "size": 7, "eTag": "x", "sequencer": "1"}},
                })
            };
            serde_json::json!({"Records": keys.iter().map(record).collect::<Vec<_>>()}).to_string()
        };
        let test = r#"{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-01-01T00:00:00.000Z","Bucket":"b","RequestId":"r","HostId":"h"}"#;
        let table: [(String, Option<&[&str]>); 10] = [
            (created(&["uploads/img_1", "uploads/img_2"]), Some(&["uploads/img_1", "uploads/img_2"])),
            (created(&["uploads%2Fred+flower%2B%ED%95%9C.jpg"]), Some(&["uploads/red flower+한.jpg"])),
            (test.into(), Some(&[])),
            (created(&[]), None),
            (created(&["uploads/%"]), None),
            (created(&["uploads/%4"]), None),
            (created(&["uploads/%+1"]), None),
            (created(&["uploads/%ff"]), None),
            ("{}".into(), None),
            ("".into(), None),
        ];
        for (body, expected) in table {
            let found = keys(&body).ok();
            assert_eq!(
                found.as_ref().map(|keys| keys.iter().map(String::as_str).collect::<Vec<_>>()).as_deref(),
                expected,
                "{body}"
            );
        }
    }
}
