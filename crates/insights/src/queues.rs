//! The port to the queues, and SQS behind it.

use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use kit::retry::backoff;
use serde::Serialize;

use crate::domain::Queue;

/// The most messages of one `SendMessageBatch`.
const MAX_ENTRIES: usize = 10;

/// The most bytes of one `SendMessageBatch`, over all its bodies.
pub const MAX_BYTES: usize = 256 * 1024;

/// How often the refused entries of a batch are sent before giving up.
const MAX_TRIES: u32 = 4;

/// A message to a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What is told, as JSON.
    pub body: String,
    /// How many seconds the queue keeps it back.
    pub delay_seconds: u16,
}

impl Message {
    /// This value as JSON. SQS refuses two characters that JSON allows in a text, and with them the message, for good;
    /// they travel as escapes.
    ///
    /// # Errors
    /// When the value cannot be written as JSON.
    pub fn json(value: &impl Serialize, delay_seconds: u16) -> serde_json::Result<Self> {
        let body = serde_json::to_string(value)?.replace('\u{fffe}', "\\ufffe").replace('\u{ffff}', "\\uffff");
        Ok(Self { body, delay_seconds })
    }
}

/// A queue did not take every message; some of them may be in it.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// No answer, or no permission.
    #[error("the queue {queue:?} did not answer")]
    Unavailable {
        /// Which queue.
        queue: Queue,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// It answered and left messages out.
    #[error("the queue {queue:?} left out {count} messages: {code}")]
    LeftOut {
        /// Which queue.
        queue: Queue,
        /// How many.
        count: usize,
        /// The code it gave for the first of them.
        code: String,
    },
}

/// Takes messages to the workers.
pub trait Queues {
    /// Sends all of them, in any order. Returns when every one is in the queue.
    ///
    /// # Errors
    /// When that cannot be said of every one.
    fn send(&self, queue: Queue, messages: &[Message]) -> impl Future<Output = Result<(), SendError>>;
}

/// Where the queues are that events are routed to.
#[derive(Debug, Clone)]
pub struct QueueUrls {
    /// Of [`Queue::Payments`].
    pub payments: String,
    /// Of [`Queue::Reservations`].
    pub reservations: String,
    /// Of [`Queue::Refunds`].
    pub refunds: String,
    /// Of [`Queue::Expirations`].
    pub expirations: String,
    /// Of [`Queue::CatalogChanges`].
    pub catalog_changes: String,
    /// Of [`Queue::Notifications`].
    pub notifications: String,
    /// Of [`Queue::Sales`].
    pub sales: String,
    /// Of [`Queue::Cancellations`].
    pub cancellations: String,
    /// Of [`Queue::Admissions`].
    pub admissions: String,
    /// Of [`Queue::SaleNews`].
    pub sale_news: String,
    /// Of [`Queue::LiveNews`].
    pub live_news: String,
    /// Of [`Queue::StreamFailures`].
    pub stream_failures: String,
}

impl QueueUrls {
    fn of(&self, queue: Queue) -> Option<&str> {
        Some(match queue {
            Queue::Payments => &self.payments,
            Queue::Reservations => &self.reservations,
            Queue::Refunds => &self.refunds,
            Queue::Expirations => &self.expirations,
            Queue::CatalogChanges => &self.catalog_changes,
            Queue::Notifications => &self.notifications,
            Queue::Sales => &self.sales,
            Queue::Cancellations => &self.cancellations,
            Queue::Admissions => &self.admissions,
            Queue::SaleNews => &self.sale_news,
            Queue::LiveNews => &self.live_news,
            Queue::StreamFailures => &self.stream_failures,
            Queue::Popularity => return None,
        })
    }
}

/// One queue in SQS.
#[derive(Debug, Clone)]
pub struct SqsQueue {
    client: Client,
    queue: Queue,
    url: String,
}

impl SqsQueue {
    /// At this address.
    #[must_use]
    pub const fn new(client: Client, queue: Queue, url: String) -> Self {
        Self { client, queue, url }
    }

    /// Sends all of these, in any order. Returns when every one is in the queue.
    ///
    /// # Errors
    /// When that cannot be said of every one.
    pub async fn send(&self, messages: &[Message]) -> Result<(), SendError> {
        for batch in batches(messages) {
            deliver(self.queue, batch, async |part: &[&Message]| self.send_batch(part).await).await?;
        }
        Ok(())
    }

    /// That this queue did not take a message, and why.
    pub(crate) fn unavailable(&self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> SendError {
        SendError::Unavailable { queue: self.queue, source: source.into() }
    }

    async fn send_batch(&self, batch: &[&Message]) -> Result<Vec<LeftOut>, SendError> {
        let mut request = self.client.send_message_batch().queue_url(&self.url);
        for (index, message) in batch.iter().enumerate() {
            let entry = SendMessageBatchRequestEntry::builder()
                .id(index.to_string())
                .message_body(&message.body)
                .delay_seconds(i32::from(message.delay_seconds))
                .build();
            request = request.entries(entry.map_err(|error| self.unavailable(error))?);
        }
        let answer = request.send().await.map_err(|error| self.unavailable(error))?;
        let left_out = answer.failed.into_iter().map(|entry| {
            let index = entry.id.parse().map_err(|_| self.unavailable("an entry of another batch was answered"))?;
            Ok(LeftOut { index, code: entry.code, hopeless: entry.sender_fault })
        });
        left_out.collect()
    }
}

/// The queues in SQS that events are routed to.
#[derive(Debug, Clone)]
pub struct SqsQueues {
    client: Client,
    urls: QueueUrls,
}

impl SqsQueues {
    /// At these addresses.
    #[must_use]
    pub const fn new(client: Client, urls: QueueUrls) -> Self {
        Self { client, urls }
    }
}

impl Queues for SqsQueues {
    async fn send(&self, queue: Queue, messages: &[Message]) -> Result<(), SendError> {
        let url = self
            .urls
            .of(queue)
            .ok_or_else(|| SendError::Unavailable { queue, source: "no event is routed there".into() })?;
        SqsQueue::new(self.client.clone(), queue, url.to_owned()).send(messages).await
    }
}

/// A message of a batch that the queue did not take.
#[derive(Debug, Clone, PartialEq, Eq)]
struct LeftOut {
    /// Its place in the batch.
    index: usize,
    /// Why.
    code: String,
    /// The queue blames the message: sending it again will not help.
    hopeless: bool,
}

/// Cuts messages into batches within SQS's limits. A message over the limit of bytes gets a batch of its own: the queue
/// then refuses that one alone.
fn batches(messages: &[Message]) -> Vec<&[Message]> {
    let mut batches = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (index, message) in messages.iter().enumerate() {
        let full = index - start == MAX_ENTRIES || bytes + message.body.len() > MAX_BYTES;
        if full && index > start {
            batches.push(&messages[start..index]);
            (start, bytes) = (index, 0);
        }
        bytes += message.body.len();
    }
    if start < messages.len() {
        batches.push(&messages[start..]);
    }
    batches
}

/// Sends one batch, and what was left out of it again, with growing waits.
async fn deliver<F>(queue: Queue, batch: &[Message], send_batch: F) -> Result<(), SendError>
where
    F: AsyncFn(&[&Message]) -> Result<Vec<LeftOut>, SendError>,
{
    let mut waiting: Vec<&Message> = batch.iter().collect();
    for attempt in 1.. {
        let left_out = send_batch(&waiting).await?;
        let Some(first) = left_out.first() else { break };
        if attempt == MAX_TRIES || left_out.iter().any(|entry| entry.hopeless) {
            return Err(SendError::LeftOut { queue, count: left_out.len(), code: first.code.clone() });
        }
        waiting = left_out.iter().filter_map(|entry| waiting.get(entry.index).copied()).collect();
        tokio::time::sleep(backoff(attempt, Duration::from_millis(50), Duration::from_millis(400))).await;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    fn message(body: impl Into<String>) -> Message {
        Message { body: body.into(), delay_seconds: 0 }
    }

    #[test]
    fn batches_keep_every_message_in_order_within_both_limits() {
        let sizes = [1, 100_000, 200_000, 60_000, 2_145, 300_000, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 262_144, 0, 5];
        let messages: Vec<_> = sizes.iter().map(|size| message("x".repeat(*size))).collect();
        let cut = batches(&messages);
        assert_eq!(cut.concat(), messages);
        for batch in &cut {
            let bytes: usize = batch.iter().map(|message| message.body.len()).sum();
            assert!(
                batch.len() <= MAX_ENTRIES && (bytes <= MAX_BYTES || batch.len() == 1),
                "{} of {bytes}",
                batch.len()
            );
        }
        let counts: Vec<_> = cut.iter().map(|batch| batch.len()).collect();
        assert_eq!(counts, [2, 2, 1, 1, 10, 2, 2, 1]);
        assert!(batches(&[]).is_empty());
    }

    #[test]
    fn a_text_reads_as_it_was_written_without_what_sqs_refuses() {
        let name = "민지\u{fffe} \u{ffff}\u{0}\\ufffe";
        let message = Message::json(&name, 3).unwrap();
        assert!(!message.body.contains(['\u{fffe}', '\u{ffff}', '\u{0}']) && message.delay_seconds == 3);
        assert_eq!(serde_json::from_str::<String>(&message.body).unwrap(), name);
    }

    #[tokio::test]
    async fn only_what_was_left_out_is_sent_again() {
        let sent = RefCell::new(Vec::new());
        let result = deliver(Queue::Payments, &["a", "b", "c"].map(message), async |batch: &[&Message]| {
            let bodies: Vec<_> = batch.iter().map(|message| message.body.clone()).collect();
            sent.borrow_mut().push(bodies.clone());
            let busy = |body: &str| bodies.iter().position(|known| known == body);
            let refused = if sent.borrow().len() == 1 {
                vec!["a", "c"]
            } else if sent.borrow().len() == 2 {
                vec!["c"]
            } else {
                vec![]
            };
            let left = refused.into_iter().filter_map(busy);
            Ok(left.map(|index| LeftOut { index, code: "ServiceUnavailable".into(), hopeless: false }).collect())
        })
        .await;
        assert!(result.is_ok());
        assert_eq!(*sent.borrow(), [vec!["a", "b", "c"], vec!["a", "c"], vec!["c"]]);
    }

    #[tokio::test]
    async fn gives_up_in_the_end_and_at_once_when_the_message_is_to_blame() {
        for (hopeless, tries) in [(false, MAX_TRIES), (true, 1)] {
            let calls = RefCell::new(0);
            let result = deliver(Queue::Refunds, &[message("a")], async |_: &[&Message]| {
                *calls.borrow_mut() += 1;
                Ok(vec![LeftOut { index: 0, code: "Nope".into(), hopeless }])
            })
            .await;
            assert!(matches!(result, Err(SendError::LeftOut { count: 1, code, .. }) if code == "Nope"));
            assert_eq!(*calls.borrow(), tries);
        }
    }
}
