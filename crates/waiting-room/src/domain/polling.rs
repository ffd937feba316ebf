//! When somebody who waits should ask again: soon near the head of the line, seldom at its end, and not all at once.
//!
//! However many wait, together they ask no more than some thousands of times a second: the API takes ten thousand, and
//! buyers need some of these. Whoever wants to know more often watches the status, which is the same for all and
//! answered by caches; it says how far the line is served, so that a client knows by itself when its turn has come.

use contracts::waiting_room::Standing;
use jiff::Timestamp;

/// The longest wait between two questions in a line that is not long, in seconds, before it is spread.
const LONGEST: u64 = 40;

/// How many people of a long line may ask in a second.
const ASKING_PER_SECOND: u64 = 2_000;

/// The same of those who watch the status, and how often they do while they are few, in seconds.
const WATCHING_PER_SECOND: u64 = 100_000;
const WATCHING: u64 = 5;

/// How many people may ask in a second for the first time after the opening: most of what the route takes, as those who
/// drew the best places are among them.
const OPENING_PER_SECOND: u64 = 4_000;

/// How many people ahead are worth another second of waiting.
const AHEAD_PER_SECOND: u64 = 200;

/// Before the opening: the longest wait, and over how many seconds the first questions after it are spread.
const BEFORE_OPENING: u64 = 45;
const OPENING_SPREAD: u64 = 3;

/// In how many seconds to ask again in the line.
///
/// `crowd` is how many people wait. `person` is a number of the ticket's own: it spreads people over half as much again,
/// always in the same way, so that a crowd that came together does not stay together.
#[must_use]
pub fn in_line(standing: Standing, crowd: u64, person: u64) -> u32 {
    if standing.ahead == 0 {
        return 1;
    }
    let longest = LONGEST.max(crowd / ASKING_PER_SECOND);
    let by_place = 1 + standing.ahead / AHEAD_PER_SECOND;
    // A quarter of the wait: the line may get faster meanwhile.
    let by_time = standing.estimated_wait_seconds.map_or(longest, |wait| wait / 4);
    let wait = by_place.min(by_time).clamp(1, longest);
    seconds(wait + spread(person, wait / 2 + 1))
}

/// In how many seconds to ask again before the opening, with a `crowd` of so many entrants: at the opening, or after some
/// time if that is far, as the queue may be emptied or moved.
#[must_use]
pub fn before_opening(opens_at: Timestamp, now: Timestamp, crowd: u64, person: u64) -> u32 {
    let left = u64::try_from(opens_at.duration_since(now).as_secs() + 1).unwrap_or(0).max(1);
    let pause = BEFORE_OPENING.max(crowd / ASKING_PER_SECOND);
    if left > pause {
        seconds(pause - spread(person, pause / 3))
    } else {
        seconds(left + spread(person, OPENING_SPREAD.max(crowd / OPENING_PER_SECOND)))
    }
}

/// How many seconds a crowd of so many takes to hear of the opening, as far as the line waits for it: five minutes at most.
#[must_use]
pub fn opening_spread(crowd: u64) -> u32 {
    seconds((crowd / OPENING_PER_SECOND).clamp(2, 300))
}

/// How often to look at the status of a line in which so many people wait, in seconds.
#[must_use]
pub fn watching(crowd: u64) -> u32 {
    seconds(WATCHING.max(crowd / WATCHING_PER_SECOND))
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
        fn a_line_of_up_to_eighty_thousand_asks_every_minute_or_more_often(
            ahead: u32, wait in proptest::option::of(0_u64..100_000), person: u64, left in -10_i64..100_000,
            crowd in 0_u64..=80_000,
        ) {
            prop_assert!((1..=60).contains(&in_line(standing(u64::from(ahead), wait), crowd, person)));
            let opens_at = Timestamp::from_second(100_000 + left).unwrap();
            let poll = before_opening(opens_at, Timestamp::from_second(100_000).unwrap(), crowd, person);
            prop_assert!((1..=65).contains(&poll));
        }

        /// At the pace of a sale of ten thousand buyers at once, who take a minute or two each.
        #[test]
        fn a_crowd_of_any_size_asks_some_thousands_of_times_a_second(crowd in 1_000_u64..50_000_000, pace in 0_u64..150) {
            let (mut asked, mut ahead) = (0.0, 0_u64);
            while ahead < crowd {
                let alike = (ahead / 100).max(1).min(crowd - ahead);
                let wait = (pace > 0).then(|| (ahead + 1).div_ceil(pace));
                let person = number_of(&format!("ticket-{ahead}"));
                asked += alike as f64 / f64::from(in_line(standing(ahead, wait), crowd, person));
                ahead += alike;
            }
            prop_assert!(asked < 9_000.0, "{asked} a second of {crowd} at {pace}");
        }
    }

    #[test]
    fn who_is_near_asks_soon_and_who_is_far_asks_seldom() {
        assert!(in_line(standing(3, Some(2)), 100, 7) <= 2);
        assert!((1..=2).contains(&in_line(standing(50, None), 100, 7)));
        assert!(in_line(standing(100_000, None), 100_001, 7) >= 30);
        // Far back in a line that runs fast.
        assert!(in_line(standing(100_000, Some(20)), 100_001, 7) <= 8);
    }

    #[test]
    fn a_crowd_comes_apart() {
        let polls: std::collections::BTreeSet<u32> = (0..100)
            .map(|person| in_line(standing(100_000, None), 100_001, number_of(&format!("ticket-{person}"))))
            .collect();
        assert!(polls.len() > 15, "{polls:?}");
    }

    #[test]
    fn the_opening_is_not_missed() {
        let now = Timestamp::from_second(1_000).unwrap();
        let poll = |left: i64| before_opening(Timestamp::from_second(1_000 + left).unwrap(), now, 100, 4);
        assert!((10..=13).contains(&poll(10)), "{}", poll(10));
        assert!((30..=45).contains(&poll(3_600)));
    }

    #[test]
    fn the_larger_the_crowd_the_longer_it_takes_to_ask() {
        let now = Timestamp::from_second(1_000).unwrap();
        let opening = |crowd| {
            let polls =
                (0..1_000).map(|person| before_opening(now, now, crowd, number_of(&format!("ticket-{person}"))));
            polls.max().unwrap()
        };
        assert_eq!(opening(1_000), 3);
        assert!((2_400..=2_501).contains(&opening(10_000_000)), "{}", opening(10_000_000));
        assert!(in_line(standing(9_000_000, None), 10_000_000, 7) >= 5_000);
        assert_eq!([0, 600_000, 10_000_000].map(watching), [5, 6, 100]);
        assert_eq!([0, 10_000, 100_000, 1_000_000, 10_000_000].map(opening_spread), [2, 2, 25, 250, 300]);
    }
}
