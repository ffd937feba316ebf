//! Slowing down those who guess passwords.
//!
//! Attempts are counted per e-mail address, whether or not it has an account, and *before* the password is looked at:
//! a burst of guesses sent side by side is counted as strictly as one after the other. A right password resets the count.

use jiff::{SignedDuration, Timestamp};

/// How many attempts in a row cost no waiting.
pub const FREE_ATTEMPTS: u32 = 5;

/// After so long without an attempt the count starts anew.
pub const FORGET_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// The longest wait between two attempts, in seconds. Bounded, so that nobody can lock somebody else out for good.
pub const LONGEST_WAIT: u32 = 60;

/// The attempts to log in with one e-mail address since the last one that succeeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempts {
    /// How many, from 1.
    pub count: u32,
    /// When the last one was, to the millisecond.
    pub last: Timestamp,
}

/// It is too early for another attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooEarly {
    /// Seconds to wait, at least 1.
    pub wait: u32,
}

impl Attempts {
    /// The count with one more attempt at `now`, after those `before`.
    ///
    /// # Errors
    /// When the caller has to wait first. Being refused counts as no attempt.
    pub fn another(before: Option<Self>, now: Timestamp) -> Result<Self, TooEarly> {
        let count = match before {
            Some(before) if now.duration_since(before.last) < FORGET_AFTER => {
                let ready = before.last.saturating_add(SignedDuration::from_secs(before.wait().into()));
                let ready = ready.unwrap_or(Timestamp::MAX);
                if now < ready {
                    let left = u32::try_from(ready.duration_since(now).as_secs()).unwrap_or(LONGEST_WAIT);
                    return Err(TooEarly { wait: left.saturating_add(1).min(LONGEST_WAIT) });
                }
                before.count.saturating_add(1)
            }
            _ => 1,
        };
        let last = Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now);
        Ok(Self { count, last })
    }

    /// Seconds between the last attempt and the next: none at first, then 1, 2, 4, … up to [`LONGEST_WAIT`].
    fn wait(self) -> u32 {
        match self.count.checked_sub(FREE_ATTEMPTS) {
            None => 0,
            Some(over) => 1_u32.checked_shl(over).map_or(LONGEST_WAIT, |wait| wait.min(LONGEST_WAIT)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + seconds).unwrap()
    }

    #[test]
    fn five_are_free_then_each_waits_twice_as_long() {
        let mut attempts = None;
        for _ in 0..FREE_ATTEMPTS {
            attempts = Some(Attempts::another(attempts, at(0)).unwrap());
        }
        let mut now = 0;
        for wait in [1, 2, 4, 8, 16, 32, 60, 60, 60] {
            assert_eq!(Attempts::another(attempts, at(now)), Err(TooEarly { wait: (wait + 1).min(LONGEST_WAIT) }));
            assert!(Attempts::another(attempts, at(now + i64::from(wait) - 1)).is_err());
            now += i64::from(wait);
            attempts = Some(Attempts::another(attempts, at(now)).unwrap());
        }
    }

    #[test]
    fn waits_stay_bounded_for_any_count_and_are_forgotten() {
        for count in [5, 36, 37, 100, u32::MAX] {
            let attempts = Attempts { count, last: at(0) };
            assert!(attempts.wait() <= LONGEST_WAIT && attempts.wait() >= 1);
            assert_eq!(Attempts::another(Some(attempts), at(0) + FORGET_AFTER).unwrap().count, 1);
        }
    }
}
