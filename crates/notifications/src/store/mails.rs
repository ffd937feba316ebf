//! What a notice's item says of its mail: who is sending it, and that it was sent.

use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use contracts::ids::{NotificationId, UserId};
use jiff::Timestamp;
use kit::dynamo::{Conditional as _, Refused, StoreError, TTL, attribute, n, s};
use uuid::Uuid;

use super::inbox::{NOTICE, notice_key};
use super::{LEASE_SECONDS, REMEMBER_SECONDS, Store};
use crate::domain::Notice;

const OWNER: &str = "mailOwner";
const LEASE_UNTIL: &str = "mailLeaseUntil";
const SENT_AT: &str = "mailSentAt";

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
    /// Puts a notice into the inbox of a user, once, however often it is done; and claims the right to send its mail,
    /// for [`LEASE_SECONDS`] from `now`. `owner` names this attempt. One write does both: whatever the answer, the
    /// notice is there.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn claim_mail(
        &self,
        user: UserId,
        notice: &Notice,
        owner: Uuid,
        now: Timestamp,
    ) -> Result<Claim, StoreError> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(notice_key(user, notice.id)))
            // What is there stays: it may have been read since.
            .update_expression(
                "SET #notice = if_not_exists(#notice, :notice), #ttl = if_not_exists(#ttl, :ttl), \
                #owner = :owner, #lease = :until",
            )
            .condition_expression("attribute_not_exists(#sent) AND (attribute_not_exists(#lease) OR #lease < :now)")
            .expression_attribute_names("#notice", NOTICE)
            .expression_attribute_names("#ttl", TTL)
            .expression_attribute_names("#owner", OWNER)
            .expression_attribute_names("#lease", LEASE_UNTIL)
            .expression_attribute_names("#sent", SENT_AT)
            .expression_attribute_values(":notice", attribute(notice)?)
            .expression_attribute_values(":ttl", n(notice.created_at.as_second() + REMEMBER_SECONDS))
            .expression_attribute_values(":owner", s(owner.to_string()))
            .expression_attribute_values(":now", n(now.as_second()))
            .expression_attribute_values(":until", n(now.as_second() + LEASE_SECONDS))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let Err(Refused(old)) = update.send().await.conditional()? else { return Ok(Claim::Granted) };
        let old = old.unwrap_or_default();
        Ok(if old.contains_key(SENT_AT) {
            Claim::AlreadySent
        } else if old.get(OWNER).is_some_and(|known| *known == s(owner.to_string())) {
            // The SDK asked again because the first answer was lost: it is our own claim that is in the way.
            Claim::Granted
        } else {
            Claim::Busy
        })
    }

    /// Remembers that a notice's mail was sent and what the post called it.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn mark_sent(
        &self,
        user: UserId,
        id: NotificationId,
        message_id: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(notice_key(user, id)))
            .update_expression("SET #message = :message, #sent = :at REMOVE #lease")
            .expression_attribute_names("#message", "mailMessageId")
            .expression_attribute_names("#sent", SENT_AT)
            .expression_attribute_names("#lease", LEASE_UNTIL)
            .expression_attribute_values(":message", s(message_id))
            .expression_attribute_values(":at", n(now.as_second()))
            .send()
            .await?;
        Ok(())
    }
}
