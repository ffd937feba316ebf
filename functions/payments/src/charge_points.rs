//! `POST /points/charge`

use contracts::ids::PaymentId;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use kit::validate::Checks;
use payments::points::{ChargePoints, PURCHASE, PointsRequest};
use serde::Deserialize;

use crate::dto::{Accepted, check_payment_key, chosen_id};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    amount: i64,
    payment_key: String,
    charge_id: Option<String>,
}

/// Orders points for the caller, charged to a card; answers 202.
///
/// # Errors
/// 409 `charge_id_taken`; 422 for an unusable amount, key or id, or a reused idempotency key.
pub async fn handle(app: &ChargePoints, call: Call) -> Result<Reply, Problem> {
    let (user_id, now) = (call.caller()?.user_id, Timestamp::now());
    let (body, idempotency) = call.idempotent_body::<Body>()?;
    let mut checks = Checks::new();
    checks.number("/amount", body.amount, PURCHASE);
    check_payment_key(&mut checks, &body.payment_key);
    checks.done()?;
    let chosen = chosen_id(&call, body.charge_id.as_deref(), "/chargeId", now)?;
    let request = PointsRequest { user_id, amount: body.amount, payment_key: body.payment_key, idempotency, chosen };
    let id = app.order(request, PaymentId::generate(), now).await?;
    Reply::accepted(&Accepted::new(id))
}
