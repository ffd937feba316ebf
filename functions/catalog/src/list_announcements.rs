//! Announcements, as everybody sees them.

use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::page::PageQuery;
use kit::problem::Problem;

use crate::App;
use crate::announcement_body::{CACHE_SECONDS, page};

/// 200 with a page of announcements, pinned ones first, then the latest first: `?limit=&cursor=`. A page may be shorter
/// than `limit` while `nextCursor` says that there is more.
///
/// # Errors
/// 422 for a bad limit or cursor.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let query: PageQuery = call.query()?;
    let (found, next) = app.catalog.announcements(Some(Timestamp::now()), query.position()?, query.limit()?).await?;
    Ok(Reply::ok(&page(found, next)?)?.cached(CACHE_SECONDS))
}
