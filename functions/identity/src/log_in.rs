//! Logging in with e-mail and password.

use identity::domain::Password;
use identity::{Origin, Sessions};
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Deserialize;

use crate::session_cookie::Keeper;
use crate::viewer;

#[derive(Deserialize)]
struct Request {
    email: String,
    password: String,
}

/// 200 with a session.
///
/// # Errors
/// 401 `invalid_credentials`, 429 `too_many_attempts` after five wrong passwords in a row, or a hundred from one place.
pub async fn handle(sessions: &Sessions, origin: &Origin, call: Call) -> Result<Reply, Problem> {
    let (keeper, body): (_, Request) = (Keeper::of(&call)?, call.body()?);
    let now = Timestamp::now();
    let network = viewer::network(&call, origin, now).await;
    let session = sessions.log_in(&body.email, Password::new(body.password), network, now).await?;
    keeper.reply(session, false)
}
