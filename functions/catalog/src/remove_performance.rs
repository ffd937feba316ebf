//! Taking a performance back.

use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;

use crate::App;
use crate::manager::manager;

/// 204 when it is gone.
///
/// # Errors
/// 404, 409 `already_published` when it has ever been on sale, 409 `event_over`.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let manager = manager(&call)?;
    let (event_id, id) = (call.path_id("eventId")?, call.path_id("performanceId")?);
    app.catalog.remove_performance(manager, event_id, id, Timestamp::now()).await?;
    Ok(Reply::no_content())
}
