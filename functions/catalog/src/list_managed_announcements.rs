//! All announcements, those that are not public yet as well.

use kit::http::{Call, Reply};
use kit::page::PageQuery;
use kit::problem::Problem;

use crate::App;
use crate::announcement_body::page;

/// 200 with a page of announcements, pinned ones first, then the latest first: `?limit=&cursor=`.
///
/// # Errors
/// 403 for anybody but an admin, 422 for a bad limit or cursor.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    call.caller()?.demand("admin")?;
    let query: PageQuery = call.query()?;
    let (found, next) = app.catalog.announcements(None, query.position()?, query.limit()?).await?;
    Reply::ok(&page(found, next)?)
}
