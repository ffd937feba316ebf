//! The table of notifications in DynamoDB.
//!
//! | item | `pk` | `sk` | attributes |
//! |---|---|---|---|
//! | contact | `CONTACT#<user>` | `CONTACT` | `state`, `version` |
//! | performance | `PERFORMANCE#<performance>` | `PERFORMANCE` | `state`, `version` |
//! | notice | `INBOX#<user>` | `<notification>` | `notice`, `readAt`, `ttl`; of its mail `mailOwner`, `mailLeaseUntil`, `mailSentAt`, `mailMessageId`; of its push messages `owner`, `leaseUntil`, `pushedTo`, `pushDone` |
//! | browsers | `PUSH#<user>` | `PUSH` | `subscriptions`, `version`, `ttl` |
//! | browser's account | `ENDPOINT#<hash of the address>` | `ENDPOINT` | `userId`, `ttl` |

mod browsers;
mod inbox;
mod mails;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::KeysAndAttributes;
use contracts::ids::{PerformanceId, UserId};
use kit::dynamo::{Conditional as _, Item, PK, Refused, SK, StoreError, attribute, key, n, read};
use serde::Serialize;

use crate::domain::{Contact, Showing};

pub use browsers::{Browsers, Change};
pub use inbox::{Entry, PushClaim, UNREAD_AMONG};
pub use mails::Claim;

/// How long a sender has a mail, or the push messages about it, to itself, in seconds: longer than the function may
/// run, shorter than the queue waits before it delivers again.
pub const LEASE_SECONDS: i64 = 45;

/// How long it is remembered what was told, in seconds: longer than any queue keeps a message.
const REMEMBER_SECONDS: i64 = 400 * 24 * 60 * 60;

const STATE: &str = "state";
const VERSION: &str = "version";
const OWNER: &str = "owner";
const LEASE_UNTIL: &str = "leaseUntil";

/// The table of notifications.
#[derive(Debug, Clone)]
pub struct Store {
    client: Client,
    table: String,
}

impl Store {
    /// In this table.
    #[must_use]
    pub const fn new(client: Client, table: String) -> Self {
        Self { client, table }
    }

    /// Keeps how to write to a user, unless something newer is known.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn put_contact(&self, user: UserId, version: u64, contact: &Contact) -> Result<(), StoreError> {
        self.put_newest(contact_key(user), version, contact).await
    }

    /// Keeps what to say of a performance, unless something newer is known.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn put_showing(&self, id: PerformanceId, version: u64, showing: &Showing) -> Result<(), StoreError> {
        self.put_newest(showing_key(id), version, showing).await
    }

    async fn put_newest<T: Serialize>(&self, mut item: Item, version: u64, state: &T) -> Result<(), StoreError> {
        item.insert(VERSION.to_owned(), n(version));
        item.insert(STATE.to_owned(), attribute(state)?);
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(#pk) OR #version < :version")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#version", VERSION)
            .expression_attribute_values(":version", n(version));
        // Refused: events come in any order, and the newer one was here before.
        put.send().await.conditional()?.map_or_else(|Refused(_)| Ok(()), |_| Ok(()))
    }

    /// How to write to a user and what to say of a performance, as far as either is known.
    ///
    /// # Errors
    /// When the table did not answer for both.
    pub async fn contact_and_showing(
        &self,
        user: UserId,
        performance: PerformanceId,
    ) -> Result<(Option<Contact>, Option<Showing>), StoreError> {
        let (contact, showing) = (contact_key(user), showing_key(performance));
        let keys = KeysAndAttributes::builder().keys(contact.clone()).keys(showing.clone()).consistent_read(true);
        let keys = keys.build().map_err(|error| StoreError::Unreadable(error.into()))?;
        let answer = self.client.batch_get_item().request_items(&self.table, keys).send().await?;
        if answer.unprocessed_keys.is_some_and(|left| !left.is_empty()) {
            return Err(StoreError::Unavailable("the table left out some of the items".into()));
        }
        let items = answer.responses.and_then(|mut tables| tables.remove(&self.table)).unwrap_or_default();
        let find = |key: &Item| items.iter().find(|item| [PK, SK].iter().all(|part| item.get(*part) == key.get(*part)));
        let contact = find(&contact).map(|item| read(item, STATE)).transpose()?.flatten();
        let showing = find(&showing).map(|item| read(item, STATE)).transpose()?.flatten();
        Ok((contact, showing))
    }
}

fn contact_key(user: UserId) -> Item {
    key(format!("CONTACT#{user}"), "CONTACT")
}

fn showing_key(performance: PerformanceId) -> Item {
    key(format!("PERFORMANCE#{performance}"), "PERFORMANCE")
}
