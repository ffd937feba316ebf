//! Trading a refresh token, from the body or a browser's cookie, for the next session.

use identity::{Error, Sessions};
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Deserialize;

use crate::session_cookie::{Keeper, shown};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    refresh_token: String,
}

/// 200 with a session whose refresh token replaces the one sent.
///
/// # Errors
/// 401 `invalid_refresh_token`, which takes the browser's cookie away.
pub async fn handle(sessions: &Sessions, call: Call) -> Result<Reply, Problem> {
    let (keeper, now) = (Keeper::of(&call)?, Timestamp::now());
    let refreshed = match keeper {
        Keeper::Client => {
            let body: Request = call.body()?;
            sessions.refresh(&body.refresh_token, now).await
        }
        Keeper::Browser => {
            let body: Option<Request> = call.optional_body()?;
            match body.map(|body| body.refresh_token).or_else(|| shown(&call)) {
                Some(token) => sessions.refresh_in_browser(&token, now).await,
                None => Err(Error::InvalidRefreshToken),
            }
        }
    };
    match refreshed {
        Ok(session) => keeper.reply(session, false),
        Err(error) => Err(keeper.refusal(error.into())),
    }
}
