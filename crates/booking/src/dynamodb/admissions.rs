//! What the waiting room has said: which events it guards, and which admissions are over.

use contracts::ids::{AdmissionId, EventId, UserId};
use contracts::waiting_room::{AdmissionState, QueueState};
use kit::dynamo::{Conditional as _, Item, PK, StoreError, TTL, attribute, key, n, read, s};

use super::Store;
use crate::domain::admission::Guard;

const ENABLED: &str = "enabled";
const ERA: &str = "era";
const VERSION: &str = "version";
const ADMISSION: &str = "admission";

/// How long the end of an admission is kept, in seconds. No token outlives its admission's end by more than the longest
/// session, an hour; the second one is for news that comes late.
const ENDS_KEPT_SECONDS: i64 = 2 * 60 * 60;

impl Store {
    /// Who guards an event's sales, as of a moment ago.
    ///
    /// # Errors
    /// When the table does not answer or the item cannot be read.
    pub async fn guard(&self, event: EventId) -> Result<Guard, StoreError> {
        let Some(item) = self.item(guard_key(event), false).await? else { return Ok(Guard::default()) };
        let missing = || StoreError::Unreadable("a guard without a rule".into());
        Ok(Guard {
            enabled: read(&item, ENABLED)?.ok_or_else(missing)?,
            era: read(&item, ERA)?.ok_or_else(missing)?,
            version: read(&item, VERSION)?.ok_or_else(missing)?,
        })
    }

    /// Keeps what a queue says of its event, unless a later version has said something already.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn put_guard(&self, queue: &QueueState) -> Result<(), StoreError> {
        let mut item = guard_key(queue.event_id);
        item.insert(ENABLED.to_owned(), attribute(&queue.enabled)?);
        item.insert(ERA.to_owned(), n(queue.era));
        item.insert(VERSION.to_owned(), n(queue.version));
        let request = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(#pk) OR #version < :version")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#version", VERSION)
            .expression_attribute_values(":version", n(queue.version));
        request.send().await.conditional().map(drop)
    }

    /// The latest of a buyer's admissions to an event that is known to be over, as of a moment ago.
    ///
    /// # Errors
    /// When the table does not answer or the item cannot be read.
    pub async fn ended_admission(&self, event: EventId, user: UserId) -> Result<Option<AdmissionId>, StoreError> {
        self.item(end_key(event, user), false).await?.map_or(Ok(None), |item| read(&item, ADMISSION))
    }

    /// Keeps that an admission is over, unless it is known of a later one. Ids of admissions sort by time.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn put_ended_admission(&self, admission: &AdmissionState) -> Result<(), StoreError> {
        let mut item = end_key(admission.event_id, admission.user_id);
        item.insert(ADMISSION.to_owned(), s(admission.id.to_string()));
        item.insert(TTL.to_owned(), n(admission.expires_at.saturating_add(ENDS_KEPT_SECONDS)));
        let request = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(#pk) OR #admission < :admission")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#admission", ADMISSION)
            .expression_attribute_values(":admission", s(admission.id.to_string()));
        request.send().await.conditional().map(drop)
    }
}

fn guard_key(event: EventId) -> Item {
    key(format!("GUARD#{event}"), "GUARD")
}

fn end_key(event: EventId, user: UserId) -> Item {
    key(format!("ENDED#{event}#{user}"), "ENDED")
}
