//! A performance was called off: every reservation of it ends, and whoever has paid gets the money back.

use contracts::catalog::PerformanceState;
use futures_util::StreamExt as _;
use jiff::Timestamp;
use kit::dynamo::StoreError;

use crate::BookingError;
use crate::domain::book::BookId;
use crate::dynamodb::{SHELVES, Store};
use crate::leave::free_released;
use crate::pay::TRIES;
use crate::settle::saved;

/// How many books are worked on at once: a large hall is ended in seconds, without a second rush on the table.
const AT_ONCE: usize = 32;

/// What a sweep found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Swept {
    /// Books that were looked at.
    pub books: usize,
    /// Reservations that it ended.
    pub ended: usize,
    /// Books with a reservation that is being paid: a later sweep finds what became of it.
    pub paying: usize,
}

/// Goes through all books of a performance that was called off, and ends what can be ended now. It may run twice, beside
/// itself, and be interrupted; a book that fails keeps no other from being ended.
///
/// One sweep is not enough. For some seconds environments sell the performance from memory, and a payment that was entered
/// is charged to its end. Hence the later ones; and [`settle`](crate::settle) confirms nothing of a performance that was
/// called off.
///
/// # Errors
/// When the table did not answer for the index or for a book.
pub async fn sweep(store: &Store, called_off: &PerformanceState, now: Timestamp) -> Result<Swept, BookingError> {
    // This may have arrived before the news did by its own way, and would sweep what is still being sold.
    store.learn(called_off).await?;
    let mut swept = Swept::default();
    let mut failed = None;
    for shelf in 0..SHELVES {
        let buyers = store.buyers(called_off.id, shelf).await?;
        let end = |user| end_book(store, BookId { user, performance: called_off.id }, now);
        let mut books = futures_util::stream::iter(buyers).map(end).buffer_unordered(AT_ONCE);
        while let Some(outcome) = books.next().await {
            swept.books += 1;
            match outcome {
                Ok((ended, is_being_paid)) => {
                    swept.ended += ended;
                    swept.paying += usize::from(is_being_paid);
                }
                Err(error) => failed = Some(error),
            }
        }
    }
    failed.map_or(Ok(swept), Err)
}

/// Ends what can be ended in one book. Answers how much that was, and whether something is being paid.
async fn end_book(store: &Store, id: BookId, now: Timestamp) -> Result<(usize, bool), BookingError> {
    let (mut ended, mut lost) = (0, 0);
    loop {
        let mut book = store.book(id).await?;
        let Some(next) = book.to_call_off(now) else {
            // Here and not where they are released: an earlier sweep may have got no further than that.
            for released in book.released_by_organizer(now) {
                free_released(store, released).await?;
            }
            return Ok((ended, book.is_being_paid()));
        };
        let step = book.call_off(next, now)?;
        if saved(store, &book, next, step, now).await? {
            ended += 1;
        } else {
            lost += 1;
        }
        if lost == TRIES {
            return Err(StoreError::Contended.into());
        }
    }
}
