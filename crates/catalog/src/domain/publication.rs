//! When an event may go on sale, and on which terms.

use std::collections::{BTreeMap, BTreeSet};

use contracts::catalog::{Capacity, EventState, EventStatus, PerformanceState, SaleTerms};
use contracts::event::EventType;
use contracts::ids::{LayoutId, PerformanceId};

use super::changes::{Changes, PerformanceChange};
use super::event::{EventPatch, PatchError, is_over};
use super::programme::Programme;

/// The sections of the layouts that an event's performances take place in, and how many seats each has. A layout that is
/// not there does not exist.
pub type KnownSections = BTreeMap<LayoutId, BTreeMap<String, u32>>;

/// What keeps an event from going on sale.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// There is nothing to sell tickets of.
    #[error("the event has no performance")]
    NoPerformance,
    /// There is nothing to sell.
    #[error("the event has no ticket type")]
    NoTicketType,
    /// A performance takes place in a layout that is not there.
    #[error("layout {0} does not exist")]
    UnknownLayout(LayoutId),
    /// Ticket types are bound to sections that a layout does not have.
    #[error("layout {layout} lacks the sections {sections:?}")]
    UnknownSections {
        /// Which layout.
        layout: LayoutId,
        /// The sections it lacks.
        sections: Vec<String>,
    },
    /// No seat of a seated performance would have a price.
    #[error("no ticket type covers a section of the layout of performance {0}")]
    NothingCovered(PerformanceId),
    /// A performance without a layout has no general admission ticket type.
    #[error("performance {0} has no layout and the event no ticket type with a quota")]
    NothingCounted(PerformanceId),
}

impl Reason {
    /// Its stable name.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoPerformance => "no_performance",
            Self::NoTicketType => "no_ticket_type",
            Self::UnknownLayout(_) => "unknown_layout",
            Self::UnknownSections { .. } => "unknown_sections",
            Self::NothingCovered(_) => "nothing_covered",
            Self::NothingCounted(_) => "nothing_counted",
        }
    }
}

/// Why nothing was published.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PublishError {
    /// Something is missing.
    #[error("the event is not ready to go on sale")]
    NotReady(Vec<Reason>),
    /// It is over.
    #[error("an event that is {0:?} does not go on sale")]
    Over(EventStatus),
}

/// What publishing an event changes: all performances get the terms of this moment, but those that were called off.
///
/// # Errors
/// When it is not ready, or over.
pub fn publish(programme: &Programme, layouts: &KnownSections) -> Result<Changes, PublishError> {
    let event = &programme.event;
    if is_over(event.status) {
        return Err(PublishError::Over(event.status));
    }
    let reasons = reasons_against(programme, layouts);
    if !reasons.is_empty() {
        return Err(PublishError::NotReady(reasons));
    }
    let published = (event.status == EventStatus::Draft).then(|| EventState {
        status: EventStatus::OnSale,
        version: event.version + 1,
        ..event.clone()
    });
    let published = published.map(|event| (event, EventType::EventPublished));
    Ok(changes(programme, published, |event, performance| {
        let sections = performance.layout_id.and_then(|layout| layouts.get(&layout));
        let (ticket_types, capacity) = (programme.ticket_types.clone(), capacity(programme, sections));
        Some(SaleTerms { ticket_types, capacity, ..wording(event) })
    }))
}

/// What changing an event's description changes: performances on sale get its new wording, and no other prices.
///
/// # Errors
/// As [`EventPatch::apply`]; another currency when anything of the event has been on sale.
pub fn amend(programme: &Programme, patch: &EventPatch) -> Result<Changes, PatchError> {
    let amended = patch.apply(&programme.event)?;
    let priced = |amended: &EventState| amended.currency != programme.event.currency && programme.was_published();
    if amended.as_ref().is_some_and(priced) {
        return Err(PatchError::CurrencyFixed);
    }
    let amended = amended.map(|event| (event, EventType::EventUpdated));
    Ok(changes(programme, amended, |event, performance| {
        let old = performance.terms.clone()?;
        // Calling it off was interrupted; nothing is announced that would have to be called off again.
        if event.status == EventStatus::Cancelled {
            return Some(old);
        }
        Some(SaleTerms { ticket_types: old.ticket_types, capacity: old.capacity, ..wording(event) })
    }))
}

/// With new terms for performances that were not called off: what was promised of those stays as it was.
fn changes(
    programme: &Programme,
    event: Option<(EventState, EventType)>,
    terms_of: impl Fn(&EventState, &PerformanceState) -> Option<SaleTerms>,
) -> Changes {
    let state = event.as_ref().map_or(&programme.event, |(event, _)| event);
    let live = programme.performances.iter().filter(|performance| !performance.cancelled);
    let performances = live.filter_map(|performance| {
        let terms = terms_of(state, performance);
        if performance.terms == terms {
            return None;
        }
        let state = PerformanceState { terms, version: performance.version + 1, ..performance.clone() };
        Some(PerformanceChange { state, event_type: EventType::PerformancePublished, withdrawn: None })
    });
    let performances = performances.collect();
    Changes { event, performances, ..Changes::default() }.with_card(programme)
}

fn wording(event: &EventState) -> SaleTerms {
    SaleTerms {
        title: event.title.clone(),
        venue: event.venue.clone(),
        time_zone: event.time_zone.clone(),
        currency: event.currency.clone(),
        buyer_limit: event.buyer_limit,
        ticket_types: Vec::new(),
        capacity: Vec::new(),
    }
}

/// Of each ticket type: its quota, or the seats that its sections have in this layout, none when there is no layout.
fn capacity(programme: &Programme, sections: Option<&BTreeMap<String, u32>>) -> Vec<Capacity> {
    let seats = |section: &String| sections.and_then(|sections| sections.get(section)).copied().unwrap_or_default();
    let of = programme.ticket_types.iter().map(|ticket_type| Capacity {
        ticket_type_id: ticket_type.id,
        tickets: ticket_type.quota.unwrap_or_else(|| ticket_type.section_ids.iter().map(seats).sum()),
    });
    of.collect()
}

fn reasons_against(programme: &Programme, layouts: &KnownSections) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let live: Vec<_> = programme.performances.iter().filter(|performance| !performance.cancelled).collect();
    if live.is_empty() {
        reasons.push(Reason::NoPerformance);
    }
    if programme.ticket_types.is_empty() {
        reasons.push(Reason::NoTicketType);
        return reasons;
    }
    let sold: BTreeSet<_> = programme.ticket_types.iter().flat_map(|ticket_type| &ticket_type.section_ids).collect();
    let any_quota = programme.ticket_types.iter().any(|ticket_type| ticket_type.quota.is_some());
    let used: BTreeSet<_> = live.iter().filter_map(|performance| performance.layout_id).collect();
    for layout in used {
        let Some(sections) = layouts.get(&layout) else {
            reasons.push(Reason::UnknownLayout(layout));
            continue;
        };
        let lacking: Vec<_> =
            sold.iter().filter(|section| !sections.contains_key(**section)).map(|&id| id.clone()).collect();
        if !lacking.is_empty() {
            reasons.push(Reason::UnknownSections { layout, sections: lacking });
        }
    }
    for performance in live {
        match performance.layout_id {
            Some(_) if sold.is_empty() => reasons.push(Reason::NothingCovered(performance.id)),
            None if !any_quota => reasons.push(Reason::NothingCounted(performance.id)),
            _ => {}
        }
    }
    reasons
}

#[cfg(test)]
#[path = "publication_tests.rs"]
mod tests;
