//! Ending sessions: with `{refreshToken}` that one, without a body all of the caller's.

use identity::Accounts;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    refresh_token: Option<String>,
}

/// 204, also when there was nothing left to end.
///
/// # Errors
/// 401 without a caller, 422 for a body of another shape.
pub async fn handle(accounts: &Accounts, call: Call) -> Result<Reply, Problem> {
    let caller = call.caller()?;
    let body: Option<Request> = call.optional_body()?;
    let refresh_token = body.and_then(|body| body.refresh_token);
    accounts.log_out(caller.user_id, refresh_token.as_deref()).await?;
    Ok(Reply::no_content())
}
