//! The ports to the queues, and SQS behind them.

use aws_sdk_sqs::Client;
use contracts::ids::EventId;
use contracts::live::RoomChange;
use serde::{Deserialize, Serialize};

const STEERING: &str = "steering";
const LIVE_CHANGES: &str = "live-changes";

/// A message of the queue `steering`: plan this queue anew. It is void when another round has followed on this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Round {
    /// Whose queue.
    pub event_id: EventId,
    /// The round to follow on; 0 before the first one.
    pub round: u64,
}

/// A queue did not take a message.
#[derive(Debug, thiserror::Error)]
#[error("the queue {queue} did not answer")]
pub struct SendError {
    queue: &'static str,
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl SendError {
    /// This queue did not, because of `source`.
    #[must_use]
    pub fn new(queue: &'static str, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { queue, source: source.into() }
    }
}

/// Has queues planned.
pub trait Steering {
    /// Asks for a round in so many seconds.
    ///
    /// # Errors
    /// When the queue did not take it.
    fn ask(&self, round: Round, delay_seconds: u16) -> impl Future<Output = Result<(), SendError>> + Send;
}

/// Tells those who watch.
pub trait Live {
    /// Tells a room of a change. `name` is the change's own: telling it twice within minutes is telling it once.
    ///
    /// # Errors
    /// When the queue did not take it.
    fn tell(&self, change: &RoomChange, name: &str) -> impl Future<Output = Result<(), SendError>> + Send;
}

/// The queue `steering` in SQS.
#[derive(Debug, Clone)]
pub struct SqsSteering {
    client: Client,
    url: String,
}

impl SqsSteering {
    /// At this address.
    #[must_use]
    pub const fn new(client: Client, url: String) -> Self {
        Self { client, url }
    }
}

impl Steering for SqsSteering {
    async fn ask(&self, round: Round, delay_seconds: u16) -> Result<(), SendError> {
        let body = serde_json::to_string(&round).map_err(|error| SendError::new(STEERING, error))?;
        let request = self.client.send_message().queue_url(&self.url).message_body(body);
        let sent = request.delay_seconds(i32::from(delay_seconds)).send().await;
        sent.map(drop).map_err(|error| SendError::new(STEERING, error))
    }
}

/// The queue `live-changes` in SQS.
#[derive(Debug, Clone)]
pub struct SqsLive {
    client: Client,
    url: String,
}

impl SqsLive {
    /// At this address.
    #[must_use]
    pub const fn new(client: Client, url: String) -> Self {
        Self { client, url }
    }
}

impl Live for SqsLive {
    async fn tell(&self, change: &RoomChange, name: &str) -> Result<(), SendError> {
        let body = serde_json::to_string(change).map_err(|error| SendError::new(LIVE_CHANGES, error))?;
        let request = self.client.send_message().queue_url(&self.url).message_body(body);
        let request = request.message_group_id(change.room().to_string()).message_deduplication_id(name);
        request.send().await.map(drop).map_err(|error| SendError::new(LIVE_CHANGES, error))
    }
}
