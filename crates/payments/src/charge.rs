//! Charging a payment: points first, then the card.
//!
//! What the PG did not answer is found out by asking how the order stands. An order that is not approved after the last
//! try fails with a `pg_` code; such a payment is delivered once more some minutes later, and an approval that came
//! after all is voided then.
//!
//! A cancellation is never sent blindly "to be sure". A payment key comes from the caller and may be another buyer's, so
//! only an order that the PG itself shows as ours is given back.
//!
//! A payment on which the PG does not decide, or which it cannot be asked about, is delivered again until the queue
//! gives up and keeps the message for an operator. It is not failed on the last delivery: that would be a guess. The
//! webhook or the redriven message settles it, and booking gives the seats back on its own clock meanwhile. A success
//! after that still gets them if they are free and the buyer has nothing newer; otherwise it is refunded.
//!
//! Nothing is charged for seats that may be gone. A message that comes too late only settles what an earlier delivery
//! has begun at the PG; where there is nothing, the payment fails.

use std::time::Duration;

use contracts::ids::PaymentId;
use contracts::payments::{PaymentState, PaymentStatus};
use jiff::Timestamp;

use crate::domain::failure::FailureCode;
use crate::domain::payment::{Step, awaits_points, is_too_late};
use crate::domain::verdict::PgOrder;
use crate::gateway::{Charge, Doubt, Outcome, PaymentGateway};
use crate::settle::{Advance, SettleError, Settled, Settlement};

/// How often the PG is asked to approve within one delivery.
const TRIES: u32 = 3;
const RETRY_BASE: Duration = Duration::from_millis(200);
const RETRY_CEILING: Duration = Duration::from_secs(1);

impl<G: PaymentGateway> Settlement<G> {
    /// Charges the payment `id`, or goes on where an earlier delivery stopped; `attempt` counts deliveries from 1. When
    /// it is too late to charge, fails it unless the PG knows of it. For a payment that has failed, makes sure that the
    /// PG keeps nothing of it.
    ///
    /// # Errors
    /// When table or PG do not answer, or the PG has not decided: deliver again.
    pub async fn charge(&self, id: PaymentId, attempt: u32, now: Timestamp) -> Result<(), SettleError> {
        let payment = self.store.payment(id).await?.ok_or(SettleError::UnknownPayment(id))?;
        let payment = match payment.status {
            PaymentStatus::Success | PaymentStatus::Refunded => return Ok(()),
            PaymentStatus::Failed => return self.reconcile(payment, now).await,
            _ if is_too_late(&payment, now) => return self.give_up(payment, now).await,
            _ if payment.card_amount == 0 => self.take_points(payment, Step::Succeed, now).await?,
            _ if awaits_points(&payment) => self.take_points(payment, Step::DebitPoints, now).await?,
            _ => payment,
        };
        match payment.status {
            PaymentStatus::Requested | PaymentStatus::PointsDebited => self.charge_card(payment, attempt, now).await,
            _ => Ok(()),
        }
    }

    async fn take_points(
        &self,
        payment: PaymentState,
        step: Step,
        now: Timestamp,
    ) -> Result<PaymentState, SettleError> {
        match self.store.advance(payment, step, now).await? {
            Advance::Done(payment) | Advance::NotPossible(payment) => Ok(payment),
            Advance::InsufficientPoints(payment) => self.fail(payment, FailureCode::InsufficientPoints, now).await,
        }
    }

    async fn charge_card(&self, payment: PaymentState, attempt: u32, now: Timestamp) -> Result<(), SettleError> {
        let id = payment.id;
        // An earlier delivery may have asked already. An order that is merely open is asked for again: to the PG that
        // is the same request, and an order it never got to would stay open for ever.
        if attempt > 1
            && let Some(order) = self.gateway.order(id).await?
            && self.settle(payment.clone(), &order, now).await? == Settled::Final
        {
            return Ok(());
        }
        let failure = match self.confirm(&payment).await? {
            Confirmation::Order(order) => return self.conclude(payment, &order, now).await,
            Confirmation::NotApproved(code) => code,
        };
        self.fail(payment, failure, now).await?;
        Ok(())
    }

    /// Asks for approval until it is known how the order stands, or known that it is not approved.
    async fn confirm(&self, payment: &PaymentState) -> Result<Confirmation, SettleError> {
        let id = payment.id;
        let payment_key = payment
            .payment_key
            .as_deref()
            .ok_or(SettleError::Inconsistent { id, reason: "it has a card part and no payment key" })?;
        let charge = Charge { order_id: id, payment_key, amount: payment.card_amount };
        let mut attempt = 1;
        loop {
            let doubt = match self.gateway.confirm(charge).await? {
                Outcome::Approved(order) => return Ok(Confirmation::Order(order)),
                Outcome::Declined(code) => {
                    // An earlier try may have been approved after it was last looked for.
                    let order = match attempt {
                        1 => None,
                        _ => self.gateway.order(id).await?,
                    };
                    return Ok(order.map_or(Confirmation::NotApproved(code), Confirmation::Order));
                }
                Outcome::InProgress => return Err(SettleError::InProgress(id)),
                Outcome::Unknown(doubt) => doubt,
            };
            if let Some(order) = self.gateway.order(id).await? {
                return Ok(Confirmation::Order(order));
            }
            let failure = match doubt {
                // The PG knows the key and not the order: the key has paid for something else.
                Doubt::AlreadyProcessed => {
                    return Ok(Confirmation::NotApproved(FailureCode::PgKeyUsed));
                }
                Doubt::Timeout => FailureCode::PgTimeout,
                Doubt::Unavailable => FailureCode::PgUnavailable,
            };
            if attempt == TRIES {
                return Ok(Confirmation::NotApproved(failure));
            }
            tokio::time::sleep(kit::retry::backoff(attempt, RETRY_BASE, RETRY_CEILING)).await;
            attempt += 1;
        }
    }

    async fn fail(
        &self,
        payment: PaymentState,
        code: FailureCode,
        now: Timestamp,
    ) -> Result<PaymentState, SettleError> {
        match self.store.advance(payment, Step::Fail(code), now).await? {
            Advance::Done(payment)
            // Somebody else has settled it meanwhile, on better knowledge.
            | Advance::NotPossible(payment)
            // Failing takes no points.
            | Advance::InsufficientPoints(payment) => Ok(payment),
        }
    }

    async fn reconcile(&self, payment: PaymentState, now: Timestamp) -> Result<(), SettleError> {
        match self.known_order(&payment).await? {
            Some(order) => self.conclude(payment, &order, now).await,
            None => Ok(()),
        }
    }

    async fn give_up(&self, payment: PaymentState, now: Timestamp) -> Result<(), SettleError> {
        if let Some(order) = self.known_order(&payment).await? {
            return self.conclude(payment, &order, now).await;
        }
        self.fail(payment, FailureCode::PaymentExpired, now).await?;
        Ok(())
    }

    async fn known_order(&self, payment: &PaymentState) -> Result<Option<PgOrder>, SettleError> {
        if payment.card_amount == 0 {
            return Ok(None);
        }
        Ok(self.gateway.order(payment.id).await?)
    }

    /// Settles, and asks to be delivered again when the PG has not decided.
    async fn conclude(&self, payment: PaymentState, order: &PgOrder, now: Timestamp) -> Result<(), SettleError> {
        let id = payment.id;
        match self.settle(payment, order, now).await? {
            Settled::Final => Ok(()),
            Settled::Waiting => Err(SettleError::InProgress(id)),
        }
    }
}

/// What is known at the end of asking for approval.
enum Confirmation {
    /// How the order stands.
    Order(PgOrder),
    /// It is not approved, for this reason.
    NotApproved(FailureCode),
}
