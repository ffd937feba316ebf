//! Performances and ticket types: adding, changing, taking back and calling them off.

use contracts::catalog::{PerformanceState, TicketTypeState};
use contracts::event::EventType;
use contracts::ids::{EventId, LayoutId, PerformanceId, TicketTypeId};
use jiff::Timestamp;

use crate::changing::checked;
use crate::domain::changes::{Changes, PerformanceChange};
use crate::domain::event::is_over;
use crate::domain::offer::{MAX_PERFORMANCES, MAX_TICKET_TYPES, NewPerformance, NewTicketType, taken_sections};
use crate::domain::offer_patch::{
    PerformancePatch, TicketTypePatch, change_performance, remove_performance, remove_ticket_type,
};
use crate::domain::programme::{Manager, Programme};
use crate::domain::withdrawal::cancel_performance;
use crate::{Catalog, Error};

impl Catalog {
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
        self.check_layout(new.layout_id).await?;
        let performance = new.performance(id, event_id);
        self.change_part(manager, event_id, now, |programme| {
            if programme.performances.len() >= MAX_PERFORMANCES {
                return Err(Error::LimitReached { what: "performances", most: MAX_PERFORMANCES });
            }
            let event_type = EventType::PerformanceAdded;
            let added = PerformanceChange { state: performance.clone(), event_type, withdrawn: None };
            Ok(Changes { performances: vec![added], ..Changes::default() })
        })
        .await?;
        Ok(performance)
    }

    /// Changes a performance. One that is on sale announces its new times.
    ///
    /// # Errors
    /// [`Error::Invalid`], [`Error::NotFound`], [`Error::EventOver`], [`Error::Part`].
    pub async fn update_performance(
        &self,
        manager: Manager,
        event_id: EventId,
        id: PerformanceId,
        patch: &PerformancePatch,
        now: Timestamp,
    ) -> Result<Programme, Error> {
        self.managed_event(manager, event_id).await?.performance(id).ok_or(Error::NotFound)?;
        self.check_layout(patch.layout_id).await?;
        self.change_part(manager, event_id, now, |programme| {
            let performance = programme.performance(id).ok_or(Error::NotFound)?;
            let published = programme.last_terms(performance).is_some();
            let Some(next) = patch.apply(performance, published, now)? else {
                return Ok(Changes::default());
            };
            checked(|checks| patch.check(performance, now, checks))?;
            Ok(change_performance(programme, next))
        })
        .await
    }

    /// Takes back a performance that was never on sale.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::EventOver`], [`Error::Part`].
    pub async fn remove_performance(
        &self,
        manager: Manager,
        event_id: EventId,
        id: PerformanceId,
        now: Timestamp,
    ) -> Result<(), Error> {
        let decide = |programme: &Programme| remove_performance(programme, id)?.ok_or(Error::NotFound);
        self.change_part(manager, event_id, now, decide).await.map(drop)
    }

    /// Calls one performance off, for good. Repeating it changes nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::EventOver`], [`Error::Part`] when it was never on sale or has started.
    pub async fn cancel_performance(
        &self,
        manager: Manager,
        event_id: EventId,
        id: PerformanceId,
        now: Timestamp,
    ) -> Result<Programme, Error> {
        let decide = |programme: &Programme| {
            let changes = cancel_performance(programme, id, now)?.ok_or(Error::NotFound)?;
            if changes.is_empty() {
                return Ok(Vec::new());
            }
            if is_over(programme.event.status) {
                return Err(Error::EventOver);
            }
            Ok(vec![changes])
        };
        self.change(manager, event_id, now, decide).await
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
        let decide = |programme: &Programme| {
            if programme.ticket_types.len() >= MAX_TICKET_TYPES {
                return Err(Error::LimitReached { what: "ticket types", most: MAX_TICKET_TYPES });
            }
            sold(programme, ticket_type.clone(), EventType::TicketTypeAdded)
        };
        let programme = self.change_part(manager, ticket_type.event_id, now, decide).await?;
        Ok((ticket_type, programme.event.currency))
    }

    /// Changes a ticket type; it is sold that way when the event is published again.
    ///
    /// # Errors
    /// [`Error::Invalid`], [`Error::NotFound`], [`Error::EventOver`], [`Error::SectionsTaken`], [`Error::Part`].
    pub async fn update_ticket_type(
        &self,
        manager: Manager,
        event_id: EventId,
        id: TicketTypeId,
        patch: &TicketTypePatch,
        now: Timestamp,
    ) -> Result<Programme, Error> {
        self.change_part(manager, event_id, now, |programme| {
            let ticket_type = programme.ticket_type(id).ok_or(Error::NotFound)?;
            checked(|checks| patch.check(ticket_type, checks))?;
            let next = patch.apply(ticket_type)?;
            next.map_or_else(|| Ok(Changes::default()), |next| sold(programme, next, EventType::TicketTypeChanged))
        })
        .await
    }

    /// Takes back a ticket type that was never on sale.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::EventOver`], [`Error::Part`].
    pub async fn remove_ticket_type(
        &self,
        manager: Manager,
        event_id: EventId,
        id: TicketTypeId,
        now: Timestamp,
    ) -> Result<(), Error> {
        let decide = |programme: &Programme| remove_ticket_type(programme, id)?.ok_or(Error::NotFound);
        self.change_part(manager, event_id, now, decide).await.map(drop)
    }

    async fn check_layout(&self, id: Option<LayoutId>) -> Result<(), Error> {
        let Some(id) = id else {
            return Ok(());
        };
        let known = self.store.layout_summary(id).await?.is_some();
        checked(|checks| {
            checks.ensure(known, "/layoutId", "names no layout");
        })
    }
}

/// What it takes to have this ticket type, unless another one of the event sells its sections.
fn sold(programme: &Programme, ticket_type: TicketTypeState, event_type: EventType) -> Result<Changes, Error> {
    let taken = taken_sections(&programme.ticket_types, &ticket_type);
    if !taken.is_empty() {
        return Err(Error::SectionsTaken(taken));
    }
    Ok(Changes { ticket_types: vec![(ticket_type, event_type)], ..Changes::default() })
}
