//! All keyword mappings.

use kit::http::{Call, Reply};
use kit::page::{Page, PageQuery, cursor};
use kit::problem::Problem;

use crate::App;
use crate::keyword_body::KeywordBody;

/// 200 with a page of keyword mappings, the latest created first: `?limit=&cursor=`.
///
/// # Errors
/// 422 for a bad limit or cursor.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    call.caller()?.demand("admin")?;
    let query: PageQuery = call.query()?;
    let (keywords, next) = app.catalog.list_keywords(query.limit()?, query.position()?).await?;
    let items = keywords.into_iter().map(KeywordBody::from).collect();
    Reply::ok(&Page { items, next_cursor: next.map(|id| cursor(&id)).transpose()? })
}
