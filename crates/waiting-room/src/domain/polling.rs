//! When somebody who waits should ask again: soon near the head of the line, seldom at its end, and not all at once.

use contracts::waiting_room::Standing;
use jiff::Timestamp;

/// The longest wait between two questions, in seconds, before it is spread.
const LONGEST: u64 = 40;

/// How many people ahead are worth another second of waiting.
const AHEAD_PER_SECOND: u64 = 200;

/// Before the opening: the longest wait, and over how many seconds the first questions after it are spread.
const BEFORE_OPENING: u64 = 45;
const OPENING_SPREAD: u64 = 3;

/// In how many seconds to ask again in the line.
///
/// `person` is a number of the ticket's own: it spreads people over half as much again, always in the same way, so that
/// a crowd that came together does not stay together.
#[must_use]
pub fn in_line(standing: Standing, person: u64) -> u32 {
    if standing.ahead == 0 {
        return 1;
    }
    let by_place = 1 + standing.ahead / AHEAD_PER_SECOND;
    // A quarter of the wait: the line may get faster meanwhile.
    let by_time = standing.estimated_wait_seconds.map_or(LONGEST, |wait| wait / 4);
    let wait = by_place.min(by_time).clamp(1, LONGEST);
    seconds(wait + spread(person, wait / 2 + 1))
}

/// In how many seconds to ask again before the opening: at the opening, but not later than in a minute, as the queue
/// may be emptied or moved.
#[must_use]
pub fn before_opening(opens_at: Timestamp, now: Timestamp, person: u64) -> u32 {
    let left = u64::try_from(opens_at.duration_since(now).as_secs() + 1).unwrap_or(0).max(1);
    if left > BEFORE_OPENING {
        seconds(BEFORE_OPENING.min(left) - spread(person, BEFORE_OPENING / 3))
    } else {
        seconds(left + spread(person, OPENING_SPREAD))
    }
}

/// A number of a text's own. FNV-1a; it need not be secret, only even.
#[must_use]
pub fn number_of(text: &str) -> u64 {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    // The lowest bits of similar texts are similar.
    hash ^ (hash >> 29)
}

const fn spread(person: u64, over: u64) -> u64 {
    if over == 0 { 0 } else { person % over }
}

fn seconds(wait: u64) -> u32 {
    u32::try_from(wait).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn standing(ahead: u64, wait: Option<u64>) -> Standing {
        Standing { position: ahead + 1, ahead, estimated_wait_seconds: wait }
    }

    proptest! {
        #[test]
        fn nobody_asks_more_often_than_every_second_or_less_often_than_every_minute(
            ahead: u32, wait in proptest::option::of(0_u64..100_000), person: u64, left in -10_i64..100_000,
        ) {
            prop_assert!((1..=60).contains(&in_line(standing(u64::from(ahead), wait), person)));
            let opens_at = Timestamp::from_second(100_000 + left).unwrap();
            let poll = before_opening(opens_at, Timestamp::from_second(100_000).unwrap(), person);
            prop_assert!((1..=60).contains(&poll));
        }
    }

    #[test]
    fn who_is_near_asks_soon_and_who_is_far_asks_seldom() {
        assert!(in_line(standing(3, Some(2)), 7) <= 2);
        assert!((1..=2).contains(&in_line(standing(50, None), 7)));
        assert!(in_line(standing(100_000, None), 7) >= 30);
        // Far back in a line that runs fast.
        assert!(in_line(standing(100_000, Some(20)), 7) <= 8);
    }

    #[test]
    fn a_crowd_comes_apart() {
        let polls: std::collections::BTreeSet<u32> =
            (0..100).map(|person| in_line(standing(100_000, None), number_of(&format!("ticket-{person}")))).collect();
        assert!(polls.len() > 15, "{polls:?}");
    }

    #[test]
    fn the_opening_is_not_missed() {
        let now = Timestamp::from_second(1_000).unwrap();
        let poll = |left: i64| before_opening(Timestamp::from_second(1_000 + left).unwrap(), now, 4);
        assert!((10..=13).contains(&poll(10)), "{}", poll(10));
        assert!((30..=45).contains(&poll(3_600)));
    }
}
