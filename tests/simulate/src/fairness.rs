//! Who came in, and in which order.

use serde::Serialize;

use crate::people::{People, State};

/// Into how many parts the line is cut to see whether the draw is even.
const PARTS: usize = 100;

/// How fair it was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fairness {
    /// Accounts in the draw.
    pub entrants: usize,
    /// Of those who came before the opening, the share that did not get into the draw.
    pub missed_the_draw: f64,
    /// Spearman's correlation of the order of coming and the place drawn: 0 when the draw is blind.
    pub of_arrival_and_place: f64,
    /// Pearson's chi-square of the places, in a hundred parts: about 99 when they are even, above 149 once in a thousand.
    pub chi_square: f64,
    /// Spearman's correlation of place and order of coming in: 1 when everybody came in by their place.
    pub of_place_and_admission: f64,
    /// Of as many people at the head of the line as came in, the share of those who had not gone away and came in.
    pub winners_in: f64,
    /// Bots' share of the entrants.
    pub bots_entered: f64,
    /// Their share of those who came in before the last seat was taken: later, only programs still wait.
    pub bots_admitted: f64,
}

impl Fairness {
    /// Of a line: everybody by place, the entrants of the draw in the order in which they came, how many wanted to be
    /// among them, and how many came in before nothing was left.
    #[must_use]
    pub fn of(people: &People, entrants: &[u32], order: &[u32], came_early: usize, in_time: u32) -> Self {
        let place = |person: u32| people.place[person as usize];
        let admitted = |person: u32| people.admitted[person as usize];
        let inside: Vec<u32> = order.iter().copied().filter(|&person| admitted(person) < in_time).collect();
        let head = order.iter().copied().filter(|&person| people.state[person as usize] != State::Gone);
        let head: Vec<u32> = head.take(inside.len()).collect();
        let bots = |of: &[u32]| share(of.iter().filter(|&&person| people.is_bot(person)).count(), of.len());
        Self {
            entrants: entrants.len(),
            missed_the_draw: 1.0 - share(entrants.len(), came_early),
            of_arrival_and_place: spearman(&entrants.iter().map(|&person| place(person)).collect::<Vec<_>>()),
            chi_square: chi_square(entrants.iter().map(|&person| place(person)), entrants.len()),
            of_place_and_admission: spearman(&inside.iter().map(|&person| admitted(person)).collect::<Vec<_>>()),
            winners_in: share(head.iter().filter(|&&person| admitted(person) < in_time).count(), head.len()),
            bots_entered: bots(entrants),
            bots_admitted: bots(&inside),
        }
    }
}

/// One number's part of another.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "people")]
pub fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Spearman's rank correlation of some values and the order they are in; equal values rank in that order.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "people")]
pub fn spearman(values: &[u32]) -> f64 {
    let n = values.len() as f64;
    if values.len() < 2 {
        return 0.0;
    }
    let mut ranked: Vec<u32> = (0..u32::try_from(values.len()).unwrap_or(u32::MAX)).collect();
    ranked.sort_unstable_by_key(|&at| (values[at as usize], at));
    let squares: f64 = ranked.iter().enumerate().map(|(rank, &at)| (rank as f64 - f64::from(at)).powi(2)).sum();
    1.0 - 6.0 * squares / (n * (n * n - 1.0))
}

/// Pearson's statistic of places below `count` in a hundred parts.
#[expect(clippy::cast_precision_loss, reason = "people")]
fn chi_square(places: impl Iterator<Item = u32>, count: usize) -> f64 {
    let mut parts = [0_usize; PARTS];
    for place in places {
        if let Some(part) = parts.get_mut(place as usize * PARTS / count.max(1)) {
            *part += 1;
        }
    }
    let expected = count as f64 / PARTS as f64;
    parts.iter().map(|&seen| (seen as f64 - expected).powi(2) / expected.max(f64::MIN_POSITIVE)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_its_reverse_are_one_and_minus_one() {
        assert!((spearman(&[1, 5, 7, 9, 12]) - 1.0).abs() < 1e-12);
        assert!((spearman(&[12, 9, 7, 5, 1]) + 1.0).abs() < 1e-12);
        // 1 − 6·(1+1+0+1+1) / (5·24) for two swapped pairs.
        assert!((spearman(&[2, 1, 3, 5, 4]) - 0.8).abs() < 1e-12);
    }

    #[test]
    fn even_places_have_no_chi_square_and_heaped_ones_have_much() {
        assert!(chi_square(0..1_000, 1_000).abs() < 1e-9);
        // All in one part: (1000−10)²/10 + 99·10.
        assert!((chi_square((0..1_000).map(|_| 3), 1_000) - 99_000.0).abs() < 1e-6);
    }

    #[test]
    fn the_head_of_the_line_that_was_passed_over_is_seen() {
        let mut people = People::new(4, 1, 1);
        let order = [2, 1, 0, 3];
        for (place, &person) in order.iter().enumerate() {
            people.place[person as usize] = u32::try_from(place).unwrap();
        }
        // The third and the first of the line came in, in this order; the second has gone away.
        (people.admitted[0], people.admitted[2]) = (0, 1);
        people.state[1] = State::Gone;
        let fairness = Fairness::of(&people, &[0, 1, 2, 3], &order, 5, 2);
        assert!((fairness.winners_in - 1.0).abs() < 1e-12);
        assert!((fairness.of_place_and_admission + 1.0).abs() < 1e-12);
        assert!((fairness.missed_the_draw - 0.2).abs() < 1e-12);
        assert!((fairness.bots_admitted - 0.5).abs() < 1e-12 && (fairness.bots_entered - 0.25).abs() < 1e-12);
    }
}
