//! Announcements: writing, editing, taking back and listing them.

use contracts::catalog::AnnouncementState;
use contracts::ids::AnnouncementId;
use jiff::Timestamp;
use kit::dynamo::StoreError;

use crate::changing::{TRIES, checked, pause};
use crate::domain::announcement::{AnnouncementPatch, NewAnnouncement, is_public, removed};
use crate::domain::version::VersionConflict;
use crate::store::Place;
use crate::{Catalog, Error};

impl Catalog {
    /// Writes an announcement, public at once or when it says.
    ///
    /// # Errors
    /// [`Error::Invalid`] when something is wrong with it.
    pub async fn create_announcement(
        &self,
        id: AnnouncementId,
        new: NewAnnouncement,
        now: Timestamp,
    ) -> Result<AnnouncementState, Error> {
        checked(|checks| new.check(checks))?;
        let announcement = new.announcement(id, now);
        self.store.create_announcement(&announcement, now).await?;
        Ok(announcement)
    }

    /// An announcement, public or not yet.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, or none any more.
    pub async fn announcement(&self, id: AnnouncementId) -> Result<AnnouncementState, Error> {
        self.store.announcement(id).await?.filter(|found| !found.removed).ok_or(Error::NotFound)
    }

    /// An announcement, as everybody sees it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none that is public.
    pub async fn public_announcement(&self, id: AnnouncementId, now: Timestamp) -> Result<AnnouncementState, Error> {
        self.store.announcement(id).await?.filter(|found| is_public(found, now)).ok_or(Error::NotFound)
    }

    /// A page of announcements, pinned ones first, then the latest first, and where the next page starts, if there is
    /// one: all of them, or those public at `until`.
    ///
    /// A page may have fewer than `limit` entries when their texts are long; only an absent place says that the list is
    /// over.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn announcements(
        &self,
        until: Option<Timestamp>,
        after: Option<Place>,
        limit: u32,
    ) -> Result<(Vec<AnnouncementState>, Option<Place>), Error> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX - 1);
        let (found, more) = self.store.announcements(until, after, limit).await?;
        let next = found.last().filter(|_| more).map(Place::of);
        Ok((found, next))
    }

    /// Edits an announcement.
    ///
    /// # Errors
    /// [`Error::Invalid`], [`Error::NotFound`], [`Error::Version`].
    pub async fn update_announcement(
        &self,
        id: AnnouncementId,
        patch: &AnnouncementPatch,
        now: Timestamp,
    ) -> Result<AnnouncementState, Error> {
        checked(|checks| patch.check(checks))?;
        self.change_announcement(id, now, |found| patch.apply(found, now)).await
    }

    /// Takes an announcement back, for good.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, or none any more.
    pub async fn remove_announcement(&self, id: AnnouncementId, now: Timestamp) -> Result<(), Error> {
        self.change_announcement(id, now, |found| Ok(Some(removed(found, now)))).await.map(drop)
    }

    async fn change_announcement(
        &self,
        id: AnnouncementId,
        now: Timestamp,
        change: impl Fn(&AnnouncementState) -> Result<Option<AnnouncementState>, VersionConflict>,
    ) -> Result<AnnouncementState, Error> {
        for attempt in 1..=TRIES {
            let found = self.announcement(id).await?;
            let Some(next) = change(&found)? else { return Ok(found) };
            if self.store.replace_announcement(&next, now).await? {
                return Ok(next);
            }
            pause(attempt).await;
        }
        Err(StoreError::Contended.into())
    }
}
