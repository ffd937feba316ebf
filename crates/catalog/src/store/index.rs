//! Lists, from the index `listing`.

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_dynamodb::types::KeysAndAttributes;
use contracts::ids::EventId;
use kit::dynamo::{Item, PK, StoreError, key, read, s};
use kit::retry::backoff;

use super::items::{CARD, CARD_SK, LISTING, LISTING_PK, LISTING_SK, event_pk};
use super::{List, Store};
use crate::domain::card::Card;

/// How often a batch is asked for what it left out.
const BATCH_TRIES: u32 = 5;

impl Store {
    /// Up to `limit` entries of a list of events, the latest created first, after the one named; whether there are more.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn entries(
        &self,
        list: List,
        after: Option<EventId>,
        limit: u32,
    ) -> Result<(Vec<EventId>, bool), StoreError> {
        let after = after.map(|id| id.to_string());
        let (items, more) = self.query_index(list, after, limit, Some("#pk")).await?;
        let id = |item: &Item| item.get(PK)?.as_s().ok()?.strip_prefix("EVT#")?.parse().ok();
        Ok((items.iter().filter_map(id).collect(), more))
    }

    /// The cards of these events, of those that exist; at most 100 different ones, what DynamoDB takes in one batch.
    ///
    /// # Errors
    /// When the table does not answer, or leaves some out again and again.
    pub async fn cards(&self, events: &[EventId]) -> Result<HashMap<EventId, Card>, StoreError> {
        let mut cards = HashMap::new();
        let mut missing: Vec<Item> = events.iter().map(|&id| key(event_pk(id), CARD_SK)).collect();
        for attempt in 1..=BATCH_TRIES {
            if missing.is_empty() {
                return Ok(cards);
            }
            let keys = KeysAndAttributes::builder().set_keys(Some(missing)).build();
            let keys = keys.map_err(|error| StoreError::Unreadable(Box::new(error)))?;
            let answer = self.client.batch_get_item().request_items(&self.table, keys).send().await?;
            for item in answer.responses.unwrap_or_default().into_values().flatten() {
                if let Some(card) = read::<Card>(&item, CARD)? {
                    cards.insert(card.id, card);
                }
            }
            missing = answer.unprocessed_keys.unwrap_or_default().into_values().flat_map(|left| left.keys).collect();
            if !missing.is_empty() {
                tokio::time::sleep(backoff(attempt, Duration::from_millis(20), Duration::from_millis(500))).await;
            }
        }
        if missing.is_empty() { Ok(cards) } else { Err(StoreError::Unavailable("a batch stays incomplete".into())) }
    }

    /// Up to `limit` items of a list, backwards, after the one at that position; whether there are more.
    pub(super) async fn query_index(
        &self,
        list: List,
        after: Option<String>,
        limit: u32,
        projection: Option<&str>,
    ) -> Result<(Vec<Item>, bool), StoreError> {
        let mut query = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(LISTING)
            .scan_index_forward(false)
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .expression_attribute_names("#listingPk", LISTING_PK)
            .expression_attribute_values(":list", s(list.key()));
        query = match after {
            Some(after) => query
                .key_condition_expression("#listingPk = :list AND #listingSk < :after")
                .expression_attribute_names("#listingSk", LISTING_SK)
                .expression_attribute_values(":after", s(after)),
            None => query.key_condition_expression("#listingPk = :list"),
        };
        if let Some(projection) = projection {
            query = query.projection_expression(projection).expression_attribute_names("#pk", PK);
        }
        let answer = query.send().await?;
        Ok((answer.items.unwrap_or_default(), answer.last_evaluated_key.is_some()))
    }
}
