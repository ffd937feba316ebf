//! How an event appears in lists.

use contracts::catalog::{Category, EventState, EventStatus, PerformanceState};
use contracts::ids::{EventId, ImageId, PerformanceId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What lists say of an event, and what they choose it by. It follows the event and its published performances.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// Which event.
    pub id: EventId,
    /// The event's version.
    pub version: u64,
    /// Who manages it.
    pub organizer_id: UserId,
    /// Its name.
    pub title: String,
    /// What it is about.
    pub category: Category,
    /// Where it takes place.
    pub venue: String,
    /// IANA name of the venue's time zone.
    pub time_zone: String,
    /// ISO 4217 code of its prices.
    pub currency: String,
    /// Where it is in its life.
    pub status: EventStatus,
    /// Its published performances, by time; of an event that goes on, without those that were called off.
    pub shows: Vec<Show>,
    /// The lowest price of these; absent until published.
    pub min_price: Option<i64>,
    /// Its poster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_id: Option<ImageId>,
}

/// One published performance on a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Show {
    /// When it starts.
    pub starts_at: Timestamp,
    /// Which performance.
    pub id: PerformanceId,
}

impl Card {
    /// The card of an event with these performances.
    #[must_use]
    pub fn of<'a>(event: &EventState, performances: impl IntoIterator<Item = &'a PerformanceState>) -> Self {
        let (mut shows, mut min_price) = (Vec::new(), None::<i64>);
        for performance in performances {
            let Some(terms) = &performance.terms else {
                continue;
            };
            if performance.cancelled && event.status != EventStatus::Cancelled {
                continue;
            }
            shows.push(Show { starts_at: performance.starts_at, id: performance.id });
            let prices = terms.ticket_types.iter().map(|ticket_type| ticket_type.price);
            min_price = prices.chain(min_price).min();
        }
        shows.sort_unstable();
        Self {
            id: event.id,
            version: event.version,
            organizer_id: event.organizer_id,
            title: event.title.clone(),
            category: event.category,
            venue: event.venue.clone(),
            time_zone: event.time_zone.clone(),
            currency: event.currency.clone(),
            status: event.status,
            shows,
            min_price,
            image_id: event.image_id,
        }
    }

    /// The first performance at or after `from`.
    #[must_use]
    pub fn next_show(&self, from: Timestamp) -> Option<Show> {
        self.shows.iter().find(|show| show.starts_at >= from).copied()
    }

    /// When to say it starts: at its next performance, or at its last when all are over.
    #[must_use]
    pub fn starts_at(&self, now: Timestamp) -> Option<Timestamp> {
        self.next_show(now).or(self.shows.last().copied()).map(|show| show.starts_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{at, card};

    #[test]
    fn cards_written_before_there_were_posters_are_read() {
        let card = card();
        let stored = serde_json::to_value(&card).unwrap();
        assert!(stored.get("imageId").is_none());
        assert_eq!(serde_json::from_value::<Card>(stored).unwrap(), card);
    }

    #[test]
    fn the_start_moves_on_with_time() {
        let starts = [0, 10, 11, 20, 21].map(|hour| card().starts_at(at(hour)).unwrap());
        assert_eq!(starts, [at(10), at(10), at(20), at(20), at(20)]);
    }
}
