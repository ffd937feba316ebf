//! Changing a keyword mapping.

use catalog::domain::keyword::KeywordPatch;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Deserialize;

use crate::App;
use crate::keyword_body::KeywordBody;

#[derive(Deserialize)]
struct Request {
    version: Option<u64>,
    term: Option<String>,
    aliases: Option<Vec<String>>,
}

/// 200 with the keyword mapping after the change. A field that is absent or `null` stays as it is.
///
/// # Errors
/// 422 for a bad field, 404, 409 `version_conflict` or `keyword_taken`.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    call.caller()?.demand("admin")?;
    let id = call.path_id("keywordId")?;
    let Request { version, term, aliases } = call.body()?;
    let patch = KeywordPatch { version, term, aliases };
    let keyword = app.catalog.update_keyword(id, &patch, Timestamp::now()).await?;
    Reply::ok(&KeywordBody::from(keyword))
}
