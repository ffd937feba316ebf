//! Declaring words to mean the same in searches.

use catalog::domain::keyword::NewKeyword;
use contracts::ids::KeywordId;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Deserialize;

use crate::App;
use crate::keyword_body::KeywordBody;

#[derive(Deserialize)]
struct Request {
    term: String,
    aliases: Vec<String>,
}

/// 201 with the keyword mapping.
///
/// # Errors
/// 422 for a bad field, 409 `keyword_taken` when other mappings have some of the words.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    call.caller()?.demand("admin")?;
    let Request { term, aliases } = call.body()?;
    let new = NewKeyword { term, aliases };
    let keyword = app.catalog.create_keyword(KeywordId::generate(), new, Timestamp::now()).await?;
    Reply::created(&KeywordBody::from(keyword))
}
