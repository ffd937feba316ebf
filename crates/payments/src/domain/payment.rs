//! The life of a payment.
//!
//! ```text
//! REQUESTED ──▶ POINTS_DEBITED ──▶ SUCCESS ──▶ REFUNDED
//!     │  └────────────┼──────────────▲
//!     └──────▶ FAILED ◀
//! ```
//! Only a payment of two parts stops at `POINTS_DEBITED`: there the points are taken and the card is not. A payment
//! of one part needs no such stop and goes from `REQUESTED` to `SUCCESS` in one write. Points go back in the same write
//! that makes a payment `FAILED` or `REFUNDED`.

use contracts::booking::PAYMENT_WINDOW_SECONDS;
use contracts::event::EventType;
use contracts::ids::{PaymentId, UserId};
use contracts::payments::{PaymentMethod, PaymentPurpose, PaymentState, PaymentStatus, PointsEntryType};
use jiff::{SignedDuration, Timestamp};

use super::failure::FailureCode;
use super::ledger::Movement;
use super::split::Split;

/// For how long after its request a payment of a reservation may be charged. Booking keeps the seats for the payment
/// window beyond a hold that ends after the request; the minute less is for charging itself and for clocks that differ.
const CHARGEABLE_FOR: SignedDuration = SignedDuration::from_secs(PAYMENT_WINDOW_SECONDS - 60);

/// What can happen to a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The points part is taken, the card part comes next.
    DebitPoints,
    /// All of it is paid.
    Succeed,
    /// Nothing is kept.
    Fail(FailureCode),
    /// All of it is given back.
    Refund,
}

/// A payment after a step, and what the same write must do besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// The payment as it is now.
    pub payment: PaymentState,
    /// What happened to it.
    pub event: EventType,
    /// The points that move with it.
    pub points: Option<Movement>,
}

/// A payment in this state does not take this step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a payment that is {status:?} does not take the step {step:?}")]
pub struct NotPossible {
    /// Where the payment is.
    pub status: PaymentStatus,
    /// What was tried.
    pub step: Step,
}

/// What a new payment is for, and how it is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Who pays.
    pub user_id: UserId,
    /// For what.
    pub purpose: PaymentPurpose,
    /// How.
    pub method: PaymentMethod,
    /// The two parts.
    pub split: Split,
    /// ISO 4217 code of both.
    pub currency: String,
    /// The PG's key, where there is a card part.
    pub payment_key: Option<String>,
}

/// A new payment, waiting to be charged.
#[must_use]
pub fn requested(id: PaymentId, order: Order) -> PaymentState {
    PaymentState {
        id,
        version: 1,
        user_id: order.user_id,
        purpose: order.purpose,
        method: order.method,
        point_used: order.split.points,
        card_amount: order.split.card,
        currency: order.currency,
        payment_key: order.payment_key,
        status: PaymentStatus::Requested,
        failure_code: None,
        requested_at: None,
    }
}

/// Whether the points of a payment of two parts are still to be taken before its card may be charged.
#[must_use]
pub fn awaits_points(payment: &PaymentState) -> bool {
    payment.status == PaymentStatus::Requested && payment.point_used > 0 && payment.card_amount > 0
}

/// Whether it is too late to begin charging a payment: the seats that it pays for may be somebody else's by the time it
/// succeeds. Points can be bought at any time.
#[must_use]
pub fn is_too_late(payment: &PaymentState, now: Timestamp) -> bool {
    match payment.purpose {
        PaymentPurpose::Reservation { .. } => now.duration_since(payment.asked_for_at()) > CHARGEABLE_FOR,
        PaymentPurpose::Points => false,
    }
}

/// Takes one step.
///
/// # Errors
/// When the payment is not where that step begins.
pub fn advance(payment: &PaymentState, step: Step) -> Result<Transition, NotPossible> {
    use PaymentStatus::{Failed, PointsDebited, Refunded, Requested, Success};
    let (status, event, points) = match (payment.status, step) {
        (Requested, Step::DebitPoints) if awaits_points(payment) => {
            (PointsDebited, EventType::PointsDebited, taken(payment))
        }
        (Requested, Step::Succeed) if !awaits_points(payment) => {
            let points = match payment.purpose {
                PaymentPurpose::Reservation { .. } => taken(payment),
                PaymentPurpose::Points => {
                    Some(Movement { reason: PointsEntryType::Charge, amount: payment.card_amount })
                }
            };
            (Success, EventType::PaymentSucceeded, points)
        }
        (PointsDebited, Step::Succeed) => (Success, EventType::PaymentSucceeded, None),
        (Requested, Step::Fail(_)) => (Failed, EventType::PaymentFailed, None),
        (PointsDebited, Step::Fail(_)) => (Failed, EventType::PaymentFailed, given_back(payment)),
        // Bought points may be spent already, so a purchase of points is not refunded here.
        (Success, Step::Refund) if payment.purpose != PaymentPurpose::Points => {
            (Refunded, EventType::PaymentRefunded, given_back(payment))
        }
        (status, step) => return Err(NotPossible { status, step }),
    };
    let failure_code = match step {
        Step::Fail(code) => Some(code.as_str().to_owned()),
        _ => payment.failure_code.clone(),
    };
    let payment = PaymentState { version: payment.version + 1, status, failure_code, ..payment.clone() };
    Ok(Transition { payment, event, points })
}

fn taken(payment: &PaymentState) -> Option<Movement> {
    (payment.point_used > 0).then_some(Movement { reason: PointsEntryType::Use, amount: -payment.point_used })
}

fn given_back(payment: &PaymentState) -> Option<Movement> {
    (payment.point_used > 0).then_some(Movement { reason: PointsEntryType::Refund, amount: payment.point_used })
}

#[cfg(test)]
#[path = "payment_tests.rs"]
mod tests;
