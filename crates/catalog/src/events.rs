//! Events: drafting, changing, publishing, taking off sale and calling them off.

use std::collections::BTreeSet;

use contracts::catalog::EventState;
use contracts::ids::{EventId, ImageId, LayoutId};
use jiff::Timestamp;
use kit::dynamo::StoreError;

use crate::changing::{TRIES, checked, pause};
use crate::domain::card::Card;
use crate::domain::event::{EventPatch, NewEvent};
use crate::domain::programme::{Manager, Programme};
use crate::domain::publication::{KnownSections, amend, publish};
use crate::domain::withdrawal::{cancel, unpublish};
use crate::store::MAX_PERFORMANCES_PER_STEP;
use crate::{Catalog, Error};

impl Catalog {
    /// Drafts an event that the caller will manage.
    ///
    /// # Errors
    /// [`Error::Invalid`] when something is wrong with it, or its poster is none that the caller may show.
    pub async fn create_event(
        &self,
        manager: Manager,
        id: EventId,
        new: NewEvent,
        now: Timestamp,
    ) -> Result<EventState, Error> {
        checked(|checks| new.check(checks))?;
        if let Some(image_id) = new.image_id {
            self.check_image(manager, image_id).await?;
        }
        let event = new.draft(id, manager.user_id());
        self.store.create_event(&event, &Card::of(&event, []), now).await?;
        Ok(event)
    }

    /// An event as those who manage it see it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not there or not theirs.
    pub async fn managed_event(&self, manager: Manager, id: EventId) -> Result<Programme, Error> {
        let programme = self.store.programme(id).await?;
        programme.filter(|programme| manager.manages(&programme.event)).ok_or(Error::NotFound)
    }

    /// An event as everybody sees it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not there or not public.
    pub async fn public_event(&self, id: EventId) -> Result<Programme, Error> {
        self.store.programme(id).await?.filter(Programme::is_public).ok_or(Error::NotFound)
    }

    /// Changes an event, and tells of it on the performances that are on sale.
    ///
    /// An interruption leaves the event changed and some performances on their old wording; the same request again,
    /// any other change, or publishing brings them up to date.
    ///
    /// # Errors
    /// [`Error::Invalid`], [`Error::NotFound`], [`Error::Patch`].
    pub async fn update_event(
        &self,
        manager: Manager,
        id: EventId,
        patch: &EventPatch,
        now: Timestamp,
    ) -> Result<EventState, Error> {
        checked(|checks| patch.check(checks))?;
        if let Some(Some(image_id)) = patch.image_id {
            let shown = self.managed_event(manager, id).await?.event.image_id;
            // What an admin put up stays when its organizer sends the event back as it was.
            if shown != Some(image_id) {
                self.check_image(manager, image_id).await?;
            }
        }
        let decide = |programme: &Programme| Ok(amend(programme, patch)?.event_first(MAX_PERFORMANCES_PER_STEP));
        Ok(self.change(manager, id, now, decide).await?.event)
    }

    /// Puts an event on sale; on one that is, announces what has been added or changed since.
    ///
    /// The performances get their terms before the event becomes public. An interruption leaves some of them announced; publishing
    /// again goes on from there, and repeating it changes nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Publish`].
    pub async fn publish_event(&self, manager: Manager, id: EventId, now: Timestamp) -> Result<Programme, Error> {
        for attempt in 1..=TRIES {
            let programme = self.managed_event(manager, id).await?;
            let layouts = self.known_sections(&programme).await?;
            let steps = publish(&programme, &layouts)?.event_last(MAX_PERFORMANCES_PER_STEP);
            if let Some(after) = self.take_all(programme, &steps, now).await? {
                return Ok(after);
            }
            pause(attempt).await;
        }
        Err(StoreError::Contended.into())
    }

    /// Takes an event off sale; it can be published again. A draft stays one.
    ///
    /// The event stops being public before its performances lose their terms. An interruption leaves some of them on
    /// sale; the same request again goes on from there.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Patch`] when it is over.
    pub async fn unpublish_event(&self, manager: Manager, id: EventId, now: Timestamp) -> Result<Programme, Error> {
        let decide = |programme: &Programme| Ok(unpublish(programme)?.event_first(MAX_PERFORMANCES_PER_STEP));
        self.change(manager, id, now, decide).await
    }

    /// Calls an event off, for good, with all its performances that have been on sale and have not started.
    ///
    /// From the first step on nothing of it can be published or added. An interruption leaves some performances as they
    /// were; the same request again goes on from there, and repeating it changes nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Patch`] when it has ended.
    pub async fn cancel_event(&self, manager: Manager, id: EventId, now: Timestamp) -> Result<Programme, Error> {
        let decide = |programme: &Programme| Ok(cancel(programme, now)?.event_first(MAX_PERFORMANCES_PER_STEP));
        self.change(manager, id, now, decide).await
    }

    async fn check_image(&self, manager: Manager, id: ImageId) -> Result<(), Error> {
        let usable = self.usable_image(manager, id).await?;
        checked(|checks| {
            checks.ensure(usable, "/imageId", "names no picture of yours that is ready");
        })
    }

    async fn known_sections(&self, programme: &Programme) -> Result<KnownSections, Error> {
        let used: BTreeSet<LayoutId> = programme.performances.iter().filter_map(|each| each.layout_id).collect();
        let mut known = KnownSections::new();
        for id in used {
            known.extend(self.sections(id).await?.map(|sections| (id, sections)));
        }
        Ok(known)
    }
}
