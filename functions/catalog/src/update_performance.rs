//! Changing a performance.

use catalog::domain::offer_patch::PerformancePatch;
use contracts::ids::{LayoutId, PerformanceId};
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Deserialize;

use crate::App;
use crate::dto::ManagedPerformanceBody;
use crate::manager::manager;
use crate::patch::present;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    version: Option<u64>,
    starts_at: Option<Timestamp>,
    layout_id: Option<LayoutId>,
    #[serde(default, deserialize_with = "present")]
    sale_opens_at: Option<Option<Timestamp>>,
    #[serde(default, deserialize_with = "present")]
    sale_closes_at: Option<Option<Timestamp>>,
}

/// 200 with the performance after the change. A field that is absent stays as it is, and so do the start and the layout when
/// they are `null`; a sale without an end of its own closes with the start.
///
/// # Errors
/// 422 for a bad field or unknown layout, 404, 409 `version_conflict`, `already_published` (the layout),
/// `performance_started`, `performance_cancelled` or `event_over`.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let manager = manager(&call)?;
    let (event_id, id): (_, PerformanceId) = (call.path_id("eventId")?, call.path_id("performanceId")?);
    let body: Request = call.body()?;
    let patch = PerformancePatch {
        version: body.version,
        starts_at: body.starts_at,
        layout_id: body.layout_id,
        sale_opens_at: body.sale_opens_at,
        sale_closes_at: body.sale_closes_at,
    };
    let programme = app.catalog.update_performance(manager, event_id, id, &patch, Timestamp::now()).await?;
    let performance = programme.performance(id).ok_or_else(Problem::not_found)?;
    Reply::ok(&ManagedPerformanceBody::of(&programme, performance))
}
