//! Logging in with e-mail and password.

use identity::Sessions;
use identity::domain::{Network, Password};
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Deserialize;

use crate::dto::SessionBody;

#[derive(Deserialize)]
struct Request {
    email: String,
    password: String,
}

/// 200 with a session.
///
/// # Errors
/// 401 `invalid_credentials`, 429 `too_many_attempts` after five wrong passwords in a row, or a hundred from one place.
pub async fn handle(sessions: &Sessions, call: Call) -> Result<Reply, Problem> {
    let body: Request = call.body()?;
    let (password, network) = (Password::new(body.password), call.source_ip().map(Network::of));
    let session = sessions.log_in(&body.email, password, network, Timestamp::now()).await?;
    Reply::ok(&SessionBody::from(session))
}
