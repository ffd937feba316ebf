//! How often a connection may speak.
//!
//! Every message costs half a second, and fifteen seconds may be owed. One number a connection says it all: until when its
//! messages are paid for, were it silent from now on.

/// What a message costs, in milliseconds.
const COST_MS: i64 = 500;

/// How much may be owed, in milliseconds.
const MOST_OWED_MS: i64 = 15_000;

/// How many messages may come at once after a silence; from then on two come every second.
pub const BURST: i64 = MOST_OWED_MS / COST_MS;

/// Until when the messages are paid for after one more at `now`, both in milliseconds since 1970; `None` when that would
/// be too far ahead: the message came too soon.
#[must_use]
pub fn one_more(paid_until: Option<i64>, now: i64) -> Option<i64> {
    let after = paid_until.unwrap_or(now).max(now) + COST_MS;
    (after - now <= MOST_OWED_MS).then_some(after)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn taken(times: impl IntoIterator<Item = i64>) -> Vec<i64> {
        let mut paid_until = None;
        let mut taken = Vec::new();
        for now in times {
            if let Some(after) = one_more(paid_until, now) {
                paid_until = Some(after);
                taken.push(now);
            }
        }
        taken
    }

    #[test]
    fn thirty_come_at_once_and_then_two_a_second() {
        assert_eq!(taken([1_000; 50]).len(), 30);
        let flood = (0..60_000).step_by(10);
        let in_a_minute = taken(flood).len();
        assert!((148..=150).contains(&in_a_minute), "30 at once and 120 in the minute, not {in_a_minute}");
        assert_eq!(taken((0..100).map(|n| n * 500)).len(), 100, "two a second are never too many");
    }

    proptest! {
        #[test]
        fn no_ten_seconds_see_more_than_the_burst_and_what_was_paid_meanwhile(
            mut times in prop::collection::vec(0_i64..30_000, 0..400)
        ) {
            times.sort_unstable();
            let taken = taken(times);
            for (index, start) in taken.iter().enumerate() {
                let within = taken[index..].iter().take_while(|time| *time - start < 10_000).count();
                prop_assert!(within <= 50, "{within}");
            }
        }
    }
}
