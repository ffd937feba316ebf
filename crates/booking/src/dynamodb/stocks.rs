//! What is left of performances, kept beside the index of their event: one query reads both.

use std::collections::BTreeMap;

use contracts::ids::{EventId, PerformanceId, TicketTypeId};
use jiff::Timestamp;
use kit::dynamo::{Conditional as _, Item, PK, SK, StoreError, attribute, key, n, read, s};
use serde::{Deserialize, Serialize};

use super::Store;
use crate::domain::listing::Standing;
use crate::domain::stock::{Stock, Tickets};

const PREFIX: &str = "AVL#";
const STOCK: &str = "stock";
const REVISION: &str = "revision";

/// The performances of an event.
#[derive(Debug, Default)]
pub struct Showings {
    /// All that were ever published.
    pub performances: Vec<PerformanceId>,
    /// What is kept of them.
    pub stocks: Vec<Stock>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stored {
    starts_at: Timestamp,
    closes_at: Timestamp,
    time_zone: String,
    standing: Standing,
    tickets: BTreeMap<TicketTypeId, Tickets>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lapses_at: Option<i64>,
}

impl Store {
    /// The performances of an event, and what is kept of each.
    ///
    /// # Errors
    /// When the table does not answer or an item cannot be read.
    pub async fn showings(&self, event: EventId) -> Result<Showings, StoreError> {
        let mut showings = Showings::default();
        for item in self.query(format!("EVT#{event}")).await? {
            let sk = item.get(SK).and_then(|sk| sk.as_s().ok()).map(String::as_str).unwrap_or_default();
            let (kept, id) = sk.strip_prefix(PREFIX).map_or((false, sk), |id| (true, id));
            let id = id.parse().map_err(|error| StoreError::Unreadable(Box::new(error)))?;
            if kept {
                showings.stocks.push(parse(event, id, &item)?);
            } else {
                showings.performances.push(id);
            }
        }
        Ok(showings)
    }

    /// How often the stock of a performance has been written; zero when it has not been.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn stock_revision(&self, event: EventId, performance: PerformanceId) -> Result<u64, StoreError> {
        let answer = self
            .client
            .get_item()
            .table_name(&self.table)
            .set_key(Some(stock_key(event, performance)))
            .consistent_read(true)
            .projection_expression("#revision")
            .expression_attribute_names("#revision", REVISION)
            .send()
            .await?;
        Ok(answer.item.map_or(Ok(None), |item| read(&item, REVISION))?.unwrap_or(0))
    }

    /// Keeps a stock, unless somebody else has written it since its revision was `revision`: then the answer is `false`.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn put_stock(&self, stock: &Stock, revision: u64) -> Result<bool, StoreError> {
        let Stock { event, performance, starts_at, closes_at, standing, lapses_at, .. } = *stock;
        let (time_zone, tickets) = (stock.time_zone.clone(), stock.tickets.clone());
        let mut item = stock_key(event, performance);
        let stored = Stored { starts_at, closes_at, time_zone, standing, tickets, lapses_at };
        item.insert(STOCK.to_owned(), attribute(&stored)?);
        item.insert(REVISION.to_owned(), n(revision + 1));
        let request = self.client.put_item().table_name(&self.table).set_item(Some(item));
        let request = if revision == 0 {
            request.condition_expression("attribute_not_exists(#pk)").expression_attribute_names("#pk", PK)
        } else {
            request
                .condition_expression("#revision = :revision")
                .expression_attribute_names("#revision", REVISION)
                .expression_attribute_values(":revision", n(revision))
        };
        Ok(request.send().await.conditional()?.is_ok())
    }

    /// All items of a partition, as of a moment ago.
    pub(super) async fn query(&self, partition: String) -> Result<Vec<Item>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("#pk = :pk")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_values(":pk", s(partition));
        Ok(query.into_paginator().items().send().collect::<Result<_, _>>().await?)
    }
}

fn stock_key(event: EventId, performance: PerformanceId) -> Item {
    key(format!("EVT#{event}"), format!("{PREFIX}{performance}"))
}

fn parse(event: EventId, performance: PerformanceId, item: &Item) -> Result<Stock, StoreError> {
    let stored: Option<Stored> = read(item, STOCK)?;
    let Stored { starts_at, closes_at, time_zone, standing, tickets, lapses_at } =
        stored.ok_or_else(|| StoreError::Unreadable("a stock without counts".into()))?;
    Ok(Stock { event, performance, starts_at, closes_at, time_zone, standing, tickets, lapses_at })
}
