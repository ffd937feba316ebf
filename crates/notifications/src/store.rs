//! Contacts, performances and the record of mails in DynamoDB.
//!
//! | item | `pk` | `sk` | attributes |
//! |---|---|---|---|
//! | contact | `CONTACT#<user>` | `CONTACT` | `state`, `version` |
//! | performance | `PERFORMANCE#<performance>` | `PERFORMANCE` | `state`, `version` |
//! | mail | `MAIL#<reservation>` | `<event id>` | `status`, `owner`, `leaseUntil`, `messageId`, `sentAt`, `ttl` |

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{KeysAndAttributes, ReturnValuesOnConditionCheckFailure};
use contracts::ids::{PerformanceId, ReservationId, UserId};
use jiff::Timestamp;
use kit::dynamo::{Conditional as _, Item, PK, Refused, SK, StoreError, TTL, attribute, key, n, read, s};
use serde::Serialize;
use uuid::Uuid;

use crate::domain::{Contact, Showing};

/// How long a sender has a mail to itself, in seconds: longer than the function may run, shorter than the queue waits
/// before it delivers again.
pub const LEASE_SECONDS: i64 = 45;

/// How long it is remembered that a mail was sent, in seconds: longer than any queue keeps a message.
const REMEMBER_SECONDS: i64 = 400 * 24 * 60 * 60;

const STATE: &str = "state";
const VERSION: &str = "version";
const STATUS: &str = "status";
const OWNER: &str = "owner";
const LEASE_UNTIL: &str = "leaseUntil";
const SENT: &str = "SENT";
const CLAIMED: &str = "CLAIMED";

/// Which mail: every event is written about once.
#[derive(Debug, Clone, Copy)]
pub struct MailKey<'a> {
    /// The reservation it is about.
    pub reservation: ReservationId,
    /// The event it is about.
    pub event_id: &'a str,
}

/// What became of a claim to send a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// Ours to send.
    Granted,
    /// Nothing left to do.
    AlreadySent,
    /// Somebody else is sending it, or was stopped while doing so less than [`LEASE_SECONDS`] ago.
    Busy,
}

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

    /// Claims the right to send a mail, for [`LEASE_SECONDS`] from `now`. `owner` names this attempt.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn claim(&self, mail: MailKey<'_>, owner: Uuid, now: Timestamp) -> Result<Claim, StoreError> {
        let mut item = mail_key(mail);
        item.insert(STATUS.to_owned(), s(CLAIMED));
        item.insert(OWNER.to_owned(), s(owner.to_string()));
        item.insert(LEASE_UNTIL.to_owned(), n(now.as_second() + LEASE_SECONDS));
        item.insert(TTL.to_owned(), n(now.as_second() + REMEMBER_SECONDS));
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(#pk) OR (#status = :claimed AND #lease < :now)")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#status", STATUS)
            .expression_attribute_names("#lease", LEASE_UNTIL)
            .expression_attribute_values(":claimed", s(CLAIMED))
            .expression_attribute_values(":now", n(now.as_second()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let Err(Refused(old)) = put.send().await.conditional()? else { return Ok(Claim::Granted) };
        let old = old.unwrap_or_default();
        let is = |name: &str, value: &str| old.get(name).is_some_and(|known| *known == s(value));
        Ok(if is(STATUS, SENT) {
            Claim::AlreadySent
        } else if is(OWNER, &owner.to_string()) {
            // The SDK asked again because the first answer was lost: it is our own claim that is in the way.
            Claim::Granted
        } else {
            Claim::Busy
        })
    }

    /// Remembers that a mail was sent and what the post called it.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn mark_sent(&self, mail: MailKey<'_>, message_id: &str, now: Timestamp) -> Result<(), StoreError> {
        self.client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(mail_key(mail)))
            .update_expression("SET #status = :sent, #message = :message, #at = :at, #ttl = :ttl REMOVE #lease")
            .expression_attribute_names("#status", STATUS)
            .expression_attribute_names("#message", "messageId")
            .expression_attribute_names("#at", "sentAt")
            .expression_attribute_names("#ttl", TTL)
            .expression_attribute_names("#lease", LEASE_UNTIL)
            .expression_attribute_values(":sent", s(SENT))
            .expression_attribute_values(":message", s(message_id))
            .expression_attribute_values(":at", n(now.as_second()))
            .expression_attribute_values(":ttl", n(now.as_second() + REMEMBER_SECONDS))
            .send()
            .await?;
        Ok(())
    }
}

fn contact_key(user: UserId) -> Item {
    key(format!("CONTACT#{user}"), "CONTACT")
}

fn showing_key(performance: PerformanceId) -> Item {
    key(format!("PERFORMANCE#{performance}"), "PERFORMANCE")
}

fn mail_key(mail: MailKey<'_>) -> Item {
    key(format!("MAIL#{}", mail.reservation), mail.event_id)
}
