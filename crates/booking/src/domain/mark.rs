//! The mark on a seat: one number that says until when the seat is taken, and by which reservation.
//!
//! `until·10¹⁸ + tag`. A seat without a mark is free, and so is one whose mark's `until` has passed: expiry is part of
//! every condition, no sweeper is needed. A sale is a hold that never ends; a seat that is not for sale has tag zero.
//! Numbers of 28 digits fit a DynamoDB Number (38) and compare there exactly as they do here.

use std::fmt;

use contracts::booking::ReservationState;
use contracts::ids::ReservationId;

const TAG_SPACE: u128 = 1_000_000_000_000_000_000;
const RANDOM_BITS: u128 = (1 << 60) - 1;
const NEVER: u128 = 9_999_999_999;

/// The number kept for a seat that is not free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark(u128);

/// What a seat looks like to everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SeatState {
    /// Can be taken.
    Free,
    /// Taken for now.
    Held,
    /// Paid for.
    Sold,
    /// Kept back by the organiser.
    NotForSale,
}

/// The part of a mark that names a reservation: 1 to 10¹⁸−1.
fn tag(reservation: ReservationId) -> u128 {
    // Of the random bits of a UUIDv7, not of its time: a request sent again has the same ones, at another time.
    (reservation.uuid().as_u128() & RANDOM_BITS) % (TAG_SPACE - 1) + 1
}

impl Mark {
    /// Held by the reservation until `until`, in seconds since 1970.
    #[must_use]
    pub fn held(reservation: ReservationId, until: i64) -> Self {
        let until = u128::try_from(until).unwrap_or(0).min(NEVER - 1);
        Self(until * TAG_SPACE + tag(reservation))
    }

    /// Sold to the reservation.
    #[must_use]
    pub fn sold(reservation: ReservationId) -> Self {
        Self(NEVER * TAG_SPACE + tag(reservation))
    }

    /// Kept back.
    pub const NOT_FOR_SALE: Self = Self(NEVER * TAG_SPACE);

    /// The mark that a reservation's seats carry while it waits or is being paid; it says nothing of a sold one.
    #[must_use]
    pub fn of_hold(reservation: &ReservationState) -> Self {
        Self::held(reservation.id, reservation.held_until())
    }

    /// The bound below which a mark no longer counts at `now`, in seconds since 1970.
    #[must_use]
    pub fn bound(now: i64) -> Self {
        Self(u128::try_from(now).unwrap_or(0) * TAG_SPACE)
    }

    /// What a seat with this mark looks like at `now`, in seconds since 1970.
    #[must_use]
    pub fn state(self, now: i64) -> SeatState {
        if self == Self::NOT_FOR_SALE {
            SeatState::NotForSale
        } else if self.0 > NEVER * TAG_SPACE {
            SeatState::Sold
        } else if self < Self::bound(now) {
            SeatState::Free
        } else {
            SeatState::Held
        }
    }

    /// Until when the seat is taken, in seconds since 1970.
    #[must_use]
    pub fn until(self) -> i64 {
        i64::try_from(self.0 / TAG_SPACE).unwrap_or(i64::MAX)
    }

    /// Whether the mark is of this reservation or one that shares its tag (the same request, sent again).
    #[must_use]
    pub fn is_of(self, reservation: ReservationId) -> bool {
        self.0 % TAG_SPACE == tag(reservation)
    }

    /// The mark that a stored number is.
    #[must_use]
    pub fn parse(number: &str) -> Option<Self> {
        number.parse().ok().map(Self)
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_hold_counts_to_its_end_and_not_beyond(until in 1_i64..9_000_000_000, bits: u128) {
            let id = ReservationId::from_uuid(uuid::Uuid::from_u128(bits));
            let mark = Mark::held(id, until);
            prop_assert_eq!(mark.state(until - 1), SeatState::Held);
            prop_assert_eq!(mark.state(until), SeatState::Held);
            prop_assert_eq!(mark.state(until + 1), SeatState::Free);
            prop_assert_eq!(mark.until(), until);
            prop_assert!(mark.is_of(id));
            prop_assert_eq!(Mark::parse(&mark.to_string()), Some(mark));
            prop_assert!(mark.to_string().len() <= 38);
        }

        #[test]
        fn nothing_frees_a_sold_seat(now in 0_i64..9_000_000_000, bits: u128) {
            let id = ReservationId::from_uuid(uuid::Uuid::from_u128(bits));
            prop_assert_eq!(Mark::sold(id).state(now), SeatState::Sold);
            prop_assert_eq!(Mark::NOT_FOR_SALE.state(now), SeatState::NotForSale);
            prop_assert!(Mark::bound(now) < Mark::NOT_FOR_SALE);
            prop_assert!(Mark::NOT_FOR_SALE < Mark::sold(id));
        }
    }
}
