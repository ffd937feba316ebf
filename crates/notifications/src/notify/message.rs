//! What a browser is sent.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use contracts::ids::NotificationId;
use serde::Serialize;

use crate::domain::{Notice, NoticeKind};
use crate::push::PushMessage;

/// What the page's service worker shows, and where a click leads.
#[derive(Serialize)]
struct Payload<'a> {
    id: NotificationId,
    kind: NoticeKind,
    title: &'a str,
    body: &'a str,
    url: String,
}

/// The message about a notice; `public_url` is where the web pages are.
pub(super) fn of(notice: &Notice, public_url: &str) -> Result<PushMessage, serde_json::Error> {
    let pages = public_url.trim_end_matches('/');
    let url = match notice.reservation_id {
        Some(reservation) => format!("{pages}/reservations/{reservation}"),
        None => pages.to_owned(),
    };
    let payload = Payload { id: notice.id, kind: notice.kind, title: &notice.title, body: &notice.body, url };
    Ok(PushMessage { topic: BASE64.encode(notice.id.uuid()), payload: serde_json::to_vec(&payload)? })
}
