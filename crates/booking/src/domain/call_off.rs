//! What becomes of a book when its performance is called off.

use contracts::booking::{CancelledBy, ReservationState, ReservationStatus};
use contracts::event::EventType;
use contracts::ids::ReservationId;
use jiff::Timestamp;

use super::book::{BuyerBook, Refusal, Step, advance};

/// How a reservation of a performance that is called off looks to its buyer: one that waited to be paid is over, even
/// before anybody has recorded it.
#[must_use]
pub fn seen_as_called_off(mut reservation: ReservationState) -> ReservationState {
    if reservation.status == ReservationStatus::Pending {
        reservation.status = ReservationStatus::Released;
        reservation.cancelled_by = Some(CancelledBy::Organizer);
    }
    reservation
}

/// Whether a reservation has to be ended now. One whose payment is being charged has not: the payment's outcome ends it,
/// or leaves it in a state that the next sweep ends. One that lapsed is ended by its alarm.
fn is_to_end(reservation: &ReservationState, now: Timestamp) -> bool {
    match reservation.status {
        ReservationStatus::Confirmed => true,
        ReservationStatus::Pending => now.as_second() < reservation.expires_at,
        _ => false,
    }
}

impl BuyerBook {
    /// Whether somebody may have paid for something in this book, so that a sweep has to find it. Where nobody ever
    /// entered payment there are only holds: they can no longer be paid, and lapse within minutes.
    #[must_use]
    pub fn has_met_payment(&self) -> bool {
        self.reservations.values().any(|reservation| reservation.attempt > 0)
    }

    /// Time is up for a hold whose performance is called off, as [`expire`](Self::expire) tells it of any other.
    ///
    /// # Errors
    /// When the reservation does not exist.
    pub fn lapse_as_called_off(&mut self, id: ReservationId, now: Timestamp) -> Result<Step, Refusal> {
        let reservation = self.reservations.get_mut(&id).ok_or(Refusal::Unknown)?;
        if reservation.status != ReservationStatus::Pending || now.as_second() < reservation.held_until() {
            return Ok(Step::AlreadyDone);
        }
        reservation.cancelled_by = Some(CancelledBy::Organizer);
        Ok(advance(reservation, ReservationStatus::Released, EventType::ReservationReleased))
    }

    /// A reservation that has to be ended because the performance is called off, if any is left.
    #[must_use]
    pub fn to_call_off(&self, now: Timestamp) -> Option<ReservationId> {
        self.reservations.values().find(|reservation| is_to_end(reservation, now)).map(|reservation| reservation.id)
    }

    /// The performance is called off: a pending reservation is released, a confirmed one refunded, even after the start.
    ///
    /// # Errors
    /// When the reservation does not exist.
    pub fn call_off(&mut self, id: ReservationId, now: Timestamp) -> Result<Step, Refusal> {
        let reservation = self.reservations.get_mut(&id).ok_or(Refusal::Unknown)?;
        if !is_to_end(reservation, now) {
            return Ok(Step::AlreadyDone);
        }
        reservation.cancelled_by = Some(CancelledBy::Organizer);
        Ok(if reservation.status == ReservationStatus::Confirmed {
            advance(reservation, ReservationStatus::Cancelling, EventType::CancellationRequested)
        } else {
            advance(reservation, ReservationStatus::Released, EventType::ReservationReleased)
        })
    }

    /// The reservations released because the performance is called off whose seats may still carry their mark: whoever
    /// released them may have been stopped before freeing the seats.
    pub fn released_by_organizer(&self, now: Timestamp) -> impl Iterator<Item = &ReservationState> {
        self.reservations.values().filter(move |reservation| {
            reservation.status == ReservationStatus::Released
                && reservation.cancelled_by == Some(CancelledBy::Organizer)
                && now.as_second() <= reservation.expires_at
        })
    }

    /// Whether a reservation is being paid, so that a later sweep has to look again.
    #[must_use]
    pub fn is_being_paid(&self) -> bool {
        self.reservations.values().any(|reservation| reservation.status == ReservationStatus::Paying)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::book::tests::{PAID, at, book, held};
    use contracts::ids::PaymentId;

    #[test]
    fn every_state_ends_as_it_must() {
        use EventType::{CancellationRequested, ReservationReleased};
        use ReservationStatus::{Cancelled, Cancelling, Confirmed, Expired, Paying, Pending, Rejected, Released};
        for (before, after, event) in [
            (Pending, Released, Some(ReservationReleased)),
            (Confirmed, Cancelling, Some(CancellationRequested)),
            (Paying, Paying, None),
            (Rejected, Rejected, None),
            (Cancelling, Cancelling, None),
            (Cancelled, Cancelled, None),
            (Released, Released, None),
            (Expired, Expired, None),
        ] {
            let mut book = book();
            let id = held(&mut book, 1, 300);
            book.reservations.get_mut(&id).unwrap().status = before;
            assert_eq!(book.to_call_off(at(299)).is_some(), event.is_some(), "{before:?}");
            assert_eq!(book.call_off(id, at(299)), Ok(event.map_or(Step::AlreadyDone, Step::Done)));
            let reservation = book.get(id).unwrap();
            assert_eq!(reservation.status, after);
            assert_eq!(reservation.cancelled_by, event.map(|_| CancelledBy::Organizer));
            assert_eq!(book.to_call_off(at(299)), None, "once is enough");
        }
    }

    #[test]
    fn a_lapsed_hold_is_left_to_its_alarm() {
        let mut book = book();
        let id = held(&mut book, 1, 300);
        assert_eq!(book.to_call_off(at(300)), None);
        assert_eq!(book.call_off(id, at(300)), Ok(Step::AlreadyDone));
        let seen = seen_as_called_off(book.copy_of(id).unwrap());

        assert_eq!(book.lapse_as_called_off(id, at(299)), Ok(Step::AlreadyDone));
        assert_eq!(book.lapse_as_called_off(id, at(300)), Ok(Step::Done(EventType::ReservationReleased)));
        assert_eq!(book.lapse_as_called_off(id, at(300)), Ok(Step::AlreadyDone));
        let recorded = book.get(id).unwrap();
        assert_eq!((recorded.status, recorded.cancelled_by), (seen.status, seen.cancelled_by));
        assert_eq!(recorded.status, ReservationStatus::Released);
    }

    #[test]
    fn only_what_waits_to_be_paid_looks_different_once_called_off() {
        for status in [ReservationStatus::Paying, ReservationStatus::Confirmed, ReservationStatus::Expired] {
            let mut book = book();
            let id = held(&mut book, 1, 300);
            book.reservations.get_mut(&id).unwrap().status = status;
            let reservation = book.copy_of(id).unwrap();
            assert_eq!(seen_as_called_off(reservation.clone()), reservation);
            assert_eq!(book.lapse_as_called_off(id, at(300)), Ok(Step::AlreadyDone));
        }
    }

    #[test]
    fn a_book_is_found_from_the_first_attempt_to_pay_on() {
        let (mut book, payment) = (book(), PaymentId::generate());
        let id = held(&mut book, 1, 300);
        assert!(!book.has_met_payment());
        book.begin_payment(id, payment, at(0)).unwrap();
        assert!(book.has_met_payment());
        book.payment_failed(id, payment, at(2)).unwrap();
        assert!(book.has_met_payment(), "also when it failed");
    }

    #[test]
    fn a_payment_that_fails_leaves_a_hold_that_the_next_sweep_ends() {
        let (mut book, payment) = (book(), PaymentId::generate());
        let id = held(&mut book, 1, 300);
        book.begin_payment(id, payment, at(0)).unwrap();
        assert!(book.is_being_paid() && book.to_call_off(at(1)).is_none());
        book.payment_failed(id, payment, at(2)).unwrap();
        assert_eq!(book.to_call_off(at(3)), Some(id));
        book.call_off(id, at(3)).unwrap();
        assert_eq!(book.released_by_organizer(at(4)).map(|reservation| reservation.id).collect::<Vec<_>>(), [id]);
        assert_eq!(book.released_by_organizer(at(301)).count(), 0, "the marks have lapsed");
    }

    #[test]
    fn what_the_buyer_has_cancelled_stays_the_buyers_wish() {
        let (mut book, payment) = (book(), PaymentId::generate());
        let id = held(&mut book, 1, 300);
        book.begin_payment(id, payment, at(0)).unwrap();
        book.confirm(id, payment, PAID).unwrap();
        book.cancel(id, 3, at(1_000), at(1)).unwrap();
        assert_eq!(book.call_off(id, at(2)), Ok(Step::AlreadyDone));
        assert_eq!(book.get(id).unwrap().cancelled_by, Some(CancelledBy::Buyer));
    }
}
