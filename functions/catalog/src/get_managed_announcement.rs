//! One announcement, public or not yet.

use kit::http::{Call, Reply};
use kit::problem::Problem;

use crate::App;
use crate::announcement_body::AnnouncementBody;

/// 200 with the announcement.
///
/// # Errors
/// 403 for anybody but an admin, 404 when there is none.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    call.caller()?.demand("admin")?;
    let announcement = app.catalog.announcement(call.path_id("announcementId")?).await?;
    Reply::ok(&AnnouncementBody::from(announcement))
}
