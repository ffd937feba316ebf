//! Taking an announcement back.

use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;

use crate::App;

/// 204: nobody sees it any more.
///
/// # Errors
/// 403 for anybody but an admin, 404 when there is none, or none any more.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    call.caller()?.demand("admin")?;
    app.catalog.remove_announcement(call.path_id("announcementId")?, Timestamp::now()).await?;
    Ok(Reply::no_content())
}
