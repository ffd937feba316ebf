//! What has changed on the seats of a performance, for those who watch its map.

use std::collections::{BTreeMap, HashMap};

use contracts::live::{RoomChange, SeatChange, SeatStatus, TicketsLeft};

use super::mark::{Mark, SeatState};
use super::sale::Sale;
use super::stock::Stock;

/// The most seats that one message names: some 25 KB. Whoever watches reads the map again when more have changed.
pub const MOST_SEATS: usize = 300;

/// Marks that have changed, by block and slot, as they are after the last change that was noted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deltas {
    blocks: BTreeMap<String, BTreeMap<usize, Option<Mark>>>,
}

impl Deltas {
    /// Notes a change of a block's marks, by slot. Changes of one block are noted in the order in which they happened.
    pub fn note(&mut self, block: &str, before: &HashMap<usize, Mark>, after: &HashMap<usize, Mark>) {
        let slots = before.keys().chain(after.keys());
        let changed = slots.filter(|slot| before.get(slot) != after.get(slot));
        for &slot in changed {
            self.blocks.entry(block.to_owned()).or_default().insert(slot, after.get(&slot).copied());
        }
    }

    /// The seats that have changed, as they are at `now`, in seconds since 1970. Admissions of a quota are no seats
    /// that anybody could see, and blocks that the sale does not know have none.
    #[must_use]
    pub fn seats(&self, sale: &Sale, now: i64) -> Vec<SeatChange> {
        let mut seats = Vec::new();
        for (index, block) in sale.blocks.iter().enumerate() {
            let Some(changed) = self.blocks.get(&block.id).filter(|_| !sale.is_quota(index)) else { continue };
            for (&slot, &mark) in changed {
                let Some(seat) = block.seats.get(slot) else { continue };
                let status = status(sale.state((index, slot), mark, now));
                let expires_at = mark.filter(|_| status == SeatStatus::Held).map(Mark::until);
                seats.push(SeatChange { id: seat.id.clone(), status, expires_at });
            }
        }
        seats
    }

    /// What the performance's room is told at `now`, in seconds since 1970: the seats that have changed, and what was
    /// counted after they had.
    #[must_use]
    pub fn told(&self, sale: &Sale, stock: &Stock, now: i64) -> RoomChange {
        let mut seats = self.seats(sale, now);
        let too_many = seats.len() > MOST_SEATS;
        if too_many {
            seats.clear();
        }
        let left = |(&ticket_type_id, tickets): (_, &super::stock::Tickets)| TicketsLeft {
            ticket_type_id,
            available: tickets.free,
        };
        RoomChange::Seats {
            event_id: sale.performance.event_id,
            performance_id: sale.performance.id,
            seats,
            too_many,
            tickets: stock.tickets.iter().map(left).collect(),
        }
    }
}

const fn status(state: SeatState) -> SeatStatus {
    match state {
        SeatState::Free => SeatStatus::Free,
        SeatState::Held => SeatStatus::Held,
        SeatState::Sold => SeatStatus::Sold,
        SeatState::NotForSale => SeatStatus::NotForSale,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::listing::Standing;
    use crate::domain::occupancy::Occupancy;
    use crate::domain::sale::tests::{hall, sale};
    use contracts::ids::ReservationId;
    use proptest::prelude::*;

    const NOW: i64 = 1_000;

    fn marks(marks: &[(usize, Mark)]) -> HashMap<usize, Mark> {
        marks.iter().copied().collect()
    }

    fn seen(deltas: &Deltas, sale: &Sale) -> Vec<(String, SeatStatus, Option<i64>)> {
        deltas.seats(sale, NOW).into_iter().map(|seat| (seat.id, seat.status, seat.expires_at)).collect()
    }

    #[test]
    fn a_seat_is_told_as_it_is_now_and_only_if_its_mark_has_changed() {
        let sale = sale(&hall(&[(1, 6)]), None, 8);
        let held = |until| Mark::held(ReservationId::generate(), until);
        let (lapsed, kept) = (held(NOW - 1), held(NOW + 60));
        let sold = Mark::sold(ReservationId::generate());
        let mut deltas = Deltas::default();
        let before = marks(&[(0, kept), (1, kept), (2, kept)]);
        let after = marks(&[(0, kept), (1, sold), (3, lapsed), (4, Mark::NOT_FOR_SALE)]);
        deltas.note("S0R0", &before, &after);
        let told = |slot: usize, status| (format!("S0R0-{slot}"), status, None);
        let mut expected = vec![
            told(1, SeatStatus::Sold),
            told(2, SeatStatus::Free),
            told(3, SeatStatus::Free),
            told(4, SeatStatus::NotForSale),
        ];
        assert_eq!(seen(&deltas, &sale), expected);

        deltas.note("S0R0", &marks(&[(3, lapsed)]), &marks(&[(3, held(NOW + 300))]));
        expected[2] = ("S0R0-3".to_owned(), SeatStatus::Held, Some(NOW + 300));
        assert_eq!(seen(&deltas, &sale), expected, "the last change counts");

        let mut over = sale;
        over.standing = Standing::Cancelled;
        assert!(seen(&deltas, &over).iter().all(|(_, status, at)| *status == SeatStatus::NotForSale && at.is_none()));
    }

    #[test]
    fn a_quota_has_counts_and_no_seats() {
        let sale = sale(&hall(&[]), Some(60), 8);
        let mut deltas = Deltas::default();
        let mark = Mark::held(ReservationId::generate(), NOW + 300);
        deltas.note(&sale.blocks[0].id, &HashMap::new(), &marks(&[(0, mark), (1, mark)]));
        deltas.note("a block of other terms", &HashMap::new(), &marks(&[(0, mark)]));
        let mut occupancy = Occupancy::default();
        occupancy.insert(sale.blocks[0].id.clone(), marks(&[(0, mark), (1, mark)]));
        let stock = Stock::count(&sale, &occupancy, NOW);
        let RoomChange::Seats { seats, too_many, tickets, .. } = deltas.told(&sale, &stock, NOW) else { panic!() };
        assert_eq!((seats.len(), too_many), (0, false));
        let [left] = tickets.as_slice() else { panic!("{tickets:?}") };
        assert_eq!((left.ticket_type_id, left.available), (sale.terms.ticket_types[0].id, 58));
    }

    #[test]
    fn more_seats_than_a_message_can_name_are_not_named() {
        let sale = sale(&hall(&[(7, 50)]), None, 8);
        let stock = Stock::count(&sale, &Occupancy::default(), NOW);
        let sold = Mark::sold(ReservationId::generate());
        let mut deltas = Deltas::default();
        let full: HashMap<_, _> = (0..50).map(|slot| (slot, sold)).collect();
        for row in 0..6 {
            deltas.note(&format!("S0R{row}"), &HashMap::new(), &full);
        }
        let named = |deltas: &Deltas| match deltas.told(&sale, &stock, NOW) {
            RoomChange::Seats { seats, too_many, .. } => (seats.len(), too_many),
            other => panic!("{other:?}"),
        };
        assert_eq!(named(&deltas), (MOST_SEATS, false));
        deltas.note("S0R6", &HashMap::new(), &marks(&[(0, sold)]));
        assert_eq!(named(&deltas), (0, true));
    }

    /// The marks of a hall of three blocks after one change: of the block with this number, the slots get these marks.
    type Change = (usize, Vec<(usize, Option<Mark>)>);

    fn changes() -> impl Strategy<Value = Vec<Change>> {
        let mark = prop_oneof![
            Just(None),
            (NOW - 5..NOW + 5, 0..4_u128).prop_map(|(until, id)| {
                Some(Mark::held(ReservationId::from_uuid(uuid::Uuid::from_u128(id)), until))
            }),
            (0..4_u128).prop_map(|id| Some(Mark::sold(ReservationId::from_uuid(uuid::Uuid::from_u128(id))))),
            Just(Some(Mark::NOT_FOR_SALE)),
        ];
        let change = (0..3_usize, proptest::collection::vec((0..4_usize, mark), 1..4));
        proptest::collection::vec(change, 0..12)
    }

    fn map(sale: &Sale, blocks: &[HashMap<usize, Mark>]) -> BTreeMap<String, SeatStatus> {
        let state = |(b, slot): (usize, usize)| status(sale.state((b, slot), blocks[b].get(&slot).copied(), NOW));
        let places = (0..sale.blocks.len()).flat_map(|b| (0..4).map(move |slot| (b, slot)));
        places.map(|place| (sale.seat(place).id.clone(), state(place))).collect()
    }

    proptest! {
        /// Whoever has a map and is told what has changed since has the map of now, also when some changes are told
        /// anew.
        #[test]
        fn an_old_map_and_what_has_changed_are_the_new_map(
            changes in changes(),
            seen in 0..12_usize,
            again in 0..12_usize,
        ) {
            let sale = sale(&hall(&[(3, 4)]), None, 8);
            let mut blocks = vec![HashMap::new(); 3];
            let mut old = map(&sale, &blocks);
            let seen = seen.min(changes.len());
            let mut deltas = Deltas::default();
            for (at, (block, slots)) in changes.iter().enumerate() {
                if at == seen {
                    old = map(&sale, &blocks);
                }
                let before = blocks[*block].clone();
                for &(slot, mark) in slots {
                    match mark {
                        Some(mark) => blocks[*block].insert(slot, mark),
                        None => blocks[*block].remove(&slot),
                    };
                }
                if at >= seen.saturating_sub(again) {
                    deltas.note(&sale.blocks[*block].id, &before, &blocks[*block]);
                }
            }
            if seen == changes.len() {
                old = map(&sale, &blocks);
            }
            for seat in deltas.seats(&sale, NOW) {
                old.insert(seat.id, seat.status);
            }
            prop_assert_eq!(old, map(&sale, &blocks));
        }
    }
}
