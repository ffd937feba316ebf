//! How announcements are answered.

use catalog::store::Place;
use contracts::catalog::AnnouncementState;
use contracts::ids::AnnouncementId;
use jiff::Timestamp;
use kit::page::{Page, cursor};
use kit::problem::Problem;
use serde::Serialize;

/// For so many seconds caches may answer what is public.
pub const CACHE_SECONDS: u32 = 1;

/// An announcement.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AnnouncementBody {
    id: AnnouncementId,
    title: String,
    body: String,
    pinned: bool,
    /// Since when it is public, or from when on.
    published_at: Timestamp,
    updated_at: Timestamp,
    version: u64,
}

impl From<AnnouncementState> for AnnouncementBody {
    fn from(announcement: AnnouncementState) -> Self {
        Self {
            id: announcement.id,
            title: announcement.title,
            body: announcement.body,
            pinned: announcement.pinned,
            published_at: announcement.visible_from,
            updated_at: announcement.updated_at,
            version: announcement.version,
        }
    }
}

/// A page of announcements.
///
/// # Errors
/// When the cursor does not serialise, a mistake of ours.
pub fn page(announcements: Vec<AnnouncementState>, next: Option<Place>) -> Result<Page<AnnouncementBody>, Problem> {
    Ok(Page {
        items: announcements.into_iter().map(Into::into).collect(),
        next_cursor: next.map(|place| cursor(&place)).transpose()?,
    })
}
