//! The port to `broadcast-changes`, and its queue behind it.

use aws_sdk_sqs::Client;
use contracts::live::RoomChange;
use jiff::Timestamp;

/// A change was not announced.
#[derive(Debug, thiserror::Error)]
pub enum AnnounceError {
    /// The queue did not take it.
    #[error("the queue of live changes did not answer")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It cannot be written: a mistake of ours.
    #[error("a change does not serialise")]
    Unwritable(#[from] serde_json::Error),
}

/// Tells rooms of changes that happened in them.
pub trait Changes {
    /// Announces a change that was written by `now`. Of changes of one kind in one room and second the first one is
    /// enough: the room is looked at when the second is over.
    ///
    /// # Errors
    /// When it cannot be said that it was announced.
    fn announce(&self, change: &RoomChange, now: Timestamp) -> impl Future<Output = Result<(), AnnounceError>>;
}

/// For functions in whose rooms nobody hears of the others: tells nobody.
#[derive(Debug, Clone, Copy)]
pub struct Nobody;

impl Changes for Nobody {
    async fn announce(&self, _change: &RoomChange, _now: Timestamp) -> Result<(), AnnounceError> {
        Ok(())
    }
}

/// The queue `live-changes`.
#[derive(Debug, Clone)]
pub struct SqsChanges {
    client: Client,
    url: String,
}

impl SqsChanges {
    /// At this address.
    #[must_use]
    pub fn new(client: Client, url: impl Into<String>) -> Self {
        Self { client, url: url.into() }
    }
}

impl Changes for SqsChanges {
    async fn announce(&self, change: &RoomChange, now: Timestamp) -> Result<(), AnnounceError> {
        let send = self
            .client
            .send_message()
            .queue_url(&self.url)
            .message_group_id(change.room().to_string())
            .message_deduplication_id(name_of(change, now))
            .message_body(serde_json::to_string(change)?);
        send.send().await.map(drop).map_err(|error| AnnounceError::Unavailable(Box::new(error)))
    }
}

/// The same for all changes of a kind in one second; the queue drops all of a room but the first.
fn name_of(change: &RoomChange, now: Timestamp) -> String {
    let kind = match change {
        RoomChange::Seats { .. } => "seats",
        RoomChange::Selection { .. } => "selection",
        RoomChange::Viewers { .. } => "viewers",
        RoomChange::Queue { .. } => "queue",
    };
    format!("{kind}-{}", now.as_second())
}

#[cfg(test)]
mod tests {
    use contracts::ids::{EventId, PerformanceId};

    use super::*;

    #[test]
    fn changes_of_one_second_and_kind_have_one_name() {
        let at = |milliseconds| Timestamp::from_millisecond(milliseconds).unwrap();
        let viewers = RoomChange::Viewers { event_id: EventId::generate() };
        let selection = RoomChange::Selection { performance_id: PerformanceId::generate() };
        assert_eq!(name_of(&viewers, at(1_000)), name_of(&viewers, at(1_999)));
        assert_ne!(name_of(&viewers, at(1_999)), name_of(&viewers, at(2_000)));
        assert_ne!(name_of(&viewers, at(1_000)), name_of(&selection, at(1_000)));
    }
}
