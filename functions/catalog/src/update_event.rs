//! Changing an event.

use catalog::domain::event::EventPatch;
use contracts::catalog::{Category, EventStatus};
use contracts::ids::ImageId;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Deserialize;

use crate::App;
use crate::dto::EventBody;
use crate::manager::manager;
use crate::patch::present;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    version: Option<u64>,
    title: Option<String>,
    description: Option<String>,
    category: Option<Category>,
    venue: Option<String>,
    time_zone: Option<String>,
    currency: Option<String>,
    buyer_limit: Option<i64>,
    status: Option<EventStatus>,
    #[serde(default, deserialize_with = "present")]
    image_id: Option<Option<ImageId>>,
}

/// 200 with the event after the change. A field that is absent or `null` stays as it is, but for `imageId`: `null` takes the
/// poster off.
///
/// # Errors
/// 422 for a bad field, 404, 409 `version_conflict`, `invalid_transition` or `already_published` (the currency).
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let manager = manager(&call)?;
    let id = call.path_id("eventId")?;
    let body: Request = call.body()?;
    let patch = EventPatch {
        version: body.version,
        title: body.title,
        description: body.description,
        category: body.category,
        venue: body.venue,
        time_zone: body.time_zone,
        currency: body.currency,
        buyer_limit: body.buyer_limit,
        status: body.status,
        image_id: body.image_id,
    };
    let event = app.catalog.update_event(manager, id, &patch, Timestamp::now()).await?;
    Reply::ok(&EventBody::new(event, &app.images_base_url))
}
