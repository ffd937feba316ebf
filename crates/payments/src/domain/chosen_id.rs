//! Payment ids that clients choose.
//!
//! A gateway's widget binds a card to an order id before anybody asks here to pay, so its client makes the id. What it makes
//! must look like an id of ours, and of today: ids are remembered as used for as long as they are accepted.

use contracts::ids::PaymentId;
use jiff::{SignedDuration, Timestamp};

/// How long ago a chosen id may have been made: time for any widget, and for sending the request again.
pub const OLDEST: SignedDuration = SignedDuration::from_hours(24);

/// How far the clock of whoever made it may be ahead.
pub const FURTHEST_AHEAD: SignedDuration = SignedDuration::from_mins(5);

/// Whether the id is a UUIDv7 made at most [`OLDEST`] ago and at most [`FURTHEST_AHEAD`] ahead.
#[must_use]
pub fn is_acceptable(id: PaymentId, now: Timestamp) -> bool {
    let uuid = id.uuid();
    // The version, and the variant that has versions (RFC 9562).
    let is_v7 = uuid.get_version_num() == 7 && uuid.as_bytes()[8] >> 6 == 0b10;
    let age = now.duration_since(id.created_at());
    is_v7 && (-FURTHEST_AHEAD..=OLDEST).contains(&age)
}

/// Until when a chosen id that is claimed at `now` must be remembered: nobody can claim it later.
#[must_use]
pub fn remembered_until(now: Timestamp) -> Timestamp {
    now.saturating_add(OLDEST + FURTHEST_AHEAD).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> PaymentId {
        text.parse().unwrap()
    }

    #[test]
    fn ids_of_the_last_day_are_accepted_and_nothing_else() {
        let id = PaymentId::generate();
        let after = |seconds| id.created_at() + SignedDuration::from_secs(seconds);
        for (seconds, accepted) in
            [(-301, false), (-300, true), (0, true), (86_400, true), (86_401, false), (31_536_000, false)]
        {
            assert_eq!(is_acceptable(id, after(seconds)), accepted, "{seconds}");
        }
    }

    #[test]
    fn only_uuids_of_version_7_know_when_they_were_made() {
        let now = id("pay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c08").created_at();
        assert!(is_acceptable(id("pay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c08"), now));
        for other in [
            "pay_0192f0c4-7a10-4c3e-9d5b-2f1e8b6a4c08",
            "pay_0192f0c4-7a10-7c3e-1d5b-2f1e8b6a4c08",
            "pay_0192f0c4-7a10-7c3e-fd5b-2f1e8b6a4c08",
            "pay_00000000-0000-0000-0000-000000000000",
            "pay_ffffffff-ffff-ffff-ffff-ffffffffffff",
        ] {
            assert!(!is_acceptable(id(other), now), "{other}");
        }
    }

    #[test]
    fn an_id_is_remembered_for_as_long_as_it_is_accepted() {
        let id = PaymentId::generate();
        let earliest = id.created_at() - FURTHEST_AHEAD;
        assert!(is_acceptable(id, earliest));
        let forgotten = remembered_until(earliest);
        assert!(is_acceptable(id, forgotten));
        assert!(!is_acceptable(id, forgotten + SignedDuration::from_millis(1)));
    }
}
