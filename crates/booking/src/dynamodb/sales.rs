//! What catalog has published, kept for booking's own use.

use aws_sdk_dynamodb::types::{PutRequest, WriteRequest};
use contracts::catalog::{LayoutState, PerformanceState};
use contracts::ids::{EventId, LayoutId, PerformanceId, TicketTypeId};
use kit::dynamo::{Conditional as _, Item, PK, SK, StoreError, attribute, key, n, read, s};

use super::Store;

const STATE: &str = "state";
const GEOMETRY: &str = "geometry";
/// The most items that one BatchWriteItem takes.
const BATCH: usize = 25;

impl Store {
    /// Keeps a published performance, unless a later version is kept already.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn put_performance(&self, performance: &PerformanceState) -> Result<(), StoreError> {
        // The indexes first: once the performance is found, everything about it is.
        let ticket_types = performance.terms.iter().flat_map(|terms| &terms.ticket_types);
        let mut partitions: Vec<_> = ticket_types.map(|ticket_type| format!("TKT#{}", ticket_type.id)).collect();
        partitions.push(format!("EVT#{}", performance.event_id));
        for batch in partitions.chunks(BATCH) {
            let mut requests: Vec<_> = Vec::with_capacity(batch.len());
            for pk in batch {
                let item = key(pk, performance.id.to_string());
                let put = PutRequest::builder().set_item(Some(item)).build();
                let put = put.map_err(|error| StoreError::Unreadable(Box::new(error)))?;
                requests.push(WriteRequest::builder().put_request(put).build());
            }
            let answer = self.client.batch_write_item().request_items(&self.table, requests).send().await?;
            if answer.unprocessed_items.is_some_and(|left| !left.is_empty()) {
                return Err(StoreError::Contended);
            }
        }
        let mut item = key(format!("PRF#{}", performance.id), "SALE");
        item.insert(STATE.to_owned(), attribute(performance)?);
        let outcome = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(#pk) OR #state.#version < :version")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#state", STATE)
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":version", n(performance.version))
            .send()
            .await
            .conditional()?;
        // Refused: a later version is there, and this news is old.
        drop(outcome);
        Ok(())
    }

    /// Keeps a layout. Layouts never change, so keeping one twice is harmless.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn put_layout(&self, layout: &LayoutState) -> Result<(), StoreError> {
        let mut item = key(format!("LAY#{}", layout.id), "LAY");
        item.insert(GEOMETRY.to_owned(), s(&layout.geometry));
        self.client.put_item().table_name(&self.table).set_item(Some(item)).send().await?;
        Ok(())
    }

    /// A published performance.
    ///
    /// # Errors
    /// When the table does not answer or the item cannot be read.
    pub async fn performance(&self, id: PerformanceId) -> Result<Option<PerformanceState>, StoreError> {
        self.item(key(format!("PRF#{id}"), "SALE")).await?.map_or(Ok(None), |item| read(&item, STATE))
    }

    /// A layout's packed geometry.
    ///
    /// # Errors
    /// When the table does not answer or the item cannot be read.
    pub async fn geometry(&self, id: LayoutId) -> Result<Option<String>, StoreError> {
        self.item(key(format!("LAY#{id}"), "LAY")).await?.map_or(Ok(None), |item| read(&item, GEOMETRY))
    }

    /// The published performances of an event.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn performances_of_event(&self, id: EventId) -> Result<Vec<PerformanceId>, StoreError> {
        self.performances(format!("EVT#{id}")).await
    }

    /// The published performances that a ticket type is sold for.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn performances_of_ticket_type(&self, id: TicketTypeId) -> Result<Vec<PerformanceId>, StoreError> {
        self.performances(format!("TKT#{id}")).await
    }

    async fn item(&self, key: Item) -> Result<Option<Item>, StoreError> {
        Ok(self.client.get_item().table_name(&self.table).set_key(Some(key)).send().await?.item)
    }

    async fn performances(&self, partition: String) -> Result<Vec<PerformanceId>, StoreError> {
        let items: Vec<Item> = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("#pk = :pk")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_values(":pk", s(partition))
            .into_paginator()
            .items()
            .send()
            .collect::<Result<_, _>>()
            .await?;
        items
            .iter()
            .map(|item| {
                let id = item.get(SK).and_then(|value| value.as_s().ok()).and_then(|id| id.parse().ok());
                id.ok_or_else(|| StoreError::Unreadable("an index entry of no performance".into()))
            })
            .collect()
    }
}
