//! The catalogue's table.

mod announcements;
mod changes;
mod images;
mod index;
mod items;
mod keywords;
mod layouts;
mod popularity;

use std::collections::BTreeMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{Put, TransactWriteItem, Update};
use contracts::catalog::{EventState, PerformanceState, TicketTypeState};
use contracts::event::EventType;
use contracts::ids::EventId;
use jiff::Timestamp;
use kit::dynamo::{Item, PK, SK, StoreError, Transaction, key, n, read, s, transaction};

pub use self::announcements::Place;
pub use self::changes::Stamp;
use self::items::{
    ALL_SK, CARD, CARD_SK, EVENT_SK, PERFORMANCE_SK, REVISION, STATE, TICKET_TYPE_SK, WITHDRAWN, card_item, event_item,
    event_pk, performance_item, ticket_type_item,
};
pub use self::items::{LayoutSummary, List};
pub use self::keywords::Kept;
use crate::domain::card::Card;
use crate::domain::changes::Changes;
use crate::domain::programme::Programme;

/// The table, through a client.
#[derive(Debug, Clone)]
pub struct Store {
    client: Client,
    table: String,
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

    /// Writes a step of a change, unless anything of the event has been changed since the programme was read.
    ///
    /// # Errors
    /// When the table does not answer. `false`: read again.
    pub async fn take(&self, programme: &Programme, step: &Changes, now: Timestamp) -> Result<bool, StoreError> {
        let mut actions = vec![self.count(programme)?];
        if let Some((event, event_type)) = &step.event {
            actions.push(self.next_version(event_item(event, *event_type, now)?, event.version)?);
        }
        for change in &step.performances {
            actions.push(self.next_version(performance_item(change, now)?, change.state.version)?);
        }
        for (ticket_type, event_type) in &step.ticket_types {
            let item = ticket_type_item(ticket_type, *event_type, now)?;
            actions.push(self.next_version(item, ticket_type.version)?);
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

    /// Counts a step, if it is the next one.
    fn count(&self, programme: &Programme) -> Result<TransactWriteItem, StoreError> {
        let count = Update::builder()
            .table_name(&self.table)
            .set_key(Some(key(event_pk(programme.event.id), ALL_SK)))
            .update_expression("SET #revision = :next")
            .condition_expression("attribute_not_exists(#revision) OR #revision = :seen")
            .expression_attribute_names("#revision", REVISION)
            .expression_attribute_values(":seen", n(programme.revision))
            .expression_attribute_values(":next", n(programme.revision + 1));
        Ok(TransactWriteItem::builder().update(built(count.build())?).build())
    }

    /// Writes an aggregate at this version over the one before, or as a new one.
    fn next_version(&self, item: Item, version: u64) -> Result<TransactWriteItem, StoreError> {
        let put = Put::builder().table_name(&self.table).set_item(Some(item));
        let put = if version == 1 {
            put.condition_expression("attribute_not_exists(#pk)").expression_attribute_names("#pk", PK)
        } else {
            put.condition_expression("#state.#version = :version")
                .expression_attribute_names("#state", STATE)
                .expression_attribute_names("#version", "version")
                .expression_attribute_values(":version", n(version - 1))
        };
        Ok(TransactWriteItem::builder().put(built(put.build())?).build())
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
    let (mut event, mut card, mut revision) = (None, None, 0);
    let (mut performances, mut withdrawn, mut ticket_types) = (Vec::new(), BTreeMap::new(), Vec::new());
    for item in items {
        match sk(item).as_str() {
            EVENT_SK => event = read(item, STATE)?,
            CARD_SK => card = read(item, CARD)?.zip(read(item, REVISION)?),
            ALL_SK => revision = read(item, REVISION)?.unwrap_or_default(),
            sk if sk.starts_with(PERFORMANCE_SK) => {
                let performance = read::<PerformanceState>(item, STATE)?;
                let Some(performance) = performance.filter(|performance| !performance.removed) else { continue };
                withdrawn.extend(read(item, WITHDRAWN)?.map(|terms| (performance.id, terms)));
                performances.push(performance);
            }
            sk if sk.starts_with(TICKET_TYPE_SK) => {
                let ticket_type = read::<TicketTypeState>(item, STATE)?;
                ticket_types.extend(ticket_type.filter(|ticket_type| !ticket_type.removed));
            }
            _ => {}
        }
    }
    Ok(event.zip(card).map(|(event, (card, card_revision))| Programme {
        event,
        card,
        card_revision,
        revision,
        performances,
        withdrawn,
        ticket_types,
    }))
}

fn built<T>(result: Result<T, aws_sdk_dynamodb::error::BuildError>) -> Result<T, StoreError> {
    result.map_err(|error| StoreError::Unreadable(Box::new(error)))
}
