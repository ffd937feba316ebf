//! What several operations read or answer.

use contracts::ids::PaymentId;
use contracts::payments::PublicStatus;
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

/// Notes a payment key that the PG cannot have given out.
pub(crate) fn check_payment_key(checks: &mut Checks, key: &str) {
    let fits = (1..=MAX_KEY_LENGTH).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    checks.ensure(
        fits,
        "/paymentKey",
        format!("must have 1 to {MAX_KEY_LENGTH} printable ASCII characters and no blanks"),
    );
}
