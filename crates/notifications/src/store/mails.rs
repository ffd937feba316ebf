//! The record of mails: who is sending one, and that it was sent.

use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use contracts::ids::ReservationId;
use jiff::Timestamp;
use kit::dynamo::{Conditional as _, Item, PK, Refused, StoreError, TTL, key, n, s};
use uuid::Uuid;

use super::{LEASE_SECONDS, LEASE_UNTIL, OWNER, REMEMBER_SECONDS, Store};

const STATUS: &str = "status";
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

impl Store {
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

fn mail_key(mail: MailKey<'_>) -> Item {
    key(format!("MAIL#{}", mail.reservation), mail.event_id)
}
