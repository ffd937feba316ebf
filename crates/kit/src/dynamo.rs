//! DynamoDB without its ceremony: items, conditional writes, transactions.
//!
//! A refused condition is an answer, not an error: [`Conditional::conditional`] splits the two.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::delete_item::{DeleteItemError, DeleteItemOutput};
use aws_sdk_dynamodb::operation::put_item::{PutItemError, PutItemOutput};
use aws_sdk_dynamodb::operation::transact_write_items::{TransactWriteItemsError, TransactWriteItemsOutput};
use aws_sdk_dynamodb::operation::update_item::{UpdateItemError, UpdateItemOutput};
use aws_sdk_dynamodb::types::{AttributeValue, CancellationReason};
use serde::{Serialize, de::DeserializeOwned};

/// A DynamoDB item.
pub type Item = HashMap<String, AttributeValue>;

/// The partition key's attribute in every table of ours.
pub const PK: &str = "pk";

/// The sort key's attribute in every table of ours.
pub const SK: &str = "sk";

/// The attribute by which DynamoDB tidies up items nobody needs any more, in seconds since 1970. It may be days late:
/// nothing depends on it.
pub const TTL: &str = "ttl";

/// The table could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No answer, throttled, or refused; asking again later may help.
    #[error("the table did not answer")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Others are changing the same items. Trying again soon may help.
    #[error("the items are being changed by others")]
    Contended,
    /// An item is not what the code expects.
    #[error("an item could not be read or written")]
    Unreadable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<serde_dynamo::Error> for StoreError {
    fn from(error: serde_dynamo::Error) -> Self {
        Self::Unreadable(Box::new(error))
    }
}

impl<E, R> From<SdkError<E, R>> for StoreError
where
    E: std::error::Error + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
{
    fn from(error: SdkError<E, R>) -> Self {
        Self::Unavailable(Box::new(error))
    }
}

/// The condition of a write did not hold. The old item, when the write asked for it
/// (`ReturnValuesOnConditionCheckFailure=ALL_OLD`) and there was one.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused(pub Option<Item>);

/// A write whose condition may be refused.
pub trait Conditional {
    /// What a successful write answers.
    type Output;

    /// Splits a refused condition from a failure.
    ///
    /// # Errors
    /// When the table did not answer.
    fn conditional(self) -> Result<Result<Self::Output, Refused>, StoreError>;
}

macro_rules! conditional {
    ($($output:ty, $error:ident;)*) => {$(
        impl<R: std::fmt::Debug + Send + Sync + 'static> Conditional for Result<$output, SdkError<$error, R>> {
            type Output = $output;

            fn conditional(self) -> Result<Result<$output, Refused>, StoreError> {
                match self {
                    Ok(output) => Ok(Ok(output)),
                    Err(SdkError::ServiceError(context)) => match context.into_err() {
                        $error::ConditionalCheckFailedException(refusal) => Ok(Err(Refused(refusal.item))),
                        // Somebody's transaction holds the item. The SDK does not try this again by itself.
                        $error::TransactionConflictException(_) => Err(StoreError::Contended),
                        other => Err(StoreError::Unavailable(Box::new(other))),
                    },
                    Err(other) => Err(other.into()),
                }
            }
        }
    )*};
}

conditional! {
    PutItemOutput, PutItemError;
    UpdateItemOutput, UpdateItemError;
    DeleteItemOutput, DeleteItemError;
}

/// What became of a transaction.
#[derive(Debug)]
pub enum Transaction {
    /// All of it was written.
    Done,
    /// None of it was: some conditions did not hold. One entry an action, in order; `Some` for those refused.
    Refused(Vec<Option<Refused>>),
    /// None of it was: somebody else was writing one of the items. Trying again may help.
    Conflict,
}

/// Reads a transaction's outcome.
///
/// # Errors
/// When the table did not answer.
pub fn transaction<R>(
    result: Result<TransactWriteItemsOutput, SdkError<TransactWriteItemsError, R>>,
) -> Result<Transaction, StoreError>
where
    R: std::fmt::Debug + Send + Sync + 'static,
{
    let error = match result {
        Ok(_) => return Ok(Transaction::Done),
        Err(SdkError::ServiceError(context)) => context.into_err(),
        Err(other) => return Err(other.into()),
    };
    match error {
        TransactWriteItemsError::TransactionCanceledException(cancelled) => {
            let reasons = cancelled.cancellation_reasons.unwrap_or_default();
            let is = |reason: &CancellationReason, code: &str| reason.code.as_deref() == Some(code);
            if reasons.iter().any(|reason| is(reason, "ConditionalCheckFailed")) {
                let refusals = reasons
                    .into_iter()
                    .map(|reason| is(&reason, "ConditionalCheckFailed").then(|| Refused(reason.item)))
                    .collect();
                Ok(Transaction::Refused(refusals))
            } else if reasons.iter().any(|reason| is(reason, "TransactionConflict")) {
                Ok(Transaction::Conflict)
            } else {
                let codes: Vec<_> = reasons.into_iter().filter_map(|reason| reason.code).collect();
                Err(StoreError::Unavailable(format!("transaction cancelled: {}", codes.join(", ")).into()))
            }
        }
        TransactWriteItemsError::TransactionInProgressException(_) => Ok(Transaction::Conflict),
        other if other.code() == Some("TransactionConflictException") => Ok(Transaction::Conflict),
        other => Err(StoreError::Unavailable(Box::new(other))),
    }
}

/// A text attribute.
#[must_use]
pub fn s(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

/// A number attribute.
#[must_use]
pub fn n(number: impl ToString) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

/// Any value as an attribute.
///
/// # Errors
/// When it does not serialise.
pub fn attribute<T: Serialize>(value: &T) -> Result<AttributeValue, StoreError> {
    Ok(serde_dynamo::to_attribute_value(value)?)
}

/// The primary key of an item.
#[must_use]
pub fn key(pk: impl Into<String>, sk: impl Into<String>) -> Item {
    HashMap::from([(PK.to_owned(), s(pk)), (SK.to_owned(), s(sk))])
}

/// All items of a partition whose sort keys begin with `prefix` (all when empty), in order, consistently read.
///
/// # Errors
/// When the table does not answer.
pub async fn partition(
    client: &Client,
    table: &str,
    pk: impl Into<String>,
    prefix: &str,
) -> Result<Vec<Item>, StoreError> {
    let mut query = client
        .query()
        .table_name(table)
        .consistent_read(true)
        .expression_attribute_names("#pk", PK)
        .expression_attribute_values(":pk", s(pk));
    query = if prefix.is_empty() {
        query.key_condition_expression("#pk = :pk")
    } else {
        query
            .key_condition_expression("#pk = :pk AND begins_with(#sk, :prefix)")
            .expression_attribute_names("#sk", SK)
            .expression_attribute_values(":prefix", s(prefix))
    };
    let items = query.into_paginator().items().send().collect::<Result<_, _>>().await?;
    Ok(items)
}

/// Reads the attribute `name` of an item as a `T`; `None` when the item has no such attribute.
///
/// # Errors
/// When it is there and is not a `T`.
pub fn read<T: DeserializeOwned>(item: &Item, name: &str) -> Result<Option<T>, StoreError> {
    item.get(name).map(|value| serde_dynamo::from_attribute_value(value.clone())).transpose().map_err(StoreError::from)
}
