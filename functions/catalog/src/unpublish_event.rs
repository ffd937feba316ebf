//! Taking an event off sale.

use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;

use crate::App;
use crate::dto::ProgrammeBody;
use crate::manager::manager;

/// 200 with the event, a draft again, and all that belongs to it; one that is a draft stays as it is.
///
/// # Errors
/// 404, 409 `invalid_transition` for an event that is over.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let manager = manager(&call)?;
    let programme = app.catalog.unpublish_event(manager, call.path_id("eventId")?, Timestamp::now()).await?;
    Reply::ok(&ProgrammeBody::new(programme, &app.images_base_url))
}
