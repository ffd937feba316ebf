//! How a performance and a ticket type may change, and when they may be taken back.

use contracts::catalog::{PerformanceState, TicketTypeState};
use contracts::event::EventType;
use contracts::ids::{LayoutId, PerformanceId, TicketTypeId};
use jiff::Timestamp;
use kit::validate::Checks;

use super::changes::{Changes, PerformanceChange};
use super::offer::{NewPerformance, NewTicketType};
use super::programme::Programme;
use super::version::conflicts;

/// What an organizer wants changed of a performance; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PerformancePatch {
    /// The version that the organizer looked at; refused when the performance has moved on.
    pub version: Option<u64>,
    /// When it starts.
    pub starts_at: Option<Timestamp>,
    /// Its geometry; fixed once it has been on sale.
    pub layout_id: Option<LayoutId>,
    /// No hold before this; `Some(None)` for none such.
    pub sale_opens_at: Option<Option<Timestamp>>,
    /// No hold from this on; `Some(None)` for the start.
    pub sale_closes_at: Option<Option<Timestamp>>,
}

/// What an organizer wants changed of a ticket type; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TicketTypePatch {
    /// The version that the organizer looked at; refused when the ticket type has moved on.
    pub version: Option<u64>,
    /// Its name.
    pub name: Option<String>,
    /// Price of one ticket in the currency's minor unit.
    pub price: Option<i64>,
    /// The sections sold under it; for a seated one only.
    pub section_ids: Option<Vec<String>>,
    /// Tickets per performance; for general admission only.
    pub quota: Option<i64>,
}

/// Why a performance or ticket type was not changed, taken back or called off.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PartError {
    /// Somebody else changed it first.
    #[error("it is at version {current}")]
    VersionConflict {
        /// The version it is at.
        current: u64,
    },
    /// People rely on it.
    #[error("it has been on sale")]
    AlreadyPublished,
    /// Nobody can have bought it: it can be taken back instead.
    #[error("it was never on sale")]
    NeverPublished,
    /// It is taking place, or over.
    #[error("it has started")]
    Started,
    /// It was called off, for good.
    #[error("it was called off")]
    CalledOff,
}

impl PerformancePatch {
    /// Notes everything wrong with the performance as it would be, at this moment.
    pub fn check(&self, performance: &PerformanceState, now: Timestamp, checks: &mut Checks) {
        self.wanted(performance).check(now, checks);
    }

    /// The performance with the changes, its version raised; `None` when it is so already. `published` says whether it
    /// has ever been on sale.
    ///
    /// # Errors
    /// When it has moved on, or may not change that way.
    pub fn apply(
        &self,
        performance: &PerformanceState,
        published: bool,
        now: Timestamp,
    ) -> Result<Option<PerformanceState>, PartError> {
        let wanted = self.wanted(performance).performance(performance.id, performance.event_id);
        let next = PerformanceState {
            starts_at: wanted.starts_at,
            layout_id: wanted.layout_id,
            sale_opens_at: wanted.sale_opens_at,
            sale_closes_at: wanted.sale_closes_at,
            ..performance.clone()
        };
        let changed = next != *performance;
        if conflicts(self.version, performance.version, changed) {
            return Err(PartError::VersionConflict { current: performance.version });
        }
        if !changed {
            return Ok(None);
        }
        if performance.cancelled {
            return Err(PartError::CalledOff);
        }
        if performance.starts_at <= now {
            return Err(PartError::Started);
        }
        if published && next.layout_id != performance.layout_id {
            return Err(PartError::AlreadyPublished);
        }
        Ok(Some(PerformanceState { version: performance.version + 1, ..next }))
    }

    fn wanted(&self, performance: &PerformanceState) -> NewPerformance {
        NewPerformance {
            starts_at: self.starts_at.unwrap_or(performance.starts_at),
            layout_id: self.layout_id.or(performance.layout_id),
            sale_opens_at: self.sale_opens_at.unwrap_or(performance.sale_opens_at),
            sale_closes_at: self.sale_closes_at.unwrap_or(performance.sale_closes_at),
        }
    }
}

/// What it takes to make a performance this one, the next version of it.
///
/// One that is on sale announces its new times on its old terms. So does one that was withdrawn, as such: there are people
/// with tickets to it.
#[must_use]
pub fn change_performance(programme: &Programme, next: PerformanceState) -> Changes {
    let withdrawn = programme.withdrawn.get(&next.id).cloned();
    let event_type = match (&next.terms, &withdrawn) {
        (Some(_), _) => EventType::PerformancePublished,
        (None, Some(_)) => EventType::PerformanceWithdrawn,
        (None, None) => EventType::PerformanceChanged,
    };
    let change = PerformanceChange { state: next, event_type, withdrawn };
    Changes { performances: vec![change], ..Changes::default() }.with_card(programme)
}

/// What taking a performance back changes; `None` when the event has no such performance.
///
/// # Errors
/// When it has ever been on sale.
pub fn remove_performance(programme: &Programme, id: PerformanceId) -> Result<Option<Changes>, PartError> {
    let Some(performance) = programme.performance(id) else {
        return Ok(None);
    };
    if programme.last_terms(performance).is_some() {
        return Err(PartError::AlreadyPublished);
    }
    let state = PerformanceState { removed: true, version: performance.version + 1, ..performance.clone() };
    let change = PerformanceChange { state, event_type: EventType::PerformanceRemoved, withdrawn: None };
    Ok(Some(Changes { performances: vec![change], ..Changes::default() }))
}

impl TicketTypePatch {
    /// Notes everything wrong with the ticket type as it would be.
    pub fn check(&self, ticket_type: &TicketTypeState, checks: &mut Checks) {
        let seated = ticket_type.quota.is_none();
        checks.ensure(!seated || self.quota.is_none(), "/quota", "cannot be given to a seated ticket type").ensure(
            seated || self.section_ids.is_none(),
            "/sectionIds",
            "cannot be given to one with a quota",
        );
        self.wanted(ticket_type).check(checks);
    }

    /// The ticket type with the changes, its version raised; `None` when it is so already. The input must have passed its
    /// [check](Self::check).
    ///
    /// # Errors
    /// When it has moved on.
    pub fn apply(&self, ticket_type: &TicketTypeState) -> Result<Option<TicketTypeState>, PartError> {
        let version = ticket_type.version;
        let next = TicketTypeState { version, ..self.wanted(ticket_type).ticket_type(ticket_type.id) };
        let changed = next != *ticket_type;
        if conflicts(self.version, version, changed) {
            return Err(PartError::VersionConflict { current: version });
        }
        Ok(changed.then_some(TicketTypeState { version: version + 1, ..next }))
    }

    /// Seated stays seated.
    fn wanted(&self, ticket_type: &TicketTypeState) -> NewTicketType {
        let seated = ticket_type.quota.is_none();
        let sections = || self.section_ids.clone().unwrap_or_else(|| ticket_type.section_ids.clone());
        NewTicketType {
            event_id: ticket_type.event_id,
            name: self.name.clone().unwrap_or_else(|| ticket_type.name.clone()),
            price: self.price.unwrap_or(ticket_type.price),
            section_ids: seated.then(sections),
            quota: ticket_type.quota.map(|quota| self.quota.unwrap_or(quota.into())),
        }
    }
}

/// What taking a ticket type back changes; `None` when the event has no such ticket type.
///
/// # Errors
/// When it has ever been on sale.
pub fn remove_ticket_type(programme: &Programme, id: TicketTypeId) -> Result<Option<Changes>, PartError> {
    let Some(ticket_type) = programme.ticket_type(id) else {
        return Ok(None);
    };
    if programme.was_on_sale(id) {
        return Err(PartError::AlreadyPublished);
    }
    let state = TicketTypeState { removed: true, version: ticket_type.version + 1, ..ticket_type.clone() };
    Ok(Some(Changes { ticket_types: vec![(state, EventType::TicketTypeRemoved)], ..Changes::default() }))
}

#[cfg(test)]
#[path = "offer_patch_tests.rs"]
mod tests;
