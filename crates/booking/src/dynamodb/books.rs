//! Buyers' books.

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure};
use contracts::booking::ReservationState;
use contracts::event::{EventType, LAST_EVENT, LastEvent};
use contracts::ids::{AdmissionId, PerformanceId, ReservationId, UserId};
use jiff::Timestamp;
use kit::dynamo::{Conditional as _, Item, PK, Refused, SK, StoreError, attribute, key, n, read, s};
use kit::idempotency::KEY_LIFETIME_SECONDS;
use serde::{Deserialize, Serialize};

use super::{Store, spread};
use crate::domain::book::{BookId, BuyerBook, KeyUse};

pub(super) const PREFIX: &str = "BOOK#";
const SHELF: &str = "shelf";
const ENDED: &str = "endedAdmission";

/// A new reservation on its way into its buyer's book.
#[derive(Debug, Clone)]
pub struct Hold<'a> {
    /// The reservation, pending.
    pub reservation: &'a ReservationState,
    /// Most tickets that the buyer may have bought before it.
    pub room: i64,
    /// The request's idempotency key and the fingerprint of its body.
    pub key: Option<(&'a str, &'a str)>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct StoredKey {
    reservation: ReservationId,
    fingerprint: String,
    at: i64,
}

impl Store {
    /// Writes a new reservation into its buyer's book without reading it first: one call.
    ///
    /// The condition holds the buyer's limit, the rule of one pending reservation, that the key is new, and that the
    /// book does not know the admission to be over. When it fails, the book as it was comes back.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn hold(&self, hold: &Hold<'_>, now: Timestamp) -> Result<Result<(), BuyerBook>, StoreError> {
        let reservation = hold.reservation;
        let id = BookId { user: reservation.user_id, performance: reservation.performance_id };
        let attribute_name = reservation_attribute(reservation.id);
        let event = LastEvent::new(EventType::ReservationHeld, now, &attribute_name);
        let mut update = "SET #reservation = :reservation, #event = :event, #pendingUntil = :until, \
            #revision = if_not_exists(#revision, :zero) + :one"
            .to_owned();
        let mut condition = "(attribute_not_exists(#pendingUntil) OR #pendingUntil <= :now) \
            AND (attribute_not_exists(#bought) OR #bought <= :room)"
            .to_owned();
        let mut request = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(book_key(id)))
            .expression_attribute_names("#reservation", attribute_name)
            .expression_attribute_names("#event", LAST_EVENT)
            .expression_attribute_names("#pendingUntil", "pendingUntil")
            .expression_attribute_names("#revision", "revision")
            .expression_attribute_names("#bought", "bought")
            .expression_attribute_values(":reservation", attribute(reservation)?)
            .expression_attribute_values(":event", attribute(&event)?)
            .expression_attribute_values(":until", n(reservation.held_until()))
            .expression_attribute_values(":now", n(now.as_second()))
            .expression_attribute_values(":room", n(hold.room))
            .expression_attribute_values(":zero", n(0))
            .expression_attribute_values(":one", n(1));
        if let Some(admission) = reservation.admission {
            condition.push_str(" AND (attribute_not_exists(#ended) OR #ended < :admission)");
            request = request
                .expression_attribute_names("#ended", ENDED)
                .expression_attribute_values(":admission", s(admission.id.to_string()));
        }
        if let Some((key, fingerprint)) = hold.key {
            let used =
                StoredKey { reservation: reservation.id, fingerprint: fingerprint.to_owned(), at: now.as_second() };
            update.push_str(", #key = :key");
            condition.push_str(" AND attribute_not_exists(#key)");
            request = request
                .expression_attribute_names("#key", key_attribute(key))
                .expression_attribute_values(":key", attribute(&used)?);
        }
        let outcome = request
            .update_expression(update)
            .condition_expression(condition)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await
            .conditional()?;
        match outcome {
            Ok(_) => Ok(Ok(())),
            Err(Refused(Some(item))) => Ok(Err(parse(id, &item)?)),
            Err(Refused(None)) => Ok(Err(BuyerBook::new(id))),
        }
    }

    /// Notes in a buyer's book that nothing more is held by this admission, or an earlier one; answers the book as it
    /// is then. A hold that is on its way at this moment is in the answer, or will be refused.
    ///
    /// # Errors
    /// When the table does not answer or the book cannot be read.
    pub async fn end_admission(&self, id: BookId, admission: AdmissionId) -> Result<BuyerBook, StoreError> {
        let outcome = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(book_key(id)))
            .update_expression("SET #ended = :admission, #revision = if_not_exists(#revision, :zero) + :one")
            .condition_expression("attribute_not_exists(#ended) OR #ended < :admission")
            .expression_attribute_names("#ended", ENDED)
            .expression_attribute_names("#revision", "revision")
            .expression_attribute_values(":admission", s(admission.to_string()))
            .expression_attribute_values(":zero", n(0))
            .expression_attribute_values(":one", n(1))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await
            .conditional()?;
        let book = match outcome {
            Ok(written) => written.attributes,
            Err(Refused(there)) => there,
        };
        book.map_or_else(|| Ok(BuyerBook::new(id)), |item| parse(id, &item))
    }

    /// A book as it is now; an empty one when there is none.
    ///
    /// # Errors
    /// When the table does not answer or the book cannot be read.
    pub async fn book(&self, id: BookId) -> Result<BuyerBook, StoreError> {
        let answer = self
            .client
            .get_item()
            .table_name(&self.table)
            .set_key(Some(book_key(id)))
            .consistent_read(true)
            .send()
            .await?;
        answer.item.map_or_else(|| Ok(BuyerBook::new(id)), |item| parse(id, &item))
    }

    /// All books of a buyer as they are now.
    ///
    /// # Errors
    /// When the table does not answer or a book cannot be read.
    pub async fn books(&self, user: UserId) -> Result<Vec<BuyerBook>, StoreError> {
        let items: Vec<Item> = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("#pk = :pk AND begins_with(#sk, :books)")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#sk", SK)
            .expression_attribute_values(":pk", s(user.to_string()))
            .expression_attribute_values(":books", s(PREFIX))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send()
            .collect::<Result<_, _>>()
            .await?;
        items
            .iter()
            .map(|item| {
                let performance = text(item, SK).strip_prefix(PREFIX).and_then(|id| id.parse().ok());
                let performance =
                    performance.ok_or_else(|| StoreError::Unreadable("a book of no performance".into()))?;
                parse(BookId { user, performance }, item)
            })
            .collect()
    }

    /// Who has a book of a performance on this one of its [`SHELVES`](super::SHELVES), as of a moment ago: whoever has
    /// ever begun to pay for it.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn buyers(&self, performance: PerformanceId, shelf: u64) -> Result<Vec<UserId>, StoreError> {
        let items: Vec<Item> = self
            .client
            .query()
            .table_name(&self.table)
            .index_name("shelves")
            .key_condition_expression("#shelf = :shelf")
            .expression_attribute_names("#shelf", SHELF)
            .expression_attribute_values(":shelf", s(shelf_name(performance, shelf)))
            .into_paginator()
            .items()
            .send()
            .collect::<Result<_, _>>()
            .await?;
        let buyer = |item: &Item| text(item, PK).parse().map_err(|error| StoreError::Unreadable(Box::new(error)));
        items.iter().map(buyer).collect()
    }

    /// Writes a book in which `changed` has just changed by `event`, unless somebody else wrote it since it was read:
    /// then the answer is `false` and nothing has happened. A write of our own whose answer was lost, and which the
    /// client library sent again, is recognised by what it wrote.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn save(
        &self,
        book: &BuyerBook,
        changed: ReservationId,
        event: EventType,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut book = book.clone();
        book.tidy(changed, now.as_second() - KEY_LIFETIME_SECONDS);
        let event = LastEvent::new(event, now, reservation_attribute(changed));
        let mut item = book_key(book.id);
        item.insert(LAST_EVENT.to_owned(), attribute(&event)?);
        if book.has_met_payment() {
            item.insert(SHELF.to_owned(), s(shelf_of(book.id)));
        }
        item.insert("revision".to_owned(), n(book.revision + 1));
        item.insert("bought".to_owned(), n(book.bought()));
        if let Some((_, until)) = book.pending() {
            item.insert("pendingUntil".to_owned(), n(until));
        }
        if let Some(admission) = book.ended_admission {
            item.insert(ENDED.to_owned(), s(admission.to_string()));
        }
        for (id, reservation) in &book.reservations {
            item.insert(reservation_attribute(*id), attribute(reservation)?);
        }
        for (key, used) in &book.keys {
            let KeyUse { reservation, fingerprint, at } = used.clone();
            item.insert(key_attribute(key), attribute(&StoredKey { reservation, fingerprint, at })?);
        }
        let outcome = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item.clone()))
            .condition_expression("#revision = :revision")
            .expression_attribute_names("#revision", "revision")
            .expression_attribute_values(":revision", n(book.revision))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await
            .conditional()?;
        Ok(match outcome {
            Ok(_) => true,
            Err(Refused(there)) => there.is_some_and(|there| there == item),
        })
    }
}

fn book_key(id: BookId) -> Item {
    key(id.user.to_string(), format!("{PREFIX}{}", id.performance))
}

fn shelf_of(id: BookId) -> String {
    shelf_name(id.performance, spread(&id.user.to_string(), super::SHELVES))
}

fn shelf_name(performance: PerformanceId, shelf: u64) -> String {
    format!("{performance}#{shelf}")
}

fn reservation_attribute(id: ReservationId) -> String {
    format!("r_{id}")
}

fn key_attribute(key: &str) -> String {
    format!("k_{key}")
}

fn text<'a>(item: &'a Item, name: &str) -> &'a str {
    item.get(name).and_then(|value| value.as_s().ok()).map(String::as_str).unwrap_or_default()
}

fn parse(id: BookId, item: &Item) -> Result<BuyerBook, StoreError> {
    let mut book = BuyerBook::new(id);
    book.revision = read(item, "revision")?.unwrap_or(0);
    book.ended_admission = read(item, ENDED)?;
    for (name, value) in item {
        if name.starts_with("r_") {
            let reservation: ReservationState = from(value)?;
            book.reservations.insert(reservation.id, reservation);
        } else if let Some(key) = name.strip_prefix("k_") {
            let StoredKey { reservation, fingerprint, at } = from(value)?;
            book.keys.insert(key.to_owned(), KeyUse { reservation, fingerprint, at });
        }
    }
    Ok(book)
}

fn from<T: serde::de::DeserializeOwned>(value: &AttributeValue) -> Result<T, StoreError> {
    Ok(serde_dynamo::from_attribute_value(value.clone())?)
}
