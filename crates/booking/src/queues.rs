//! The queues in SQS that booking sends to itself.

use aws_sdk_sqs::Client;
use contracts::booking::SeatsLeft;
use contracts::live::RoomChange;
use serde::Serialize;

use crate::live::{Outlets, SendError};

/// `live-changes` and `seats-left`.
#[derive(Debug, Clone)]
pub struct SqsOutlets {
    client: Client,
    live_changes: String,
    seats_left: String,
}

impl SqsOutlets {
    /// At these addresses.
    #[must_use]
    pub const fn new(client: Client, live_changes: String, seats_left: String) -> Self {
        Self { client, live_changes, seats_left }
    }
}

impl Outlets for SqsOutlets {
    async fn tell_room(&self, change: &RoomChange, name: &str) -> Result<(), SendError> {
        let failed = |source| SendError { queue: "live-changes", source };
        self.client
            .send_message()
            .queue_url(&self.live_changes)
            .message_group_id(change.room().to_string())
            .message_deduplication_id(name)
            .message_body(json(change).map_err(failed)?)
            .send()
            .await
            .map_err(|error| failed(error.into()))?;
        Ok(())
    }

    async fn tell_waiting_room(&self, left: &SeatsLeft) -> Result<(), SendError> {
        let failed = |source| SendError { queue: "seats-left", source };
        self.client
            .send_message()
            .queue_url(&self.seats_left)
            .message_body(json(left).map_err(failed)?)
            .send()
            .await
            .map_err(|error| failed(error.into()))?;
        Ok(())
    }
}

/// A value as JSON. SQS refuses two characters that JSON allows in a text, as a seat's id may have; they travel as
/// escapes.
fn json(value: &impl Serialize) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let body = serde_json::to_string(value)?;
    Ok(body.replace('\u{fffe}', "\\ufffe").replace('\u{ffff}', "\\uffff"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_as_it_was_written_without_what_sqs_refuses() {
        let id = "A\u{fffe}\u{ffff}\u{0}-1";
        let body = json(&id).unwrap();
        assert!(!body.contains(['\u{fffe}', '\u{ffff}', '\u{0}']), "{body}");
        assert_eq!(serde_json::from_str::<String>(&body).unwrap(), id);
    }
}
