//! The port to a payment gateway (PG).

use contracts::ids::PaymentId;

use crate::domain::failure::FailureCode;
use crate::domain::verdict::PgOrder;

/// A card charge. The payment's id is both the order id at the PG and the idempotency key of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charge<'a> {
    /// For which payment.
    pub order_id: PaymentId,
    /// The key that the buyer got from the PG.
    pub payment_key: &'a str,
    /// How much, in minor units.
    pub amount: i64,
}

/// What the PG answered to a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The money is captured, in the PG's own words.
    Approved(PgOrder),
    /// Refused for good; nothing is captured.
    Declined(FailureCode),
    /// Accepted, to be decided later.
    InProgress,
    /// It may have happened or not: only the order itself can tell.
    Unknown(Doubt),
}

/// Why nobody knows what became of a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// No answer in time.
    Timeout,
    /// Out of reach, or it failed inside.
    Unavailable,
    /// The PG has dealt with this order or this key before.
    AlreadyProcessed,
}

/// Why money is given back; also keeps the idempotency keys of the two apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CancelReason {
    /// The buyer gets a paid reservation refunded.
    Refund,
    /// The payment failed on our side, the approval must not stand.
    Void,
}

impl CancelReason {
    /// As it appears in idempotency keys and in the PG's books.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Refund => "refund",
            Self::Void => "void",
        }
    }
}

/// The PG could not be asked, or its answer makes no sense. Asking again later may help.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// No answer.
    #[error("the PG is out of reach")]
    Unreachable(#[source] reqwest::Error),
    /// It refuses to work with us: a wrong secret, a wrong address, or a request it does not understand.
    #[error("the PG answered {status} {code}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// The PG's own code, empty without one.
        code: String,
    },
    /// Its answer is not what was agreed.
    #[error("the PG's answer is unintelligible: {0}")]
    Unintelligible(String),
}

impl GatewayError {
    /// Without an answer. The address is left out: it may hold a payment key, and errors are logged.
    pub(crate) fn unreachable(error: reqwest::Error) -> Self {
        Self::Unreachable(error.without_url())
    }
}

/// A payment gateway. Every call may be repeated without a second effect.
pub trait PaymentGateway: Sync {
    /// Asks to capture the money.
    ///
    /// # Errors
    /// Only when no charge can work now, such as with a wrong secret; everything else is an [`Outcome`].
    fn confirm(&self, charge: Charge<'_>) -> impl Future<Output = Result<Outcome, GatewayError>> + Send;

    /// How the order of this payment stands; `None` when the PG has never accepted one.
    ///
    /// # Errors
    /// When the PG does not answer, or answers about something else.
    fn order(&self, order_id: PaymentId) -> impl Future<Output = Result<Option<PgOrder>, GatewayError>> + Send;

    /// Gives back all that is left of an approved order. `payment_key` must be one that the PG itself has named for
    /// this order: a key that a caller named may belong to somebody else.
    ///
    /// # Errors
    /// When it is not known to be given back.
    fn cancel(
        &self,
        order_id: PaymentId,
        payment_key: &str,
        reason: CancelReason,
    ) -> impl Future<Output = Result<(), GatewayError>> + Send;
}
