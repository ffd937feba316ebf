//! One announcement, as everybody sees it.

use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;

use crate::App;
use crate::announcement_body::{AnnouncementBody, CACHE_SECONDS};

/// 200 with the announcement.
///
/// # Errors
/// 404 when there is none that is public.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let announcement = app.catalog.public_announcement(call.path_id("announcementId")?, Timestamp::now()).await?;
    Ok(Reply::ok(&AnnouncementBody::from(announcement))?.cached(CACHE_SECONDS))
}
