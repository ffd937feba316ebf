//! Lists, from the index `listing`.

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_dynamodb::types::KeysAndAttributes;
use contracts::ids::EventId;
use jiff::Timestamp;
use kit::dynamo::{Item, PK, StoreError, key, read, s};
use kit::retry::backoff;

use super::items::{CARD, CARD_SK, LISTING, LISTING_PK, LISTING_SK, event_pk, show_key, time_key};
use super::{List, Store};
use crate::domain::card::{Card, Show};

/// How often a batch is asked for what it left out.
const BATCH_TRIES: u32 = 5;

/// The part of a list that is read, and in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// By the listing key, from `from` to `to`.
    Ascending {
        /// The first key, included.
        from: String,
        /// The last key, included.
        to: String,
    },
    /// By the listing key, backwards.
    Newest {
        /// The key that the list continues after.
        after: Option<String>,
    },
}

/// An event in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which event.
    pub event_id: EventId,
    /// Its key in the list.
    pub key: String,
}

impl Order {
    /// Shows from one moment to the other, later than `after`.
    #[must_use]
    pub fn shows(from: Timestamp, to: Option<Timestamp>, after: Option<Show>) -> Self {
        // A blank sorts before '#' and every digit: right behind the key that it follows, and before all others.
        let from = after.map_or_else(|| time_key(from), |show| format!("{} ", show_key(show)));
        let to = time_key(to.unwrap_or(Timestamp::MAX));
        // '~' sorts behind all that may follow a time.
        Self::Ascending { from, to: format!("{to}~") }
    }
}

impl Entry {
    /// The show that it stands for in [`List::Shows`].
    #[must_use]
    pub fn show(&self) -> Option<Show> {
        let (second, id) = self.key.split_once('#')?;
        let starts_at = Timestamp::from_second(second.parse().ok()?).ok()?;
        Some(Show { starts_at, id: id.parse().ok()? })
    }
}

impl Store {
    /// Up to `limit` entries of a list of events; whether there are more.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn entries(&self, list: List, order: &Order, limit: u32) -> Result<(Vec<Entry>, bool), StoreError> {
        let (items, more) = self.query_index(list, order, limit, Some("#pk, #listingSk")).await?;
        let text = |item: &Item, name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned();
        let entry = |item: &Item| {
            let event_id = text(item, PK)?.strip_prefix("EVT#")?.parse().ok()?;
            Some(Entry { event_id, key: text(item, LISTING_SK)? })
        };
        Ok((items.iter().filter_map(entry).collect(), more))
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

    pub(super) async fn query_index(
        &self,
        list: List,
        order: &Order,
        limit: u32,
        projection: Option<&str>,
    ) -> Result<(Vec<Item>, bool), StoreError> {
        // DynamoDB refuses a range that ends before it begins, such as one that ends before now.
        if matches!(order, Order::Ascending { from, to } if from > to) {
            return Ok((Vec::new(), false));
        }
        let mut query = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(LISTING)
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .expression_attribute_names("#listingPk", LISTING_PK)
            .expression_attribute_values(":list", s(list.key()));
        let condition = match order {
            Order::Ascending { from, to } => {
                query = query.expression_attribute_values(":from", s(from)).expression_attribute_values(":to", s(to));
                "#listingPk = :list AND #listingSk BETWEEN :from AND :to"
            }
            Order::Newest { after: Some(after) } => {
                query = query.scan_index_forward(false).expression_attribute_values(":after", s(after));
                "#listingPk = :list AND #listingSk < :after"
            }
            Order::Newest { after: None } => {
                query = query.scan_index_forward(false);
                "#listingPk = :list"
            }
        };
        if let Some(projection) = projection {
            query = query.projection_expression(projection).expression_attribute_names("#pk", PK);
        }
        if projection.is_some() || condition.contains("#listingSk") {
            query = query.expression_attribute_names("#listingSk", LISTING_SK);
        }
        let answer = query.key_condition_expression(condition).send().await?;
        Ok((answer.items.unwrap_or_default(), answer.last_evaluated_key.is_some()))
    }
}
