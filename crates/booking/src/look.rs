//! Reading: the seat map, a buyer's reservations.

use std::sync::Arc;

use contracts::booking::ReservationState;
use contracts::ids::{EventId, PerformanceId, ReservationId, UserId};
use jiff::Timestamp;
use kit::recent::Recent;

use crate::BookingError;
use crate::domain::cancellation::{Terms, terms};
use crate::domain::occupancy::Occupancy;
use crate::domain::sale::Sale;
use crate::dynamodb::{Showings, Store};
use crate::sales::Sales;
use crate::stock::next_showing;

/// The marks of a performance, and when they were read.
#[derive(Debug)]
pub struct Snapshot {
    /// The marks.
    pub occupancy: Occupancy,
    /// When. Its milliseconds serve as the map's version: a later reading has a larger one.
    pub read_at: Timestamp,
}

/// What this environment has read within the last second.
#[derive(Debug, Default)]
pub struct Snapshots {
    marks: Recent<PerformanceId, Snapshot>,
    showings: Recent<EventId, Showings>,
}

impl Snapshots {
    /// The marks of a performance, at most a second old.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn get(&self, store: &Store, id: PerformanceId, now: Timestamp) -> Result<Arc<Snapshot>, BookingError> {
        let read = async { Ok(Snapshot { occupancy: store.occupancy(id).await?, read_at: now }) };
        self.marks.get(id, now, read).await
    }

    /// The performances of an event and what is kept of them, at most a second old.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn showings(&self, store: &Store, id: EventId, now: Timestamp) -> Result<Arc<Showings>, BookingError> {
        self.showings.get(id, now, async { Ok(store.showings(id).await?) }).await
    }
}

/// The sale of an event's performance: the one named, or the next one to start, or the last one when all have.
///
/// # Errors
/// [`BookingError::NotFound`] when the event has no such published performance.
pub async fn sale_of_event(
    store: &Store,
    sales: &Sales,
    snapshots: &Snapshots,
    event: EventId,
    performance: Option<PerformanceId>,
    now: Timestamp,
) -> Result<Arc<Sale>, BookingError> {
    let id = match performance {
        Some(id) => id,
        None => next_showing(store, sales, snapshots, event, now).await?,
    };
    let sale = sales.open(store, id, now).await?;
    if sale.performance.event_id == event { Ok(sale) } else { Err(BookingError::NotFound) }
}

/// A reservation of this buyer.
///
/// # Errors
/// [`BookingError::NotFound`] when the buyer has no such reservation.
pub async fn reservation(store: &Store, user: UserId, id: ReservationId) -> Result<ReservationState, BookingError> {
    let books = store.books(user).await?;
    books.into_iter().find_map(|mut book| book.reservations.remove(&id)).ok_or(BookingError::NotFound)
}

/// On which terms this buyer can cancel a reservation now, and the reservation.
///
/// # Errors
/// [`BookingError::NotFound`]; a refusal when it cannot be cancelled.
pub async fn cancellation(
    store: &Store,
    sales: &Sales,
    user: UserId,
    id: ReservationId,
    now: Timestamp,
) -> Result<(ReservationState, Terms), BookingError> {
    let reservation = reservation(store, user, id).await?;
    let starts_at = sales.get(store, reservation.performance_id, now).await?.performance.starts_at;
    let terms = terms(&reservation, starts_at, now)?;
    Ok((reservation, terms))
}

/// All reservations of this buyer, newest first.
///
/// # Errors
/// When the table does not answer.
pub async fn reservations(store: &Store, user: UserId) -> Result<Vec<ReservationState>, BookingError> {
    let books = store.books(user).await?;
    let mut all: Vec<_> = books.into_iter().flat_map(|book| book.reservations.into_values()).collect();
    all.sort_by_key(|reservation| std::cmp::Reverse(reservation.id));
    Ok(all)
}
