//! The catalogue's table.

mod changes;
mod index;
mod items;
mod keywords;
mod layouts;
mod popularity;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{ConditionCheck, Put, TransactWriteItem, Update};
use contracts::catalog::{EventState, PerformanceState, TicketTypeState};
use contracts::event::EventType;
use contracts::ids::EventId;
use jiff::Timestamp;
use kit::dynamo::{Item, PK, SK, StoreError, Transaction, key, n, read, s, transaction};

pub use self::changes::Stamp;
use self::items::{
    CARD, CARD_SK, EVENT_SK, PARTS_SK, PERFORMANCE_SK, REVISION, STATE, TICKET_TYPE_SK, card_item, event_item,
    event_pk, performance_item, ticket_type_item,
};
pub use self::items::{LayoutSummary, List};
pub use self::keywords::Kept;
use crate::domain::card::Card;
use crate::domain::programme::Programme;

/// The table, through a client.
#[derive(Debug, Clone)]
pub struct Store {
    client: Client,
    table: String,
}

/// Something that is added to an event.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A performance.
    Performance(PerformanceState),
    /// A ticket type.
    TicketType(TicketTypeState),
}

/// What one transaction changes of an event. It is refused when any of it, or the event, is no longer as it was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Step {
    /// The event after the change, and what happened to it.
    pub event: Option<(EventState, EventType)>,
    /// Performances with their new terms.
    pub performances: Vec<PerformanceState>,
    /// The card after the change.
    pub card: Option<Card>,
}

/// The most performances that one step may change: the limits of a transaction are 100 actions and 4 MB.
pub const MAX_PERFORMANCES_PER_STEP: usize = 40;

impl Store {
    /// The table of this name.
    pub fn new(client: Client, table: impl Into<String>) -> Self {
        Self { client, table: table.into() }
    }

    /// Stores a new event with its first card.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn create_event(&self, event: &EventState, card: &Card, now: Timestamp) -> Result<(), StoreError> {
        let items = [event_item(event, EventType::EventCreated, now)?, card_item(card, 1, now)?];
        self.put_new(items).await
    }

    /// An event with all that belongs to it; `None` when there is no such event.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn programme(&self, id: EventId) -> Result<Option<Programme>, StoreError> {
        let items = self
            .client
            .query()
            .table_name(&self.table)
            .consistent_read(true)
            .key_condition_expression("#pk = :pk")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_values(":pk", s(event_pk(id)))
            .into_paginator()
            .items()
            .send()
            .collect::<Result<Vec<_>, _>>()
            .await?;
        assemble(&items)
    }

    /// Adds a part, unless another one has been added since the programme was read.
    ///
    /// # Errors
    /// When the table does not answer. `false`: read again.
    pub async fn add_part(&self, programme: &Programme, part: &Part, now: Timestamp) -> Result<bool, StoreError> {
        let item = match part {
            Part::Performance(performance) => performance_item(performance, EventType::PerformanceAdded, now)?,
            Part::TicketType(ticket_type) => ticket_type_item(ticket_type, now)?,
        };
        let put = Put::builder()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(#pk)")
            .expression_attribute_names("#pk", PK);
        let count = Update::builder()
            .table_name(&self.table)
            .set_key(Some(key(event_pk(programme.event.id), PARTS_SK)))
            .update_expression("SET #revision = :next")
            .condition_expression("attribute_not_exists(#revision) OR #revision = :seen")
            .expression_attribute_names("#revision", REVISION)
            .expression_attribute_values(":seen", n(programme.parts_revision))
            .expression_attribute_values(":next", n(programme.parts_revision + 1));
        self.transact(vec![
            TransactWriteItem::builder().put(built(put.build())?).build(),
            TransactWriteItem::builder().update(built(count.build())?).build(),
        ])
        .await
    }

    /// Takes a step, if the event is at `event_version` and the rest is as the programme says.
    ///
    /// # Errors
    /// When the table does not answer. `false`: read again.
    pub async fn take(
        &self,
        programme: &Programme,
        event_version: u64,
        step: &Step,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut actions = vec![match &step.event {
            Some((event, event_type)) => self.replace(event_item(event, *event_type, now)?, event_version)?,
            None => self.unchanged(programme.event.id, event_version)?,
        }];
        for performance in &step.performances {
            let item = performance_item(performance, EventType::PerformancePublished, now)?;
            actions.push(self.replace(item, performance.version - 1)?);
        }
        if let Some(card) = &step.card {
            let put = Put::builder()
                .table_name(&self.table)
                .set_item(Some(card_item(card, programme.card_revision + 1, now)?))
                .condition_expression("#revision = :seen")
                .expression_attribute_names("#revision", REVISION)
                .expression_attribute_values(":seen", n(programme.card_revision));
            actions.push(TransactWriteItem::builder().put(built(put.build())?).build());
        }
        self.transact(actions).await
    }

    fn replace(&self, item: Item, version: u64) -> Result<TransactWriteItem, StoreError> {
        let put = Put::builder()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("#state.#version = :version")
            .expression_attribute_names("#state", STATE)
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":version", n(version));
        Ok(TransactWriteItem::builder().put(built(put.build())?).build())
    }

    fn unchanged(&self, id: EventId, version: u64) -> Result<TransactWriteItem, StoreError> {
        let check = ConditionCheck::builder()
            .table_name(&self.table)
            .set_key(Some(key(event_pk(id), EVENT_SK)))
            .condition_expression("#state.#version = :version")
            .expression_attribute_names("#state", STATE)
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":version", n(version));
        Ok(TransactWriteItem::builder().condition_check(built(check.build())?).build())
    }

    fn insert(&self, item: Item) -> Result<TransactWriteItem, StoreError> {
        let put = Put::builder()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(#pk)")
            .expression_attribute_names("#pk", PK);
        Ok(TransactWriteItem::builder().put(built(put.build())?).build())
    }

    async fn put_new(&self, items: impl IntoIterator<Item = Item>) -> Result<(), StoreError> {
        let actions = items.into_iter().map(|item| self.insert(item)).collect::<Result<_, _>>()?;
        // The ids are new, so that only a writer with the same id could be in the way.
        if self.transact(actions).await? { Ok(()) } else { Err(StoreError::Contended) }
    }

    async fn transact(&self, actions: Vec<TransactWriteItem>) -> Result<bool, StoreError> {
        let result = self.client.transact_write_items().set_transact_items(Some(actions)).send().await;
        Ok(matches!(transaction(result)?, Transaction::Done))
    }
}

fn assemble(items: &[Item]) -> Result<Option<Programme>, StoreError> {
    let sk = |item: &Item| item.get(SK).and_then(|sk| sk.as_s().ok()).cloned().unwrap_or_default();
    let (mut event, mut card) = (None, None);
    let (mut parts_revision, mut performances, mut ticket_types) = (0, Vec::new(), Vec::new());
    for item in items {
        match sk(item).as_str() {
            EVENT_SK => event = read(item, STATE)?,
            CARD_SK => card = read(item, CARD)?.zip(read(item, REVISION)?),
            PARTS_SK => parts_revision = read(item, REVISION)?.unwrap_or_default(),
            sk if sk.starts_with(PERFORMANCE_SK) => performances.extend(read(item, STATE)?),
            sk if sk.starts_with(TICKET_TYPE_SK) => ticket_types.extend(read(item, STATE)?),
            _ => {}
        }
    }
    Ok(event.zip(card).map(|(event, (card, card_revision))| Programme {
        event,
        card,
        card_revision,
        parts_revision,
        performances,
        ticket_types,
    }))
}

fn built<T>(result: Result<T, aws_sdk_dynamodb::error::BuildError>) -> Result<T, StoreError> {
    result.map_err(|error| StoreError::Unreadable(Box::new(error)))
}
