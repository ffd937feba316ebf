//! What many changes of a room come to.

use std::collections::BTreeMap;

use contracts::ids::{EventId, TicketTypeId};
use contracts::live::{RoomChange, SeatChange, SeatStatus};
use contracts::waiting_room::Pointer;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::versions::end_of_second;

/// How many seats are told one by one; when more have changed, watchers read the map again. So no message is longer than
/// API Gateway takes (128 KB).
pub const MOST_SEATS: usize = 800;

/// Where a queue has got.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct QueueNews {
    /// The queue's era.
    pub era: u32,
    /// How far it is.
    pub pointer: Pointer,
}

/// All that a room has to be told.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct News {
    /// The event that the changes are of, where they say it.
    pub event: Option<EventId>,
    /// Seats as they are now, by id.
    pub seats: BTreeMap<String, SeatChange>,
    /// More seats have changed than are told one by one.
    pub reload: bool,
    /// What is left of each ticket type.
    pub tickets: BTreeMap<TicketTypeId, u32>,
    /// Somebody chose other seats.
    pub choices: bool,
    /// Somebody came or went.
    pub viewers: bool,
    /// Where the queue has got.
    pub queue: Option<QueueNews>,
    /// Not to be told before this moment.
    pub not_before: Option<Timestamp>,
    /// Some of it was on its way to the room before, and may have reached some.
    pub again: bool,
}

impl News {
    /// Adds a change to those before it, which was sent to us at `sent_at`; `again`: not for the first time.
    pub fn hear(&mut self, change: RoomChange, sent_at: Timestamp, again: bool) {
        self.again |= again;
        match change {
            RoomChange::Seats { event_id, seats, too_many, tickets, .. } => {
                self.event = Some(event_id);
                self.seats.extend(seats.into_iter().map(|seat| (seat.id.clone(), seat)));
                self.reload |= too_many || self.seats.len() > MOST_SEATS;
                self.tickets.extend(tickets.into_iter().map(|left| (left.ticket_type_id, left.available)));
            }
            RoomChange::Selection { .. } => {
                self.choices = true;
                self.wait_for(sent_at);
            }
            RoomChange::Viewers { event_id } => {
                self.event = Some(event_id);
                self.viewers = true;
                self.wait_for(sent_at);
            }
            RoomChange::Queue { event_id, era, pointer, .. } => {
                self.event = Some(event_id);
                let newer = self.queue.is_none_or(|known| (known.era, known.pointer.at) <= (era, pointer.at));
                if newer {
                    self.queue = Some(QueueNews { era, pointer });
                }
            }
        }
    }

    fn wait_for(&mut self, sent_at: Timestamp) {
        self.not_before = self.not_before.max(Some(end_of_second(sent_at)));
    }

    /// Whether anything has become of seats.
    #[must_use]
    pub fn is_about_seats(&self) -> bool {
        self.reload || !self.seats.is_empty()
    }

    /// The seats that somebody holds, with the moment they are free again, in seconds since 1970.
    pub fn locked(&self) -> impl Iterator<Item = (&str, i64)> {
        self.told_one_by_one().filter_map(|seat| Some((seat.id.as_str(), held_until(seat)?)))
    }

    /// All other seats, as they are now.
    pub fn updated(&self) -> impl Iterator<Item = (&str, SeatStatus)> {
        self.told_one_by_one().filter(|seat| held_until(seat).is_none()).map(|seat| (seat.id.as_str(), seat.status))
    }

    fn told_one_by_one(&self) -> impl Iterator<Item = &SeatChange> {
        self.seats.values().filter(|_| !self.reload)
    }
}

fn held_until(seat: &SeatChange) -> Option<i64> {
    seat.expires_at.filter(|_| seat.status == SeatStatus::Held)
}

#[cfg(test)]
mod tests {
    use contracts::ids::PerformanceId;
    use contracts::live::TicketsLeft;
    use proptest::prelude::*;

    use super::*;

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millisecond(milliseconds).unwrap()
    }

    fn seat(id: u8, state: u8) -> SeatChange {
        let (status, expires_at) = match state {
            0 => (SeatStatus::Free, None),
            1 => (SeatStatus::Sold, None),
            _ => (SeatStatus::Held, Some(i64::from(state) * 1_000)),
        };
        SeatChange { id: format!("s-{id}"), status, expires_at }
    }

    fn seats(seats: Vec<SeatChange>, too_many: bool, tickets: Vec<TicketsLeft>) -> RoomChange {
        let (event_id, performance_id) = (EventId::generate(), PerformanceId::generate());
        RoomChange::Seats { event_id, performance_id, seats, too_many, tickets }
    }

    proptest! {
        #[test]
        fn the_merged_news_make_the_same_map_as_one_change_after_the_other(
            batches in prop::collection::vec(prop::collection::vec((0_u8..20, 0_u8..5), 0..10), 1..10)
        ) {
            let (mut one_by_one, mut news) = (BTreeMap::new(), News::default());
            for batch in batches {
                let batch: Vec<_> = batch.into_iter().map(|(id, state)| seat(id, state)).collect();
                one_by_one.extend(batch.iter().map(|seat| (seat.id.clone(), (seat.status, seat.expires_at))));
                news.hear(seats(batch, false, Vec::new()), at(0), false);
            }
            let locked = news.locked().map(|(id, until)| (id.to_owned(), (SeatStatus::Held, Some(until))));
            let updated = news.updated().map(|(id, status)| (id.to_owned(), (status, None)));
            let (locked, updated): (Vec<_>, Vec<_>) = (locked.collect(), updated.collect());
            prop_assert_eq!(locked.len() + updated.len(), one_by_one.len(), "no seat is told twice");
            let merged: BTreeMap<_, _> = locked.into_iter().chain(updated).collect();
            prop_assert_eq!(merged, one_by_one);
        }
    }

    #[test]
    fn too_many_seats_are_not_told_one_by_one() {
        let mut news = News::default();
        news.hear(seats(vec![seat(1, 0)], true, Vec::new()), at(0), false);
        news.hear(seats(vec![seat(2, 3)], false, Vec::new()), at(0), false);
        assert!(news.reload && news.updated().next().is_none() && news.locked().next().is_none());

        let mut news = News::default();
        for part in 0..=MOST_SEATS {
            let one = SeatChange { id: format!("s-{part}"), status: SeatStatus::Sold, expires_at: None };
            news.hear(seats(vec![one], false, Vec::new()), at(0), false);
            assert_eq!(news.reload, part == MOST_SEATS);
        }
    }

    #[test]
    fn the_latest_count_of_each_ticket_type_holds() {
        let [first, second] = [(); 2].map(|()| TicketTypeId::generate());
        let left = |ticket_type_id, available| TicketsLeft { ticket_type_id, available };
        let mut news = News::default();
        news.hear(seats(Vec::new(), false, vec![left(first, 9), left(second, 4)]), at(0), false);
        news.hear(seats(Vec::new(), false, vec![left(first, 8)]), at(0), true);
        assert_eq!(news.tickets, BTreeMap::from([(first, 8), (second, 4)]));
        assert!(news.again);
    }

    #[test]
    fn the_latest_plan_of_the_latest_era_holds() {
        let event_id = EventId::generate();
        let plan = |era, at| RoomChange::Queue {
            event_id,
            era,
            pointer: Pointer { base: 0, rate_per_second: 1.0, limit: 9, at, pace: 1.0 },
            entrants: 0,
        };
        let mut news = News::default();
        for (era, planned_at) in [(1, 900), (2, 100), (2, 300), (2, 200), (1, 999)] {
            news.hear(plan(era, planned_at), at(0), false);
        }
        assert_eq!(news.queue.map(|queue| (queue.era, queue.pointer.at)), Some((2, 300)));
        assert_eq!(news.not_before, None);
    }

    #[test]
    fn who_is_there_is_counted_when_the_second_is_over() {
        let mut news = News::default();
        news.hear(RoomChange::Viewers { event_id: EventId::generate() }, at(7_200), false);
        news.hear(RoomChange::Selection { performance_id: PerformanceId::generate() }, at(6_000), false);
        assert_eq!(news.not_before, Some(at(8_050)));
        assert!(news.viewers && news.choices);
    }
}
