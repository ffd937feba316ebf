//! Idempotency keys: which payment a key stands for.

use contracts::ids::{PaymentId, UserId};
use jiff::Timestamp;
use kit::dynamo::{Conditional as _, Item, PK, Refused, StoreError, TTL, attribute, key, n, read, s};
use kit::idempotency::{Fingerprint, IdempotentRequest, KEY_LIFETIME_SECONDS};

use super::Store;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;

const FINGERPRINT: &str = "fingerprint";
const PAYMENT_ID: &str = "paymentId";

/// An operation that takes idempotency keys; the same key means different things to different operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Paying for a reservation.
    RequestPayment,
    /// Buying points.
    ChargePoints,
}

impl Operation {
    const fn as_str(self) -> &'static str {
        match self {
            Self::RequestPayment => "request-payment",
            Self::ChargePoints => "charge-points",
        }
    }
}

/// What came of claiming a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// It is new and now stands for the payment it was claimed for.
    New,
    /// It stands for this payment already, which may or may not have been written yet.
    Known(PaymentId),
    /// It was used for another body.
    Reused,
}

impl Store {
    /// Claims a caller's key for the payment `fresh`, for 24 hours. Of requests at the same time one wins, and all
    /// learn the same payment.
    ///
    /// # Errors
    /// When it is not known to be claimed.
    pub async fn claim(
        &self,
        user: UserId,
        operation: Operation,
        request: &IdempotentRequest,
        fresh: PaymentId,
        now: Timestamp,
    ) -> Result<Claim, StoreError> {
        let partition = format!("KEY#{user}#{}#{}", operation.as_str(), request.key.as_str());
        let mut item: Item = key(partition, "KEY");
        item.insert(FINGERPRINT.to_owned(), attribute(&request.fingerprint)?);
        item.insert(PAYMENT_ID.to_owned(), s(fresh.to_string()));
        item.insert(TTL.to_owned(), n(now.as_second() + KEY_LIFETIME_SECONDS));
        let written = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            // DynamoDB may leave an item lying for days after its time.
            .condition_expression("attribute_not_exists(#pk) OR #ttl <= :now")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#ttl", TTL)
            .expression_attribute_values(":now", n(now.as_second()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await
            .conditional()?;
        let Err(Refused(known)) = written else {
            return Ok(Claim::New);
        };
        let known = known.unwrap_or_default();
        let fingerprint: Option<Fingerprint> = read(&known, FINGERPRINT)?;
        if fingerprint.as_ref() != Some(&request.fingerprint) {
            return Ok(Claim::Reused);
        }
        read(&known, PAYMENT_ID)?
            .map(Claim::Known)
            .ok_or_else(|| StoreError::Unreadable("a key stands for no payment".into()))
    }
}
