//! Adding a performance to an event.

use catalog::domain::offer::NewPerformance;
use contracts::ids::{LayoutId, PerformanceId};
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Deserialize;

use crate::App;
use crate::dto::ManagedPerformanceBody;
use crate::manager::manager;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    starts_at: Timestamp,
    layout_id: Option<LayoutId>,
    sale_opens_at: Option<Timestamp>,
    sale_closes_at: Option<Timestamp>,
}

/// 201 with the performance, which goes on sale when the event is published (again).
///
/// # Errors
/// 422 for a bad field or unknown layout, 404, 409 `event_over` or `limit_reached`.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let manager = manager(&call)?;
    let event_id = call.path_id("eventId")?;
    let body: Request = call.body()?;
    let new = NewPerformance {
        starts_at: body.starts_at,
        layout_id: body.layout_id,
        sale_opens_at: body.sale_opens_at,
        sale_closes_at: body.sale_closes_at,
    };
    let id = PerformanceId::generate();
    let performance = app.catalog.add_performance(manager, event_id, id, new, Timestamp::now()).await?;
    Reply::created(&ManagedPerformanceBody::new(&performance))
}
