//! Drafting an event.

use catalog::domain::event::{DEFAULT_BUYER_LIMIT, DEFAULT_CURRENCY, NewEvent};
use contracts::catalog::Category;
use contracts::ids::{EventId, ImageId};
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Deserialize;

use crate::App;
use crate::dto::EventBody;
use crate::manager::manager;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    title: String,
    description: Option<String>,
    category: Category,
    venue: String,
    time_zone: String,
    currency: Option<String>,
    buyer_limit: Option<i64>,
    image_id: Option<ImageId>,
}

/// 201 with the draft, which the caller manages from now on.
///
/// # Errors
/// 422 when something is wrong with it, or the picture is none that the caller may show.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let manager = manager(&call)?;
    let body: Request = call.body()?;
    let new = NewEvent {
        title: body.title,
        description: body.description.unwrap_or_default(),
        category: body.category,
        venue: body.venue,
        time_zone: body.time_zone,
        currency: body.currency.unwrap_or_else(|| DEFAULT_CURRENCY.to_owned()),
        buyer_limit: body.buyer_limit.unwrap_or(DEFAULT_BUYER_LIMIT),
        image_id: body.image_id,
    };
    let event = app.catalog.create_event(manager, EventId::generate(), new, Timestamp::now()).await?;
    Reply::created(&EventBody::new(event, &app.images_base_url))
}
