//! Gates: counters of occupied places, over which a queue's capacity is spread.
//!
//! Letting somebody in is a transaction with one gate, and DynamoDB refuses two transactions with the same item at
//! once. A gate of 64 places is passed a few times a second at most, whatever the capacity.

/// The most places of one gate.
const PLACES: u32 = 64;

/// The most gates of a queue; beyond, they get more places each.
const MOST: u32 = 64;

/// How many gates a newcomer tries before waiting for the next round.
const TRIES: usize = 4;

/// How many gates a capacity needs.
#[must_use]
pub fn count(capacity: u32) -> u32 {
    capacity.div_ceil(PLACES).clamp(1, MOST)
}

/// How many places the gate of this number, from 0, has; none beyond the ones that the capacity needs.
#[must_use]
pub fn limit(capacity: u32, gate: u32) -> u32 {
    let gates = count(capacity);
    if gate < gates { capacity / gates + u32::from(gate < capacity % gates) } else { 0 }
}

/// The gates that somebody tries, of those that had room: each person begins at another one.
#[must_use]
pub fn to_try(with_room: &[u32], person: u64) -> Vec<u32> {
    let start = usize::try_from(person % (with_room.len().max(1) as u64)).unwrap_or(0);
    with_room.iter().cycle().skip(start).take(with_room.len().min(TRIES)).copied().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_gates_have_the_capacity_between_them(capacity in 1_u32..=100_000) {
            let gates = count(capacity);
            prop_assert!((1..=MOST).contains(&gates));
            prop_assert_eq!((0..gates + 3).map(|gate| limit(capacity, gate)).sum::<u32>(), capacity);
            prop_assert!((0..gates).all(|gate| limit(capacity, gate) > 0));
        }
    }

    #[test]
    fn people_begin_at_different_gates_and_try_no_gate_twice() {
        assert_eq!(to_try(&[3, 5, 8], 1), [5, 8, 3]);
        assert_eq!(to_try(&[0, 1, 2, 3, 4, 5], 5), [5, 0, 1, 2]);
        assert_eq!(to_try(&[7], u64::MAX), [7]);
        assert!(to_try(&[], 9).is_empty());
    }
}
