//! Which seats of a performance carry which marks.

use std::collections::HashMap;

use super::book::HOLD_SECONDS;
use super::mark::{Mark, SeatState};
use super::sale::{Place, Sale};

/// What counts as lately, in seconds.
const LATELY: i64 = 2;

/// The marks of a performance at one moment. Blocks and seats without marks are free.
#[derive(Debug, Default)]
pub struct Occupancy {
    blocks: HashMap<String, HashMap<usize, Mark>>,
}

/// How many seats are in which state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// All of them.
    pub total: u32,
    /// Can be taken.
    pub free: u32,
    /// Taken for now.
    pub held: u32,
    /// Paid for.
    pub sold: u32,
    /// Kept back, in a section without a price, or of a performance that was called off.
    pub not_for_sale: u32,
}

impl Occupancy {
    /// Notes the marks of one block, by slot.
    pub fn insert(&mut self, block: String, marks: HashMap<usize, Mark>) {
        self.blocks.insert(block, marks);
    }

    /// The state of a seat at `now`, in seconds since 1970.
    #[must_use]
    pub fn state(&self, sale: &Sale, place: Place, now: i64) -> SeatState {
        sale.state(place, self.mark(sale, place), now)
    }

    /// The mark of a seat, if it carries any.
    #[must_use]
    pub fn mark(&self, sale: &Sale, (block, slot): Place) -> Option<Mark> {
        self.blocks.get(&sale.blocks[block].id)?.get(&slot).copied()
    }

    /// When the first of the seats that are held at `now` is free again, both in seconds since 1970.
    #[must_use]
    pub fn next_lapse(&self, now: i64) -> Option<i64> {
        let marks = self.blocks.values().flat_map(HashMap::values);
        marks.filter(|mark| mark.state(now) == SeatState::Held).map(|mark| mark.until()).min()
    }

    /// How many seats of a price class were taken in the last two seconds before `now`, in seconds since 1970, and are not
    /// being paid yet: how many others choose from the same seats at this moment.
    #[must_use]
    pub fn taken_lately(&self, sale: &Sale, class: usize, now: i64) -> usize {
        let until = now + HOLD_SECONDS;
        let of_class = sale.blocks.iter().filter(|block| block.ticket_type == Some(class));
        let marks = of_class.filter_map(|block| self.blocks.get(&block.id)).flat_map(HashMap::values);
        marks.filter(|mark| (until - LATELY..=until).contains(&mark.until())).count()
    }

    /// The seats in each state at `now`, of one price class or of all.
    #[must_use]
    pub fn counts(&self, sale: &Sale, class: Option<usize>, now: i64) -> Counts {
        let mut counts = Counts::default();
        for (b, block) in sale.blocks.iter().enumerate() {
            if class.is_some() && block.ticket_type != class {
                continue;
            }
            for slot in 0..block.seats.len() {
                counts.total += 1;
                match self.state(sale, (b, slot), now) {
                    SeatState::Free => counts.free += 1,
                    SeatState::Held => counts.held += 1,
                    SeatState::Sold => counts.sold += 1,
                    SeatState::NotForSale => counts.not_for_sale += 1,
                }
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sale::tests::{hall, sale};
    use contracts::ids::ReservationId;

    #[test]
    fn only_holds_of_the_last_seconds_and_of_the_class_are_of_lately() {
        let sale = sale(&hall(&[(1, 6), (1, 2)]), None, 8);
        let now = 1_000;
        let held = |taken_at: i64| Mark::held(ReservationId::generate(), taken_at + HOLD_SECONDS);
        // Just now, two seconds ago, three ago, being paid, sold.
        let being_paid = Mark::held(ReservationId::generate(), now + HOLD_SECONDS + 540);
        let sold = Mark::sold(ReservationId::generate());
        let marks = [held(now), held(now - 2), held(now - 3), being_paid, sold];
        let mut occupancy = Occupancy::default();
        occupancy.insert("S0R0".to_owned(), marks.into_iter().enumerate().collect());
        assert_eq!([0, 1].map(|class| occupancy.taken_lately(&sale, class, now)), [2, 0]);
    }
}
