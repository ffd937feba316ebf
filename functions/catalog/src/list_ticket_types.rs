//! What tickets of an event cost.

use kit::http::{Call, Reply};
use kit::page::Page;
use kit::problem::Problem;

use crate::App;
use crate::dto::TicketTypeBody;

/// For so many seconds caches may answer instead: what its organizer changes is to be seen within two.
const CACHE_SECONDS: u32 = 1;

/// 200 with all ticket types on sale; they fit one page.
///
/// # Errors
/// 404 when the event is not there or a draft.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let programme = app.catalog.public_event(call.path_id("eventId")?).await?;
    let ticket_types = programme.published_ticket_types();
    let body = |each| TicketTypeBody::new(each, &programme.event.currency);
    let page = Page { items: ticket_types.into_iter().map(body).collect(), next_cursor: None };
    Ok(Reply::ok(&page)?.cached(CACHE_SECONDS))
}
