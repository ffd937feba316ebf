//! What has changed, in that order, from the index `changes`.

use std::fmt;

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use jiff::Timestamp;
use kit::dynamo::{Item, PK, SK, StoreError, read, s};
use kit::worker::chain;
use serde::de::DeserializeOwned;

use super::Store;
use super::items::{
    ALL_CHANGES, CARD, CARD_SK, CHANGES, CHANGES_PK, CHANGES_SK, KEYWORD_SK, POPULARITY_SK, REVISION, STATE, TICKETS,
    stamp_key,
};
use crate::search::index::Change;

/// An item's place among the changes. The time in it is the writer's, taken before the write.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp(String);

impl Stamp {
    /// The stamp that this text is, as it was [displayed](fmt::Display).
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The time in it; the epoch when it is no stamp of ours.
    #[must_use]
    pub fn time(&self) -> Timestamp {
        let time = self.0.split('#').next().and_then(|text| Timestamp::from_millisecond(text.parse().ok()?).ok());
        time.unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Store {
    /// Hands everything stamped at or after `since` to `take`, page by page, in order. An item that cannot be read is
    /// logged and left out: one of them must not hide all others.
    ///
    /// The read is not consistent; a change is there some milliseconds after its write.
    ///
    /// # Errors
    /// When the table does not answer; what was handed out before is right all the same.
    pub async fn changes(&self, since: Timestamp, mut take: impl FnMut(Stamp, Change)) -> Result<(), StoreError> {
        let mut pages = self
            .query_changes()
            .key_condition_expression("#changesPk = :all AND #changesSk >= :since")
            .expression_attribute_names("#changesSk", CHANGES_SK)
            .expression_attribute_values(":since", s(stamp_key(since)))
            .into_paginator()
            .send();
        while let Some(page) = pages.next().await {
            for item in page?.items.unwrap_or_default() {
                match change(&item) {
                    Ok(change) => take(stamp(&item), change),
                    Err(error) => {
                        let (pk, sk) = (text(&item, PK), text(&item, SK));
                        tracing::error!(pk, sk, error = chain(&error), "a change is left out of the search");
                    }
                }
            }
        }
        Ok(())
    }

    /// The stamp of the latest change; `None` when there is none.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn latest_change(&self) -> Result<Option<Stamp>, StoreError> {
        let query = self.query_changes().key_condition_expression("#changesPk = :all");
        let answer = query.scan_index_forward(false).limit(1).send().await?;
        Ok(answer.items().first().map(stamp))
    }

    fn query_changes(&self) -> QueryFluentBuilder {
        self.client
            .query()
            .table_name(&self.table)
            .index_name(CHANGES)
            .expression_attribute_names("#changesPk", CHANGES_PK)
            .expression_attribute_values(":all", s(ALL_CHANGES))
    }
}

fn stamp(item: &Item) -> Stamp {
    Stamp::new(text(item, CHANGES_SK))
}

fn change(item: &Item) -> Result<Change, StoreError> {
    let revision = || required(item, REVISION);
    match text(item, SK) {
        CARD_SK => Ok(Change::Card { card: required(item, CARD)?, revision: revision()? }),
        POPULARITY_SK => {
            let event_id = text(item, PK).strip_prefix("EVT#").unwrap_or_default().parse();
            let event_id = event_id.map_err(|error| StoreError::Unreadable(Box::new(error)))?;
            Ok(Change::Popularity { event_id, tickets: required(item, TICKETS)?, revision: revision()? })
        }
        KEYWORD_SK => Ok(Change::Keyword(required(item, STATE)?)),
        other => Err(StoreError::Unreadable(format!("nothing that is searched is called {other:?}").into())),
    }
}

fn required<T: DeserializeOwned>(item: &Item, name: &str) -> Result<T, StoreError> {
    read(item, name)?.ok_or_else(|| StoreError::Unreadable(format!("{name} is missing").into()))
}

fn text<'a>(item: &'a Item, name: &str) -> &'a str {
    item.get(name).and_then(|value| value.as_s().ok()).map_or("", String::as_str)
}
