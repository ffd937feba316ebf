//! What a buyer gets back who cancels: the one rule by which cancellations are quoted and made.
//!
//! All of it, until the performance starts. Another policy is another version of this module.

use contracts::booking::{Paid, ReservationState, ReservationStatus};
use jiff::Timestamp;

use super::book::Refusal;

/// Names the rule in quotes.
pub const POLICY_VERSION: &str = "full-refund.v1";

/// On which terms a reservation is cancelled now. Amounts are in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Terms {
    /// Nothing is paid yet: the seats are let go.
    Release {
        /// From when on that happens by itself.
        deadline: Timestamp,
    },
    /// What was paid is given back, but for the fee.
    Refund {
        /// How much that is.
        amount: i64,
        /// How it is split, where that is known.
        split: Option<Paid>,
        /// What is kept.
        fee: i64,
        /// From when on it cannot be cancelled any more.
        deadline: Timestamp,
    },
}

/// The terms for this reservation of a performance that starts at `starts_at`.
///
/// # Errors
/// [`Refusal::PaymentInProgress`], [`Refusal::NotCancellable`].
pub fn terms(reservation: &ReservationState, starts_at: Timestamp, now: Timestamp) -> Result<Terms, Refusal> {
    match reservation.status {
        ReservationStatus::Confirmed if now < starts_at => {
            Ok(Terms::Refund { amount: reservation.total(), split: reservation.paid, fee: 0, deadline: starts_at })
        }
        ReservationStatus::Pending if now.as_second() < reservation.expires_at => {
            let deadline = Timestamp::from_second(reservation.expires_at).unwrap_or(starts_at);
            Ok(Terms::Release { deadline })
        }
        ReservationStatus::Paying => Err(Refusal::PaymentInProgress),
        _ => Err(Refusal::NotCancellable),
    }
}

#[cfg(test)]
mod tests {
    use contracts::ids::PaymentId;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::book::tests::{PAID, at, book, held};
    use crate::domain::book::{BuyerBook, Step};

    #[test]
    fn everything_paid_comes_back_until_the_start_and_nothing_afterwards() {
        let (mut book, payment) = (book(), PaymentId::generate());
        let id = held(&mut book, 2, 300);
        let quote = |book: &BuyerBook, now| terms(book.get(id).unwrap(), at(1_000), at(now));
        assert_eq!(quote(&book, 299), Ok(Terms::Release { deadline: at(300) }));
        assert_eq!(quote(&book, 300), Err(Refusal::NotCancellable));
        book.begin_payment(id, payment, at(299)).unwrap();
        assert_eq!(quote(&book, 299), Err(Refusal::PaymentInProgress));
        book.confirm(id, payment, PAID).unwrap();
        let all = Terms::Refund { amount: 20, split: Some(PAID), fee: 0, deadline: at(1_000) };
        assert_eq!((quote(&book, 300), quote(&book, 999)), (Ok(all), Ok(all)));
        assert_eq!(PAID.points + PAID.card, 20);
        assert_eq!(quote(&book, 1_000), Err(Refusal::NotCancellable));
        book.cancel(id, 3, at(1_000), at(999)).unwrap();
        assert_eq!(quote(&book, 999), Err(Refusal::NotCancellable));
    }

    proptest! {
        #[test]
        fn what_is_quoted_is_what_cancelling_does(now in 0..1_200_i64, steps in 0..4_u8) {
            let (mut book, payment) = (book(), PaymentId::generate());
            let id = held(&mut book, 2, 300);
            if steps > 0 {
                book.begin_payment(id, payment, at(0)).unwrap();
            }
            match steps {
                2 => _ = book.confirm(id, payment, PAID),
                3 => _ = book.payment_failed(id, payment, at(0)),
                _ => {}
            }
            let before = book.copy_of(id).unwrap();
            let quoted = terms(&before, at(1_000), at(now));
            match (book.cancel(id, before.version, at(1_000), at(now)), quoted) {
                (Ok(Step::Done(_)), Ok(terms)) => {
                    let status = book.get(id).unwrap().status;
                    let releases = matches!(terms, Terms::Release { .. });
                    prop_assert_eq!(status == ReservationStatus::Released, releases);
                    prop_assert_eq!(status == ReservationStatus::Cancelling, !releases);
                }
                (Err(refused), Err(foretold)) => prop_assert_eq!(refused, foretold),
                (did, said) => prop_assert!(false, "{did:?}, but {said:?}"),
            }
        }
    }
}
