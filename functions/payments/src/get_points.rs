//! `GET /points`

use kit::http::{Call, Reply};
use kit::problem::Problem;
use payments::domain::KRW;
use payments::lookup::Lookup;
use serde::Serialize;

#[derive(Debug, Serialize)]
struct Points {
    balance: i64,
    currency: &'static str,
}

/// Answers the caller's balance; 0 before the first points.
///
/// # Errors
/// 503 when the table does not answer.
pub async fn handle(app: &Lookup, call: Call) -> Result<Reply, Problem> {
    let balance = app.balance(call.caller()?.user_id).await?;
    Reply::ok(&Points { balance, currency: KRW })
}
