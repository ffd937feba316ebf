//! `GET /points/history`

use contracts::payments::PointsEntry;
use kit::http::{Call, Reply};
use kit::page::{Page, PageQuery, cursor};
use kit::problem::Problem;
use payments::lookup::Lookup;

/// Answers a page of the caller's entries, newest first. A cursor is the number of the entry before the page, so pages
/// stay put while new entries are added.
///
/// # Errors
/// 422 for an unusable limit or cursor.
pub async fn handle(app: &Lookup, call: Call) -> Result<Reply, Problem> {
    let user = call.caller()?.user_id;
    let query: PageQuery = call.query()?;
    let page = app.history(user, query.position()?, query.limit()?).await?;
    Reply::ok(&Page::<PointsEntry> {
        items: page.entries,
        next_cursor: page.older_than.map(|number| cursor(&number)).transpose()?,
    })
}
