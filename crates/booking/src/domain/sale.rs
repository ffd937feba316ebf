//! What a performance sells: its seats by block, their prices, and when.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use contracts::booking::{ReservationLine, ReservedSeat};
use contracts::catalog::{
    GENERAL_ADMISSION_PREFIX, Geometry, MAX_SEATS_PER_BLOCK, PerformanceState, SaleTerms, TicketTypeState,
};
use contracts::ids::TicketTypeId;
use jiff::Timestamp;

use super::listing::{Listing, Standing};
use super::mark::{Mark, SeatState};
use super::rows::{Row, rows_of};

/// A performance on sale. Immutable; a change of terms is a new one.
#[derive(Debug)]
pub struct Sale {
    /// The performance, published.
    pub performance: PerformanceState,
    /// Whether it is sold.
    pub standing: Standing,
    /// What was promised.
    pub terms: SaleTerms,
    /// All blocks: those of the layout first, then those of general admission.
    pub blocks: Vec<SaleBlock>,
    terms_version: u64,
    places: HashMap<String, Place>,
    /// By price class, once the service has to choose among its seats.
    rows: Vec<OnceLock<Vec<Row>>>,
}

/// Seats kept in one item.
#[derive(Debug)]
pub struct SaleBlock {
    /// Unique in the performance.
    pub id: String,
    /// The section's name, or the ticket type's for general admission.
    pub section: String,
    /// Index of the price class in the terms; none when the section is not sold.
    pub ticket_type: Option<usize>,
    /// At most [`MAX_SEATS_PER_BLOCK`]; the index is the slot.
    pub seats: Vec<SaleSeat>,
}

/// One seat, or one admission.
#[derive(Debug, Clone, PartialEq)]
pub struct SaleSeat {
    /// Unique in the performance.
    pub id: String,
    /// What is printed on it.
    pub label: String,
    /// Its row; empty for general admission.
    pub row: String,
    /// Position across.
    pub x: f64,
    /// Distance from the stage.
    pub y: f64,
}

/// Where a seat is kept: indexes of its block and slot.
pub type Place = (usize, usize);

/// Whether holds are taken now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaleWindow {
    /// They are.
    Open,
    /// Not yet; from then on.
    OpensAt(Timestamp),
    /// No more.
    Closed,
}

impl Sale {
    /// The sale of a performance in this geometry; `None` when the performance was never published.
    #[must_use]
    pub fn new(listing: Listing, geometry: Option<&Geometry>) -> Option<Self> {
        let Listing { performance, terms_version, standing } = listing;
        let terms = performance.terms.clone()?;
        let mut blocks = geometry.map(|geometry| seated(geometry, &terms)).unwrap_or_default();
        for (index, ticket_type) in terms.ticket_types.iter().enumerate() {
            if let Some(quota) = ticket_type.quota {
                blocks.extend(general_admission(index, ticket_type, quota));
            }
        }
        let places = blocks
            .iter()
            .enumerate()
            .flat_map(|(b, block)| block.seats.iter().enumerate().map(move |(s, seat)| (seat.id.clone(), (b, s))))
            .collect();
        let rows = terms.ticket_types.iter().map(|_| OnceLock::new()).collect();
        Some(Self { performance, standing, terms, terms_version, blocks, places, rows })
    }

    /// Whether the sale is made of this very listing.
    #[must_use]
    pub fn is_of(&self, listing: &Listing) -> bool {
        (self.performance.id, self.performance.version, self.terms_version)
            == (listing.performance.id, listing.performance.version, listing.terms_version)
    }

    /// Where the seat is, if there is one of this id.
    #[must_use]
    pub fn place(&self, seat_id: &str) -> Option<Place> {
        self.places.get(seat_id).copied()
    }

    /// The seat at a place of this sale.
    #[must_use]
    pub fn seat(&self, (block, slot): Place) -> &SaleSeat {
        &self.blocks[block].seats[slot]
    }

    /// The rows of a price class of this sale.
    pub(super) fn rows(&self, class: usize) -> &[Row] {
        self.rows[class].get_or_init(|| rows_of(&self.blocks, class))
    }

    /// What the seat at a place of this sale, carrying this mark or none, looks like at `now`, in seconds since 1970.
    #[must_use]
    pub fn state(&self, (block, _): Place, mark: Option<Mark>, now: i64) -> SeatState {
        if self.blocks[block].ticket_type.is_none() || self.standing == Standing::Cancelled {
            return SeatState::NotForSale;
        }
        mark.map_or(SeatState::Free, |mark| mark.state(now))
    }

    /// Whether this block is part of a quota: its seats are admissions without a place.
    #[must_use]
    pub fn is_quota(&self, block: usize) -> bool {
        let class = self.blocks[block].ticket_type;
        class.is_some_and(|class| self.terms.ticket_types[class].quota.is_some())
    }

    /// The index of a price class in the terms.
    #[must_use]
    pub fn ticket_type(&self, id: TicketTypeId) -> Option<usize> {
        self.terms.ticket_types.iter().position(|ticket_type| ticket_type.id == id)
    }

    /// When holds are no longer taken: at the start, or earlier.
    #[must_use]
    pub fn closes_at(&self) -> Timestamp {
        self.performance.sale_closes_at.unwrap_or(self.performance.starts_at)
    }

    /// Whether holds are taken at `now`.
    #[must_use]
    pub fn window(&self, now: Timestamp) -> SaleWindow {
        match self.performance.sale_opens_at {
            _ if self.standing != Standing::OnSale => SaleWindow::Closed,
            Some(opens_at) if now < opens_at => SaleWindow::OpensAt(opens_at),
            _ if now >= self.closes_at() => SaleWindow::Closed,
            _ => SaleWindow::Open,
        }
    }

    /// The seats at these places as the lines of a reservation, one for each block, in the order of the blocks.
    ///
    /// # Errors
    /// The places whose section is not sold.
    pub fn lines(&self, places: &[Place]) -> Result<Vec<ReservationLine>, Vec<Place>> {
        let unsold: Vec<_> = places.iter().copied().filter(|&(b, _)| self.blocks[b].ticket_type.is_none()).collect();
        if !unsold.is_empty() {
            return Err(unsold);
        }
        let mut by_block: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &(block, slot) in places {
            by_block.entry(block).or_default().push(slot);
        }
        Ok(by_block
            .into_iter()
            .filter_map(|(index, mut slots)| {
                slots.sort_unstable();
                let block = &self.blocks[index];
                let ticket_type = &self.terms.ticket_types[block.ticket_type?];
                Some(ReservationLine {
                    block: block.id.clone(),
                    section: block.section.clone(),
                    ticket_type_id: ticket_type.id,
                    price: ticket_type.price,
                    seats: slots.into_iter().filter_map(|slot| reserved(slot, &block.seats[slot])).collect(),
                })
            })
            .collect())
    }
}

fn reserved(slot: usize, seat: &SaleSeat) -> Option<ReservedSeat> {
    let (id, label, row) = (seat.id.clone(), seat.label.clone(), seat.row.clone());
    Some(ReservedSeat { slot: u8::try_from(slot).ok()?, id, label, row })
}

fn seated(geometry: &Geometry, terms: &SaleTerms) -> Vec<SaleBlock> {
    let mut blocks = Vec::new();
    for section in &geometry.sections {
        let ticket_type =
            terms.ticket_types.iter().position(|ticket_type| ticket_type.section_ids.contains(&section.id));
        for block in &section.blocks {
            blocks.push(SaleBlock {
                id: block.id.clone(),
                section: section.name.clone(),
                ticket_type,
                seats: block
                    .seats
                    .iter()
                    .map(|seat| SaleSeat {
                        id: seat.id.clone(),
                        label: seat.label.clone(),
                        row: seat.row.clone(),
                        x: seat.x,
                        y: seat.y,
                    })
                    .collect(),
            });
        }
    }
    blocks
}

/// The blocks of a quota: seats without a place. Their ids come from the ticket type, so that adding another type later
/// renames nothing; catalog keeps the prefix free of a layout's own ids.
fn general_admission(index: usize, ticket_type: &TicketTypeState, quota: u32) -> impl Iterator<Item = SaleBlock> {
    let stem = format!("{GENERAL_ADMISSION_PREFIX}{:012x}", ticket_type.id.uuid().as_u128() & 0xffff_ffff_ffff);
    let quota = quota as usize;
    (0..quota.div_ceil(MAX_SEATS_PER_BLOCK)).map(move |number| {
        let first = number * MAX_SEATS_PER_BLOCK;
        let size = MAX_SEATS_PER_BLOCK.min(quota - first);
        let id = format!("{stem}.{number}");
        SaleBlock {
            section: ticket_type.name.clone(),
            ticket_type: Some(index),
            seats: (0..size)
                .map(|slot| SaleSeat {
                    id: format!("{id}.{slot}"),
                    label: (first + slot + 1).to_string(),
                    row: String::new(),
                    x: 0.0,
                    y: 0.0,
                })
                .collect(),
            id,
        }
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use contracts::catalog::{Block, Seat, Section};
    use contracts::ids::{EventId, LayoutId, PerformanceId};

    /// A hall: each section has `rows` rows of `width` seats, a block per row; section `i` costs (i+1)·10,000.
    pub(crate) fn hall(sections: &[(usize, usize)]) -> Geometry {
        let mut y = 0.0;
        let sections = sections.iter().enumerate().map(|(s, &(rows, width))| Section {
            id: format!("S{s}"),
            name: format!("Section {s}"),
            blocks: (0..rows)
                .map(|r| {
                    y += 1.0;
                    Block {
                        id: format!("S{s}R{r}"),
                        seats: (0..width)
                            .map(|x| Seat {
                                id: format!("S{s}R{r}-{x}"),
                                label: (x + 1).to_string(),
                                row: format!("{r}"),
                                x: x as f64,
                                y,
                                accessible: false,
                            })
                            .collect(),
                    }
                })
                .collect(),
        });
        Geometry { sections: sections.collect() }
    }

    /// A sale of the hall's sections, each under a ticket type of its own, plus a quota.
    pub(crate) fn sale(geometry: &Geometry, quota: Option<u32>, buyer_limit: u32) -> Sale {
        let event_id = EventId::generate();
        let mut ticket_types: Vec<_> = geometry
            .sections
            .iter()
            .enumerate()
            .map(|(index, section)| TicketTypeState {
                id: TicketTypeId::generate(),
                version: 1,
                event_id,
                name: section.name.clone(),
                price: (index as i64 + 1) * 10_000,
                section_ids: vec![section.id.clone()],
                quota: None,
                removed: false,
            })
            .collect();
        ticket_types.extend(quota.map(|quota| TicketTypeState {
            id: TicketTypeId::generate(),
            version: 1,
            event_id,
            name: "Standing".into(),
            price: 5_000,
            section_ids: vec![],
            quota: Some(quota),
            removed: false,
        }));
        let performance = PerformanceState {
            id: PerformanceId::generate(),
            version: 2,
            event_id,
            starts_at: "2030-01-01T10:00:00Z".parse().unwrap(),
            layout_id: Some(LayoutId::generate()),
            sale_opens_at: Some("2026-01-01T00:00:00Z".parse().unwrap()),
            sale_closes_at: None,
            terms: Some(SaleTerms {
                title: "Title".into(),
                venue: "Venue".into(),
                time_zone: "Asia/Seoul".into(),
                currency: "KRW".into(),
                buyer_limit,
                ticket_types,
                capacity: Vec::new(),
            }),
            cancelled: false,
            removed: false,
        };
        Sale::new(Listing::new(performance), Some(geometry)).unwrap()
    }

    #[test]
    fn lines_group_seats_by_block_with_the_price_of_their_section() {
        let sale = sale(&hall(&[(2, 3), (1, 3)]), None, 8);
        let places: Vec<_> = ["S1R0-2", "S0R1-1", "S0R1-0"].iter().map(|id| sale.place(id).unwrap()).collect();
        let lines = sale.lines(&places).unwrap();
        assert_eq!(lines.len(), 2);
        assert_eq!((lines[0].block.as_str(), lines[0].price, lines[0].seats.len()), ("S0R1", 10_000, 2));
        assert_eq!(lines[0].seats[0].slot, 0);
        assert_eq!((lines[1].block.as_str(), lines[1].price), ("S1R0", 20_000));
        assert!(sale.place("nowhere").is_none());
    }

    #[test]
    fn a_quota_is_blocks_of_seats_without_a_place() {
        let sale = sale(&hall(&[]), Some(120), 8);
        let sizes: Vec<_> = sale.blocks.iter().map(|block| block.seats.len()).collect();
        assert_eq!(sizes, [50, 50, 20]);
        assert_eq!(sale.blocks[2].seats[19].label, "120");
        for block in &sale.blocks {
            for (slot, seat) in block.seats.iter().enumerate() {
                let (b, s) = sale.place(&seat.id).unwrap();
                assert_eq!((sale.blocks[b].id.as_str(), s), (block.id.as_str(), slot));
            }
        }
    }

    #[test]
    fn sections_without_a_price_cannot_be_taken() {
        let geometry = hall(&[(1, 2), (1, 2)]);
        let mut sale = sale(&geometry, None, 8);
        sale.performance.terms.as_mut().unwrap().ticket_types.pop();
        let sale = Sale::new(Listing::new(sale.performance), Some(&geometry)).unwrap();
        let place = sale.place("S1R0-0").unwrap();
        assert_eq!(sale.lines(&[place]), Err(vec![place]));
    }

    #[test]
    fn holds_are_taken_from_opening_to_the_start() {
        let sale = sale(&hall(&[(1, 1)]), None, 8);
        let at = |text: &str| sale.window(text.parse().unwrap());
        assert_eq!(at("2025-12-31T23:59:59Z"), SaleWindow::OpensAt("2026-01-01T00:00:00Z".parse().unwrap()));
        assert_eq!(at("2026-01-01T00:00:00Z"), SaleWindow::Open);
        assert_eq!(at("2030-01-01T10:00:00Z"), SaleWindow::Closed);
        for standing in [Standing::Withdrawn, Standing::Cancelled] {
            let over = Sale { standing, ..super::tests::sale(&hall(&[(1, 1)]), None, 8) };
            assert_eq!(over.window("2026-01-01T00:00:00Z".parse().unwrap()), SaleWindow::Closed);
        }
    }
}
