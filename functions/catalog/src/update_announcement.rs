//! Editing an announcement.

use catalog::domain::announcement::AnnouncementPatch;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Deserialize;

use crate::App;
use crate::announcement_body::AnnouncementBody;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    version: Option<u64>,
    title: Option<String>,
    body: Option<String>,
    pinned: Option<bool>,
    visible_from: Option<Timestamp>,
}

/// 200 with the announcement after the change. A field that is absent or `null` stays as it is.
///
/// # Errors
/// 403 for anybody but an admin, 422 for a bad field, 404, 409 `version_conflict`.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    call.caller()?.demand("admin")?;
    let id = call.path_id("announcementId")?;
    let body: Request = call.body()?;
    let patch = AnnouncementPatch {
        version: body.version,
        title: body.title,
        body: body.body,
        pinned: body.pinned,
        visible_from: body.visible_from,
    };
    let announcement = app.catalog.update_announcement(id, &patch, Timestamp::now()).await?;
    Reply::ok(&AnnouncementBody::from(announcement))
}
