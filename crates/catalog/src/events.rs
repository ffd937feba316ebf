//! Events: drafting, filling, changing and publishing them.

use std::collections::BTreeSet;
use std::time::Duration;

use contracts::catalog::{EventState, PerformanceState, TicketTypeState};
use contracts::ids::{EventId, LayoutId, PerformanceId, TicketTypeId};
use jiff::Timestamp;
use kit::dynamo::StoreError;
use kit::problem::{Problem, Violation};
use kit::retry::backoff;
use kit::validate::Checks;

use crate::domain::card::Card;
use crate::domain::event::{EventPatch, NewEvent, is_over};
use crate::domain::offer::{MAX_PERFORMANCES, MAX_TICKET_TYPES, NewPerformance, NewTicketType, taken_sections};
use crate::domain::programme::{Manager, Programme};
use crate::domain::publication::{Changes, KnownSections, amend, publish};
use crate::store::{MAX_PERFORMANCES_PER_STEP, Part, Step};
use crate::{Catalog, Error};

/// How often a change is tried on what others have just changed.
const TRIES: u32 = 8;

impl Catalog {
    /// Drafts an event that the caller will manage.
    ///
    /// # Errors
    /// [`Error::Invalid`] when something is wrong with it.
    pub async fn create_event(
        &self,
        manager: Manager,
        id: EventId,
        new: NewEvent,
        now: Timestamp,
    ) -> Result<EventState, Error> {
        checked(|checks| new.check(checks))?;
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

    /// Adds a performance; it goes on sale when the event is published (again).
    ///
    /// # Errors
    /// [`Error::Invalid`] for bad input or an unknown layout, [`Error::NotFound`], [`Error::EventOver`],
    /// [`Error::LimitReached`].
    pub async fn add_performance(
        &self,
        manager: Manager,
        event_id: EventId,
        id: PerformanceId,
        new: NewPerformance,
        now: Timestamp,
    ) -> Result<PerformanceState, Error> {
        checked(|checks| new.check(now, checks))?;
        self.managed_event(manager, event_id).await?;
        if let Some(layout_id) = new.layout_id
            && self.store.layout_summary(layout_id).await?.is_none()
        {
            let violation = Violation { pointer: "/layoutId".into(), detail: "names no layout".into() };
            return Err(Error::Invalid(Problem::invalid(vec![violation])));
        }
        let performance = new.performance(id, event_id);
        self.add(manager, event_id, &Part::Performance(performance.clone()), now, |programme| {
            if programme.performances.len() >= MAX_PERFORMANCES {
                return Err(Error::LimitReached { what: "performances", most: MAX_PERFORMANCES });
            }
            Ok(())
        })
        .await?;
        Ok(performance)
    }

    /// Adds a ticket type; it is on sale when the event is published (again). Tells the currency of its price, too.
    ///
    /// # Errors
    /// [`Error::Invalid`], [`Error::NotFound`], [`Error::EventOver`], [`Error::SectionsTaken`], [`Error::LimitReached`].
    pub async fn create_ticket_type(
        &self,
        manager: Manager,
        id: TicketTypeId,
        new: NewTicketType,
        now: Timestamp,
    ) -> Result<(TicketTypeState, String), Error> {
        checked(|checks| new.check(checks))?;
        let ticket_type = new.ticket_type(id);
        let part = Part::TicketType(ticket_type.clone());
        let event = self
            .add(manager, ticket_type.event_id, &part, now, |programme| {
                if programme.ticket_types.len() >= MAX_TICKET_TYPES {
                    return Err(Error::LimitReached { what: "ticket types", most: MAX_TICKET_TYPES });
                }
                let taken = taken_sections(&programme.ticket_types, &ticket_type);
                if taken.is_empty() { Ok(()) } else { Err(Error::SectionsTaken(taken)) }
            })
            .await?;
        Ok((ticket_type, event.currency))
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
        for attempt in 1..=TRIES {
            let programme = self.managed_event(manager, id).await?;
            let changes = amend(&programme, patch)?;
            let event = changes.event.as_ref().map_or(&programme.event, |(event, _)| event).clone();
            if self.take_all(&programme, event_first(changes), now).await? {
                return Ok(event);
            }
            pause(attempt).await;
        }
        Err(StoreError::Contended.into())
    }

    /// Puts an event on sale; on one that is, announces what has been added since.
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
            let changes = publish(&programme, &layouts)?;
            if changes.is_empty() {
                return Ok(programme);
            }
            if self.take_all(&programme, event_last(changes), now).await? {
                return self.managed_event(manager, id).await;
            }
            pause(attempt).await;
        }
        Err(StoreError::Contended.into())
    }

    async fn add(
        &self,
        manager: Manager,
        event_id: EventId,
        part: &Part,
        now: Timestamp,
        admit: impl Fn(&Programme) -> Result<(), Error>,
    ) -> Result<EventState, Error> {
        for attempt in 1..=TRIES {
            let programme = self.managed_event(manager, event_id).await?;
            if is_over(programme.event.status) {
                return Err(Error::EventOver);
            }
            admit(&programme)?;
            if self.store.add_part(&programme, part, now).await? {
                return Ok(programme.event);
            }
            pause(attempt).await;
        }
        Err(StoreError::Contended.into())
    }

    async fn known_sections(&self, programme: &Programme) -> Result<KnownSections, Error> {
        let used: BTreeSet<LayoutId> = programme.performances.iter().filter_map(|each| each.layout_id).collect();
        let mut known = KnownSections::new();
        for id in used {
            if let Some(layout) = self.store.layout_summary(id).await? {
                known.insert(id, layout.section_ids.into_iter().collect());
            }
        }
        Ok(known)
    }

    /// Whether all steps were taken; `false` as soon as one was refused.
    async fn take_all(&self, programme: &Programme, steps: Vec<Step>, now: Timestamp) -> Result<bool, Error> {
        let mut event_version = programme.event.version;
        for step in steps {
            if !self.store.take(programme, event_version, &step, now).await? {
                return Ok(false);
            }
            event_version = step.event.map_or(event_version, |(event, _)| event.version);
        }
        Ok(true)
    }
}

fn event_first(changes: Changes) -> Vec<Step> {
    let mut steps = performance_steps(&changes);
    if let Some(first) = steps.first_mut() {
        (first.event, first.card) = (changes.event, changes.card);
    }
    steps
}

fn event_last(changes: Changes) -> Vec<Step> {
    let mut steps = performance_steps(&changes);
    if let Some(last) = steps.last_mut() {
        (last.event, last.card) = (changes.event, changes.card);
    }
    steps
}

/// At least one step, unless there is nothing to do.
fn performance_steps(changes: &Changes) -> Vec<Step> {
    if changes.is_empty() {
        return Vec::new();
    }
    let step = |performances: &[PerformanceState]| Step { performances: performances.to_vec(), ..Step::default() };
    let mut steps: Vec<_> = changes.performances.chunks(MAX_PERFORMANCES_PER_STEP).map(step).collect();
    if steps.is_empty() {
        steps.push(Step::default());
    }
    steps
}

fn checked(check: impl FnOnce(&mut Checks)) -> Result<(), Error> {
    let mut checks = Checks::new();
    check(&mut checks);
    checks.done().map_err(Error::Invalid)
}

async fn pause(attempt: u32) {
    tokio::time::sleep(backoff(attempt, Duration::from_millis(20), Duration::from_millis(400))).await;
}
