//! The seats of a price class, row by row: what a choice among them needs, and no buyer changes.

use std::collections::BTreeMap;
use std::ops::Range;

use super::sale::{Place, SaleBlock};

/// Seats farther apart than this multiple of their row's usual distance are not neighbours: an aisle lies between.
const AISLE: f64 = 1.5;

/// A row of one section, from left to right. It may span several blocks.
#[derive(Debug)]
pub(super) struct Row {
    /// Where its seats are kept.
    pub(super) places: Vec<Place>,
    /// How far each is from the class's focal point, in the layout's unit.
    pub(super) distances: Vec<f64>,
    /// Whether an aisle parts each from the one before.
    aisles: Vec<bool>,
}

/// The rows of a price class. Its focal point is the middle of its width, at its edge towards the stage.
pub(super) fn rows_of(blocks: &[SaleBlock], class: usize) -> Vec<Row> {
    let (mut left, mut right, mut front) = (f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY);
    let mut rows: BTreeMap<(&str, &str), Vec<Place>> = BTreeMap::new();
    for (b, block) in blocks.iter().enumerate().filter(|(_, block)| block.ticket_type == Some(class)) {
        for (s, seat) in block.seats.iter().enumerate() {
            left = left.min(seat.x);
            right = right.max(seat.x);
            front = front.min(seat.y);
            rows.entry((&block.section, &seat.row)).or_default().push((b, s));
        }
    }
    let focus = (f64::midpoint(left, right), front);
    rows.into_values().map(|places| Row::new(blocks, places, focus)).collect()
}

impl Row {
    fn new(blocks: &[SaleBlock], mut places: Vec<Place>, (x, y): (f64, f64)) -> Self {
        let seat = |(block, slot): Place| &blocks[block].seats[slot];
        places.sort_by(|&a, &b| seat(a).x.total_cmp(&seat(b).x).then(a.cmp(&b)));
        let gaps: Vec<f64> = places.windows(2).map(|pair| seat(pair[1]).x - seat(pair[0]).x).collect();
        let mut sorted = gaps.clone();
        sorted.sort_by(f64::total_cmp);
        let usual = sorted.get(sorted.len() / 2).copied().unwrap_or(0.0);
        Self {
            distances: places.iter().map(|&at| (seat(at).x - x).hypot(seat(at).y - y)).collect(),
            aisles: std::iter::once(false).chain(gaps.iter().map(|gap| *gap > usual * AISLE)).collect(),
            places,
        }
    }

    /// The stretches of free neighbours.
    pub(super) fn free_runs(&self, is_free: &dyn Fn(Place) -> bool) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (at, (&place, &aisle)) in self.places.iter().zip(&self.aisles).enumerate() {
            if !is_free(place) {
                continue;
            }
            match runs.last_mut() {
                Some(run) if run.end == at && !aisle => run.end += 1,
                _ => runs.push(at..at + 1),
            }
        }
        runs
    }
}
