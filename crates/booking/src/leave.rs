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
use crate::hold::{HoldRequest, earlier_answer};
use crate::pay::TRIES;
use crate::sales::Sales;
use crate::settle::saved;

/// The buyer lets go of a pending reservation; its seats are free at once. Doing it again is fine.
///
/// # Errors
/// [`BookingError::NotFound`]; a refusal when a payment is being charged or has been.
pub async fn release(store: &Store, user: UserId, id: ReservationId, now: Timestamp) -> Result<(), BookingError> {
    for _ in 0..TRIES {
        let mut book = book_with(store, user, id).await?;
        let before = reservation(&book, id)?;
        let step = book.release(id)?;
        if saved(store, &book, id, step, now).await? {
            // Also when it was released before: that time may have ended here.
            return free_held(store, &before).await;
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
        if let Some(earlier) = earlier_answer(&book, &HoldRequest { user, key })? {
            // The path is part of the request: two cancellations may have the same body.
            return if earlier.id == id { Ok(earlier) } else { Err(BookingError::KeyReused) };
        }
        let before = reservation(&book, id)?;
        let starts_at = sales.get(store, before.performance_id, now).await?.performance.starts_at;
        let step = book.cancel(id, version, starts_at, now)?;
        if let Some(request) = key {
            let used =
                KeyUse { reservation: id, fingerprint: request.fingerprint.as_str().to_owned(), at: now.as_second() };
            book.keys.insert(request.key.as_str().to_owned(), used);
        }
        if saved(store, &book, id, step, now).await? {
            let after = reservation(&book, id)?;
            if after.status == ReservationStatus::Released {
                free_held(store, &before).await?;
            }
            return Ok(after);
        }
    }
    Err(StoreError::Contended.into())
}

/// Time may be up for a reservation; if it is, that is recorded. The seats need nothing: their marks have lapsed.
///
/// # Errors
/// When the table does not answer, or the reservation does not exist.
pub async fn expire(store: &Store, book: BookId, id: ReservationId, now: Timestamp) -> Result<(), BookingError> {
    for _ in 0..TRIES {
        let mut current = store.book(book).await?;
        // Released and tidied away long ago: there is nothing left to expire.
        if current.get(id).is_none() {
            return Ok(());
        }
        let step = current.expire(id, now)?;
        if saved(store, &current, id, step, now).await? {
            return Ok(());
        }
    }
    Err(StoreError::Contended.into())
}

async fn free_held(store: &Store, before: &ReservationState) -> Result<(), BookingError> {
    let mark = Mark::held(before.id, before.expires_at);
    Ok(store.free(before.performance_id, &before.lines, mark).await?)
}

async fn book_with(store: &Store, user: UserId, id: ReservationId) -> Result<BuyerBook, BookingError> {
    let books = store.books(user).await?;
    books.into_iter().find(|book| book.get(id).is_some()).ok_or(BookingError::NotFound)
}

fn reservation(book: &BuyerBook, id: ReservationId) -> Result<ReservationState, BookingError> {
    book.get(id).cloned().ok_or(BookingError::NotFound)
}
