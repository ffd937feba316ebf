//! Buying points: a payment like any other, whose success credits the account.

use std::ops::RangeInclusive;

use contracts::ids::{PaymentId, UserId};
use contracts::payments::{PaymentMethod, PaymentPurpose};
use jiff::Timestamp;
use kit::idempotency::IdempotentRequest;

use crate::domain::KRW;
use crate::domain::payment::{Order, requested};
use crate::domain::split::Split;
use crate::request::{RequestError, claimed};
use crate::store::{Operation, Store};

/// How many points one purchase may be.
pub const PURCHASE: RangeInclusive<i64> = 1..=10_000_000;

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

    /// Orders `amount` points for `user`, to be charged to the card behind `payment_key`. `fresh` becomes the payment's
    /// id unless the idempotency key stands for an earlier one; the answer is the id that counts.
    ///
    /// # Errors
    /// [`RequestError::KeyReused`], or the table does not answer.
    pub async fn order(
        &self,
        user: UserId,
        amount: i64,
        payment_key: String,
        idempotency: Option<&IdempotentRequest>,
        fresh: PaymentId,
        now: Timestamp,
    ) -> Result<PaymentId, RequestError> {
        let id = claimed(&self.store, user, Operation::ChargePoints, idempotency, fresh, now).await?;
        let order = Order {
            user_id: user,
            purpose: PaymentPurpose::Points,
            method: PaymentMethod::Card,
            split: Split { points: 0, card: amount },
            currency: KRW.to_owned(),
            payment_key: Some(payment_key),
        };
        // When it is there already, an earlier request under the same key has written it.
        self.store.create(&requested(id, order), now).await?;
        Ok(id)
    }
}
