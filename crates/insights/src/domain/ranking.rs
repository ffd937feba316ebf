//! Who comes first.

use std::collections::{HashMap, HashSet};

use contracts::ids::{EventId, PerformanceId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::news::EventFacts;

/// What events are ranked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// Tickets sold and not given back, most first.
    Sales,
    /// How fast their fastest performance sold out, fastest first.
    Sellout,
}

/// An event on a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Which event.
    pub event_id: EventId,
    /// What it is ranked with: tickets, or seconds.
    pub score: u64,
    /// The performance that sold out and when, on a board of those.
    pub sold_out: Option<(PerformanceId, Timestamp)>,
}

/// Puts a page of a board behind the pages before it. An event that moved down the board between two pages is met twice,
/// and keeps the place where it was met first.
pub fn met(entries: &mut Vec<Entry>, page: Vec<Entry>) {
    let mut known: HashSet<EventId> = entries.iter().map(|entry| entry.event_id).collect();
    entries.extend(page.into_iter().filter(|entry| known.insert(entry.event_id)));
}

/// The first `limit` of some entries that may be shown, with what there is to show of their events. Equal ones are in the
/// order of their ids.
#[must_use]
pub fn ranked(
    by: By,
    entries: Vec<Entry>,
    facts: &HashMap<EventId, EventFacts>,
    limit: usize,
) -> Vec<(Entry, EventFacts)> {
    let shown = entries.into_iter().filter_map(|entry| Some((entry, facts.get(&entry.event_id)?)));
    let mut shown: Vec<_> = shown.filter(|(_, facts)| facts.is_ranked()).collect();
    shown.sort_by(|(a, _), (b, _)| {
        let scores = match by {
            By::Sales => b.score.cmp(&a.score),
            By::Sellout => a.score.cmp(&b.score),
        };
        scores.then(a.event_id.cmp(&b.event_id))
    });
    shown.into_iter().take(limit).map(|(entry, facts)| (entry, facts.clone())).collect()
}

/// Whether no further entry of a board, read from its top, can be among the first `limit`: the next one's score differs.
#[must_use]
pub fn is_decided(entries: &[Entry], facts: &HashMap<EventId, EventFacts>, limit: usize) -> bool {
    let shown = |entry: &&Entry| facts.get(&entry.event_id).is_some_and(EventFacts::is_ranked);
    let last_shown = entries.iter().filter(shown).nth(limit.saturating_sub(1));
    match (last_shown, entries.last()) {
        (Some(shown), Some(last)) => shown.score != last.score,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use contracts::catalog::{Category, EventStatus};
    use uuid::Uuid;

    use super::*;

    fn entry(number: u128, score: u64) -> Entry {
        Entry { event_id: EventId::from_uuid(Uuid::from_u128(number)), score, sold_out: None }
    }

    /// Events 1 to 9 are public but for 3, which was called off, and 4, of which nothing is known.
    fn facts() -> HashMap<EventId, EventFacts> {
        let facts = |number: u128| {
            let status = if number == 3 { EventStatus::Cancelled } else { EventStatus::OnSale };
            let (title, venue) = (number.to_string(), String::new());
            EventFacts { version: 1, title, venue, category: Category::Other, status }
        };
        (1..10).filter(|n| *n != 4).map(|n| (entry(n, 0).event_id, facts(n))).collect()
    }

    fn order(by: By, entries: &[(u128, u64)], limit: usize) -> Vec<u128> {
        let entries = entries.iter().map(|(number, score)| entry(*number, *score)).collect();
        ranked(by, entries, &facts(), limit).iter().map(|(entry, _)| entry.event_id.uuid().as_u128()).collect()
    }

    #[test]
    fn most_or_fastest_first_and_equal_ones_by_id() {
        let entries = [(7, 5), (5, 9), (2, 5), (3, 99), (4, 99), (1, 4)];
        assert_eq!(order(By::Sales, &entries, 10), [5, 2, 7, 1]);
        assert_eq!(order(By::Sellout, &entries, 10), [1, 2, 7, 5]);
        assert_eq!(order(By::Sales, &entries, 2), [5, 2]);
    }

    #[test]
    fn an_event_keeps_the_place_where_it_was_met_first() {
        let mut entries = Vec::new();
        for page in [vec![(1, 9), (2, 9)], vec![], vec![(5, 8), (1, 7), (7, 6), (5, 5)], vec![(2, 4)]] {
            met(&mut entries, page.into_iter().map(|(number, score)| entry(number, score)).collect());
        }
        assert_eq!(entries, [(1, 9), (2, 9), (5, 8), (7, 6)].map(|(number, score)| entry(number, score)));
    }

    #[test]
    fn a_ranking_is_decided_when_the_scores_have_moved_on() {
        let decided = |entries: &[(u128, u64)], limit| {
            let entries: Vec<_> = entries.iter().map(|(number, score)| entry(*number, *score)).collect();
            is_decided(&entries, &facts(), limit)
        };
        assert!(!decided(&[], 1));
        assert!(!decided(&[(1, 9)], 1), "the next may have as many");
        assert!(!decided(&[(1, 9), (2, 9)], 1));
        assert!(decided(&[(1, 9), (2, 9), (5, 8)], 1));
        assert!(!decided(&[(3, 9), (4, 8), (5, 7)], 1), "what is not shown takes no place");
        assert!(decided(&[(3, 9), (4, 8), (5, 7), (3, 6)], 1));
    }
}
