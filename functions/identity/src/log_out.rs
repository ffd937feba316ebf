//! Ending sessions: with `{refreshToken}` or a browser's cookie that one, without either all of the caller's.

use identity::Accounts;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Deserialize;

use crate::session_cookie::{Keeper, shown};

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
    let (caller, keeper) = (call.caller()?, Keeper::of(&call)?);
    let body: Option<Request> = call.optional_body()?;
    let sent = body.and_then(|body| body.refresh_token);
    let refresh_token = match keeper {
        Keeper::Client => sent,
        // A browser without a cookie has no session to end, and certainly not those of other devices.
        Keeper::Browser => Some(sent.or_else(|| shown(&call)).unwrap_or_default()),
    };
    accounts.log_out(caller.user_id, refresh_token.as_deref()).await?;
    Ok(keeper.farewell(Reply::no_content()))
}
