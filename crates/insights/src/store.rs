//! The event store in DynamoDB: one item an event, written once and never changed.
//!
//! Key: `pk` the aggregate's id, `sk` its version in ten digits, so that a query reads a history in order. The other
//! attributes are those of the [`Envelope`].

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure};
use contracts::event::{Envelope, EventType};
use kit::dynamo::{Conditional as _, Item, PK, Refused, SK, StoreError, key, s};

/// What became of an event in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// It is new.
    New,
    /// It was there already: a second delivery.
    Known,
    /// Another event has the same version of the same aggregate, so one of the two would be lost.
    Contradicted,
}

/// The events of all contexts.
#[derive(Debug, Clone)]
pub struct EventStore {
    client: Client,
    table: String,
}

impl EventStore {
    /// In this table.
    #[must_use]
    pub const fn new(client: Client, table: String) -> Self {
        Self { client, table }
    }

    /// Keeps an event.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn append(&self, event: &Envelope) -> Result<Stored, StoreError> {
        let mut item: Item = serde_dynamo::to_item(event)?;
        item.extend(key(&event.aggregate_id, format!("{:010}", event.version)));
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .condition_expression("attribute_not_exists(#pk)")
            .expression_attribute_names("#pk", PK)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .set_item(Some(item.clone()));
        Ok(match put.send().await.conditional()? {
            Ok(_) => Stored::New,
            Err(Refused(Some(old))) if !same_event(&old, &item) => Stored::Contradicted,
            Err(_) => Stored::Known,
        })
    }

    /// Events of these types among the next `limit` that one of `total` parts of the store holds behind the key `start`,
    /// in no order, and the key to go on from. Nothing that was stored before the call is left out.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn scan(
        &self,
        part: usize,
        total: usize,
        start: Option<Item>,
        limit: i32,
        types: &[EventType],
    ) -> Result<(Vec<Envelope>, Option<Item>), StoreError> {
        let mut scan = self
            .client
            .scan()
            .table_name(&self.table)
            .consistent_read(true)
            .segment(i32::try_from(part).unwrap_or(i32::MAX))
            .total_segments(i32::try_from(total).unwrap_or(i32::MAX))
            .limit(limit)
            .set_exclusive_start_key(start)
            .expression_attribute_names("#type", "type");
        let mut names = Vec::with_capacity(types.len());
        for (place, event_type) in types.iter().enumerate() {
            scan = scan.expression_attribute_values(format!(":type{place}"), s(event_type.as_str()));
            names.push(format!(":type{place}"));
        }
        let answer = scan.filter_expression(format!("#type IN ({})", names.join(", "))).send().await?;
        let events = answer.items.unwrap_or_default().into_iter().map(serde_dynamo::from_item);
        Ok((events.collect::<Result<_, _>>()?, answer.last_evaluated_key))
    }
}

/// Whether two items of one key are the same event. The data may differ: an item can be touched without an event, and is
/// then delivered once more with the mark of the last one.
fn same_event(old: &Item, new: &Item) -> bool {
    let same = |name: &str| -> bool {
        let text = |item: &Item| item.get(name).and_then(|value| AttributeValue::as_s(value).ok().cloned());
        text(old) == text(new)
    };
    debug_assert!(same(PK) && same(SK));
    same("type") && same("at")
}
