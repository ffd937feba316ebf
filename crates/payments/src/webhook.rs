//! What the PG tells by itself.
//!
//! A notification carries no signature, so nothing in it is believed: it only says which order to ask about. It counts
//! as verified when the PG, asked, knows an order of ours under that key that has got at least as far as the
//! notification claims. Late, repeated and reordered notifications pass and change nothing.

use contracts::ids::PaymentId;
use jiff::Timestamp;

use crate::domain::verdict::OrderStatus;
use crate::gateway::PaymentGateway;
use crate::settle::{SettleError, Settlement};

/// A notification, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// The order it is about.
    pub order_id: String,
    /// The order's payment key.
    pub payment_key: String,
    /// The order's amount, in minor units.
    pub amount: Option<i64>,
    /// How far the order is said to have got.
    pub stage: Stage,
}

/// How far an order is said to have got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Not decided.
    Open,
    /// Declined or expired.
    Declined,
    /// Approved.
    Approved,
    /// Partly given back.
    PartlyCancelled,
    /// Wholly given back.
    Cancelled,
}

impl Stage {
    /// The stage that Toss's status names.
    #[must_use]
    pub fn of_toss(status: &str) -> Option<Self> {
        Some(match status {
            "READY" | "IN_PROGRESS" | "WAITING_FOR_DEPOSIT" => Self::Open,
            "ABORTED" | "EXPIRED" => Self::Declined,
            "DONE" => Self::Approved,
            "PARTIAL_CANCELED" => Self::PartlyCancelled,
            "CANCELED" => Self::Cancelled,
            _ => return None,
        })
    }

    /// Whether an order that stands like this now can have been at this stage.
    const fn fits(self, order: OrderStatus) -> bool {
        match self {
            Self::Open => true,
            Self::Declined => matches!(order, OrderStatus::Declined(_)),
            Self::Approved => {
                matches!(order, OrderStatus::Approved | OrderStatus::PartlyCancelled | OrderStatus::Cancelled)
            }
            Self::PartlyCancelled => {
                matches!(order, OrderStatus::PartlyCancelled | OrderStatus::Cancelled)
            }
            Self::Cancelled => matches!(order, OrderStatus::Cancelled),
        }
    }
}

/// Why a notification was not acted on.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// The PG does not confirm it, or it is about nothing of ours.
    #[error("the PG does not confirm this notification")]
    Unverifiable,
    /// Table or PG did not answer; the PG sends it again.
    #[error(transparent)]
    Settle(#[from] SettleError),
}

impl<G: PaymentGateway> Settlement<G> {
    /// Checks a notification with the PG and brings the payment to where the PG says it is.
    ///
    /// # Errors
    /// When it cannot be verified, or not now.
    pub async fn notified(&self, notification: &Notification, now: Timestamp) -> Result<(), WebhookError> {
        let id: PaymentId = notification.order_id.parse().map_err(|_| WebhookError::Unverifiable)?;
        let payment = self
            .store
            .payment(id)
            .await
            .map_err(SettleError::from)?
            .filter(|payment| payment.payment_key.as_ref() == Some(&notification.payment_key))
            .ok_or(WebhookError::Unverifiable)?;
        let order = self
            .gateway
            .order(id)
            .await
            .map_err(SettleError::from)?
            .filter(|order| {
                order.payment_key == notification.payment_key
                    && notification.amount.is_none_or(|amount| amount == order.amount)
                    && notification.stage.fits(order.status)
            })
            .ok_or(WebhookError::Unverifiable)?;
        // Still waiting is fine: the next notification or the worker goes on.
        self.settle(payment, &order, now).await?;
        Ok(())
    }
}
