//! Letting go of seats: by the buyer's will, or because time is up.

use contracts::booking::{ReservationState, ReservationStatus};
use contracts::ids::{ReservationId, UserId};
use jiff::Timestamp;
use kit::dynamo::StoreError;
use kit::idempotency::IdempotentRequest;

use crate::BookingError;
use crate::domain::book::{BookId, BuyerBook, KeyUse};
use crate::domain::mark::Mark;
use crate::dynamodb::Store;
use crate::hold::earlier_answer;
use crate::pay::TRIES;
use crate::sales::Sales;
use crate::settle::{is_called_off, saved};

/// The buyer lets go of a pending reservation; its seats are free at once. Doing it again is fine.
///
/// # Errors
/// [`BookingError::NotFound`]; a refusal when a payment is being charged or has been.
pub async fn release(store: &Store, user: UserId, id: ReservationId, now: Timestamp) -> Result<(), BookingError> {
    for _ in 0..TRIES {
        let mut book = book_with(store, user, id).await?;
        let step = book.release(id)?;
        if saved(store, &book, id, step, now).await? {
            // Also when it was released before: that time may have ended here.
            return free_released(store, &book.copy_of(id)?).await;
        }
    }
    Err(StoreError::Contended.into())
}

/// The buyer cancels, having seen `version`: a pending reservation is released, a confirmed one is refunded and then
/// its seats are given back.
///
/// # Errors
/// [`BookingError::NotFound`]; a refusal by version or state; a reused key.
pub async fn cancel(
    store: &Store,
    sales: &Sales,
    user: UserId,
    id: ReservationId,
    version: u64,
    key: Option<&IdempotentRequest>,
    now: Timestamp,
) -> Result<ReservationState, BookingError> {
    for _ in 0..TRIES {
        let mut book = book_with(store, user, id).await?;
        if let Some(earlier) = earlier_answer(&book, key)? {
            // The path is part of the request: two cancellations may have the same body.
            if earlier.id != id {
                return Err(BookingError::KeyReused);
            }
            free_released(store, &earlier).await?;
            return Ok(earlier);
        }
        let before = book.copy_of(id)?;
        let starts_at = sales.get(store, before.performance_id, now).await?.performance.starts_at;
        let step = book.cancel(id, version, starts_at, now)?;
        if let Some(request) = key {
            let used =
                KeyUse { reservation: id, fingerprint: request.fingerprint.as_str().to_owned(), at: now.as_second() };
            book.keys.insert(request.key.as_str().to_owned(), used);
        }
        if saved(store, &book, id, step, now).await? {
            let after = book.copy_of(id)?;
            free_released(store, &after).await?;
            return Ok(after);
        }
    }
    Err(StoreError::Contended.into())
}

/// An alarm rang for `told`, the state of a reservation when the alarm was set. If time is up, that is recorded; the
/// seats need nothing, their marks have lapsed. If the reservation has changed since, its present state has an alarm of
/// its own, or needs none.
///
/// # Errors
/// [`BookingError::TooEarly`] when the alarm rang by a clock that is ahead of ours; when the table does not answer.
pub async fn expire(store: &Store, told: &ReservationState, now: Timestamp) -> Result<(), BookingError> {
    let id = told.id;
    for _ in 0..TRIES {
        let mut current = store.book(BookId { user: told.user_id, performance: told.performance_id }).await?;
        // Released and tidied away long ago: there is nothing left to expire.
        let Some(reservation) = current.get(id) else { return Ok(()) };
        if reservation.version == told.version && now.as_second() < reservation.held_until() {
            return Err(BookingError::TooEarly);
        }
        let waits = reservation.status == ReservationStatus::Pending;
        let step = if waits && is_called_off(store, told.performance_id).await? {
            current.lapse_as_called_off(id, now)?
        } else {
            current.expire(id, now)?
        };
        if saved(store, &current, id, step, now).await? {
            return Ok(());
        }
    }
    Err(StoreError::Contended.into())
}

/// Frees the seats of a reservation that was let go; of any other, nothing. They carry the mark of the hold, or that of
/// the next payment if the buyer was about to enter one and it got no further than the seats.
pub(crate) async fn free_released(store: &Store, reservation: &ReservationState) -> Result<(), BookingError> {
    if reservation.status != ReservationStatus::Released {
        return Ok(());
    }
    let (performance, lines) = (reservation.performance_id, &reservation.lines);
    if !store.free(performance, lines, Mark::of_hold(reservation)).await? {
        let (status, attempt) = (ReservationStatus::Paying, reservation.attempt + 1);
        let about_to_pay = ReservationState { status, attempt, ..reservation.clone() };
        store.free(performance, lines, Mark::of_hold(&about_to_pay)).await?;
    }
    Ok(())
}

async fn book_with(store: &Store, user: UserId, id: ReservationId) -> Result<BuyerBook, BookingError> {
    let books = store.books(user).await?;
    books.into_iter().find(|book| book.get(id).is_some()).ok_or(BookingError::NotFound)
}
