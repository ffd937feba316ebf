//! Connections and rooms in DynamoDB.
//!
//! | item | `pk` | `sk` | attributes |
//! |---|---|---|---|
//! | connection | `CONNECTION#<connection>` | `CONNECTION` | `user`, `rooms` (set), `paidUntil`, `ttl` |
//! | connection of an account | `USER#<user>` | `CONNECTION#<connection>` | `ttl` |
//! | member of a room | `ROOM#<room>` | `MEMBER#<connection>` | `chosen` (list), `user`, `ticket`, `era`, `place`, `ttl` |
//! | what was on sale | `EVENT#<event>` or `PERFORMANCE#<performance>` | `FACT` | `event` |
//! | room | `ROOM#<room>` | `ROOM` | `spokenAt`, `version`, `members`, `queue`, `tickets`, `ttl` |
//!
//! A connection lists its rooms before they list it, and leaves them before it is forgotten: whoever is stopped between
//! two writes leaves nothing behind that the next join, leave or disconnect does not mend.

mod connections;
mod facts;
mod rooms;

pub use connections::{Act, Entry};
pub use rooms::{Coming, Told, Turn};

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{DeleteRequest, PutRequest, WriteRequest};
use contracts::ids::UserId;
use contracts::live::Room;
use jiff::Timestamp;
use kit::dynamo::{Item, StoreError, TTL, key, read};
use kit::retry::backoff;

/// The most writes of one `BatchWriteItem`.
const BATCH: usize = 25;

/// How often what a batch left undone is tried.
const MOST_TRIES: u32 = 4;

const USER: &str = "user";

/// The table of live updates.
#[derive(Debug, Clone)]
pub struct Store {
    client: Client,
    table: String,
}

impl Store {
    /// In this table.
    #[must_use]
    pub fn new(client: Client, table: impl Into<String>) -> Self {
        Self { client, table: table.into() }
    }

    /// Writes all of these, in any order.
    async fn write_all(&self, writes: Vec<WriteRequest>) -> Result<(), StoreError> {
        for batch in writes.chunks(BATCH) {
            let mut left = batch.to_vec();
            for attempt in 1.. {
                let answer = self.client.batch_write_item().request_items(&self.table, left).send().await?;
                left = answer.unprocessed_items.and_then(|mut tables| tables.remove(&self.table)).unwrap_or_default();
                if left.is_empty() {
                    break;
                }
                if attempt == MOST_TRIES {
                    return Err(StoreError::Unavailable("the table left some writes undone".into()));
                }
                tokio::time::sleep(backoff(attempt, Duration::from_millis(20), Duration::from_millis(200))).await;
            }
        }
        Ok(())
    }
}

fn putting(item: Item) -> Result<WriteRequest, StoreError> {
    let put = PutRequest::builder().set_item(Some(item)).build();
    Ok(WriteRequest::builder().put_request(put.map_err(|error| StoreError::Unreadable(error.into()))?).build())
}

fn deleting(key: Item) -> Result<WriteRequest, StoreError> {
    let delete = DeleteRequest::builder().set_key(Some(key)).build();
    Ok(WriteRequest::builder().delete_request(delete.map_err(|error| StoreError::Unreadable(error.into()))?).build())
}

/// Whether an item still counts: DynamoDB may take days to delete it.
fn counts(item: &Item, now: Timestamp) -> Result<bool, StoreError> {
    Ok(read::<i64>(item, TTL)?.is_some_and(|ends_at| ends_at > now.as_second()))
}

fn connection_key(connection: &str) -> Item {
    key(format!("CONNECTION#{connection}"), "CONNECTION")
}

fn owned_key(user: UserId, connection: &str) -> Item {
    key(format!("USER#{user}"), format!("CONNECTION#{connection}"))
}

fn partition_of(room: Room) -> String {
    format!("ROOM#{room}")
}

fn member_key(room: Room, connection: &str) -> Item {
    key(partition_of(room), format!("MEMBER#{connection}"))
}

fn room_key(room: Room) -> Item {
    key(partition_of(room), "ROOM")
}
