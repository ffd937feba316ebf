//! `GET /reservations/{reservationId}/cancellation-quote`: what cancelling now would give back.

use booking::domain::cancellation::{POLICY_VERSION, Terms};
use booking::look;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Serialize;

use crate::App;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Quote {
    refund_amount: i64,
    fee: i64,
    /// Absent where booking was not told how the payment is split.
    point_refund: Option<i64>,
    card_refund: Option<i64>,
    currency: String,
    policy_version: &'static str,
    deadline: Timestamp,
}

/// Answers the request.
///
/// # Errors
/// 404 for a reservation that is not the caller's; 409 `not_cancellable`, `payment_in_progress`.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let (caller, id) = (call.caller()?, call.path_id("reservationId")?);
    let (reservation, terms) = look::cancellation(&app.store, &app.sales, caller.user_id, id, Timestamp::now()).await?;
    Reply::ok(&Quote::of(terms, reservation.currency))
}

impl Quote {
    fn of(terms: Terms, currency: String) -> Self {
        let policy_version = POLICY_VERSION;
        match terms {
            Terms::Release { deadline } => Self {
                refund_amount: 0,
                fee: 0,
                point_refund: Some(0),
                card_refund: Some(0),
                currency,
                policy_version,
                deadline,
            },
            Terms::Refund { amount, split, fee, deadline } => Self {
                refund_amount: amount,
                fee,
                point_refund: split.map(|split| split.points),
                card_refund: split.map(|split| split.card),
                currency,
                policy_version,
                deadline,
            },
        }
    }
}
