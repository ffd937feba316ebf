//! What the waiting room knows of the event it guards, from the news of others.

use contracts::catalog::EventStatus;
use contracts::ids::PerformanceId;
use contracts::waiting_room::Notice;
use serde::{Deserialize, Serialize};

/// The smallest number of outcomes from which the health of payments is judged.
const FEWEST_OUTCOMES: u64 = 10;

/// The share of places that is given on while no payment succeeds: enough to notice when they do again.
const SLOWEST: f64 = 0.1;

/// An event, by catalog's latest news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventFacts {
    /// The version of the news.
    pub version: u64,
    /// Where the event is in its life.
    pub status: EventStatus,
}

/// What is left of a performance, by booking's latest count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// Of which.
    pub performance: PerformanceId,
    /// Free seats.
    pub free: u32,
}

/// Outcomes of payments in the last minutes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PaymentHealth {
    /// Reservations paid.
    pub confirmed: u64,
    /// Payments that failed; it may have been the buyer's own card.
    pub failed: u64,
}

impl EventFacts {
    /// Whether people may know of the event.
    #[must_use]
    pub fn is_public(self) -> bool {
        self.status != EventStatus::Draft
    }

    /// Whether nothing will be sold any more, whatever comes back.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self.status, EventStatus::Cancelled | EventStatus::Ended)
    }
}

impl PaymentHealth {
    /// Which share of the free places should be given on: all of them as long as at least half of the payments succeed.
    /// Cards are declined every day; only when most payments fail is it the gateway.
    #[must_use]
    pub fn share(self) -> f64 {
        let all = self.confirmed + self.failed;
        if all < FEWEST_OUTCOMES || self.failed * 2 <= all {
            return 1.0;
        }
        #[expect(clippy::cast_precision_loss, reason = "payments of a few minutes")]
        let succeeded = self.confirmed as f64 / all as f64;
        (2.0 * succeeded).max(SLOWEST)
    }
}

/// Free seats of all performances; unknown before the first count.
#[must_use]
pub fn seats_left(left: &[Left]) -> Option<u64> {
    (!left.is_empty()).then(|| left.iter().map(|left| u64::from(left.free)).sum())
}

/// What somebody with so many people ahead should know.
#[must_use]
pub fn notice(facts: EventFacts, seats_left: Option<u64>, ahead: u64) -> Option<Notice> {
    if facts.status == EventStatus::SoldOut || seats_left == Some(0) {
        Some(Notice::SoldOut)
    } else if seats_left.is_some_and(|left| left < ahead) {
        Some(Notice::FewerSeatsThanPeopleAhead)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_most_payments_failing_slows_the_line() {
        let share = |confirmed, failed| PaymentHealth { confirmed, failed }.share();
        assert_eq!([share(0, 9), share(5, 5), share(100, 100), share(50, 0)], [1.0; 4]);
        assert!(share(4, 16) < 0.5 && share(4, 16) > share(1, 99));
        assert!((share(0, 1_000) - SLOWEST).abs() < 1e-9);
    }

    #[test]
    fn people_hear_when_waiting_is_in_vain() {
        let on_sale = EventFacts { version: 1, status: EventStatus::OnSale };
        assert_eq!(notice(on_sale, None, 1_000), None);
        assert_eq!(notice(on_sale, Some(1_000), 1_000), None);
        assert_eq!(notice(on_sale, Some(999), 1_000), Some(Notice::FewerSeatsThanPeopleAhead));
        assert_eq!(notice(on_sale, Some(0), 0), Some(Notice::SoldOut));
        let sold_out = EventFacts { status: EventStatus::SoldOut, ..on_sale };
        assert_eq!(notice(sold_out, None, 0), Some(Notice::SoldOut));
    }

    #[test]
    fn seats_of_all_performances_count_together() {
        let left = |free| Left { performance: PerformanceId::generate(), free };
        assert_eq!(seats_left(&[]), None);
        assert_eq!(seats_left(&[left(0), left(7), left(5)]), Some(12));
    }
}
