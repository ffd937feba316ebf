//! An event with all that belongs to it.

use std::collections::BTreeMap;

use contracts::catalog::{EventState, EventStatus, PerformanceState, SaleTerms, TicketTypeState};
use contracts::ids::{PerformanceId, TicketTypeId, UserId};

use super::card::Card;
use super::changes::Changes;

/// An event, its performances and its ticket types, as they were read together.
#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    /// The event.
    pub event: EventState,
    /// How it appears in lists.
    pub card: Card,
    /// How often the card has been written; a writer that saw another number must look again.
    pub card_revision: u64,
    /// How often anything of the event has been changed, by steps that belong together; likewise.
    pub revision: u64,
    /// All performances, in order of creation.
    pub performances: Vec<PerformanceState>,
    /// What the performances that were taken off sale were last sold on.
    pub withdrawn: BTreeMap<PerformanceId, SaleTerms>,
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
    /// Whether everybody may see it. One that is called off stays readable, unless nobody could ever buy anything of it.
    #[must_use]
    pub fn is_public(&self) -> bool {
        match self.event.status {
            EventStatus::Draft => false,
            EventStatus::Cancelled => self.performances.iter().any(|performance| performance.terms.is_some()),
            EventStatus::OnSale | EventStatus::SoldOut | EventStatus::Ended => true,
        }
    }

    /// One of its performances.
    #[must_use]
    pub fn performance(&self, id: PerformanceId) -> Option<&PerformanceState> {
        self.performances.iter().find(|performance| performance.id == id)
    }

    /// One of its ticket types.
    #[must_use]
    pub fn ticket_type(&self, id: TicketTypeId) -> Option<&TicketTypeState> {
        self.ticket_types.iter().find(|ticket_type| ticket_type.id == id)
    }

    /// What a performance is sold on, or was when it was last on sale; `None` when it never was.
    #[must_use]
    pub fn last_terms<'a>(&'a self, performance: &'a PerformanceState) -> Option<&'a SaleTerms> {
        performance.terms.as_ref().or_else(|| self.withdrawn.get(&performance.id))
    }

    /// Whether anything of it has ever been on sale.
    #[must_use]
    pub fn was_published(&self) -> bool {
        self.performances.iter().any(|performance| self.last_terms(performance).is_some())
    }

    /// Whether the ticket type has ever been on sale.
    #[must_use]
    pub fn was_on_sale(&self, id: TicketTypeId) -> bool {
        let mut terms = self.performances.iter().filter_map(|performance| self.last_terms(performance));
        terms.any(|terms| terms.ticket_types.iter().any(|ticket_type| ticket_type.id == id))
    }

    /// Whether the ticket type is on sale just as it stands here, for every performance that is on sale.
    #[must_use]
    pub fn is_announced(&self, ticket_type: &TicketTypeState) -> bool {
        let mut on_sale = self.on_sale().peekable();
        on_sale.peek().is_some() && on_sale.all(|terms| terms.ticket_types.contains(ticket_type))
    }

    /// The performances that have been published, those that were called off as well, by time.
    #[must_use]
    pub fn published_performances(&self) -> Vec<&PerformanceState> {
        let mut published: Vec<_> =
            self.performances.iter().filter(|performance| performance.terms.is_some()).collect();
        published.sort_by_key(|performance| (performance.starts_at, performance.id));
        published
    }

    /// The ticket types that some published performance is sold under, in order of creation. Those of performances that
    /// were called off stand as they were then, unless others are sold under them.
    #[must_use]
    pub fn published_ticket_types(&self) -> Vec<&TicketTypeState> {
        let called_off = self.performances.iter().filter(|performance| performance.cancelled);
        let terms = called_off.filter_map(|performance| performance.terms.as_ref()).chain(self.on_sale());
        let by_id: BTreeMap<_, _> =
            terms.flat_map(|terms| &terms.ticket_types).map(|ticket_type| (ticket_type.id, ticket_type)).collect();
        by_id.into_values().collect()
    }

    /// The same after these changes were written.
    #[must_use]
    pub fn after(mut self, changes: &Changes) -> Self {
        self.revision += 1;
        if let Some((event, _)) = &changes.event {
            self.event = event.clone();
        }
        if let Some(card) = &changes.card {
            self.card = card.clone();
            self.card_revision += 1;
        }
        for change in &changes.performances {
            let id = change.state.id;
            match self.performances.iter_mut().find(|old| old.id == id) {
                Some(old) => *old = change.state.clone(),
                None => self.performances.push(change.state.clone()),
            }
            match &change.withdrawn {
                Some(terms) => self.withdrawn.insert(id, terms.clone()),
                None => self.withdrawn.remove(&id),
            };
        }
        for (ticket_type, _) in &changes.ticket_types {
            match self.ticket_types.iter_mut().find(|old| old.id == ticket_type.id) {
                Some(old) => *old = ticket_type.clone(),
                None => self.ticket_types.push(ticket_type.clone()),
            }
        }
        self.performances.retain(|performance| !performance.removed);
        self.ticket_types.retain(|ticket_type| !ticket_type.removed);
        self
    }

    fn on_sale(&self) -> impl Iterator<Item = &SaleTerms> {
        let live = self.performances.iter().filter(|performance| !performance.cancelled);
        live.filter_map(|performance| performance.terms.as_ref())
    }
}
