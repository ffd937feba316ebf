//! Slowing down those who guess the passwords of many people from one place.
//!
//! A leaky bucket for each network address: an attempt to log in is a drop, the bucket leaks one drop every five seconds
//! and holds a hundred. Its level is kept as one number, the moment at which it will be empty (the "theoretical arrival
//! time" of the generic cell rate algorithm). Drops are added before the password is looked at, so that a burst counts
//! in full, and taken out again when it was right: people behind one address of a mobile network hardly notice each other.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

use jiff::{SignedDuration, Timestamp};

use super::attempts::TooEarly;

/// How many failed attempts from one address cost no waiting.
pub const BURST: i32 = 100;

/// One more is free again after so long: twelve a minute.
pub const DROP: SignedDuration = SignedDuration::from_secs(5);

/// Where attempts are counted together: an IPv4 address, or the /64 that a provider gives a household in IPv6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Network(IpAddr);

/// What an attempt finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bucket {
    /// Nothing in it: this attempt is the only drop.
    Empty,
    /// Room for this attempt besides those before it.
    Room,
    /// Too many before it.
    Full(TooEarly),
}

impl Network {
    /// The one that `address` belongs to.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(long) => {
                let [a, b, c, d, ..] = long.segments();
                Self(IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0)))
            }
            short @ IpAddr::V4(_) => Self(short),
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Bucket {
    /// The bucket at `now` that will be (or was) empty at `empty_at`.
    #[must_use]
    pub fn at(now: Timestamp, empty_at: Option<Timestamp>) -> Self {
        match empty_at {
            Some(empty_at) if empty_at > fullest(now) => {
                let wait = u64::try_from(empty_at.duration_since(fullest(now)).as_millis()).unwrap_or(u64::MAX);
                Self::Full(TooEarly { wait: u32::try_from(wait.div_ceil(1_000)).unwrap_or(u32::MAX).max(1) })
            }
            Some(empty_at) if empty_at > now => Self::Room,
            _ => Self::Empty,
        }
    }
}

/// The latest moment of being empty at which one more drop still fits.
#[must_use]
pub fn fullest(now: Timestamp) -> Timestamp {
    now.saturating_add(DROP * (BURST - 1)).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(1_700_000_000_000 + millis).unwrap()
    }

    /// The rule as the table applies it: whether an attempt passes, and when the bucket is empty then.
    fn attempt(empty_at: &mut Option<Timestamp>, now: Timestamp) -> Result<(), u32> {
        *empty_at = match (Bucket::at(now, *empty_at), *empty_at) {
            (Bucket::Full(TooEarly { wait }), _) => return Err(wait),
            (Bucket::Room, Some(empty_at)) => Some(empty_at + DROP),
            _ => Some(now + DROP),
        };
        Ok(())
    }

    #[test]
    fn a_hundred_at_once_then_one_every_five_seconds() {
        let mut bucket = None;
        for _ in 0..BURST {
            assert_eq!(attempt(&mut bucket, at(0)), Ok(()));
        }
        assert_eq!(attempt(&mut bucket, at(0)), Err(5));
        assert_eq!(attempt(&mut bucket, at(4_999)), Err(1));
        assert_eq!(attempt(&mut bucket, at(5_000)), Ok(()));
        assert_eq!(attempt(&mut bucket, at(5_000)), Err(5));
        // Twelve in the next minute, however often it is tried.
        let passed = (1..=600).filter(|tenth| attempt(&mut bucket, at(5_000 + tenth * 100)).is_ok()).count();
        assert_eq!(passed, 12);
        // Left alone it forgets everything.
        for _ in 0..BURST {
            assert_eq!(attempt(&mut bucket, at(10_000_000)), Ok(()));
        }
        assert!(attempt(&mut bucket, at(10_000_000)).is_err());
    }

    #[test]
    fn a_drop_taken_out_again_leaves_room_for_another() {
        let mut bucket = None;
        for _ in 0..BURST {
            assert_eq!(attempt(&mut bucket, at(0)), Ok(()));
        }
        bucket = bucket.map(|empty_at| empty_at - DROP);
        assert_eq!(attempt(&mut bucket, at(0)), Ok(()));
        assert!(attempt(&mut bucket, at(0)).is_err());
    }

    #[test]
    fn levels_from_nowhere_are_bounded_answers() {
        assert_eq!(Bucket::at(at(0), None), Bucket::Empty);
        assert_eq!(Bucket::at(at(0), Some(at(0))), Bucket::Empty);
        assert_eq!(Bucket::at(at(0), Some(Timestamp::MIN)), Bucket::Empty);
        assert!(matches!(Bucket::at(at(0), Some(Timestamp::MAX)), Bucket::Full(_)));
        assert_eq!(fullest(Timestamp::MAX), Timestamp::MAX);
    }

    #[test]
    fn addresses_of_one_household_are_one_network() {
        for (address, network) in [
            ("203.0.113.7", "203.0.113.7"),
            ("::ffff:203.0.113.7", "203.0.113.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
            ("2001:db8:1:2:ffff::", "2001:db8:1:2::"),
            ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ] {
            assert_eq!(Network::of(address.parse().unwrap()).to_string(), network);
        }
    }
}
