//! A queue before a function: messages are received in batches, handed over, and deleted unless they are reported
//! failed.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{DeleteMessageBatchRequestEntry, Message, MessageSystemAttributeName, QueueAttributeName};
use measure::deployment::Queue;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep};

use crate::Failure;
use crate::pool::Pool;

/// Most messages that one call receives or deletes.
const MOST: usize = 10;

/// How long a call waits for the first message.
const LONG_POLL_SECONDS: i32 = 10;

/// A queue and how it is read.
#[derive(Debug, Clone)]
pub struct QueueSource {
    /// Its client.
    pub client: Client,
    /// Its address.
    pub url: String,
    /// Its name, for its ARN.
    pub name: String,
    /// Most messages in one invocation.
    pub batch: usize,
    /// How long a batch is collected.
    pub window: Duration,
    /// Most invocations at a time.
    pub concurrency: usize,
}

/// Makes all queues, those for failed messages first.
///
/// # Errors
/// When one is refused.
pub async fn create_queues(client: &Client, queues: &BTreeMap<String, Queue>) -> Result<(), Failure> {
    let (last, first): (Vec<_>, Vec<_>) = queues.values().partition(|queue| queue.dead_letters.is_some());
    for queue in first.into_iter().chain(last) {
        let mut attributes: HashMap<_, _> = queue
            .attributes
            .iter()
            .map(|(name, value)| (QueueAttributeName::from(name.as_str()), value.clone()))
            .collect();
        if let Some((target, times)) = &queue.dead_letters {
            let target = &queues.get(target).ok_or_else(|| format!("no queue {target}"))?.name;
            let policy = json!({"deadLetterTargetArn": arn(target), "maxReceiveCount": times});
            attributes.insert(QueueAttributeName::RedrivePolicy, policy.to_string());
        }
        client.create_queue().queue_name(&queue.name).set_attributes(Some(attributes)).send().await?;
    }
    Ok(())
}

fn arn(name: &str) -> String {
    format!("arn:aws:sqs:us-east-1:000000000000:{name}")
}

impl QueueSource {
    /// Runs until it is dropped. One task receives, others hand over: as many as may run at a time.
    pub(super) async fn run(self, pool: Arc<Pool>) {
        let slots = Arc::new(Semaphore::new(self.concurrency.min(Semaphore::MAX_PERMITS)));
        loop {
            let Ok(slot) = Arc::clone(&slots).acquire_owned().await else { return };
            let batch = self.collect().await;
            if batch.is_empty() {
                continue;
            }
            let (source, pool) = (self.clone(), Arc::clone(&pool));
            tokio::spawn(async move {
                source.hand_over(batch, &pool).await;
                drop(slot);
            });
        }
    }

    /// The next batch: what is there, or what comes within the window after the first message.
    async fn collect(&self) -> Vec<Message> {
        let mut batch = self.receive(self.batch, LONG_POLL_SECONDS).await;
        let deadline = Instant::now() + self.window;
        while !batch.is_empty() && batch.len() < self.batch && Instant::now() < deadline {
            let more = self.receive(self.batch - batch.len(), 0).await;
            if more.is_empty() {
                sleep(Duration::from_millis(50)).await;
            }
            batch.extend(more);
        }
        batch
    }

    async fn receive(&self, most: usize, wait: i32) -> Vec<Message> {
        let most = i32::try_from(most.min(MOST)).unwrap_or(1);
        let request = self.client.receive_message().queue_url(&self.url).max_number_of_messages(most);
        let request = request.wait_time_seconds(wait).message_system_attribute_names(MessageSystemAttributeName::All);
        match request.send().await {
            Ok(answer) => answer.messages.unwrap_or_default(),
            Err(_) => {
                // The services are going away, or are too busy: Lambda would ask again as well.
                sleep(super::PAUSE).await;
                Vec::new()
            }
        }
    }

    async fn hand_over(&self, batch: Vec<Message>, pool: &Pool) {
        let records: Vec<_> = batch.iter().map(|message| self.record(message)).collect();
        let Ok(answer) = pool.invoke(json!({"Records": records}).to_string().into()).await else {
            // None of them is done: they are there again when they become visible.
            pool.repeat(batch.len());
            return;
        };
        let failed = failed_messages(&answer);
        pool.repeat(failed.len());
        let is_done = |message: &&Message| message.message_id.as_ref().is_none_or(|id| !failed.contains(id));
        let done: Vec<_> = batch.iter().filter(is_done).collect();
        for chunk in done.chunks(MOST) {
            let entries = chunk.iter().enumerate().filter_map(|(at, message)| {
                let handle = message.receipt_handle.as_deref()?;
                DeleteMessageBatchRequestEntry::builder().id(at.to_string()).receipt_handle(handle).build().ok()
            });
            let request = self.client.delete_message_batch().queue_url(&self.url);
            // A message that is not deleted comes again, which workers must bear.
            let _ = request.set_entries(Some(entries.collect())).send().await;
        }
    }

    fn record(&self, message: &Message) -> Value {
        let attributes: HashMap<_, _> =
            message.attributes.iter().flatten().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        json!({
            "messageId": message.message_id, "receiptHandle": message.receipt_handle, "body": message.body,
            "attributes": attributes, "messageAttributes": {}, "md5OfBody": message.md5_of_body,
            "eventSource": "aws:sqs", "eventSourceARN": arn(&self.name), "awsRegion": "us-east-1",
        })
    }
}

/// The ids of the messages that a worker reports as failed.
fn failed_messages(answer: &[u8]) -> HashSet<String> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Report {
        #[serde(default)]
        batch_item_failures: Vec<Item>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Item {
        item_identifier: String,
    }
    let report = serde_json::from_slice::<Option<Report>>(answer).ok().flatten();
    report
        .map(|report| report.batch_item_failures.into_iter().map(|item| item.item_identifier).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_reported_messages_have_failed() {
        let failed = failed_messages(br#"{"batchItemFailures": [{"itemIdentifier": "m2"}]}"#);
        assert_eq!(failed, HashSet::from(["m2".to_owned()]));
        assert!(failed_messages(b"null").is_empty());
        assert!(failed_messages(b"{}").is_empty());
    }
}
