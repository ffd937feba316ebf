//! Attempts to log in, by where they come from.
//!
//! Many people may log in from one address at once, so the level of its bucket is never read and written back: drops are
//! added and taken out by arithmetic in the table, under conditions that hold for a lone attempt and for a hundred.

use jiff::Timestamp;
use kit::dynamo::{Conditional as _, Item, Refused, StoreError, TTL, key, n, read};

use super::{Store, TRY};
use crate::domain::Network;
use crate::domain::attempts::TooEarly;
use crate::domain::network::{BURST, Bucket, DROP, fullest};

const EMPTY_AT: &str = "emptyAt";

/// Tries to add a drop to a bucket that runs empty or fills meanwhile.
const TRIES: u32 = 5;

impl Store {
    /// Counts an attempt from `network`, unless there have been too many.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn count_from(&self, network: Network, now: Timestamp) -> Result<Result<(), TooEarly>, StoreError> {
        for _ in 0..TRIES {
            // Nobody else is here: the usual case, and one call.
            let first = self
                .bucket(network, "SET #emptyAt = :next, #ttl = :ttl", now)
                .condition_expression("attribute_not_exists(#emptyAt) OR #emptyAt <= :now")
                .expression_attribute_values(":next", millis(now + DROP))
                .expression_attribute_values(":now", millis(now));
            let Err(Refused(old)) = first.send().await.conditional()? else { return Ok(Ok(())) };
            match Bucket::at(now, level(&old.unwrap_or_default())?) {
                Bucket::Full(wait) => return Ok(Err(wait)),
                Bucket::Empty => {}
                Bucket::Room => {
                    let another = self
                        .bucket(network, "SET #ttl = :ttl ADD #emptyAt :drop", now)
                        .condition_expression("#emptyAt > :now AND #emptyAt <= :fullest")
                        .expression_attribute_values(":drop", n(DROP.as_millis()))
                        .expression_attribute_values(":now", millis(now))
                        .expression_attribute_values(":fullest", millis(fullest(now)));
                    if another.send().await.conditional()?.is_ok() {
                        return Ok(Ok(()));
                    }
                }
            }
        }
        // Always between empty and full: as busy as can be.
        Ok(Err(TooEarly { wait: 1 }))
    }

    /// Takes an attempt back: it was a right one.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn take_back_from(&self, network: Network, now: Timestamp) -> Result<(), StoreError> {
        let update = self
            .bucket(network, "SET #ttl = :ttl ADD #emptyAt :drop", now)
            .condition_expression("attribute_exists(#emptyAt)")
            .expression_attribute_values(":drop", n(-DROP.as_millis()));
        update.send().await.conditional().map(drop)
    }

    fn bucket(
        &self,
        network: Network,
        change: &str,
        now: Timestamp,
    ) -> aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder {
        let most_seconds = DROP.as_secs() * i64::from(BURST);
        self.client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key(format!("NET#{network}"), TRY)))
            .update_expression(change)
            .expression_attribute_names("#emptyAt", EMPTY_AT)
            .expression_attribute_names("#ttl", TTL)
            .expression_attribute_values(":ttl", n(now.as_second() + most_seconds))
            .return_values_on_condition_check_failure(
                aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure::AllOld,
            )
    }
}

fn millis(moment: Timestamp) -> aws_sdk_dynamodb::types::AttributeValue {
    n(moment.as_millisecond())
}

fn level(item: &Item) -> Result<Option<Timestamp>, StoreError> {
    let Some(millis) = read(item, EMPTY_AT)? else { return Ok(None) };
    Timestamp::from_millisecond(millis).map(Some).map_err(|error| StoreError::Unreadable(Box::new(error)))
}
