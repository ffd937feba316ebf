//! An event with all that belongs to it.

use std::collections::BTreeMap;

use contracts::catalog::{EventState, EventStatus, PerformanceState, TicketTypeState};
use contracts::ids::UserId;

use super::card::Card;

/// An event, its performances and its ticket types, as they were read together.
#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    /// The event.
    pub event: EventState,
    /// How it appears in lists.
    pub card: Card,
    /// How often the card has been written; a writer that saw another number must look again.
    pub card_revision: u64,
    /// How often a performance or ticket type has been added; likewise.
    pub parts_revision: u64,
    /// All performances, in order of creation.
    pub performances: Vec<PerformanceState>,
    /// All ticket types, in order of creation.
    pub ticket_types: Vec<TicketTypeState>,
}

/// Who manages events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manager {
    /// Their own events.
    Organizer(UserId),
    /// Everybody's events.
    Admin(UserId),
}

impl Manager {
    /// Who it is.
    #[must_use]
    pub const fn user_id(self) -> UserId {
        match self {
            Self::Organizer(user_id) | Self::Admin(user_id) => user_id,
        }
    }

    /// Whether this one may see and change the event in the back office.
    #[must_use]
    pub fn manages(self, event: &EventState) -> bool {
        match self {
            Self::Organizer(user_id) => event.organizer_id == user_id,
            Self::Admin(_) => true,
        }
    }
}

impl Programme {
    /// Whether everybody may see it.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.event.status != EventStatus::Draft
    }

    /// The performances that have been published, by time.
    #[must_use]
    pub fn published_performances(&self) -> Vec<&PerformanceState> {
        let mut published: Vec<_> =
            self.performances.iter().filter(|performance| performance.terms.is_some()).collect();
        published.sort_by_key(|performance| (performance.starts_at, performance.id));
        published
    }

    /// The ticket types that some published performance is sold under, in order of creation.
    #[must_use]
    pub fn published_ticket_types(&self) -> Vec<&TicketTypeState> {
        let terms = self.performances.iter().filter_map(|performance| performance.terms.as_ref());
        let by_id: BTreeMap<_, _> =
            terms.flat_map(|terms| &terms.ticket_types).map(|ticket_type| (ticket_type.id, ticket_type)).collect();
        by_id.into_values().collect()
    }
}
