//! Filters, orders, and where a page starts.

use std::cmp::Reverse;

use contracts::catalog::{Category, EventStatus};
use contracts::ids::{EventId, PerformanceId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::card::{Card, Show};

/// Which events a list is to hold; what is absent does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words, all of which must be found.
    pub text: Option<String>,
    /// What it is about.
    pub category: Option<Category>,
    /// Where it is in its life.
    pub status: Option<EventStatus>,
    /// With a performance at or after this.
    pub from: Option<Timestamp>,
    /// With a performance at or before this (and at or after `from`).
    pub to: Option<Timestamp>,
}

/// In which order events are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// By their next performance.
    Date,
    /// The one that sold most tickets first, the latest created first among equals.
    Popular,
    /// The latest created first.
    Newest,
}

/// An event's place in one of the orders. Every event has one of its own, so that a list can go on behind any of them,
/// whatever has changed meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Place {
    /// At a performance.
    Date(Timestamp, PerformanceId),
    /// By the tickets sold.
    Popular(Reverse<u64>, Reverse<EventId>),
    /// By creation.
    Newest(Reverse<EventId>),
}

/// Where a page starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Position {
    /// In a list by date, the moment it began at. It decides what counts as an event's next performance and stays the
    /// same from page to page: otherwise an event could be listed twice while time goes by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// The last event that was listed.
    pub after: Place,
}

impl Filter {
    /// Whether the public may see the event and it is one of those asked for, as far as its card tells; the words are
    /// for a [`Query`](super::query::Query).
    #[must_use]
    pub fn admits(&self, card: &Card) -> bool {
        let in_range = |show: &Show| {
            self.from.is_none_or(|from| show.starts_at >= from) && self.to.is_none_or(|to| show.starts_at <= to)
        };
        card.status != EventStatus::Draft
            && self.category.is_none_or(|category| category == card.category)
            && self.status.is_none_or(|status| status == card.status)
            && card.shows.iter().any(in_range)
    }
}

impl Position {
    /// Whether it is one in a list of this order.
    #[must_use]
    pub fn is_in(&self, sort: Sort) -> bool {
        sort.has(&self.after) && self.from.is_some() == (sort == Sort::Date)
    }
}

impl Sort {
    /// The place before all others in a list that begins at `from`.
    #[must_use]
    pub const fn start(self, from: Timestamp) -> Place {
        const LATEST: Reverse<EventId> = Reverse(EventId::from_uuid(Uuid::max()));
        match self {
            Self::Date => Place::Date(from, PerformanceId::from_uuid(Uuid::nil())),
            Self::Popular => Place::Popular(Reverse(u64::MAX), LATEST),
            Self::Newest => Place::Newest(LATEST),
        }
    }

    /// Where an event that sold so many tickets stands in a list that begins at `from`; nowhere, if it is by date and
    /// the event has no performance any more.
    #[must_use]
    pub fn place(self, card: &Card, tickets: u64, from: Timestamp) -> Option<Place> {
        match self {
            Self::Date => card.next_show(from).map(|show| Place::Date(show.starts_at, show.id)),
            Self::Popular => Some(Place::Popular(Reverse(tickets), Reverse(card.id))),
            Self::Newest => Some(Place::Newest(Reverse(card.id))),
        }
    }

    /// Whether the place is one of this order.
    #[must_use]
    pub const fn has(self, place: &Place) -> bool {
        matches!(
            (self, place),
            (Self::Date, Place::Date(..)) | (Self::Popular, Place::Popular(..)) | (Self::Newest, Place::Newest(..))
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{at, card};

    #[test]
    fn filters() {
        let all = Filter::default();
        let range = |from, to| Filter { from: Some(at(from)), to: Some(at(to)), ..Filter::default() };
        let table = [
            (all.clone(), true),
            (range(10, 10), true),
            (range(11, 19), false),
            (range(21, 30), false),
            (Filter { category: Some(Category::Concert), ..all.clone() }, true),
            (Filter { category: Some(Category::Film), ..all.clone() }, false),
            (Filter { status: Some(EventStatus::SoldOut), ..all.clone() }, false),
        ];
        for (filter, expected) in table {
            assert_eq!(filter.admits(&card()), expected, "{filter:?}");
        }
        assert!(!all.admits(&Card { status: EventStatus::Draft, ..card() }));
        assert!(!all.admits(&Card { shows: Vec::new(), ..card() }));
    }

    #[test]
    fn places_sort_as_the_orders_say() {
        let (old, new) = (card(), card());
        let place = |sort: Sort, card, tickets, hour| sort.place(card, tickets, at(hour)).unwrap();
        for sort in [Sort::Popular, Sort::Newest] {
            assert!(place(sort, &new, 1, 0) < place(sort, &old, 1, 0), "{sort:?}");
        }
        assert!(place(Sort::Popular, &old, 2, 0) < place(Sort::Popular, &new, 1, 0));
        assert!(place(Sort::Date, &new, 0, 0) < place(Sort::Date, &new, 0, 11));
        assert_eq!(Sort::Date.place(&new, 0, at(21)), None);
        for (sort, others) in [(Sort::Date, [Sort::Popular, Sort::Newest]), (Sort::Newest, [Sort::Date, Sort::Popular])]
        {
            let place = place(sort, &new, 0, 0);
            assert!(sort.has(&place) && !others.iter().any(|other| other.has(&place)));
        }
    }
}
