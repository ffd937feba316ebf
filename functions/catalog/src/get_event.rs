//! One event, as everybody sees it.

use catalog::domain::image::urls;
use catalog::domain::programme::Programme;
use contracts::catalog::{Category, EventStatus};
use contracts::ids::EventId;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Serialize;

use crate::App;
use crate::dto::{PerformanceBody, TicketTypeBody};
use crate::image_body::ImageUrlsBody;

/// For so many seconds caches may answer instead: what its organizer changes is to be seen within two.
const CACHE_SECONDS: u32 = 1;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    id: EventId,
    title: String,
    description: String,
    category: Category,
    venue: String,
    time_zone: String,
    status: EventStatus,
    currency: String,
    buyer_limit: u32,
    starts_at: Option<Timestamp>,
    min_price: Option<i64>,
    images: Option<ImageUrlsBody>,
    performances: Vec<PerformanceBody>,
    ticket_types: Vec<TicketTypeBody>,
}

/// 200 with the event and what of it is on sale or was called off.
///
/// # Errors
/// 404 when it is not there or a draft.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let programme = app.catalog.public_event(call.path_id("eventId")?).await?;
    Ok(Reply::ok(&body(programme, &app.images_base_url, Timestamp::now()))?.cached(CACHE_SECONDS))
}

fn body(programme: Programme, images_base_url: &str, now: Timestamp) -> Body {
    let currency = &programme.event.currency;
    let ticket_types = programme.published_ticket_types();
    let ticket_types = ticket_types.into_iter().map(|each| TicketTypeBody::new(each, currency)).collect();
    let performances = programme.published_performances().into_iter().map(Into::into).collect();
    let event = programme.event;
    Body {
        starts_at: programme.card.starts_at(now),
        min_price: programme.card.min_price,
        images: event.image_id.map(|id| urls(images_base_url, id).into()),
        performances,
        ticket_types,
        id: event.id,
        title: event.title,
        description: event.description,
        category: event.category,
        venue: event.venue,
        time_zone: event.time_zone,
        status: event.status,
        currency: event.currency,
        buyer_limit: event.buyer_limit,
    }
}
