//! Going through the whole table, and deleting.

use std::time::Duration;

use aws_sdk_dynamodb::types::{DeleteRequest, WriteRequest};
use contracts::ids::EventId;
use kit::dynamo::{Item, SK, StoreError, read, s};
use kit::retry::backoff;

use super::items::{EVENT_ID, TALLY_SK, parted};
use super::replay::Position;
use super::store::{SalesStore, incomplete, key_of};
use crate::domain::{Generation, Tally};

/// How many items are read at once.
const PAGE: i32 = 250;

/// The most requests of one `BatchWriteItem`.
const MOST_REQUESTS: usize = 25;

/// How often what a batch left out is asked for again.
const BATCH_TRIES: u32 = 6;

impl SalesStore {
    /// Deletes what a page of the table has of generations before `live`. Answers the events that this page has of `live`
    /// itself, and where the next page begins.
    ///
    /// Numbers only grow, so nothing before `live` is ever read or built again. A worker that stood still while all of a
    /// new generation was built may leave a few items in the old one; they are deleted the next time.
    pub(super) async fn sweep(
        &self,
        live: Generation,
        position: Position,
    ) -> Result<(Vec<(EventId, Tally)>, Position), StoreError> {
        let (items, next) = self.page(position, PAGE).await?;
        let of = |item: &Item| parted(item).map(|(generation, ..)| generation);
        let old = items.iter().filter(|item| of(item).is_some_and(|generation| generation < live));
        self.delete(old.map(key_of).collect()).await?;
        let mut tallies = Vec::new();
        for item in items {
            if of(&item) == Some(live)
                && item.get(SK) == Some(&s(TALLY_SK))
                && let Some(event) = read(&item, EVENT_ID)?
            {
                tallies.push((event, serde_dynamo::from_item(item)?));
            }
        }
        Ok((tallies, next))
    }

    /// Some items of the table, in its own order, and where the next ones begin.
    pub(super) async fn page(&self, position: Position, limit: i32) -> Result<(Vec<Item>, Position), StoreError> {
        let Some(start) = position.start() else { return Ok((Vec::new(), Position::End)) };
        let scan = self.client.scan().table_name(&self.table).consistent_read(true).limit(limit);
        let answer = scan.set_exclusive_start_key(start).send().await?;
        Ok((answer.items.unwrap_or_default(), Position::after(answer.last_evaluated_key)?))
    }

    /// Deletes the items with these keys.
    pub(super) async fn delete(&self, keys: Vec<Item>) -> Result<(), StoreError> {
        for some in keys.chunks(MOST_REQUESTS) {
            let requests = some.iter().map(|key| {
                let delete = DeleteRequest::builder().set_key(Some(key.clone())).build().map_err(incomplete)?;
                Ok(WriteRequest::builder().delete_request(delete).build())
            });
            let mut left: Vec<WriteRequest> = requests.collect::<Result<_, StoreError>>()?;
            for attempt in 1.. {
                let answer = self.client.batch_write_item().request_items(&self.table, left).send().await?;
                left = answer.unprocessed_items.unwrap_or_default().into_values().flatten().collect();
                if left.is_empty() {
                    break;
                }
                if attempt == BATCH_TRIES {
                    return Err(StoreError::Unavailable("a batch stays incomplete".into()));
                }
                tokio::time::sleep(backoff(attempt, Duration::from_millis(20), Duration::from_millis(500))).await;
            }
        }
        Ok(())
    }
}
