//! What is written when an event or something of it changes.

use contracts::catalog::{EventState, PerformanceState, SaleTerms, TicketTypeState};
use contracts::event::EventType;

use super::card::Card;
use super::programme::Programme;

/// What has to be written so that an event, all that belongs to it and its card agree; absent is unchanged.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    /// The event after the change, and what happened to it.
    pub event: Option<(EventState, EventType)>,
    /// The performances that are added or changed.
    pub performances: Vec<PerformanceChange>,
    /// The ticket types that are added or changed, and what happened to each.
    pub ticket_types: Vec<(TicketTypeState, EventType)>,
    /// The card after the change.
    pub card: Option<Card>,
}

/// A performance after a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerformanceChange {
    /// As it is from now on.
    pub state: PerformanceState,
    /// What happened to it.
    pub event_type: EventType,
    /// What it was last sold on, while it is off sale; see [`Programme::withdrawn`].
    pub withdrawn: Option<SaleTerms>,
}

impl Changes {
    /// Nothing to do.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.event.is_none() && self.performances.is_empty() && self.ticket_types.is_empty() && self.card.is_none()
    }

    /// The same with the card that follows from it.
    #[must_use]
    pub fn with_card(mut self, programme: &Programme) -> Self {
        let after = programme.clone().after(&self);
        let card = Card::of(&after.event, &after.performances);
        self.card = (card != programme.card).then_some(card);
        self
    }

    /// In steps of at most `most` performances, the event and its card in the first one; no step when there is nothing to do.
    #[must_use]
    pub fn event_first(mut self, most: usize) -> Vec<Self> {
        let (event, card) = (self.event.take(), self.card.take());
        let mut steps = self.chunks(most, event.is_some() || card.is_some());
        if let Some(first) = steps.first_mut() {
            (first.event, first.card) = (event, card);
        }
        steps
    }

    /// The same with the event and its card in the last step.
    #[must_use]
    pub fn event_last(mut self, most: usize) -> Vec<Self> {
        let (event, card) = (self.event.take(), self.card.take());
        let mut steps = self.chunks(most, event.is_some() || card.is_some());
        if let Some(last) = steps.last_mut() {
            (last.event, last.card) = (event, card);
        }
        steps
    }

    fn chunks(self, most: usize, at_least_one: bool) -> Vec<Self> {
        let step = |performances: &[PerformanceChange]| Self { performances: performances.to_vec(), ..Self::default() };
        let mut steps: Vec<_> = self.performances.chunks(most).map(step).collect();
        if steps.is_empty() && (at_least_one || !self.ticket_types.is_empty()) {
            steps.push(Self::default());
        }
        if let Some(first) = steps.first_mut() {
            first.ticket_types = self.ticket_types;
        }
        steps
    }
}
