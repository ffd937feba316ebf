//! Trading a refresh token for the next session.

use identity::Sessions;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Deserialize;

use crate::dto::SessionBody;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    refresh_token: String,
}

/// 200 with a session whose refresh token replaces the one sent.
///
/// # Errors
/// 401 `invalid_refresh_token`.
pub async fn handle(sessions: &Sessions, call: Call) -> Result<Reply, Problem> {
    let body: Request = call.body()?;
    let session = sessions.refresh(&body.refresh_token, Timestamp::now()).await?;
    Reply::ok(&SessionBody::from(session))
}
