//! One event, as its manager sees it.

use kit::http::{Call, Reply};
use kit::problem::Problem;

use crate::App;
use crate::dto::ProgrammeBody;
use crate::manager::manager;

/// 200 with the event and all that belongs to it, published or not.
///
/// # Errors
/// 404 when it is not there or not the caller's.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let programme = app.catalog.managed_event(manager(&call)?, call.path_id("eventId")?).await?;
    Reply::ok(&ProgrammeBody::new(programme, &app.images_base_url))
}
