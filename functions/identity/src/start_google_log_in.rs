//! The way to Google's log-in page and back.

use identity::Google;
use identity::google::Departure;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Query {
    redirect_uri: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    authorization_url: String,
    state: String,
    code_verifier: String,
    redirect_uri: String,
    expires_in: i64,
}

/// 200 with the address to send the browser to and what to keep until it comes back.
///
/// # Errors
/// 404 where nobody can log in through Google, 422 for a redirect URI that is not ours, 503 when Google does not answer.
pub async fn handle(google: Option<&Google>, call: Call) -> Result<Reply, Problem> {
    let google = google.ok_or_else(Problem::not_found)?;
    let query: Query = call.query()?;
    let departure = google.depart(query.redirect_uri, Timestamp::now()).await?;
    let Departure { authorization_url, state, code_verifier, redirect_uri, expires_in } = departure;
    Reply::ok(&Body { authorization_url, state, code_verifier, redirect_uri, expires_in })
}
