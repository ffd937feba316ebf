//! Counters of a queue: who takes part in the draw, who came after it, and how payments go.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::ReturnValue;
use contracts::ids::EventId;
use jiff::Timestamp;
use kit::dynamo::{Item, StoreError, TTL, n, read};

use super::{KEPT_SECONDS, Store, counter_key, missing, payments_key};
use crate::domain::sale::PaymentHealth;
use crate::runs::Kind;

/// How long payments of a minute are kept, in seconds.
const PAYMENTS_KEPT_SECONDS: i64 = 60 * 60;

/// What was counted of an era.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counters {
    /// Entrants of the draw.
    pub entrants: u64,
    /// Numbers given out after the opening.
    pub numbers: u64,
}

impl Counters {
    /// Of a counter's item; nothing was counted when there is none.
    pub(super) fn of(item: Option<&Item>) -> Result<Self, StoreError> {
        let count = |name| item.map_or(Ok(None), |item| read::<u64>(item, name)).map(Option::unwrap_or_default);
        Ok(Self { entrants: count("entrants")?, numbers: count("numbers")? })
    }
}

impl Store {
    /// Takes the next `length` numbers of a kind; the first one of them, from 0.
    ///
    /// # Errors
    /// When the table does not answer. The numbers may be lost then, which makes nobody wait longer.
    pub async fn take_numbers(
        &self,
        event: EventId,
        era: u32,
        kind: Kind,
        length: u64,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let answer = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(counter_key(event, era)))
            .update_expression("ADD #count :length SET #ttl = :ttl")
            .expression_attribute_names("#count", kind.counter())
            .expression_attribute_names("#ttl", TTL)
            .expression_attribute_values(":length", n(length))
            .expression_attribute_values(":ttl", n(now.as_second() + KEPT_SECONDS))
            .return_values(ReturnValue::UpdatedNew)
            .send()
            .await?;
        let item = answer.attributes.unwrap_or_default();
        let end: u64 = read(&item, kind.counter())?.ok_or_else(|| missing("a counter without its number"))?;
        end.checked_sub(length).ok_or_else(|| missing("a counter below its last run"))
    }

    /// What was counted of an era.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn counters(&self, event: EventId, era: u32) -> Result<Counters, StoreError> {
        let request = self.client.get_item().table_name(&self.table).set_key(Some(counter_key(event, era)));
        Counters::of(request.consistent_read(true).send().await?.item.as_ref())
    }

    /// Counts what came of payments. A repeat counts twice: only the proportion matters, and that of many.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn count_payments(
        &self,
        event: EventId,
        outcomes: PaymentHealth,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(payments_key(event, minute(now))))
            .update_expression("ADD #confirmed :confirmed, #failed :failed SET #ttl = :ttl")
            .expression_attribute_names("#confirmed", "confirmed")
            .expression_attribute_names("#failed", "failed")
            .expression_attribute_names("#ttl", TTL)
            .expression_attribute_values(":confirmed", n(outcomes.confirmed))
            .expression_attribute_values(":failed", n(outcomes.failed))
            .expression_attribute_values(":ttl", n(now.as_second() + PAYMENTS_KEPT_SECONDS))
            .send()
            .await?;
        Ok(())
    }
}

/// The keys of the last minutes' payments.
pub(super) fn recent_payments(event: EventId, now: Timestamp) -> impl Iterator<Item = Item> {
    (0..3).map(move |back| payments_key(event, minute(now) - back))
}

/// The sum of some minutes' payments.
pub(super) fn health<'a>(items: impl Iterator<Item = &'a Item>) -> Result<PaymentHealth, StoreError> {
    let mut health = PaymentHealth::default();
    for item in items {
        health.confirmed += read::<u64>(item, "confirmed")?.unwrap_or_default();
        health.failed += read::<u64>(item, "failed")?.unwrap_or_default();
    }
    Ok(health)
}

/// Items by their keys.
pub(super) fn by_key(items: Vec<Item>) -> HashMap<(String, String), Item> {
    let text =
        |item: &Item, name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned().unwrap_or_default();
    items.into_iter().map(|item| ((text(&item, kit::dynamo::PK), text(&item, kit::dynamo::SK)), item)).collect()
}

fn minute(now: Timestamp) -> i64 {
    now.as_second() / 60
}
