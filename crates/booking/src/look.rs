//! Reading: the seat map, what is left, a buyer's reservations.

use std::collections::HashMap;
use std::sync::Arc;

use contracts::booking::ReservationState;
use contracts::ids::{EventId, PerformanceId, ReservationId, TicketTypeId, UserId};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;

use crate::BookingError;
use crate::domain::occupancy::{Counts, Occupancy};
use crate::domain::sale::Sale;
use crate::dynamodb::Store;
use crate::sales::Sales;

/// How long an environment answers from the same reading of the map.
const KEPT: SignedDuration = SignedDuration::from_secs(1);

/// The marks of a performance, and when they were read.
#[derive(Debug)]
pub struct Snapshot {
    /// The marks.
    pub occupancy: Occupancy,
    /// When. Its milliseconds serve as the map's version: a later reading has a larger one.
    pub read_at: Timestamp,
}

/// The snapshots that this environment has.
#[derive(Debug, Default)]
pub struct Snapshots {
    known: Mutex<HashMap<PerformanceId, Arc<Snapshot>>>,
}

impl Snapshots {
    /// The marks of a performance, at most a second old.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn get(&self, store: &Store, id: PerformanceId, now: Timestamp) -> Result<Arc<Snapshot>, BookingError> {
        let mut known = self.known.lock().await;
        if let Some(snapshot) = known.get(&id)
            && now.duration_since(snapshot.read_at).abs() < KEPT
        {
            return Ok(Arc::clone(snapshot));
        }
        let snapshot = Arc::new(Snapshot { occupancy: store.occupancy(id).await?, read_at: now });
        known.insert(id, Arc::clone(&snapshot));
        Ok(snapshot)
    }
}

/// The sale of an event's performance: the one named, or the next one to start, or the last one when all have.
///
/// # Errors
/// [`BookingError::NotFound`] when the event has no such published performance.
pub async fn sale_of_event(
    store: &Store,
    sales: &Sales,
    event: EventId,
    performance: Option<PerformanceId>,
    now: Timestamp,
) -> Result<Arc<Sale>, BookingError> {
    if let Some(id) = performance {
        let sale = sales.get(store, id, now).await?;
        return if sale.performance.event_id == event { Ok(sale) } else { Err(BookingError::NotFound) };
    }
    let mut all = Vec::new();
    for id in store.performances_of_event(event).await? {
        match sales.get(store, id, now).await {
            // Its index entry is written before itself: it is about to be published.
            Err(BookingError::NotFound) => {}
            sale => all.push(sale?),
        }
    }
    all.sort_by_key(|sale| sale.performance.starts_at);
    let next = all.iter().find(|sale| sale.performance.starts_at > now).or(all.last());
    next.cloned().ok_or(BookingError::NotFound)
}

/// What is left of a ticket type, for each of its performances.
///
/// # Errors
/// [`BookingError::NotFound`] when no published performance sells it.
pub async fn availability(
    store: &Store,
    sales: &Sales,
    snapshots: &Snapshots,
    ticket_type: TicketTypeId,
    now: Timestamp,
) -> Result<Vec<(PerformanceId, Counts)>, BookingError> {
    let mut all = Vec::new();
    for id in store.performances_of_ticket_type(ticket_type).await? {
        let sale = match sales.get(store, id, now).await {
            // Its index entry is written before itself: it is about to be published.
            Err(BookingError::NotFound) => continue,
            sale => sale?,
        };
        // Terms in memory may be some seconds older than the index.
        let Some(class) = sale.ticket_type(ticket_type) else { continue };
        let snapshot = snapshots.get(store, id, now).await?;
        all.push((id, snapshot.occupancy.counts(&sale, Some(class), now.as_second())));
    }
    if all.is_empty() { Err(BookingError::NotFound) } else { Ok(all) }
}

/// A reservation of this buyer.
///
/// # Errors
/// [`BookingError::NotFound`] when the buyer has no such reservation.
pub async fn reservation(store: &Store, user: UserId, id: ReservationId) -> Result<ReservationState, BookingError> {
    let books = store.books(user).await?;
    books.into_iter().find_map(|mut book| book.reservations.remove(&id)).ok_or(BookingError::NotFound)
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
