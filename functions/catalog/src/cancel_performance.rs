//! Calling one performance off.

use contracts::ids::PerformanceId;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;

use crate::App;
use crate::dto::ManagedPerformanceBody;
use crate::manager::manager;

/// 200 with the performance; repeating it changes nothing.
///
/// # Errors
/// 404, 409 `never_published`, `performance_started` or `event_over`.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let manager = manager(&call)?;
    let (event_id, id): (_, PerformanceId) = (call.path_id("eventId")?, call.path_id("performanceId")?);
    let programme = app.catalog.cancel_performance(manager, event_id, id, Timestamp::now()).await?;
    let performance = programme.performance(id).ok_or_else(Problem::not_found)?;
    Reply::ok(&ManagedPerformanceBody::of(&programme, performance))
}
