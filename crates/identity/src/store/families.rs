//! Logins: one item each, replaced by every refresh.

use std::time::Duration;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::{AttributeValue, DeleteRequest, ReturnValuesOnConditionCheckFailure, WriteRequest};
use contracts::ids::UserId;
use jiff::{SignedDuration, Timestamp};
use kit::dynamo::{Conditional as _, Item, PK, Refused, SK, StoreError, TTL, key, n, read, s};

use super::{ERA, Store, user_pk};
use crate::domain::RefreshToken;
use crate::domain::refresh_token::Family;

/// How long a refresh token is good for, in seconds. Every refresh starts it anew, so a session ends by being left alone.
pub const LIFETIME_SECONDS: i64 = 30 * 24 * 60 * 60;

const TOKEN_HASH: &str = "tokenHash";
const EXPIRES_AT: &str = "expiresAt";
const TRADED_HASH: &str = "tradedHash";
const TRADED_AT: &str = "tradedAt";
const TRADE_KEY: &str = "tradeKey";

/// The most items of one `BatchWriteItem`.
const BATCH: usize = 25;

/// Tries of a batch that the table leaves a part of undone.
const BATCH_TRIES: u32 = 5;

/// What became of a refresh token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rotation {
    /// This one is valid instead.
    Done(RefreshToken),
    /// It had expired, or its family has ended, alone or with all others of its owner.
    Ended,
    /// It is not the family's latest: it was used before.
    Reused,
}

impl Store {
    /// Begins the family of `token` in this era of its owner's account.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn start_family(&self, token: &RefreshToken, era: u64, now: Timestamp) -> Result<(), StoreError> {
        self.client.put_item().table_name(&self.table).set_item(Some(family(token, era, now))).send().await?;
        Ok(())
    }

    /// Replaces `token` by its successor under `trade_key`, in one conditional write: of any number of tries one wins. What
    /// was traded last less than `grace` ago is answered again with the successor of that time. `era` is the one that the
    /// owner's account is in.
    ///
    /// # Errors
    /// When the table did not answer; `token` may be spent all the same.
    pub async fn rotate(
        &self,
        token: &RefreshToken,
        trade_key: &[u8; 32],
        era: u64,
        grace: SignedDuration,
        now: Timestamp,
    ) -> Result<Rotation, StoreError> {
        let next = token.successor(trade_key);
        // Families from before there were eras are of the first one.
        let of_era = if era == 0 { "(attribute_not_exists(#era) OR #era = :era)" } else { "#era = :era" };
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(family_key(token.family)))
            .update_expression(
                "SET #tokenHash = :next, #expiresAt = :expiresAt, #ttl = :expiresAt, \
                 #tradedHash = :token, #tradedAt = :at, #tradeKey = :tradeKey",
            )
            .condition_expression(format!("#tokenHash = :token AND #expiresAt > :now AND {of_era}"))
            .expression_attribute_names("#tokenHash", TOKEN_HASH)
            .expression_attribute_names("#era", ERA)
            .expression_attribute_names("#expiresAt", EXPIRES_AT)
            .expression_attribute_names("#ttl", TTL)
            .expression_attribute_names("#tradedHash", TRADED_HASH)
            .expression_attribute_names("#tradedAt", TRADED_AT)
            .expression_attribute_names("#tradeKey", TRADE_KEY)
            .expression_attribute_values(":era", n(era))
            .expression_attribute_values(":token", hash(token))
            .expression_attribute_values(":next", hash(&next))
            .expression_attribute_values(":tradeKey", AttributeValue::B(Blob::new(*trade_key)))
            .expression_attribute_values(":at", n(now.as_millisecond()))
            .expression_attribute_values(":expiresAt", expiry(now))
            .expression_attribute_values(":now", n(now.as_second()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let old = match update.send().await.conditional()? {
            Ok(_) => return Ok(Rotation::Done(next)),
            Err(Refused(old)) => old.unwrap_or_default(),
        };
        Ok(match old.get(TOKEN_HASH) {
            // The client sends a write again whose answer was lost: this is our own, done the first time.
            Some(stored) if *stored == hash(&next) => Rotation::Done(next),
            Some(stored) if *stored != hash(token) => {
                traded_before(&old, token, era, grace, now)?.map_or(Rotation::Reused, Rotation::Done)
            }
            _ => Rotation::Ended,
        })
    }

    /// Ends one login.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn end_family(&self, family: Family) -> Result<(), StoreError> {
        self.client.delete_item().table_name(&self.table).set_key(Some(family_key(family))).send().await?;
        Ok(())
    }

    /// Ends all logins of a person.
    ///
    /// # Errors
    /// When the table did not answer; some of them may have ended.
    pub async fn end_families(&self, user: UserId) -> Result<(), StoreError> {
        let families = self
            .client
            .query()
            .table_name(&self.table)
            .consistent_read(true)
            .key_condition_expression("#pk = :pk AND begins_with(#sk, :prefix)")
            .projection_expression("#pk, #sk")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#sk", SK)
            .expression_attribute_values(":pk", s(user_pk(user)))
            .expression_attribute_values(":prefix", s("FAM#"))
            .into_paginator()
            .items()
            .send()
            .collect::<Result<Vec<Item>, _>>()
            .await?;
        for keys in families.chunks(BATCH) {
            self.delete(keys).await?;
        }
        Ok(())
    }

    /// Deletes at most [`BATCH`] items.
    async fn delete(&self, keys: &[Item]) -> Result<(), StoreError> {
        let request = |key: &Item| {
            let delete = DeleteRequest::builder().set_key(Some(key.clone())).build();
            delete.map(|delete| WriteRequest::builder().delete_request(delete).build())
        };
        let mut requests: Vec<WriteRequest> = keys
            .iter()
            .map(request)
            .collect::<Result<_, _>>()
            .map_err(|error| StoreError::Unreadable(Box::new(error)))?;
        for attempt in 1..=BATCH_TRIES {
            let answer = self.client.batch_write_item().request_items(&self.table, requests).send().await?;
            requests = answer.unprocessed_items.and_then(|mut left| left.remove(&self.table)).unwrap_or_default();
            if requests.is_empty() {
                return Ok(());
            }
            tokio::time::sleep(kit::retry::backoff(attempt, Duration::from_millis(20), Duration::from_millis(200)))
                .await;
        }
        Err(StoreError::Contended)
    }
}

/// What `token` was traded for, if that was the family's latest trade, less than `grace` ago, and still counts.
fn traded_before(
    family: &Item,
    token: &RefreshToken,
    era: u64,
    grace: SignedDuration,
    now: Timestamp,
) -> Result<Option<RefreshToken>, StoreError> {
    let counts = family.get(TRADED_HASH) == Some(&hash(token))
        && read::<u64>(family, ERA)?.unwrap_or_default() == era
        && read::<i64>(family, EXPIRES_AT)?.is_some_and(|until| until > now.as_second());
    let at = read::<i64>(family, TRADED_AT)?.and_then(|at| Timestamp::from_millisecond(at).ok());
    // Of two at the same time the later one may have read its clock first: without a grace that is no "lately" either.
    let lately = at.is_some_and(|at| grace.is_positive() && now.duration_since(at) < grace);
    let key = family.get(TRADE_KEY).and_then(|key| key.as_b().ok()).and_then(|key| key.as_ref().try_into().ok());
    Ok(key.filter(|_| counts && lately).map(|key| token.successor(key)).filter(|next| {
        // Else the answer would be a token that nobody can trade.
        family.get(TOKEN_HASH) == Some(&hash(next))
    }))
}

/// The item of a family whose latest token is this.
pub(super) fn family(token: &RefreshToken, era: u64, now: Timestamp) -> Item {
    let mut item = family_key(token.family);
    item.insert(ERA.to_owned(), n(era));
    item.insert(TOKEN_HASH.to_owned(), hash(token));
    item.insert(EXPIRES_AT.to_owned(), expiry(now));
    item.insert(TTL.to_owned(), expiry(now));
    item
}

fn family_key(family: Family) -> Item {
    key(user_pk(family.user), format!("FAM#{}", family.name()))
}

fn hash(token: &RefreshToken) -> AttributeValue {
    AttributeValue::B(Blob::new(token.digest()))
}

fn expiry(now: Timestamp) -> AttributeValue {
    n(now.as_second() + LIFETIME_SECONDS)
}
