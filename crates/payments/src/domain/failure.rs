//! Why a payment failed.

/// A reason to fail, published as a stable code.
///
/// Those without a clear no from the PG are looked at once more later
/// ([`contracts::payments::PaymentState::may_be_approved_late`]), and an approval found then is voided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FailureCode {
    /// The account has fewer points than the payment takes.
    InsufficientPoints,
    /// The card company declined.
    CardDeclined,
    /// The card's limit or the account behind it is exhausted.
    InsufficientFunds,
    /// The PG does not know the payment key, or no longer.
    PaymentKeyInvalid,
    /// The payment key was given out for another order id or another amount.
    PaymentMismatch,
    /// The PG has dealt with the payment key before and knows no order of this payment: the key belongs to another.
    PgKeyUsed,
    /// The approval was taken back at the PG before it was recorded here.
    PaymentCancelled,
    /// It was to be charged so late that the seats may be somebody else's by now; nothing was charged.
    PaymentExpired,
    /// The PG did not answer in time, and the order is not approved.
    PgTimeout,
    /// The PG failed or was out of reach, and the order is not approved.
    PgUnavailable,
    /// The PG approved something else than was asked for; it was voided.
    PgMismatch,
}

impl FailureCode {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::InsufficientPoints,
        Self::CardDeclined,
        Self::InsufficientFunds,
        Self::PaymentKeyInvalid,
        Self::PaymentMismatch,
        Self::PgKeyUsed,
        Self::PaymentCancelled,
        Self::PaymentExpired,
        Self::PgTimeout,
        Self::PgUnavailable,
        Self::PgMismatch,
    ];

    /// The code on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InsufficientPoints => "insufficient_points",
            Self::CardDeclined => "card_declined",
            Self::InsufficientFunds => "insufficient_funds",
            Self::PaymentKeyInvalid => "payment_key_invalid",
            Self::PaymentMismatch => "payment_mismatch",
            Self::PgKeyUsed => "pg_key_used",
            Self::PaymentCancelled => "payment_cancelled",
            Self::PaymentExpired => "payment_expired",
            Self::PgTimeout => "pg_timeout",
            Self::PgUnavailable => "pg_unavailable",
            Self::PgMismatch => "pg_mismatch",
        }
    }
}
