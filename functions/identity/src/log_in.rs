//! Logging in with e-mail and password.

use identity::Sessions;
use identity::domain::Password;
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
/// 401 `invalid_credentials`, 429 `too_many_attempts` after five wrong passwords in a row.
pub async fn handle(sessions: &Sessions, call: Call) -> Result<Reply, Problem> {
    let body: Request = call.body()?;
    let session = sessions.log_in(&body.email, Password::new(body.password), Timestamp::now()).await?;
    Reply::ok(&SessionBody::from(session))
}
