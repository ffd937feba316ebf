//! All events in memory, ready to be searched and listed.

use std::collections::{BTreeSet, HashMap};
use std::ops::Bound::{Excluded, Included, Unbounded};

use contracts::catalog::KeywordState;
use contracts::ids::EventId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::postings::Postings;
use crate::domain::card::Card;
use crate::domain::search::listing::{Filter, Place, Position, Sort};
use crate::domain::search::query::{Query, Searched, Synonyms};
use crate::domain::search::text::Text;

/// With a query that leaves more than one in so many events, going through the order is quicker than sorting.
const SPARSE: usize = 8;

/// What the index hears of. Each says all there is to say of one thing; the later revision counts, in whatever order
/// they come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Change {
    /// How an event appears in lists.
    Card {
        /// The card.
        card: Card,
        /// How often it has been written.
        revision: u64,
    },
    /// How well an event sells.
    Popularity {
        /// Which event.
        event_id: EventId,
        /// Tickets sold.
        tickets: u64,
        /// Later counts have a larger one.
        revision: u64,
    },
    /// A keyword mapping.
    Keyword(KeywordState),
}

/// The events, the orders they are listed in, and the pairs of characters by which they are found.
#[derive(Debug, Default)]
pub struct Index {
    events: Vec<Event>,
    slots: HashMap<EventId, u32>,
    postings: Postings,
    orders: BTreeSet<(Place, u32)>,
    synonyms: Synonyms,
}

#[derive(Debug, Default)]
struct Event {
    listed: Option<Listed>,
    tickets: u64,
    /// Of the tickets; absent while nothing is known of them.
    counted: Option<u64>,
}

#[derive(Debug)]
struct Listed {
    card: Card,
    revision: u64,
    title: Text,
    venue: Text,
}

impl Index {
    /// Takes a change, unless it is old news.
    pub fn apply(&mut self, change: Change) {
        match change {
            Change::Card { card, revision } => self.apply_card(card, revision),
            Change::Popularity { event_id, tickets, revision } => self.apply_popularity(event_id, tickets, revision),
            Change::Keyword(state) => self.synonyms.apply(&state),
        }
    }

    /// How many events there are, public or not.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether there is no event.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Up to `limit` of the public events that the filter admits, behind `position`, and where the next page starts if
    /// there are more. `now` is where a list by date begins unless filter or position say otherwise.
    #[must_use]
    pub fn page(
        &self,
        filter: &Filter,
        sort: Sort,
        limit: usize,
        position: Option<&Position>,
        now: Timestamp,
    ) -> (Vec<&Card>, Option<Position>) {
        let from = position.and_then(|position| position.from).or(filter.from).unwrap_or(now);
        let filter = match sort {
            Sort::Date => Filter { from: Some(from), ..filter.clone() },
            Sort::Popular | Sort::Newest => filter.clone(),
        };
        let query = filter.text.as_deref().and_then(|text| Query::new(text, &self.synonyms));
        let candidates = query.as_ref().and_then(|query| self.postings.candidates(query, self.events.len() / SPARSE));
        let after = position.map(|position| position.after);
        let in_order: Box<dyn Iterator<Item = (Place, &Event)>> = match candidates {
            Some(slots) => Box::new(self.sorted(&slots, sort, from, after).into_iter()),
            None => Box::new(self.walk(sort, from, after)),
        };
        let too_late = |place| matches!(place, Place::Date(at, _) if filter.to.is_some_and(|to| at > to));
        let in_time = in_order.take_while(|(place, _)| !too_late(*place));
        let mut found = in_time.filter_map(|(place, event)| {
            let listed = event.listed.as_ref().filter(|listed| filter.admits(&listed.card))?;
            query.as_ref().is_none_or(|query| query.finds(listed.searched())).then_some((place, &listed.card))
        });
        let page: Vec<_> = found.by_ref().take(limit).collect();
        let more = found.next().is_some();
        let next = page
            .last()
            .filter(|_| more)
            .map(|&(after, _)| Position { from: (sort == Sort::Date).then_some(from), after });
        (page.into_iter().map(|(_, card)| card).collect(), next)
    }

    /// These events in order, from behind `after`.
    fn sorted(&self, slots: &[u32], sort: Sort, from: Timestamp, after: Option<Place>) -> Vec<(Place, &Event)> {
        let events = slots.iter().map(|&slot| &self.events[slot as usize]);
        let mut placed: Vec<_> = events
            .filter_map(|event| Some((event.place(sort, from)?, event)))
            .filter(|(place, _)| after.is_none_or(|after| *place > after))
            .collect();
        placed.sort_unstable_by_key(|(place, _)| *place);
        placed
    }

    /// All events in order, from behind `after`.
    fn walk(&self, sort: Sort, from: Timestamp, after: Option<Place>) -> impl Iterator<Item = (Place, &Event)> {
        let start = match after {
            Some(after) => Excluded((after, u32::MAX)),
            None => Included((sort.start(from), 0)),
        };
        self.orders
            .range((start, Unbounded))
            .take_while(move |(place, _)| sort.has(place))
            .map(|&(place, slot)| (place, &self.events[slot as usize]))
            // An event is listed at its next performance only, however many it has.
            .filter(move |(place, event)| event.place(sort, from) == Some(*place))
    }

    fn apply_card(&mut self, card: Card, revision: u64) {
        let slot = self.slot(card.id);
        let event = &mut self.events[slot as usize];
        if event.listed.as_ref().is_some_and(|listed| listed.revision >= revision) {
            return;
        }
        let listed = Listed { title: Text::new(&card.title), venue: Text::new(&card.venue), card, revision };
        let places: BTreeSet<_> = listed.places(event.tickets).collect();
        match event.listed.take() {
            Some(before) => {
                for place in before.places(event.tickets).filter(|place| !places.contains(place)) {
                    self.orders.remove(&(place, slot));
                }
                if before.texts() != listed.texts() {
                    self.postings.remove(slot, before.texts());
                    self.postings.insert(slot, listed.texts());
                }
            }
            None => self.postings.insert(slot, listed.texts()),
        }
        self.orders.extend(places.into_iter().map(|place| (place, slot)));
        event.listed = Some(listed);
    }

    fn apply_popularity(&mut self, event_id: EventId, tickets: u64, revision: u64) {
        let slot = self.slot(event_id);
        let event = &mut self.events[slot as usize];
        if event.counted.is_some_and(|counted| counted >= revision) {
            return;
        }
        let place = |event: &Event| event.place(Sort::Popular, Timestamp::UNIX_EPOCH).map(|place| (place, slot));
        if let Some(before) = place(event) {
            self.orders.remove(&before);
        }
        (event.tickets, event.counted) = (tickets, Some(revision));
        self.orders.extend(place(event));
    }

    fn slot(&mut self, event_id: EventId) -> u32 {
        let events = &mut self.events;
        *self.slots.entry(event_id).or_insert_with(|| {
            events.push(Event::default());
            // Four thousand million cards fit into no memory of ours.
            u32::try_from(events.len() - 1).unwrap_or(u32::MAX)
        })
    }
}

impl Event {
    fn place(&self, sort: Sort, from: Timestamp) -> Option<Place> {
        sort.place(&self.listed.as_ref()?.card, self.tickets, from)
    }
}

impl Listed {
    /// Its places in all orders: one at every performance, and one in each of the others.
    fn places(&self, tickets: u64) -> impl Iterator<Item = Place> {
        let shows = self.card.shows.iter().map(|show| Place::Date(show.starts_at, show.id));
        let others = [Sort::Popular, Sort::Newest];
        shows.chain(others.into_iter().filter_map(move |sort| sort.place(&self.card, tickets, Timestamp::UNIX_EPOCH)))
    }

    fn texts(&self) -> [&Text; 2] {
        [&self.title, &self.venue]
    }

    fn searched(&self) -> Searched<'_> {
        Searched { title: &self.title, venue: &self.venue, category: self.card.category }
    }
}

#[cfg(test)]
#[path = "index_tests.rs"]
mod tests;
