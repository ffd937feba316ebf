//! How deltas chain, and when a room may be spoken to again.
//!
//! A room's version is the time when it was last told of seats. A delta says what has changed after `previous` and up to
//! `version`; whoever knows less than `previous` has missed something and reads the map again.

use jiff::Timestamp;

/// How long a room is left alone after it was spoken to, in milliseconds.
pub const PAUSE_MS: i64 = 1_000;

/// The part of a room's history that one message is about, in milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// What the one before led up to.
    pub previous: i64,
    /// What this one leads up to.
    pub version: i64,
}

/// When a room that was last spoken to at `spoken_at`, in milliseconds since 1970, may be spoken to again.
#[must_use]
pub fn next_turn(spoken_at: i64) -> Timestamp {
    Timestamp::from_millisecond(spoken_at.saturating_add(PAUSE_MS)).unwrap_or(Timestamp::MAX)
}

/// The end of the second in which a message was sent. All messages of a second about who is in a room, or what they
/// have chosen, are one: the others are dropped as its copies. So the room is looked at when the second is over.
#[must_use]
pub fn end_of_second(sent_at: Timestamp) -> Timestamp {
    // A little later, for clocks that do not quite agree.
    Timestamp::from_millisecond((sent_at.as_second() + 1) * 1_000 + 50).unwrap_or(sent_at)
}

/// Links for `count` messages of the turn that was taken at `version`, after one at `previous`: each begins where the one
/// before ends, so that the loss of any is seen.
#[must_use]
pub fn links(previous: i64, version: i64, count: usize) -> Vec<Link> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let version_of = |index: i64| version - (count - 1 - index);
    (0..count)
        .map(|index| Link {
            previous: if index == 0 { previous } else { version_of(index - 1) },
            version: version_of(index),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A client as the contract describes it: what it has missed, it notices.
    fn notices(links: &[Link], received: &[bool], known: i64) -> bool {
        let mut known = known;
        for (link, _) in links.iter().zip(received).filter(|(_, received)| **received) {
            if known < link.previous {
                return true;
            }
            known = known.max(link.version);
        }
        false
    }

    proptest! {
        #[test]
        fn whoever_misses_a_message_notices_it_with_the_next_one(
            pauses in prop::collection::vec((1_000_i64..100_000, 1_usize..4), 1..10),
            received in prop::collection::vec(any::<bool>(), 40),
        ) {
            let (mut version, mut all) = (0, Vec::new());
            for (pause, count) in pauses {
                all.extend(links(version, version + pause, count));
                version += pause;
            }
            prop_assert!(all.windows(2).all(|pair| pair[0].version == pair[1].previous));
            prop_assert!(all.iter().all(|link| link.previous < link.version));
            prop_assert_eq!(all.last().unwrap().version, version);
            let received = &received[..all.len()];
            let last = received.iter().rposition(|received| *received);
            let missed = last.is_some_and(|last| received[..last].contains(&false));
            prop_assert_eq!(notices(&all, received, 0), missed);
        }
    }

    #[test]
    fn a_newer_map_makes_older_messages_harmless() {
        let all = links(1_000, 9_000, 2);
        assert!(!notices(&all, &[true, true], 10_000));
        assert!(!notices(&all, &[false, true], 10_000));
    }

    #[test]
    fn a_second_is_waited_for_to_its_end() {
        let at = |milliseconds| Timestamp::from_millisecond(milliseconds).unwrap();
        assert_eq!([5_000, 5_999].map(|sent| end_of_second(at(sent))), [at(6_050); 2]);
        assert_eq!(next_turn(5_250), at(6_250));
    }
}
