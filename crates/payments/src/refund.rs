//! Giving a paid reservation's money back: the card part at the PG, then the points part with the payment's own end.

use contracts::booking::ReservationState;
use contracts::payments::{PaymentPurpose, PaymentStatus};
use jiff::Timestamp;

use crate::domain::payment::Step;
use crate::gateway::{CancelReason, PaymentGateway};
use crate::settle::{Advance, SettleError, Settlement};

impl<G: PaymentGateway> Settlement<G> {
    /// Refunds all that was paid for `reservation`. A payment that has failed or is refunded already has nothing to give
    /// back.
    ///
    /// # Errors
    /// When table or PG do not answer, or the payment is not settled yet: deliver again.
    pub async fn refund(&self, reservation: &ReservationState, now: Timestamp) -> Result<(), SettleError> {
        let Some(id) = reservation.payment_id else {
            return Err(SettleError::NeverPaid(reservation.id));
        };
        let inconsistent = |reason| SettleError::Inconsistent { id, reason };
        let payment = self.store.payment(id).await?.ok_or(SettleError::UnknownPayment(id))?;
        match payment.purpose {
            PaymentPurpose::Reservation { reservation_id, .. } if reservation_id == reservation.id => {}
            _ => return Err(inconsistent("it pays for something else")),
        }
        match payment.status {
            PaymentStatus::Refunded | PaymentStatus::Failed => return Ok(()),
            PaymentStatus::Requested | PaymentStatus::PointsDebited => {
                return Err(inconsistent("it is not settled yet"));
            }
            PaymentStatus::Success => {}
        }
        if payment.card_amount > 0 {
            // The PG has approved this key for this very order, or the payment would not have succeeded.
            let key =
                payment.payment_key.as_deref().ok_or_else(|| inconsistent("it has a card part and no payment key"))?;
            self.gateway.cancel(id, key, CancelReason::Refund).await?;
        }
        match self.store.advance(payment, Step::Refund, now).await? {
            Advance::Done(_) | Advance::NotPossible(_) => Ok(()),
            Advance::InsufficientPoints(_) => Err(inconsistent("a refund takes no points")),
        }
    }
}
