//! What several operations read or answer.

use contracts::ids::PaymentId;
use contracts::payments::PaymentStatus;
use kit::validate::Checks;
use serde::Serialize;

/// The longest payment key, in characters; Toss's own limit.
const MAX_KEY_LENGTH: usize = 200;

/// The answer to an order that is charged later.
#[derive(Debug, Clone, Serialize)]
pub struct Accepted {
    id: PaymentId,
    status: PublicStatus,
}

impl Accepted {
    /// Of the payment `id`. The same for every repetition of the request, however far the payment is by then.
    #[must_use]
    pub const fn new(id: PaymentId) -> Self {
        Self { id, status: PublicStatus::Processing }
    }
}

/// The status of a payment as the API shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PublicStatus {
    /// Being charged.
    Processing,
    /// Paid.
    Success,
    /// Nothing was kept.
    Failed,
    /// All was given back.
    Refunded,
}

impl From<PaymentStatus> for PublicStatus {
    fn from(status: PaymentStatus) -> Self {
        match status {
            PaymentStatus::Requested | PaymentStatus::PointsDebited => Self::Processing,
            PaymentStatus::Success => Self::Success,
            PaymentStatus::Failed => Self::Failed,
            PaymentStatus::Refunded => Self::Refunded,
        }
    }
}

/// Notes a payment key that the PG cannot have given out.
pub(crate) fn check_payment_key(checks: &mut Checks, key: &str) {
    let fits = (1..=MAX_KEY_LENGTH).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    checks.ensure(
        fits,
        "/paymentKey",
        format!("must have 1 to {MAX_KEY_LENGTH} printable ASCII characters and no blanks"),
    );
}
