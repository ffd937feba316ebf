//! Buying points: a payment like any other, whose success credits the account.

use std::ops::RangeInclusive;

use contracts::ids::{PaymentId, UserId};
use contracts::payments::{PaymentMethod, PaymentPurpose, PaymentState};
use jiff::Timestamp;
use kit::idempotency::IdempotentRequest;

use crate::domain::KRW;
use crate::domain::payment::{Order, requested};
use crate::domain::split::Split;
use crate::request::{RequestError, claimed};
use crate::store::{ChosenId, Operation, Store};

/// How many points one purchase may be.
pub const PURCHASE: RangeInclusive<i64> = 1..=10_000_000;

/// What somebody orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointsRequest {
    /// For whose account.
    pub user_id: UserId,
    /// How many points.
    pub amount: i64,
    /// The PG's key of the card payment.
    pub payment_key: String,
    /// The caller's idempotency key with the body's fingerprint.
    pub idempotency: Option<IdempotentRequest>,
    /// The payment's id, when the caller has chosen it.
    pub chosen: Option<ChosenId>,
}

/// Takes orders for points.
#[derive(Debug, Clone)]
pub struct ChargePoints {
    store: Store,
}

impl ChargePoints {
    /// Into this table.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self { store }
    }

    /// Orders points, to be charged to a card. `fresh` becomes the payment's id unless the caller has chosen one, or the
    /// idempotency key stands for an earlier one; the answer is the id that counts.
    ///
    /// # Errors
    /// [`RequestError::KeyReused`], [`RequestError::IdTaken`], or the table does not answer.
    pub async fn order(
        &self,
        request: PointsRequest,
        fresh: PaymentId,
        now: Timestamp,
    ) -> Result<PaymentId, RequestError> {
        let PointsRequest { user_id, amount, payment_key, idempotency, chosen } = request;
        let (operation, requested_at) = (Operation::ChargePoints, chosen.as_ref().map(|_| now));
        let id = claimed(&self.store, user_id, operation, idempotency.as_ref(), chosen.as_ref(), fresh, now).await?;
        let order = Order {
            user_id,
            purpose: PaymentPurpose::Points,
            method: PaymentMethod::Card,
            split: Split { points: 0, card: amount },
            currency: KRW.to_owned(),
            payment_key: Some(payment_key),
        };
        // When it is there already, an earlier request under the same key or id has written it.
        self.store.create(&PaymentState { requested_at, ..requested(id, order) }, now).await?;
        Ok(id)
    }
}
