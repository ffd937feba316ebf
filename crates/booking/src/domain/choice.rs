//! Which of the free seats are the best (requirement R3): side by side in one row, leaving no orphan, near the focal point.

use std::collections::HashSet;

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

/// Seats, and how good they are together: less is better.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Where they are.
    pub places: Vec<Place>,
    cost: f64,
}

/// Neighbours in a row, and how good they are together.
#[derive(Debug, Clone, Copy)]
struct Group<'a> {
    places: &'a [Place],
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
    let mut groups = Vec::new();
    for row in sale.rows(class) {
        for run in row.free_runs(is_free) {
            for start in run.start..(run.end + 1).saturating_sub(quantity) {
                let end = start + quantity;
                let orphans = [start - run.start, run.end - end].into_iter().filter(|&left| left == 1).count();
                groups.push(Group {
                    places: &row.places[start..end],
                    cost: mean(&row.distances[start..end]) + orphans as f64 * ORPHAN_COST,
                });
            }
        }
    }
    best(groups, most).iter().map(|group| Choice { places: group.places.to_vec(), cost: group.cost }).collect()
}

/// The `quantity` free seats of one price class nearest to the focal point, together or not; `None` when fewer are left.
#[must_use]
pub fn scattered(sale: &Sale, class: usize, quantity: usize, is_free: &dyn Fn(Place) -> bool) -> Option<Choice> {
    let seats = sale.rows(class).iter().flat_map(|row| row.places.chunks(1).zip(&row.distances));
    let singles = seats.filter(|(places, _)| places.iter().copied().all(is_free));
    let singles = best(singles.map(|(places, &cost)| Group { places, cost }).collect(), quantity);
    (singles.len() == quantity).then(|| Choice {
        cost: singles.iter().map(|single| single.cost).sum(),
        places: singles.iter().flat_map(|single| single.places).copied().collect(),
    })
}

/// The `most` best of them, best first. A large hall has thousands of groups, of which few are wanted: only these are
/// sorted.
fn best(mut groups: Vec<Group<'_>>, most: usize) -> Vec<Group<'_>> {
    let order = |a: &Group<'_>, b: &Group<'_>| a.cost.total_cmp(&b.cost).then_with(|| a.places.cmp(b.places));
    if most < groups.len() {
        groups.select_nth_unstable_by(most, order);
        groups.truncate(most);
    }
    groups.sort_unstable_by(order);
    groups
}

fn mean(distances: &[f64]) -> f64 {
    distances.iter().sum::<f64>() / distances.len().max(1) as f64
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

        #[test]
        fn a_few_are_the_first_of_all(
            taken in proptest::collection::hash_set((0..4_usize, 0..12_usize), 0..40),
            quantity in 1..=4_usize,
            most in 1..=50_usize,
        ) {
            let sale = sale(&hall(&[(4, 12)]), None, 8);
            let is_free = |place: Place| !taken.contains(&place);
            let all = adjacent(&sale, 0, quantity, &is_free, usize::MAX);
            prop_assert!(all.is_sorted_by(|one, next| one.cost <= next.cost));
            prop_assert_eq!(adjacent(&sale, 0, quantity, &is_free, most), &all[..most.min(all.len())]);
        }
    }
}
