//! `POST /points/charge`

use contracts::ids::PaymentId;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use kit::validate::Checks;
use payments::points::{ChargePoints, PURCHASE};
use serde::Deserialize;

use crate::dto::{Accepted, check_payment_key};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    amount: i64,
    payment_key: String,
}

/// Orders points for the caller, charged to a card; answers 202.
///
/// # Errors
/// 422 for an unusable amount or key, or a reused idempotency key.
pub async fn handle(app: &ChargePoints, call: Call) -> Result<Reply, Problem> {
    let user = call.caller()?.user_id;
    let (body, idempotency) = call.idempotent_body::<Body>()?;
    let mut checks = Checks::new();
    checks.number("/amount", body.amount, PURCHASE);
    check_payment_key(&mut checks, &body.payment_key);
    checks.done()?;
    let id = app
        .order(user, body.amount, body.payment_key, idempotency.as_ref(), PaymentId::generate(), Timestamp::now())
        .await?;
    Reply::accepted(&Accepted::new(id))
}
