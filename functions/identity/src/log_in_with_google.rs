//! Logging in with what Google sent the browser back with.

use contracts::ids::UserId;
use identity::domain::locale;
use identity::google::Arrival;
use identity::{Google, Sessions};
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use kit::validate::Checks;
use serde::Deserialize;

use crate::session_cookie::Keeper;

/// The longest code that is passed on; RFC 6749 sets no limit, Google's have about 100 characters.
const MOST_CODE_BYTES: usize = 2_048;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    code: String,
    state: String,
    code_verifier: String,
    redirect_uri: String,
}

/// 200 with a session.
///
/// # Errors
/// 401 `invalid_state` or `invalid_code`, 403 `email_not_verified`, 404 where nobody can log in through Google, 409
/// `email_taken`, 503 when Google does not answer.
pub async fn handle(google: Option<&Google>, sessions: &Sessions, call: Call) -> Result<Reply, Problem> {
    let google = google.ok_or_else(Problem::not_found)?;
    let keeper = Keeper::of(&call)?;
    let Request { code, state, code_verifier, redirect_uri } = call.body()?;
    let mut checks = Checks::new();
    let detail = format!("must have 1 to {MOST_CODE_BYTES} characters");
    checks.ensure((1..=MOST_CODE_BYTES).contains(&code.len()), "/code", detail);
    checks.done()?;
    let locale = locale::preferred(call.header("accept-language"));
    let proof = google.arrive(&Arrival { code, state, code_verifier, redirect_uri }, Timestamp::now()).await?;
    let session = sessions.log_in_with_google(&proof, UserId::generate(), locale, Timestamp::now()).await?;
    keeper.reply(session, false)
}
