//! `GET /payments/{paymentId}`

use contracts::ids::{PaymentId, ReservationId};
use contracts::payments::{PaymentMethod, PaymentPurpose, PaymentState, PublicStatus};
use kit::http::{Call, Reply};
use kit::problem::Problem;
use payments::lookup::Lookup;
use serde::Serialize;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Payment {
    id: PaymentId,
    /// `null` for a purchase of points.
    reservation_id: Option<ReservationId>,
    amount: i64,
    method: PaymentMethod,
    point_used: i64,
    card_amount: i64,
    currency: String,
    status: PublicStatus,
    failure_code: Option<String>,
}

impl From<PaymentState> for Payment {
    fn from(state: PaymentState) -> Self {
        Self {
            id: state.id,
            reservation_id: match state.purpose {
                PaymentPurpose::Reservation { reservation_id, .. } => Some(reservation_id),
                PaymentPurpose::Points => None,
            },
            amount: state.amount(),
            method: state.method,
            point_used: state.point_used,
            card_amount: state.card_amount,
            currency: state.currency,
            status: state.status.public(),
            failure_code: state.failure_code,
        }
    }
}

/// Answers a payment of the caller's.
///
/// # Errors
/// 404 when there is none, or it is somebody else's.
pub async fn handle(app: &Lookup, call: Call) -> Result<Reply, Problem> {
    let user = call.caller()?.user_id;
    let payment = app.payment(user, call.path_id("paymentId")?).await?;
    let payment = payment.ok_or_else(Problem::not_found)?;
    Reply::ok(&Payment::from(payment))
}
