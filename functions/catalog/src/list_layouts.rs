//! Which layouts there are.

use contracts::ids::LayoutId;
use kit::http::{Call, Reply};
use kit::page::{Page, PageQuery, cursor};
use kit::problem::Problem;
use serde::Serialize;

use crate::App;

/// For so many seconds caches may answer instead.
const CACHE_SECONDS: u32 = 60;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    id: LayoutId,
    version: u64,
    name: String,
    seat_count: u32,
}

/// 200 with a page of layouts, newest first, without their geometry: `?limit=&cursor=`.
///
/// # Errors
/// 422 for a bad limit or cursor.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let query: PageQuery = call.query()?;
    let (summaries, next) = app.catalog.layouts(query.position()?, query.limit()?).await?;
    let items = summaries.into_iter().map(|summary| Item {
        id: summary.id,
        version: summary.version,
        name: summary.name,
        seat_count: summary.seat_count,
    });
    let page = Page { items: items.collect(), next_cursor: next.map(|id| cursor(&id)).transpose()? };
    Ok(Reply::ok(&page)?.cached(CACHE_SECONDS))
}
