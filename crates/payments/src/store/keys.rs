//! Idempotency keys and chosen ids: which payment they stand for, and for which request.

use contracts::ids::{PaymentId, UserId};
use jiff::Timestamp;
use kit::dynamo::{Conditional as _, Item, PK, Refused, StoreError, TTL, key, n, read, s};
use kit::idempotency::{Fingerprint, IdempotentRequest, KEY_LIFETIME_SECONDS};

use super::Store;
use crate::domain::chosen_id::remembered_until;
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

/// A payment's id that a client has chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenId {
    /// The id, found acceptable.
    pub id: PaymentId,
    /// Of the body of the request that it came with.
    pub fingerprint: Fingerprint,
}

/// What came of claiming a key or an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// It is new and now stands for the payment it was claimed for.
    New,
    /// It stands for this payment already, which may or may not have been written yet.
    Known(PaymentId),
    /// It was used for another request.
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
        let until = now.as_second() + KEY_LIFETIME_SECONDS;
        self.stand_for(partition, request.fingerprint.as_str(), fresh, until, now).await
    }

    /// Claims a payment's id that a client has chosen, for this request of this user and no other, for as long as chosen ids
    /// are accepted. Ids are one space: of whatever wants the same one, one gets it.
    ///
    /// # Errors
    /// When it is not known to be claimed.
    pub async fn claim_id(
        &self,
        user: UserId,
        operation: Operation,
        chosen: &ChosenId,
        now: Timestamp,
    ) -> Result<Claim, StoreError> {
        let request = format!("{user}#{}#{}", operation.as_str(), chosen.fingerprint.as_str());
        let until = remembered_until(now).as_second();
        self.stand_for(format!("ID#{}", chosen.id), &request, chosen.id, until, now).await
    }

    /// Has the item `partition` stand for a payment, on behalf of the request with this fingerprint, until a second since
    /// 1970; unless it stands for something already.
    async fn stand_for(
        &self,
        partition: String,
        fingerprint: &str,
        payment: PaymentId,
        until: i64,
        now: Timestamp,
    ) -> Result<Claim, StoreError> {
        let mut item: Item = key(partition, "KEY");
        item.insert(FINGERPRINT.to_owned(), s(fingerprint));
        item.insert(PAYMENT_ID.to_owned(), s(payment.to_string()));
        item.insert(TTL.to_owned(), n(until));
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
        let claimed_by: Option<String> = read(&known, FINGERPRINT)?;
        if claimed_by.as_deref() != Some(fingerprint) {
            return Ok(Claim::Reused);
        }
        read(&known, PAYMENT_ID)?
            .map(Claim::Known)
            .ok_or_else(|| StoreError::Unreadable("a key stands for no payment".into()))
    }
}
