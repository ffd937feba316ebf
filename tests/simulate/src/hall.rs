//! A performance: who has which seat, chosen by the rules of booking.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use booking::domain::choice::{adjacent, scattered};
use booking::domain::listing::Listing;
use booking::domain::mark::{Mark, SeatState};
use booking::domain::occupancy::Occupancy;
use booking::domain::sale::{Place, Sale};
use booking::dynamodb::{SHARDS, shard_of};
use contracts::catalog::{Block, Geometry, PerformanceState, SaleTerms, Seat, Section, TicketTypeState};
use contracts::ids::{EventId, LayoutId, PerformanceId, ReservationId, TicketTypeId};
use jiff::Timestamp;
use uuid::Uuid;

/// Bytes of a block's item without its marks, and of each mark: names, a number of 28 digits
/// (`docs/decisions/0005-blocks-on-eight-partition-keys.md`: 950 bytes for a full one).
const BLOCK_BYTES: f64 = 100.0;
const MARK_BYTES: f64 = 17.0;

/// Bytes of a read unit.
const UNIT_BYTES: f64 = 4_096.0;

type Groups = Rc<Vec<Vec<Place>>>;

/// A performance on sale.
#[derive(Debug)]
pub struct Hall {
    /// What is sold.
    pub sale: Sale,
    /// The shard of each block.
    pub shards: Vec<usize>,
    marks: Vec<Vec<Option<Mark>>>,
    seen: Vec<Vec<Option<Mark>>>,
    occupancy: Occupancy,
    changed: BTreeSet<usize>,
    known: HashMap<(usize, usize, usize), Groups>,
    shown: HashMap<(usize, usize), Groups>,
    known_at: i64,
}

impl Hall {
    /// So many rows of so many seats, a row a block, in sections of as many rows, each of a price class of its own.
    /// `None` when such a hall cannot be sold.
    #[must_use]
    pub fn new(rows: usize, row: usize, classes: usize, number: u64) -> Option<Self> {
        let geometry = geometry(rows, row, classes);
        let sale = Sale::new(Listing::new(performance(&geometry, number)), Some(&geometry))?;
        let shards = sale.blocks.iter().map(|block| usize::try_from(shard_of(&block.id)).unwrap_or(0)).collect();
        let marks: Vec<_> = sale.blocks.iter().map(|block| vec![None; block.seats.len()]).collect();
        Some(Self {
            sale,
            shards,
            seen: marks.clone(),
            marks,
            occupancy: Occupancy::default(),
            changed: BTreeSet::new(),
            known: HashMap::new(),
            shown: HashMap::new(),
            known_at: i64::MIN,
        })
    }

    /// Takes note of what others have taken, unless that was done at `at`, milliseconds since 1970.
    pub fn look(&mut self, at: i64) {
        if self.known_at == at {
            return;
        }
        self.known_at = at;
        // Marks lapse without a write, so what was known is looked through again in any case.
        self.known.clear();
        if at % 1_000 == 0 {
            self.shown.clear();
        }
        for block in std::mem::take(&mut self.changed) {
            let marks = self.marks[block].iter().enumerate().filter_map(|(slot, mark)| Some((slot, (*mark)?)));
            self.occupancy.insert(self.sale.blocks[block].id.clone(), marks.collect());
            self.seen[block].clone_from(&self.marks[block]);
        }
    }

    /// The best groups of neighbours by what was seen last, or one of single seats when there are none.
    pub fn groups(&mut self, class: usize, quantity: usize, most: usize, now: i64) -> Groups {
        if let Some(known) = self.known.get(&(class, quantity, most)) {
            return Rc::clone(known);
        }
        let groups = self.best(&self.seen, class, quantity, most, now);
        let groups = Rc::new(groups);
        self.known.insert((class, quantity, most), Rc::clone(&groups));
        groups
    }

    /// The same by a reading of this moment.
    #[must_use]
    pub fn anew(&self, class: usize, quantity: usize, most: usize, now: i64) -> Groups {
        Rc::new(self.best(&self.marks, class, quantity, most, now))
    }

    fn best(
        &self,
        marks: &[Vec<Option<Mark>>],
        class: usize,
        quantity: usize,
        most: usize,
        now: i64,
    ) -> Vec<Vec<Place>> {
        let is_free = |(block, slot): Place| self.sale.state((block, slot), marks[block][slot], now) == SeatState::Free;
        let mut groups: Vec<_> =
            adjacent(&self.sale, class, quantity, &is_free, most).into_iter().map(|choice| choice.places).collect();
        if groups.is_empty() {
            groups.extend(scattered(&self.sale, class, quantity, &is_free).map(|choice| choice.places));
        }
        groups
    }

    /// Those of some seats that are not free at `now`, in seconds since 1970.
    #[must_use]
    pub fn taken(&self, places: &[Place], now: i64) -> Vec<Place> {
        let is_free =
            |&(block, slot): &Place| self.sale.state((block, slot), self.marks[block][slot], now) == SeatState::Free;
        places.iter().copied().filter(|place| !is_free(place)).collect()
    }

    /// So many good groups of neighbours by a map that caches keep for a second.
    pub fn on_the_map(&mut self, class: usize, quantity: usize, most: usize, now: i64) -> Groups {
        if let Some(shown) = self.shown.get(&(class, quantity)) {
            return Rc::clone(shown);
        }
        let groups = self.groups(class, quantity, most, now);
        self.shown.insert((class, quantity), Rc::clone(&groups));
        groups
    }

    /// How many seats of a class were taken a moment before what was seen last.
    #[must_use]
    pub fn taken_lately(&self, class: usize, now: i64) -> usize {
        self.occupancy.taken_lately(&self.sale, class, now)
    }

    /// Puts a mark on seats if all of them are free at `now`, in seconds since 1970.
    pub fn take(&mut self, places: &[Place], mark: Mark, now: i64) -> bool {
        let free = places
            .iter()
            .all(|&(block, slot)| self.sale.state((block, slot), self.marks[block][slot], now) == SeatState::Free);
        if free {
            self.set(places, mark);
        }
        free
    }

    /// Puts another mark on seats that carry this reservation's; says whether all of them do.
    pub fn replace(&mut self, places: &[Place], reservation: ReservationId, mark: Mark) -> bool {
        let ours =
            places.iter().all(|&(block, slot)| self.marks[block][slot].is_some_and(|mark| mark.is_of(reservation)));
        if ours {
            self.set(places, mark);
        }
        ours
    }

    fn set(&mut self, places: &[Place], mark: Mark) {
        for &(block, slot) in places {
            self.marks[block][slot] = Some(mark);
            self.changed.insert(block);
        }
    }

    /// How many seats are free and how many are sold at `now`.
    #[must_use]
    pub fn counts(&self, now: i64) -> (usize, usize) {
        let states = self
            .marks
            .iter()
            .enumerate()
            .flat_map(|(block, marks)| marks.iter().map(move |mark| self.sale.state((block, 0), *mark, now)));
        states.fold((0, 0), |(free, sold), state| match state {
            SeatState::Free => (free + 1, sold),
            SeatState::Sold => (free, sold + 1),
            SeatState::Held | SeatState::NotForSale => (free, sold),
        })
    }

    /// What a reading of all marks costs at each partition key, in read units of eventually consistent reads: half a
    /// unit for every 4 KB, half a unit at least.
    #[must_use]
    pub fn reading(&self) -> Vec<f64> {
        let mut bytes = vec![0.0; usize::try_from(SHARDS).unwrap_or(0)];
        for (marks, &shard) in self.marks.iter().zip(&self.shards) {
            let taken = marks.iter().flatten().count();
            if taken > 0 {
                #[expect(clippy::cast_precision_loss, reason = "at most fifty")]
                let taken = taken as f64;
                bytes[shard] += BLOCK_BYTES + MARK_BYTES * taken;
            }
        }
        bytes.into_iter().map(|bytes: f64| (bytes / UNIT_BYTES).ceil().max(1.0) / 2.0).collect()
    }
}

fn geometry(rows: usize, row: usize, classes: usize) -> Geometry {
    let block = |section: usize, number: usize| Block {
        id: format!("S{section}R{number}"),
        seats: (0..row)
            .map(|seat| Seat {
                id: format!("S{section}R{number}-{seat}"),
                label: (seat + 1).to_string(),
                row: number.to_string(),
                #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
                x: seat as f64,
                #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
                y: (section * rows + number) as f64,
                accessible: false,
            })
            .collect(),
    };
    let section = |section: usize| Section {
        id: format!("S{section}"),
        name: format!("Section {section}"),
        blocks: (0..rows / classes).map(|number| block(section, number)).collect(),
    };
    Geometry { sections: (0..classes).map(section).collect() }
}

fn performance(geometry: &Geometry, number: u64) -> PerformanceState {
    let id = |kind: u128| Uuid::from_u128(kind << 64 | u128::from(number));
    let event_id = EventId::from_uuid(id(1));
    let ticket_types = geometry.sections.iter().zip(0_u128..).map(|(section, at)| TicketTypeState {
        id: TicketTypeId::from_uuid(id(100 + at)),
        version: 1,
        event_id,
        name: section.name.clone(),
        price: 100_000,
        section_ids: vec![section.id.clone()],
        quota: None,
        removed: false,
    });
    PerformanceState {
        id: PerformanceId::from_uuid(id(2)),
        version: 1,
        event_id,
        starts_at: Timestamp::MAX,
        layout_id: Some(LayoutId::from_uuid(id(3))),
        sale_opens_at: None,
        sale_closes_at: None,
        terms: Some(SaleTerms {
            title: "On-sale".into(),
            venue: "Hall".into(),
            time_zone: "Asia/Seoul".into(),
            currency: "KRW".into(),
            buyer_limit: 4,
            ticket_types: ticket_types.collect(),
            capacity: Vec::new(),
        }),
        cancelled: false,
        removed: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> ReservationId {
        ReservationId::from_uuid(Uuid::from_u128(number))
    }

    #[test]
    fn a_seat_is_taken_once_and_comes_back_when_its_hold_is_over() {
        let mut hall = Hall::new(4, 10, 2, 1).unwrap();
        assert_eq!(hall.counts(0), (40, 0));
        assert!(hall.take(&[(0, 3), (0, 4)], Mark::held(id(1), 300), 0));
        assert!(!hall.take(&[(0, 4), (0, 5)], Mark::held(id(2), 300), 1));
        assert_eq!(hall.counts(1), (38, 0));
        assert!(hall.take(&[(0, 4), (0, 5)], Mark::held(id(2), 700), 301));
        assert!(!hall.replace(&[(0, 3), (0, 4)], id(1), Mark::sold(id(1))));
        assert!(hall.replace(&[(0, 4), (0, 5)], id(2), Mark::sold(id(2))));
        assert_eq!(hall.counts(9_999), (38, 2));
    }

    #[test]
    fn choices_are_those_of_what_was_seen() {
        let mut hall = Hall::new(2, 9, 1, 1).unwrap();
        let best = hall.groups(0, 3, 1, 0)[0].clone();
        assert!(hall.take(&best, Mark::held(id(1), 300), 0));
        assert_eq!(hall.groups(0, 3, 1, 0)[0], best, "nobody has looked again");
        hall.look(1_000);
        assert_ne!(hall.groups(0, 3, 1, 1)[0], best);
        assert_eq!(hall.taken_lately(0, 1), 3);
    }

    #[test]
    fn a_full_hall_of_twenty_thousand_is_read_with_about_fifty_units() {
        let mut hall = Hall::new(400, 50, 8, 1).unwrap();
        let units = |hall: &Hall| hall.reading().iter().sum::<f64>();
        assert!((units(&hall) - 4.0).abs() < 1e-9);
        for block in 0..400 {
            let places: Vec<_> = (0..50).map(|slot| (block, slot)).collect();
            assert!(hall.take(&places, Mark::sold(id(1)), 0));
        }
        assert!((45.0..52.0).contains(&units(&hall)), "{}", units(&hall));
    }
}
