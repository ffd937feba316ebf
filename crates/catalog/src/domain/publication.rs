//! When an event may go on sale, and on which terms.

use std::collections::{BTreeMap, BTreeSet};

use contracts::catalog::{EventState, EventStatus, PerformanceState, SaleTerms};
use contracts::event::EventType;
use contracts::ids::{LayoutId, PerformanceId};

use super::card::Card;
use super::event::{EventPatch, PatchError, is_over};
use super::programme::Programme;

/// The sections of the layouts that an event's performances take place in. A layout that is not there does not exist.
pub type KnownSections = BTreeMap<LayoutId, BTreeSet<String>>;

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

/// What has to be written so that an event, its performances' terms and its card agree; absent is unchanged.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// The event after the change, and what happened to it.
    pub event: Option<(EventState, EventType)>,
    /// The performances whose terms change, with those terms.
    pub performances: Vec<PerformanceState>,
    /// The card after the change.
    pub card: Option<Card>,
}

impl Changes {
    /// Nothing to do.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.event.is_none() && self.performances.is_empty() && self.card.is_none()
    }
}

/// What publishing an event changes: all performances get the terms of this moment.
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
    Ok(changes(programme, published, |event, _| Some(terms(event, programme))))
}

/// What changing an event's description changes: performances on sale get its new wording, and no other prices.
///
/// # Errors
/// As [`EventPatch::apply`].
pub fn amend(programme: &Programme, patch: &EventPatch) -> Result<Changes, PatchError> {
    let amended = patch.apply(&programme.event)?.map(|event| (event, EventType::EventUpdated));
    Ok(changes(programme, amended, |event, performance| {
        let old = performance.terms.clone()?;
        Some(SaleTerms { ticket_types: old.ticket_types, ..terms(event, programme) })
    }))
}

fn changes(
    programme: &Programme,
    event: Option<(EventState, EventType)>,
    terms_of: impl Fn(&EventState, &PerformanceState) -> Option<SaleTerms>,
) -> Changes {
    let state = event.as_ref().map_or(&programme.event, |(event, _)| event);
    let mut after = programme.performances.clone();
    let mut performances = Vec::new();
    for performance in &mut after {
        let terms = terms_of(state, performance);
        if performance.terms != terms {
            performance.terms = terms;
            performance.version += 1;
            performances.push(performance.clone());
        }
    }
    let card = Card::of(state, &after);
    Changes { performances, card: (card != programme.card).then_some(card), event }
}

fn terms(event: &EventState, programme: &Programme) -> SaleTerms {
    SaleTerms {
        title: event.title.clone(),
        venue: event.venue.clone(),
        time_zone: event.time_zone.clone(),
        currency: event.currency.clone(),
        buyer_limit: event.buyer_limit,
        queued: event.queued,
        ticket_types: programme.ticket_types.clone(),
        capacity: Vec::new(),
    }
}

fn reasons_against(programme: &Programme, layouts: &KnownSections) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if programme.performances.is_empty() {
        reasons.push(Reason::NoPerformance);
    }
    if programme.ticket_types.is_empty() {
        reasons.push(Reason::NoTicketType);
        return reasons;
    }
    let sold: BTreeSet<_> = programme.ticket_types.iter().flat_map(|ticket_type| &ticket_type.section_ids).collect();
    let any_quota = programme.ticket_types.iter().any(|ticket_type| ticket_type.quota.is_some());
    let used: BTreeSet<_> = programme.performances.iter().filter_map(|performance| performance.layout_id).collect();
    for layout in used {
        let Some(sections) = layouts.get(&layout) else {
            reasons.push(Reason::UnknownLayout(layout));
            continue;
        };
        let lacking: Vec<_> =
            sold.iter().filter(|section| !sections.contains(**section)).map(|&id| id.clone()).collect();
        if !lacking.is_empty() {
            reasons.push(Reason::UnknownSections { layout, sections: lacking });
        }
    }
    for performance in &programme.performances {
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
