//! Which of the free seats are the best (requirement R3): side by side in one row, leaving no orphan, near the focal point.

use std::collections::{HashMap, HashSet};

use super::sale::{Place, Sale};

/// How many more of the best groups a buyer's is picked from, for each time others were faster.
const SPREAD: usize = 12;

/// How many groups there should be to choose from for each seat that was taken lately. A group overlaps with those beside
/// it, and others choose from the same reading: with so many, four of five get what they chose.
const GROUPS_A_SEAT: usize = 4;

/// How to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seating {
    /// Side by side if there are such seats, apart otherwise.
    Preferably,
    /// Side by side or not at all.
    Adjacent,
    /// Wherever it is best.
    Anywhere,
}

/// What an orphan costs, in the layout's unit of distance: a lone free seat between taken ones is hard to sell, so a
/// group sits this much farther away before it makes one.
const ORPHAN_COST: f64 = 6.0;

/// Seats farther apart than this multiple of their row's usual distance are not neighbours: an aisle lies between.
const AISLE: f64 = 1.5;

/// Seats, and how good they are together: less is better.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Where they are.
    pub places: Vec<Place>,
    cost: f64,
}

/// The groups of `quantity` neighbouring free seats of one price class, best first, at most `most` of them.
///
/// `is_free` says what is left. Each row of each section is looked at on its own; a row may span several blocks.
#[must_use]
pub fn adjacent(
    sale: &Sale,
    class: usize,
    quantity: usize,
    is_free: &dyn Fn(Place) -> bool,
    most: usize,
) -> Vec<Choice> {
    let focus = focus(sale, class);
    let mut choices = Vec::new();
    for row in rows(sale, class) {
        for run in free_runs(sale, &row, is_free) {
            for start in 0..(run.len() + 1).saturating_sub(quantity) {
                let places = run[start..start + quantity].to_vec();
                let orphans = [start, run.len() - start - quantity].into_iter().filter(|&left| left == 1).count();
                let cost = distance(sale, &places, focus) + orphans as f64 * ORPHAN_COST;
                choices.push(Choice { places, cost });
            }
        }
    }
    best(choices, most)
}

/// The `quantity` free seats of one price class nearest to the focal point, together or not; `None` when fewer are left.
#[must_use]
pub fn scattered(sale: &Sale, class: usize, quantity: usize, is_free: &dyn Fn(Place) -> bool) -> Option<Choice> {
    let focus = focus(sale, class);
    let singles = places_of(sale, class)
        .filter(|&place| is_free(place))
        .map(|place| Choice { cost: distance(sale, &[place], focus), places: vec![place] })
        .collect();
    let singles = best(singles, quantity);
    (singles.len() == quantity).then(|| Choice {
        cost: singles.iter().map(|single| single.cost).sum(),
        places: singles.into_iter().flat_map(|single| single.places).collect(),
    })
}

fn best(mut choices: Vec<Choice>, most: usize) -> Vec<Choice> {
    choices.sort_by(|a, b| a.cost.total_cmp(&b.cost).then_with(|| a.places.cmp(&b.places)));
    choices.truncate(most);
    choices
}

fn places_of(sale: &Sale, class: usize) -> impl Iterator<Item = Place> {
    sale.blocks
        .iter()
        .enumerate()
        .filter(move |(_, block)| block.ticket_type == Some(class))
        .flat_map(|(b, block)| (0..block.seats.len()).map(move |s| (b, s)))
}

/// The middle of the class's width, at its edge towards the stage.
fn focus(sale: &Sale, class: usize) -> (f64, f64) {
    let (mut left, mut right, mut front) = (f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY);
    for place in places_of(sale, class) {
        let seat = sale.seat(place);
        left = left.min(seat.x);
        right = right.max(seat.x);
        front = front.min(seat.y);
    }
    (f64::midpoint(left, right), front)
}

fn distance(sale: &Sale, places: &[Place], (x, y): (f64, f64)) -> f64 {
    let total: f64 = places.iter().map(|&place| (sale.seat(place).x - x).hypot(sale.seat(place).y - y)).sum();
    total / places.len().max(1) as f64
}

/// The rows of a price class, each from left to right.
fn rows(sale: &Sale, class: usize) -> Vec<Vec<Place>> {
    let mut rows: HashMap<(&str, &str), Vec<Place>> = HashMap::new();
    for place in places_of(sale, class) {
        let key = (sale.blocks[place.0].section.as_str(), sale.seat(place).row.as_str());
        rows.entry(key).or_default().push(place);
    }
    let mut rows: Vec<_> = rows.into_values().collect();
    for row in &mut rows {
        row.sort_by(|&a, &b| sale.seat(a).x.total_cmp(&sale.seat(b).x).then(a.cmp(&b)));
    }
    rows
}

/// The stretches of free neighbours in a row.
fn free_runs(sale: &Sale, row: &[Place], is_free: &dyn Fn(Place) -> bool) -> Vec<Vec<Place>> {
    let mut gaps: Vec<f64> = row.windows(2).map(|pair| sale.seat(pair[1]).x - sale.seat(pair[0]).x).collect();
    gaps.sort_by(f64::total_cmp);
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(0.0);

    let mut runs: Vec<Vec<Place>> = Vec::new();
    let mut last: Option<f64> = None;
    for &place in row {
        if !is_free(place) {
            last = None;
            continue;
        }
        let x = sale.seat(place).x;
        match (last, runs.last_mut()) {
            (Some(left), Some(run)) if x - left <= usual * AISLE => run.push(place),
            _ => runs.push(vec![place]),
        }
        last = Some(x);
    }
    runs
}

/// From how many of the best groups a buyer's should be picked, at the `attempt`-th try from 0, when `taken_lately` seats
/// of the class were taken a moment ago. In a rush everybody sees the same best group, and only one can have it; while
/// nobody else buys, the best one it is.
#[must_use]
pub fn groups_to_choose_from(attempt: u32, taken_lately: usize) -> usize {
    let attempt = attempt as usize;
    (GROUPS_A_SEAT * taken_lately * (attempt + 1) + SPREAD * attempt).max(1)
}

/// Seats for all of these price classes and quantities, or `None` when not enough is left.
///
/// `is_free` says what is left, `spread` from how many of the best groups of a class to pick, and `random` answers a
/// number below the one it is given.
#[must_use]
pub fn choose(
    sale: &Sale,
    classes: &[(usize, usize)],
    seating: Seating,
    is_free: &dyn Fn(Place) -> bool,
    spread: &dyn Fn(usize) -> usize,
    random: &dyn Fn(usize) -> usize,
) -> Option<Vec<Place>> {
    let mut chosen: HashSet<Place> = HashSet::new();
    let mut places = Vec::new();
    for &(class, quantity) in classes {
        let is_free = |place: Place| !chosen.contains(&place) && is_free(place);
        let more = if sale.terms.ticket_types[class].quota.is_some() {
            admissions(sale, class, quantity, &is_free, random)?
        } else {
            let together = match seating {
                Seating::Anywhere => Vec::new(),
                Seating::Adjacent | Seating::Preferably => adjacent(sale, class, quantity, &is_free, spread(class)),
            };
            match together.as_slice() {
                [] if seating == Seating::Adjacent => return None,
                [] => scattered(sale, class, quantity, &is_free)?.places,
                groups => groups[random(groups.len())].places.clone(),
            }
        };
        chosen.extend(&more);
        places.extend(more);
    }
    Some(places)
}

/// Admissions of a quota: from a random block that has enough, so that a rush spreads over all of them; from several
/// when none has.
fn admissions(
    sale: &Sale,
    class: usize,
    quantity: usize,
    is_free: &dyn Fn(Place) -> bool,
    random: &dyn Fn(usize) -> usize,
) -> Option<Vec<Place>> {
    let mut free: Vec<Vec<Place>> = Vec::new();
    for (b, block) in sale.blocks.iter().enumerate().filter(|(_, block)| block.ticket_type == Some(class)) {
        let slots: Vec<_> = (0..block.seats.len()).map(|s| (b, s)).filter(|&place| is_free(place)).collect();
        if !slots.is_empty() {
            free.push(slots);
        }
    }
    let roomy: Vec<_> = free.iter().filter(|slots| slots.len() >= quantity).collect();
    if !roomy.is_empty() {
        let slots = roomy[random(roomy.len())];
        let start = random(slots.len());
        return Some((0..quantity).map(|step| slots[(start + step) % slots.len()]).collect());
    }
    let all: Vec<_> = free.into_iter().flatten().collect();
    (all.len() >= quantity).then(|| all[..quantity].to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sale::tests::{hall, sale};
    use proptest::prelude::*;

    fn ids(sale: &Sale, choice: &Choice) -> Vec<String> {
        choice.places.iter().map(|&place| sale.seat(place).id.clone()).collect()
    }

    #[test]
    fn the_middle_of_the_front_row_comes_first() {
        let sale = sale(&hall(&[(3, 9)]), None, 8);
        let choice = &adjacent(&sale, 0, 3, &|_| true, 1)[0];
        assert_eq!(ids(&sale, choice), ["S0R0-3", "S0R0-4", "S0R0-5"]);
    }

    #[test]
    fn an_orphan_is_avoided_where_it_costs_little() {
        let sale = sale(&hall(&[(1, 7)]), None, 8);
        // Seats 2..=6 are free: taking 3 in the middle would leave a single on both sides.
        let choice = &adjacent(&sale, 0, 3, &|(_, slot)| slot >= 2, 1)[0];
        assert_eq!(ids(&sale, choice), ["S0R0-2", "S0R0-3", "S0R0-4"]);
    }

    #[test]
    fn an_aisle_parts_neighbours() {
        let mut geometry = hall(&[(1, 4)]);
        for seat in &mut geometry.sections[0].blocks[0].seats[2..] {
            seat.x += 2.0;
        }
        let sale = sale(&geometry, None, 8);
        assert!(adjacent(&sale, 0, 3, &|_| true, 9).is_empty());
        assert_eq!(adjacent(&sale, 0, 2, &|_| true, 9).len(), 2);
        assert_eq!(scattered(&sale, 0, 3, &|_| true).unwrap().places.len(), 3);
        assert!(scattered(&sale, 0, 5, &|_| true).is_none());
    }

    #[test]
    fn the_best_group_while_nobody_else_buys_and_one_of_many_in_a_rush() {
        assert_eq!([0, 1, 3].map(|attempt| groups_to_choose_from(attempt, 0)), [1, 12, 36]);
        assert_eq!([0, 1].map(|attempt| groups_to_choose_from(attempt, 100)), [400, 812]);
        let sale = sale(&hall(&[(3, 9)]), None, 8);
        let choice = |spread: usize, pick: usize| {
            choose(&sale, &[(0, 3)], Seating::Preferably, &|_| true, &|_| spread, &|below| pick.min(below - 1)).unwrap()
        };
        assert_eq!(choice(1, 5), [(0, 3), (0, 4), (0, 5)]);
        assert_ne!(choice(8, 5), choice(1, 5));
    }

    proptest! {
        #[test]
        fn chosen_seats_are_free_distinct_and_of_one_row(
            taken in proptest::collection::hash_set((0..4_usize, 0..12_usize), 0..40),
            quantity in 1..=8_usize,
        ) {
            let sale = sale(&hall(&[(4, 12)]), None, 8);
            let is_free = |place: Place| !taken.contains(&place);
            for choice in adjacent(&sale, 0, quantity, &is_free, 100) {
                let places: HashSet<_> = choice.places.iter().copied().collect();
                prop_assert_eq!(places.len(), quantity);
                prop_assert!(choice.places.iter().all(|&place| is_free(place)));
                prop_assert!(choice.places.windows(2).all(|pair| pair[0].0 == pair[1].0 && pair[0].1 + 1 == pair[1].1));
            }
        }
    }
}
