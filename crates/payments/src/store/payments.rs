//! Writing payments, and points with them.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use contracts::event::{EventType, LAST_EVENT, LastEvent};
use contracts::payments::{PaymentState, PointsState};
use jiff::Timestamp;
use kit::dynamo::{Conditional as _, Item, PK, StoreError, Transaction, attribute, key, n, transaction};

use super::{BALANCE, STATE, Store, account_partition, entry_sort_key, payment_key};
use crate::domain::payment::Transition;

/// What became of writing a transition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Commit {
    /// All of it is written.
    Done,
    /// Nothing is: the payment or the account has changed since it was read, or is being changed. Read them again.
    Stale,
}

impl Store {
    /// Writes a new payment; `false` when it is there already, in whatever state by now.
    ///
    /// # Errors
    /// When it is not known to be written.
    pub async fn create(&self, payment: &PaymentState, now: Timestamp) -> Result<bool, StoreError> {
        let item = payment_item(payment, EventType::PaymentRequested, now)?;
        let written = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(#pk)")
            .expression_attribute_names("#pk", PK)
            .send()
            .await
            .conditional()?;
        Ok(written.is_ok())
    }

    /// Writes a transition, with the account as it is after the points that move with it.
    ///
    /// # Errors
    /// When it is not known to be written; reading again tells.
    pub async fn commit(
        &self,
        transition: &Transition,
        account: Option<&PointsState>,
        now: Timestamp,
    ) -> Result<Commit, StoreError> {
        let payment = &transition.payment;
        let item = payment_item(payment, transition.event, now)?;
        let Some(account) = account else {
            return self.replace(item, payment.version - 1).await;
        };
        let written = self
            .client
            .transact_write_items()
            .transact_items(self.guarded(item, payment.version - 1)?)
            .transact_items(self.guarded(account_item(payment, account, now)?, account.version - 1)?)
            .transact_items(self.guarded(entry_item(payment, account)?, 0)?)
            .send()
            .await;
        Ok(match transaction(written)? {
            Transaction::Done => Commit::Done,
            Transaction::Refused(_) | Transaction::Conflict => Commit::Stale,
        })
    }

    async fn replace(&self, item: Item, version: u64) -> Result<Commit, StoreError> {
        let written = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("#state.#version = :version")
            .expression_attribute_names("#state", STATE)
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":version", n(version))
            .send()
            .await
            .conditional();
        match written {
            Ok(Ok(_)) => Ok(Commit::Done),
            Ok(Err(_)) | Err(StoreError::Contended) => Ok(Commit::Stale),
            Err(error) => Err(error),
        }
    }

    /// A put over the item of exactly this version; 0 means that there must be none.
    fn guarded(&self, item: Item, version: u64) -> Result<TransactWriteItem, StoreError> {
        let put = Put::builder().table_name(&self.table).set_item(Some(item));
        let put = if version == 0 {
            put.condition_expression("attribute_not_exists(#pk)").expression_attribute_names("#pk", PK)
        } else {
            put.condition_expression("#state.#version = :version")
                .set_expression_attribute_names(Some(HashMap::from([
                    ("#state".to_owned(), STATE.to_owned()),
                    ("#version".to_owned(), "version".to_owned()),
                ])))
                .expression_attribute_values(":version", n(version))
        };
        let put = put.build().map_err(|error| StoreError::Unreadable(Box::new(error)))?;
        Ok(TransactWriteItem::builder().put(put).build())
    }
}

fn payment_item(payment: &PaymentState, event: EventType, now: Timestamp) -> Result<Item, StoreError> {
    let mut item = payment_key(payment.id);
    item.insert(STATE.to_owned(), attribute(payment)?);
    item.insert(LAST_EVENT.to_owned(), attribute(&LastEvent::new(event, now, STATE))?);
    Ok(item)
}

fn account_item(payment: &PaymentState, account: &PointsState, now: Timestamp) -> Result<Item, StoreError> {
    let mut item = key(account_partition(payment.user_id), BALANCE);
    item.insert(STATE.to_owned(), attribute(account)?);
    let moved = LastEvent::new(EventType::PointsMoved, now, STATE);
    item.insert(LAST_EVENT.to_owned(), attribute(&moved)?);
    Ok(item)
}

fn entry_item(payment: &PaymentState, account: &PointsState) -> Result<Item, StoreError> {
    let mut item = key(account_partition(payment.user_id), entry_sort_key(account.version));
    item.insert("entry".to_owned(), attribute(&account.entry)?);
    Ok(item)
}
