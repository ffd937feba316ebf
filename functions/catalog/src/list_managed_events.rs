//! The events that the caller manages.

use contracts::ids::UserId;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::page::{Page, PageQuery, cursor};
use kit::problem::Problem;
use serde::Serialize;

use crate::App;
use crate::dto::CardBody;
use crate::manager::manager;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    #[serde(flatten)]
    card: CardBody,
    version: u64,
    organizer_id: UserId,
}

/// 200 with a page of events, the latest created first, drafts as well: `?limit=&cursor=`. Admins see everybody's.
///
/// # Errors
/// 422 for a bad limit or cursor.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let manager = manager(&call)?;
    let query: PageQuery = call.query()?;
    let now = Timestamp::now();
    let (cards, next) = app.catalog.list_managed_events(manager, query.limit()?, query.position()?).await?;
    let items = cards.into_iter().map(|card| Item {
        version: card.version,
        organizer_id: card.organizer_id,
        card: CardBody::new(card, now),
    });
    let page = Page { items: items.collect(), next_cursor: next.map(|id| cursor(&id)).transpose()? };
    Reply::ok(&page)
}
