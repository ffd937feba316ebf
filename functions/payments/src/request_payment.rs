//! `POST /payments`

use contracts::ids::{PaymentId, ReservationId};
use contracts::payments::PaymentMethod;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use kit::validate::Checks;
use payments::domain::MAX_AMOUNT;
use payments::domain::split::Choice;
use payments::request::{PaymentRequest, RequestPayment};
use payments::reservations::Reservations;
use serde::Deserialize;

use crate::dto::{Accepted, check_payment_key, chosen_id};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    reservation_id: ReservationId,
    method: PaymentMethod,
    point_amount: Option<i64>,
    payment_key: Option<String>,
    payment_id: Option<String>,
}

/// Begins a payment for a reservation of the caller's; answers 202.
///
/// # Errors
/// 404, 409 and 422 as the contract says.
pub async fn handle<R: Reservations>(app: &RequestPayment<R>, call: Call) -> Result<Reply, Problem> {
    let user_id = call.caller()?.user_id;
    let (body, idempotency) = call.idempotent_body::<Body>()?;
    let (choice, now) = (body.choice()?, Timestamp::now());
    let chosen = chosen_id(&call, body.payment_id.as_deref(), "/paymentId", now)?;
    let request = PaymentRequest {
        user_id,
        reservation_id: body.reservation_id,
        choice,
        payment_key: body.payment_key,
        idempotency,
        chosen,
    };
    let id = app.begin(request, PaymentId::generate(), now).await?;
    Reply::accepted(&Accepted::new(id))
}

impl Body {
    /// How the caller wants to pay, once the members fit each other.
    fn choice(&self) -> Result<Choice, Problem> {
        let mut checks = Checks::new();
        let points = self.point_amount;
        let choice = match self.method {
            PaymentMethod::Card => {
                let none = points.is_none_or(|points| points == 0);
                checks.ensure(none, "/pointAmount", "must be absent or 0 with method CARD");
                Choice::Card
            }
            PaymentMethod::Point => {
                if let Some(points) = points {
                    checks.number("/pointAmount", points, 0..=MAX_AMOUNT);
                }
                Choice::Point { expected: points }
            }
            PaymentMethod::Mixed => {
                let points = points.unwrap_or_default();
                checks.number("/pointAmount", points, 1..=MAX_AMOUNT);
                Choice::Mixed { points }
            }
        };
        match (self.method, &self.payment_key) {
            (PaymentMethod::Point, key) => {
                checks.ensure(key.is_none(), "/paymentKey", "must be absent with method POINT");
            }
            (_, Some(key)) => check_payment_key(&mut checks, key),
            (_, None) => {
                checks.ensure(false, "/paymentKey", "is needed to charge a card");
            }
        }
        checks.done()?;
        Ok(choice)
    }
}
