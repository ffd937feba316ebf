//! Lists of events.

use std::collections::{BTreeSet, HashMap};

use contracts::ids::EventId;
use jiff::Timestamp;
use kit::problem::{Problem, Violation};
use serde::{Deserialize, Serialize};

use crate::domain::card::{Card, Filter, Show};
use crate::domain::programme::Manager;
use crate::store::{Entry, List, Order};
use crate::{Catalog, Error};

/// Entries looked at per read.
const ENTRIES_PER_READ: u32 = 100;

/// Reads per page: a filter that hardly anything passes must not read the whole catalogue in one request.
const READS_PER_PAGE: usize = 10;

/// In which order events are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// By their next performance.
    Date,
    /// The latest created first.
    Newest,
}

/// Where a page starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Position {
    /// In a list by date. What counts as an event's next performance is decided by `from`, which stays the same from
    /// page to page: otherwise an event could be listed twice while time goes by.
    Date {
        /// Where the list began.
        from: Timestamp,
        /// The last performance looked at.
        after: Show,
    },
    /// In a list by creation: after this event.
    Newest {
        /// The last event looked at.
        after: EventId,
    },
}

/// A page of cards, and where the next one starts, if there is one.
pub type Cards<P> = (Vec<Card>, Option<P>);

impl Catalog {
    /// A page of published events.
    ///
    /// By date it holds events with a performance at or after `filter.from`, or this moment when absent. A page may
    /// have fewer than `limit` entries, even none, when the filter passes little of what was looked at: only an absent
    /// position says that the list is over.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a position of a list in another order.
    pub async fn list_events(
        &self,
        filter: &Filter,
        sort: Sort,
        limit: usize,
        position: Option<Position>,
        now: Timestamp,
    ) -> Result<Cards<Position>, Error> {
        match (sort, position) {
            (Sort::Date, None) => self.by_date(filter, limit, filter.from.unwrap_or(now), None).await,
            (Sort::Date, Some(Position::Date { from, after })) => self.by_date(filter, limit, from, Some(after)).await,
            (Sort::Newest, None) => self.by_creation(filter, limit, None).await,
            (Sort::Newest, Some(Position::Newest { after })) => self.by_creation(filter, limit, Some(after)).await,
            (Sort::Date, Some(Position::Newest { .. })) | (Sort::Newest, Some(Position::Date { .. })) => {
                let violation =
                    Violation { pointer: "/cursor".into(), detail: "belongs to a list in another order".into() };
                Err(Error::Invalid(Problem::invalid(vec![violation])))
            }
        }
    }

    /// A page of the events that the caller manages, drafts as well, the latest created first.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn list_managed_events(
        &self,
        manager: Manager,
        limit: u32,
        after: Option<EventId>,
    ) -> Result<Cards<EventId>, Error> {
        let list = match manager {
            Manager::Organizer(user_id) => List::Organizer(user_id),
            Manager::Admin(_) => List::Events,
        };
        let order = Order::Newest { after: after.map(|id| id.to_string()) };
        let (entries, more) = self.store.entries(list, &order, limit).await?;
        let cards = self.cards_of(&entries).await?;
        let listed = entries.iter().filter_map(|entry| cards.get(&entry.event_id).cloned()).collect();
        Ok((listed, entries.last().filter(|_| more).map(|last| last.event_id)))
    }

    async fn by_date(
        &self,
        filter: &Filter,
        limit: usize,
        from: Timestamp,
        mut after: Option<Show>,
    ) -> Result<Cards<Position>, Error> {
        let filter = Filter { from: Some(from), ..filter.clone() };
        let mut found = Vec::new();
        for _ in 0..READS_PER_PAGE {
            let order = Order::shows(from, filter.to, after);
            let (entries, more) = self.store.entries(List::Shows, &order, ENTRIES_PER_READ).await?;
            let cards = self.cards_of(&entries).await?;
            for (index, entry) in entries.iter().enumerate() {
                let Some(show) = entry.show() else { continue };
                after = Some(show);
                // An event is listed at its next performance only, however many it has.
                let card = cards.get(&entry.event_id).filter(|card| card.next_show(from) == Some(show));
                found.extend(card.filter(|card| filter.admits(card)).cloned());
                if found.len() == limit {
                    let rest = more || index + 1 < entries.len();
                    return Ok((found, rest.then_some(Position::Date { from, after: show })));
                }
            }
            if !more {
                return Ok((found, None));
            }
        }
        Ok((found, after.map(|after| Position::Date { from, after })))
    }

    async fn by_creation(
        &self,
        filter: &Filter,
        limit: usize,
        mut after: Option<EventId>,
    ) -> Result<Cards<Position>, Error> {
        let mut found = Vec::new();
        for _ in 0..READS_PER_PAGE {
            let order = Order::Newest { after: after.map(|id| id.to_string()) };
            let (entries, more) = self.store.entries(List::Events, &order, ENTRIES_PER_READ).await?;
            let cards = self.cards_of(&entries).await?;
            for (index, entry) in entries.iter().enumerate() {
                after = Some(entry.event_id);
                found.extend(cards.get(&entry.event_id).filter(|card| filter.admits(card)).cloned());
                if found.len() == limit {
                    let rest = more || index + 1 < entries.len();
                    return Ok((found, rest.then_some(Position::Newest { after: entry.event_id })));
                }
            }
            if !more {
                return Ok((found, None));
            }
        }
        Ok((found, after.map(|after| Position::Newest { after })))
    }

    async fn cards_of(&self, entries: &[Entry]) -> Result<HashMap<EventId, Card>, Error> {
        let ids: BTreeSet<_> = entries.iter().map(|entry| entry.event_id).collect();
        Ok(self.store.cards(&ids.into_iter().collect::<Vec<_>>()).await?)
    }
}
