//! Writing an announcement.

use catalog::domain::announcement::NewAnnouncement;
use contracts::ids::AnnouncementId;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Deserialize;

use crate::App;
use crate::announcement_body::AnnouncementBody;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    title: String,
    body: String,
    pinned: Option<bool>,
    visible_from: Option<Timestamp>,
}

/// 201 with the announcement, which is public at once, or from `visibleFrom` on.
///
/// # Errors
/// 403 for anybody but an admin, 422 when something is wrong with it.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    call.caller()?.demand("admin")?;
    let body: Request = call.body()?;
    let new = NewAnnouncement {
        title: body.title,
        body: body.body,
        pinned: body.pinned.unwrap_or_default(),
        visible_from: body.visible_from,
    };
    let announcement = app.catalog.create_announcement(AnnouncementId::generate(), new, Timestamp::now()).await?;
    Reply::created(&AnnouncementBody::from(announcement))
}
