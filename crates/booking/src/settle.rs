//! What becomes of the seats once a payment is decided. Every function may run twice, late, or beside itself.

use contracts::booking::{CancelledBy, Paid, ReservationState, ReservationStatus};
use contracts::ids::{PaymentId, PerformanceId, ReservationId};
use jiff::Timestamp;
use kit::dynamo::StoreError;

use crate::BookingError;
use crate::domain::book::{BookId, BuyerBook, Step};
use crate::domain::listing::Standing;
use crate::domain::mark::Mark;
use crate::dynamodb::{Change, Store};
use crate::pay::TRIES;

/// The payment of a reservation of a buyer.
#[derive(Debug, Clone, Copy)]
pub struct PaymentOf {
    /// The buyer and the performance.
    pub book: BookId,
    /// The reservation.
    pub reservation: ReservationId,
    /// The payment.
    pub payment: PaymentId,
    /// How it is split.
    pub paid: Paid,
}

/// Paid: the seats are sold, or, if they were lost or the performance was called off, the money is asked back.
///
/// # Errors
/// When the table does not answer, or the reservation does not exist.
pub async fn succeeded(store: &Store, of: PaymentOf, now: Timestamp) -> Result<(), BookingError> {
    for _ in 0..TRIES {
        let mut book = store.book(of.book).await?;
        let reservation = book.copy_of(of.reservation)?;
        if !book.awaits(of.reservation, of.payment) {
            return Ok(());
        }
        let (paying, sold) = (mark_while_paying(&reservation), Mark::sold(of.reservation));
        let change = Change::Replace { from: paying, to: sold };
        let called_off = is_called_off(store, of.book.performance).await?.then_some(CancelledBy::Organizer);
        let step = if called_off.is_some() || book.is_superseded(of.reservation) {
            // Without the first mark no other delivery can sell the seats any more; one that did before, or stopped
            // before that was on record, left the second. In the other order it could sell them in between.
            for mark in [paying, sold] {
                store.free(of.book.performance, &reservation.lines, mark).await?;
            }
            book.reject(of.reservation, of.payment, called_off)?
        } else if store.mark(of.book.performance, &reservation.lines, change).await?.is_ok() {
            book.confirm(of.reservation, of.payment, of.paid)?
        } else {
            book.reject(of.reservation, of.payment, None)?
        };
        if saved(store, &book, of.reservation, step, now).await? {
            return Ok(());
        }
    }
    Err(StoreError::Contended.into())
}

/// Not paid: the seats are held as before payment was entered, as long as the hold lasts.
///
/// # Errors
/// When the table does not answer.
pub async fn failed(store: &Store, of: PaymentOf, now: Timestamp) -> Result<(), BookingError> {
    for _ in 0..TRIES {
        let mut book = store.book(of.book).await?;
        // Failed, told, expired and tidied away long ago: this is a repeat.
        let Ok(before) = book.copy_of(of.reservation) else { return Ok(()) };
        let step = book.payment_failed(of.reservation, of.payment, now)?;
        if step == Step::AlreadyDone {
            return Ok(());
        }
        // Marks first: as long as the book says a payment is being charged, no other can be entered and extend them.
        let after = book.copy_of(of.reservation)?;
        if after.status == ReservationStatus::Pending {
            let change = Change::Replace { from: Mark::of_hold(&before), to: Mark::of_hold(&after) };
            // Marks of a later attempt are not ours to change; then the book has moved on too and refuses the write.
            let _ = store.mark(of.book.performance, &before.lines, change).await?;
        } else {
            store.free(of.book.performance, &before.lines, mark_while_paying(&before)).await?;
        }
        if saved(store, &book, of.reservation, step, now).await? {
            return Ok(());
        }
    }
    Err(StoreError::Contended.into())
}

/// Refunded: the seats are free again.
///
/// # Errors
/// When the table does not answer, or the reservation does not exist.
pub async fn refunded(store: &Store, of: PaymentOf, now: Timestamp) -> Result<(), BookingError> {
    for _ in 0..TRIES {
        let mut book = store.book(of.book).await?;
        let before = book.copy_of(of.reservation)?;
        let step = book.refunded(of.reservation, of.payment)?;
        if step == Step::AlreadyDone {
            return Ok(());
        }
        // A rejected reservation never had its seats; whoever has them now may share its tag, having used the same
        // idempotency key again a day later.
        if before.status == ReservationStatus::Cancelling {
            store.free(of.book.performance, &before.lines, Mark::sold(of.reservation)).await?;
        }
        if saved(store, &book, of.reservation, step, now).await? {
            return Ok(());
        }
    }
    Err(StoreError::Contended.into())
}

/// The mark that the seats have carried since the latest payment was entered, whatever became of the reservation since.
fn mark_while_paying(reservation: &ReservationState) -> Mark {
    Mark::of_hold(&ReservationState { status: ReservationStatus::Paying, ..reservation.clone() })
}

/// Whether the performance is known to be called off, as of now and not of some seconds ago.
pub(crate) async fn is_called_off(store: &Store, performance: PerformanceId) -> Result<bool, StoreError> {
    let listing = store.listing(performance).await?;
    Ok(listing.is_some_and(|listing| listing.standing == Standing::Cancelled))
}

pub(crate) async fn saved(
    store: &Store,
    book: &BuyerBook,
    changed: ReservationId,
    step: Step,
    now: Timestamp,
) -> Result<bool, BookingError> {
    match step {
        Step::Done(event) => Ok(store.save(book, changed, event, now).await?),
        Step::AlreadyDone => Ok(true),
    }
}
