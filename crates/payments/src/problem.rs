//! Refusals as problem documents.

use kit::problem::Problem;

use crate::domain::split::SplitError;
use crate::request::RequestError;
use crate::settle::SettleError;
use crate::store::Operation;
use crate::webhook::WebhookError;

impl From<RequestError> for Problem {
    fn from(error: RequestError) -> Self {
        match error {
            RequestError::Store(error) => error.into(),
            RequestError::Reservations(error) => Self::unavailable(error),
            RequestError::KeyReused => {
                Self::new(422, "idempotency_key_reused", "This Idempotency-Key was used for another request.")
            }
            RequestError::IdTaken(Operation::RequestPayment) => {
                Self::conflict("payment_id_taken", "This paymentId stands for something else already.")
            }
            RequestError::IdTaken(Operation::ChargePoints) => {
                Self::conflict("charge_id_taken", "This chargeId stands for something else already.")
            }
            RequestError::NotFound => Self::not_found(),
            RequestError::Expired => Self::conflict("reservation_expired", "The seats are no longer held for you."),
            RequestError::AlreadyPaid => {
                Self::conflict("already_paid", "There is nothing to pay for this reservation.")
            }
            RequestError::InProgress => {
                Self::conflict("payment_in_progress", "Another payment for this reservation is being charged.")
            }
            RequestError::SaleClosed => Self::conflict("sale_closed", "The performance was called off."),
            RequestError::Currency(currency) => {
                Self::new(422, "currency_mismatch", "Points pay for prices in won only.").with("currency", currency)
            }
            RequestError::Split { reason, total } => match reason {
                SplitError::AmountMismatch => {
                    Self::new(422, "amount_mismatch", "The amounts do not make up the reservation's total.")
                }
                SplitError::InsufficientPoints => Self::new(422, "insufficient_points", "There are not enough points."),
            }
            .with("totalAmount", total),
        }
    }
}

impl From<WebhookError> for Problem {
    fn from(error: WebhookError) -> Self {
        match error {
            WebhookError::Unverifiable => {
                Self::new(401, "unverifiable_webhook", "The payment gateway does not confirm this notification.")
            }
            WebhookError::Settle(error) => error.into(),
        }
    }
}

impl From<SettleError> for Problem {
    fn from(error: SettleError) -> Self {
        match error {
            SettleError::Store(error) => error.into(),
            SettleError::Gateway(_) | SettleError::InProgress(_) => Self::unavailable(error),
            SettleError::Ledger(_)
            | SettleError::NeverPaid(_)
            | SettleError::UnknownPayment(_)
            | SettleError::Inconsistent { .. } => Self::internal(error),
        }
    }
}
