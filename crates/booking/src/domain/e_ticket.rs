//! Who is let in by a confirmed reservation: one person for each of its seats.

use contracts::booking::{ReservationLine, ReservationState, ReservationStatus, ReservedSeat};
use contracts::ids::{ETicketId, PerformanceId, ReservationId};
use sha2::{Digest as _, Sha256};
use uuid::Builder;

use super::book::Refusal;

/// An e-ticket. It is not stored anywhere: it follows from its reservation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ETicket<'a> {
    /// Which ticket.
    pub id: ETicketId,
    /// The reservation that it is of.
    pub reservation: ReservationId,
    /// The version at which that is. Cancelling a reservation raises its version, so an entrance that has heard of it knows
    /// the tickets of before.
    pub version: u64,
    /// The performance that it is for.
    pub performance: PerformanceId,
    /// What was bought.
    pub line: &'a ReservationLine,
    /// The seat, or the admission without a place.
    pub seat: &'a ReservedSeat,
}

/// The tickets of a reservation, in the order of its seats.
///
/// # Errors
/// [`Refusal::NotConfirmed`].
pub fn of(reservation: &ReservationState) -> Result<Vec<ETicket<'_>>, Refusal> {
    if reservation.status != ReservationStatus::Confirmed {
        return Err(Refusal::NotConfirmed);
    }
    let seats = reservation.lines.iter().flat_map(|line| line.seats.iter().map(move |seat| (line, seat)));
    Ok(seats
        .map(|(line, seat)| ETicket {
            id: id(reservation.id, &seat.id),
            reservation: reservation.id,
            version: reservation.version,
            performance: reservation.performance_id,
            line,
            seat,
        })
        .collect())
}

/// The ticket of a seat in a reservation. The same seat sold again is in another reservation, and its ticket another one.
fn id(reservation: ReservationId, seat: &str) -> ETicketId {
    let digest = Sha256::new().chain_update(reservation.uuid().as_bytes()).chain_update(seat).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    ETicketId::from_uuid(Builder::from_custom_bytes(bytes).into_uuid())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use contracts::ids::PaymentId;

    use super::*;
    use crate::domain::book::BuyerBook;
    use crate::domain::book::tests::{PAID, at, book, held};

    fn bought(book: &mut BuyerBook, seats: usize) -> ReservationId {
        let (id, payment) = (held(book, seats, 300), PaymentId::generate());
        book.begin_payment(id, payment, at(0)).unwrap();
        book.confirm(id, payment, PAID).unwrap();
        id
    }

    #[test]
    fn a_confirmed_reservation_has_a_ticket_for_each_seat_and_always_the_same() {
        let mut book = book();
        let (first, second) = (bought(&mut book, 3), bought(&mut book, 3));
        let reservation = book.copy_of(first).unwrap();
        let tickets = of(&reservation).unwrap();
        assert_eq!(tickets, of(&reservation.clone()).unwrap());
        assert_eq!(tickets.iter().map(|ticket| ticket.seat.id.as_str()).collect::<Vec<_>>(), ["0", "1", "2"]);
        assert!(tickets.iter().all(|ticket| (ticket.reservation, ticket.version) == (first, 3)));
        let other = book.copy_of(second).unwrap();
        let ids: HashSet<_> = tickets.iter().chain(&of(&other).unwrap()).map(|ticket| ticket.id).collect();
        assert_eq!(ids.len(), 6, "the same seats in another reservation have other tickets");
    }

    #[test]
    fn no_other_reservation_has_any() {
        let mut book = book();
        let (id, payment) = (held(&mut book, 1, 300), PaymentId::generate());
        let refused = |book: &BuyerBook| of(book.get(id).unwrap()).err();
        assert_eq!(refused(&book), Some(Refusal::NotConfirmed));
        book.begin_payment(id, payment, at(0)).unwrap();
        assert_eq!(refused(&book), Some(Refusal::NotConfirmed));
        book.confirm(id, payment, PAID).unwrap();
        assert_eq!(refused(&book), None);
        book.cancel(id, 3, at(1_000), at(0)).unwrap();
        assert_eq!(refused(&book), Some(Refusal::NotConfirmed));
        book.refunded(id, payment).unwrap();
        assert_eq!(refused(&book), Some(Refusal::NotConfirmed));
    }
}
