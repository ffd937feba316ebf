//! Inboxes, and how far the push messages about what is in them have come.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure, Select};
use contracts::ids::{NotificationId, PushSubscriptionId, UserId};
use jiff::Timestamp;
use kit::dynamo::{Conditional as _, Item, PK, Refused, StoreError, attribute, key, n, read, s};
use uuid::Uuid;

use super::{LEASE_SECONDS, LEASE_UNTIL, OWNER, Store};
use crate::domain::Notice;

/// Among how many of the latest notices of somebody the unread ones are counted.
pub const UNREAD_AMONG: i32 = 200;

pub(super) const NOTICE: &str = "notice";
const READ_AT: &str = "readAt";
const PUSH_DONE: &str = "pushDone";
const PUSHED_TO: &str = "pushedTo";

/// A notice in somebody's inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it says.
    pub notice: Notice,
    /// When its reader said that they had read it.
    pub read_at: Option<Timestamp>,
}

/// What became of a claim to send the push messages about a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PushClaim {
    /// Ours to send.
    Granted {
        /// The browsers that have theirs from an earlier try.
        pushed_to: BTreeSet<PushSubscriptionId>,
    },
    /// Nothing left to do.
    Done,
    /// Somebody else is sending them, or was stopped while doing so less than [`LEASE_SECONDS`] ago.
    Busy,
}

impl Store {
    /// At most `limit` notices of a user, the latest first, those before `before` if that is given; and whether there are
    /// more.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn notices(
        &self,
        user: UserId,
        before: Option<NotificationId>,
        limit: u32,
    ) -> Result<(Vec<Entry>, bool), StoreError> {
        let mut query = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("#pk = :pk")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_values(":pk", s(inbox(user)))
            .consistent_read(true)
            .scan_index_forward(false)
            .limit(i32::try_from(limit).unwrap_or(i32::MAX));
        if let Some(before) = before {
            query = query.set_exclusive_start_key(Some(notice_key(user, before)));
        }
        let answer = query.send().await?;
        let more = answer.last_evaluated_key.is_some_and(|key| !key.is_empty());
        let entries = answer.items.unwrap_or_default().iter().map(entry).collect::<Result<_, _>>()?;
        Ok((entries, more))
    }

    /// How many of the latest [`UNREAD_AMONG`] notices of a user are unread.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn unread(&self, user: UserId) -> Result<u32, StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("#pk = :pk")
            .filter_expression("attribute_not_exists(#read)")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#read", READ_AT)
            .expression_attribute_values(":pk", s(inbox(user)))
            .consistent_read(true)
            .scan_index_forward(false)
            .select(Select::Count)
            .limit(UNREAD_AMONG);
        Ok(u32::try_from(query.send().await?.count).unwrap_or_default())
    }

    /// Remembers that a notice was read, the first time. `false`: this user has no such notice.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn mark_read(&self, user: UserId, id: NotificationId, now: Timestamp) -> Result<bool, StoreError> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(notice_key(user, id)))
            .update_expression("SET #read = if_not_exists(#read, :now)")
            .condition_expression("attribute_exists(#pk)")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#read", READ_AT)
            .expression_attribute_values(":now", attribute(&now)?);
        Ok(update.send().await.conditional()?.is_ok())
    }

    /// Claims the right to send the push messages about a notice, for [`LEASE_SECONDS`] from `now`. `owner` names this
    /// attempt.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn claim_push(
        &self,
        user: UserId,
        id: NotificationId,
        owner: Uuid,
        now: Timestamp,
    ) -> Result<PushClaim, StoreError> {
        // Our own claim is in the way when the SDK asks again because the first answer was lost.
        let free = "attribute_not_exists(#lease) OR #lease < :now OR #owner = :owner";
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(notice_key(user, id)))
            .update_expression("SET #owner = :owner, #lease = :until")
            .condition_expression(format!("attribute_exists(#pk) AND attribute_not_exists(#done) AND ({free})"))
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#done", PUSH_DONE)
            .expression_attribute_names("#owner", OWNER)
            .expression_attribute_names("#lease", LEASE_UNTIL)
            .expression_attribute_values(":owner", s(owner.to_string()))
            .expression_attribute_values(":now", n(now.as_second()))
            .expression_attribute_values(":until", n(now.as_second() + LEASE_SECONDS))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match update.send().await.conditional()? {
            Ok(answer) => {
                let item = answer.attributes.unwrap_or_default();
                Ok(PushClaim::Granted { pushed_to: read(&item, PUSHED_TO)?.unwrap_or_default() })
            }
            Err(Refused(Some(old))) if !old.contains_key(PUSH_DONE) => Ok(PushClaim::Busy),
            Err(Refused(_)) => Ok(PushClaim::Done),
        }
    }

    /// Gives a claim back: with the browsers that have their message now, and whether nothing is left to do.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn settle_push(
        &self,
        user: UserId,
        id: NotificationId,
        owner: Uuid,
        pushed_to: &[PushSubscriptionId],
        done: bool,
    ) -> Result<(), StoreError> {
        let (mut sets, mut adds) = ("", "");
        let mut update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(notice_key(user, id)))
            .condition_expression("#owner = :owner")
            .expression_attribute_names("#owner", OWNER)
            .expression_attribute_names("#lease", LEASE_UNTIL)
            .expression_attribute_values(":owner", s(owner.to_string()));
        if done {
            sets = "SET #done = :done";
            update = update
                .expression_attribute_names("#done", PUSH_DONE)
                .expression_attribute_values(":done", AttributeValue::Bool(true));
        }
        // Sets cannot be empty.
        if !pushed_to.is_empty() {
            adds = "ADD #pushed :pushed";
            let names = pushed_to.iter().map(ToString::to_string).collect();
            update = update
                .expression_attribute_names("#pushed", PUSHED_TO)
                .expression_attribute_values(":pushed", AttributeValue::Ss(names));
        }
        let update = update.update_expression(format!("{sets} {adds} REMOVE #lease"));
        // Refused: the lease ran out, and who has it now will tell.
        update.send().await.conditional()?.map_or_else(|Refused(_)| Ok(()), |_| Ok(()))
    }
}

fn entry(item: &Item) -> Result<Entry, StoreError> {
    let notice = read(item, NOTICE)?.ok_or_else(|| StoreError::Unreadable("an entry without a notice".into()))?;
    Ok(Entry { notice, read_at: read(item, READ_AT)? })
}

fn inbox(user: UserId) -> String {
    format!("INBOX#{user}")
}

pub(super) fn notice_key(user: UserId, id: NotificationId) -> Item {
    key(inbox(user), id.to_string())
}
