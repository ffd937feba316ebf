//! Everybody who tries, as arrays: ten million objects would not fit.

use contracts::ids::UserId;
use uuid::Uuid;

/// No place, or nobody.
pub const NONE: u32 = u32::MAX;

/// How far somebody has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    /// Has not come yet, or has not been answered.
    Coming,
    /// Has a place in the line.
    Waiting,
    /// Was called up and asks to come in.
    CalledUp,
    /// Is in the sale, or was.
    Admitted,
    /// Went away.
    Gone,
}

/// Everybody.
#[derive(Debug)]
pub struct People {
    bots: u32,
    seed: u64,
    /// How far each has got.
    pub state: Vec<State>,
    /// The place in the line of each.
    pub place: Vec<u32>,
    /// The how manieth to come in each was.
    pub admitted: Vec<u32>,
}

impl People {
    /// So many, of whom the first `bots` are programs.
    #[must_use]
    pub fn new(people: u32, bots: u32, seed: u64) -> Self {
        let people = people as usize;
        Self { bots, seed, state: vec![State::Coming; people], place: vec![NONE; people], admitted: vec![NONE; people] }
    }

    /// Whether somebody is a program.
    #[must_use]
    pub const fn is_bot(&self, person: u32) -> bool {
        person < self.bots
    }

    /// The account of somebody.
    #[must_use]
    pub fn user(&self, person: u32) -> UserId {
        let high = u128::from(mix(self.seed, u64::from(person)));
        UserId::from_uuid(Uuid::from_u128(high << 64 | u128::from(mix(self.seed ^ 1, u64::from(person)))))
    }

    /// Even over 0 to 1: what fate has in store for somebody in the matter of this name.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "53 bits")]
    pub fn fate(&self, person: u32, matter: u64) -> f64 {
        (mix(self.seed ^ (matter << 32), u64::from(person)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// A number that looks like chance and follows from two others (SplitMix64).
#[must_use]
pub const fn mix(seed: u64, value: u64) -> u64 {
    let mut z = seed.wrapping_add(value.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Who asks when: a list for each step of time, each person in one of them at most, without an allocation for any.
#[derive(Debug)]
pub struct Calendar {
    first: Vec<u32>,
    after: Vec<u32>,
}

impl Calendar {
    /// Of so many steps, for so many people.
    #[must_use]
    pub fn new(steps: usize, people: u32) -> Self {
        Self { first: vec![NONE; steps], after: vec![NONE; people as usize] }
    }

    /// Has somebody ask at a step; never, when that is beyond the end.
    pub fn put(&mut self, person: u32, step: usize) {
        if let Some(first) = self.first.get_mut(step) {
            self.after[person as usize] = *first;
            *first = person;
        }
    }

    /// Takes out all who ask at a step, in an order of no meaning.
    pub fn take(&mut self, step: usize, into: &mut Vec<u32>) {
        into.clear();
        let Some(first) = self.first.get_mut(step) else { return };
        let mut person = std::mem::replace(first, NONE);
        while person != NONE {
            into.push(person);
            person = self.after[person as usize];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_gives_back_what_was_put_in_once() {
        let mut calendar = Calendar::new(3, 5);
        for (person, step) in [(0, 1), (3, 1), (4, 2), (1, 7)] {
            calendar.put(person, step);
        }
        let mut due = Vec::new();
        calendar.take(1, &mut due);
        due.sort_unstable();
        assert_eq!(due, [0, 3]);
        calendar.take(1, &mut due);
        assert!(due.is_empty());
        calendar.put(3, 2);
        calendar.take(2, &mut due);
        due.sort_unstable();
        assert_eq!(due, [3, 4]);
        calendar.take(7, &mut due);
        assert!(due.is_empty(), "beyond the end is never");
    }

    #[test]
    fn fates_are_even_and_ids_differ() {
        let people = People::new(10_000, 100, 7);
        let mean = (0..10_000).map(|person| people.fate(person, 3)).sum::<f64>() / 10_000.0;
        assert!((0.48..0.52).contains(&mean), "{mean}");
        let ids: std::collections::HashSet<_> = (0..10_000).map(|person| people.user(person)).collect();
        assert_eq!(ids.len(), 10_000);
        assert!(people.is_bot(99) && !people.is_bot(100));
    }
}
