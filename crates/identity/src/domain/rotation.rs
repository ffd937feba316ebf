//! When signing keys change.
//!
//! Others cache the public keys, for hours, so a key must have been public for a while before it signs, and stay public
//! until the last token that it signed has run out:
//!
//! ```text
//!            announced            signs               retired
//! new key    ──────────── grace ──┬──────────────────────────────
//! old key    signs ───────────────┴── an hour ──┐ gone
//! ```

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

/// After so long a key is replaced without anybody asking for it.
pub const KEY_LIFETIME: SignedDuration = SignedDuration::from_hours(90 * 24);

/// How long a key that signs no more stays public: the quarter of an hour that an access token lasts, the minutes until
/// the last function has heard of the new key, and as much again.
pub const RETIRE_AFTER: SignedDuration = SignedDuration::from_hours(1);

/// One key's life so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyTimes {
    /// Its name.
    pub kid: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when it has been public without a gap, if it is.
    pub published_at: Option<Timestamp>,
    /// When it began to sign. Absent for one that is still to begin, and for a first key from before times were kept.
    pub signs_since: Option<Timestamp>,
}

/// Where a rotation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// None is under way: one key signs and is public.
    Steady,
    /// The next key is public, the old one signs.
    Announced,
    /// The new key signs, the old one is still public.
    Switched,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Make a key and publish it.
    Announce,
    /// Sign with this key from now on.
    SignWith(String),
    /// Forget these keys.
    Retire(Vec<String>),
    /// Nothing before `until`.
    Wait {
        /// Where the rotation stands.
        stage: Stage,
        /// When there will be something to do.
        until: Timestamp,
    },
}

/// What is to be done at `now` with these keys, of which `current` signs. A new key signs after it has been public for
/// `grace`; with `start` a rotation begins if none is under way.
#[must_use]
pub fn next_step(keys: &[KeyTimes], current: &str, grace: SignedDuration, start: bool, now: Timestamp) -> Step {
    let signs_since =
        keys.iter().find(|key| key.kid == current).map_or(now, |key| key.signs_since.unwrap_or(key.created_at));
    let others = || keys.iter().filter(|key| key.kid != current);
    let retired: Vec<_> = others().filter(|key| key.signs_since.is_some()).map(|key| key.kid.clone()).collect();
    let next = others().find(|key| key.signs_since.is_none());

    let (stage, due, step) = if !retired.is_empty() {
        (Stage::Switched, later(signs_since, RETIRE_AFTER), Step::Retire(retired))
    } else if let Some(next) = next {
        let public_since = next.published_at.unwrap_or(now);
        (Stage::Announced, later(public_since, grace), Step::SignWith(next.kid.clone()))
    } else {
        let due = if start { now } else { later(signs_since, KEY_LIFETIME) };
        (Stage::Steady, due, Step::Announce)
    };
    if now >= due { step } else { Step::Wait { stage, until: due } }
}

fn later(moment: Timestamp, by: SignedDuration) -> Timestamp {
    moment.saturating_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRACE: SignedDuration = SignedDuration::from_hours(2);
    const HOUR: i64 = 3_600;
    const DAY: i64 = 24 * HOUR;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn key(kid: &str, created: i64, published: Option<i64>, signs: Option<i64>) -> KeyTimes {
        KeyTimes {
            kid: kid.into(),
            created_at: at(created),
            published_at: published.map(at),
            signs_since: signs.map(at),
        }
    }

    fn wait(stage: Stage, until: i64) -> Step {
        Step::Wait { stage, until: at(until) }
    }

    #[test]
    fn every_stage_lasts_as_long_as_it_must() {
        // A first key, with and without times; a key that took over after a day.
        let (first, old) = (key("a", 0, Some(5), Some(0)), key("a", 0, None, None));
        let taken_over = key("a", 0, Some(5), Some(DAY));
        let announced = key("b", DAY, Some(DAY + 10), None);
        let unpublished = key("b", DAY, None, None);
        let signing = key("b", DAY, Some(DAY + 10), Some(2 * DAY));
        let sign = || Step::SignWith("b".into());
        let retire = || Step::Retire(vec!["a".into()]);
        for (name, keys, current, start, now, expected) in [
            ("steady", vec![first.clone()], "a", false, DAY, wait(Stage::Steady, 90 * DAY)),
            ("steady, without times", vec![old.clone()], "a", false, DAY, wait(Stage::Steady, 90 * DAY)),
            ("steady, since it took over", vec![taken_over], "a", false, 90 * DAY, wait(Stage::Steady, 91 * DAY)),
            ("nearly too old", vec![first.clone()], "a", false, 90 * DAY - 1, wait(Stage::Steady, 90 * DAY)),
            ("too old", vec![first.clone()], "a", false, 90 * DAY, Step::Announce),
            ("asked for", vec![old.clone()], "a", true, 0, Step::Announce),
            ("announced", vec![first.clone(), announced.clone()], "a", false, DAY + 11, {
                wait(Stage::Announced, DAY + 10 + 2 * HOUR)
            }),
            ("asked for while under way", vec![first.clone(), announced.clone()], "a", true, DAY + 11, {
                wait(Stage::Announced, DAY + 10 + 2 * HOUR)
            }),
            ("not public: the grace has not begun", vec![first.clone(), unpublished], "a", false, 80 * DAY, {
                wait(Stage::Announced, 80 * DAY + 2 * HOUR)
            }),
            ("public long enough", vec![old.clone(), announced], "a", false, DAY + 10 + 2 * HOUR, sign()),
            ("switched", vec![first.clone(), signing.clone()], "b", true, 2 * DAY + HOUR - 1, {
                wait(Stage::Switched, 2 * DAY + HOUR)
            }),
            ("switched long enough", vec![first.clone(), signing.clone()], "b", false, 2 * DAY + HOUR, retire()),
            ("retired", vec![signing], "b", false, 3 * DAY, wait(Stage::Steady, 92 * DAY)),
        ] {
            assert_eq!(next_step(&keys, current, GRACE, start, at(now)), expected, "{name}");
        }
    }

    #[test]
    fn a_whole_rotation_takes_three_steps_and_ends_steady() {
        let mut keys = vec![key("a", 0, Some(0), None)];
        let (mut current, mut now, mut steps) = ("a".to_owned(), at(0), Vec::new());
        loop {
            match next_step(&keys, &current, GRACE, steps.is_empty(), now) {
                Step::Announce => keys.push(KeyTimes { published_at: Some(now), ..key("b", 0, None, None) }),
                Step::SignWith(kid) => {
                    for key in &mut keys {
                        key.signs_since.get_or_insert(now);
                    }
                    current = kid;
                }
                Step::Retire(kids) => keys.retain(|key| !kids.contains(&key.kid)),
                Step::Wait { stage: Stage::Steady, .. } => break,
                Step::Wait { stage, until } => {
                    assert!(until > now);
                    now = until;
                    steps.push((stage, until));
                }
            }
            assert!(keys.iter().any(|key| key.kid == current));
        }
        assert_eq!(steps, [(Stage::Announced, at(2 * HOUR)), (Stage::Switched, at(3 * HOUR))]);
        assert_eq!((keys.len(), current.as_str()), (1, "b"));
    }
}
