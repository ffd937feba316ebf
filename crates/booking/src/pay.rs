//! Entering payment: the one call that payments makes to booking.

use contracts::booking::{BeginPayment, CancelledBy, PaymentStart, ReservationState, ReservationStatus};
use jiff::Timestamp;
use kit::dynamo::StoreError;

use crate::BookingError;
use crate::domain::book::{BookId, Refusal, Step};
use crate::domain::mark::Mark;
use crate::dynamodb::{Change, Store};
use crate::settle::is_called_off;

/// How often a book is read anew when somebody else wrote it between reading and writing.
pub(crate) const TRIES: u32 = 10;

/// Binds a reservation to a payment. From the answer `Started` on, nobody can take the seats until the payment is over.
///
/// The seats' marks are extended first and the book is written second. Every attempt to pay has a mark of its own, so
/// whatever an earlier attempt does late fits no seat any more.
///
/// # Errors
/// When the table does not answer. Everything that a buyer can do wrong is an answer.
pub async fn begin(store: &Store, call: &BeginPayment, now: Timestamp) -> Result<PaymentStart, BookingError> {
    for _ in 0..TRIES {
        let books = store.books(call.user_id).await?;
        let Some(mut book) = books.into_iter().find(|book| book.get(call.reservation_id).is_some()) else {
            return Ok(PaymentStart::NotFound);
        };
        let before = book.copy_of(call.reservation_id)?;
        let step = match book.begin_payment(call.reservation_id, call.payment_id, now) {
            Ok(step) => step,
            Err(_) if before.cancelled_by == Some(CancelledBy::Organizer) => return Ok(PaymentStart::SaleClosed),
            Err(Refusal::Unknown) => return Ok(PaymentStart::NotFound),
            Err(Refusal::AlreadyPaid) => return Ok(PaymentStart::AlreadyPaid),
            Err(Refusal::PaymentInProgress) => return Ok(PaymentStart::InProgress),
            Err(_) => return Ok(PaymentStart::Expired),
        };
        let after = book.copy_of(call.reservation_id)?;
        let Step::Done(event) = step else {
            return Ok(started(&after));
        };
        if is_called_off(store, after.performance_id).await? {
            return Ok(PaymentStart::SaleClosed);
        }
        if call.payable_currency.as_ref().is_some_and(|payable| *payable != after.currency) {
            return Ok(PaymentStart::OtherCurrency { currency: after.currency });
        }
        if !(call.payable_min..=call.payable_max).contains(&after.total()) {
            return Ok(PaymentStart::TotalOutside { total: after.total() });
        }

        let change = Change::Replace { from: Mark::of_hold(&before), to: Mark::of_hold(&after) };
        if store.mark(after.performance_id, &after.lines, change).await?.is_err() {
            // The marks lapsed between two clocks, or another attempt is ahead of us; the book knows.
            let current = store.book(book.id).await?;
            if current.revision == book.revision {
                return Ok(PaymentStart::Expired);
            }
            continue;
        }
        if store.save(&book, after.id, event, now).await? {
            return Ok(started(&after));
        }
        undo(store, &after).await?;
    }
    Err(StoreError::Contended.into())
}

/// Somebody else wrote the book after we extended the marks. Whoever entered the same attempt has the same marks and
/// needs them; a reservation that waits again gets back the marks it waits with; otherwise nobody needs them.
async fn undo(store: &Store, after: &ReservationState) -> Result<(), BookingError> {
    let (performance, extended) = (after.performance_id, Mark::of_hold(after));
    let current = store.book(BookId { user: after.user_id, performance }).await?;
    match current.get(after.id) {
        Some(now) if Mark::of_hold(now) == extended => {}
        Some(now) if now.status == ReservationStatus::Pending => {
            let change = Change::Replace { from: extended, to: Mark::of_hold(now) };
            // Marks that are neither belong to a later attempt.
            let _ = store.mark(performance, &after.lines, change).await?;
        }
        _ => {
            store.free(performance, &after.lines, extended).await?;
        }
    }
    Ok(())
}

fn started(reservation: &ReservationState) -> PaymentStart {
    PaymentStart::Started {
        performance_id: reservation.performance_id,
        total: reservation.total(),
        currency: reservation.currency.clone(),
    }
}
