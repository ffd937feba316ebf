//! Performances on sale, kept in memory by each execution environment: a hold reads nothing in the common case.

use std::collections::HashMap;
use std::sync::Arc;

use contracts::geometry;
use contracts::ids::{EventId, PerformanceId};
use jiff::{SignedDuration, Timestamp};
use kit::dynamo::StoreError;
use tokio::sync::Mutex;

use crate::BookingError;
use crate::domain::admission::Guard;
use crate::domain::listing::{Listing, Standing};
use crate::domain::sale::{Sale, SaleWindow};
use crate::dynamodb::Store;

/// How long an environment may work with terms that have changed meanwhile. The price a buyer was shown and the price
/// that is held come from the same terms unless they straddle a change by less than this.
const KEPT: SignedDuration = SignedDuration::from_secs(10);

/// How long an environment may sell past a waiting room that was opened or emptied meanwhile.
const GUARD_KEPT: SignedDuration = SignedDuration::from_secs(2);

/// How many performances an environment keeps in memory: a large hall is some megabytes.
const MOST_KEPT: usize = 32;

/// The performances that this environment knows.
#[derive(Debug, Default)]
pub struct Sales {
    known: Mutex<Known>,
}

impl Sales {
    /// The sale of a performance to somebody who wants seats of it.
    ///
    /// # Errors
    /// [`BookingError::NotFound`] when the performance is not published, or was withdrawn.
    pub async fn open(&self, store: &Store, id: PerformanceId, now: Timestamp) -> Result<Arc<Sale>, BookingError> {
        let sale = self.get(store, id, now).await?;
        if sale.standing == Standing::Withdrawn { Err(BookingError::NotFound) } else { Ok(sale) }
    }

    /// As [`Sales::open`], and who guards the sale. A guard is read anew more often than a sale: a hold that meets an
    /// old one costs one call more, at most one every two seconds.
    ///
    /// # Errors
    /// As [`Sales::open`].
    pub async fn guarded(
        &self,
        store: &Store,
        id: PerformanceId,
        now: Timestamp,
    ) -> Result<(Arc<Sale>, Guard), BookingError> {
        let sale = self.open(store, id, now).await?;
        let guard = self.guard(store, sale.performance.event_id, now).await?;
        Ok((sale, guard))
    }

    /// Who guards the sales of an event.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn guard(&self, store: &Store, event: EventId, now: Timestamp) -> Result<Guard, BookingError> {
        let mut known = self.known.lock().await;
        if let Some((guard, read_at)) = known.guards.get(&event)
            && is_younger(*read_at, GUARD_KEPT, now)
        {
            return Ok(*guard);
        }
        let guard = store.guard(event).await?;
        known.guards.retain(|_, (_, read_at)| is_younger(*read_at, GUARD_KEPT, now));
        known.guards.insert(event, (guard, now));
        Ok(guard)
    }

    /// The sale of a performance, on sale or not: those who have seats of it have them for good.
    ///
    /// # Errors
    /// [`BookingError::NotFound`] when the performance was never published.
    pub async fn get(&self, store: &Store, id: PerformanceId, now: Timestamp) -> Result<Arc<Sale>, BookingError> {
        // The lock is held while reading: concurrent requests of one environment wait for one read instead of all reading.
        let mut known = self.known.lock().await;
        match known.sales.get(&id) {
            Some((sale, read_at)) if is_younger(*read_at, KEPT, now) => Ok(Arc::clone(sale)),
            _ => known.refreshed(store, id, now).await,
        }
    }

    /// The sale of a performance as it is now, whatever this environment remembers.
    ///
    /// # Errors
    /// As [`Sales::get`].
    pub async fn present(&self, store: &Store, id: PerformanceId, now: Timestamp) -> Result<Arc<Sale>, BookingError> {
        self.known.lock().await.refreshed(store, id, now).await
    }
}

fn is_younger(read_at: Timestamp, than: SignedDuration, now: Timestamp) -> bool {
    now.duration_since(read_at).abs() < than
}

/// What was read, and when.
#[derive(Debug, Default)]
struct Known {
    sales: HashMap<PerformanceId, (Arc<Sale>, Timestamp)>,
    guards: HashMap<EventId, (Guard, Timestamp)>,
}

impl Known {
    async fn refreshed(&mut self, store: &Store, id: PerformanceId, now: Timestamp) -> Result<Arc<Sale>, BookingError> {
        let listing = store.listing(id).await?.ok_or(BookingError::NotFound)?;
        let sale = match self.sales.get(&id) {
            Some((sale, _)) if sale.is_of(&listing) => Arc::clone(sale),
            _ => Arc::new(sale_of(store, listing).await?),
        };
        if self.sales.len() >= MOST_KEPT && !self.sales.contains_key(&id) {
            let oldest = self.sales.iter().min_by_key(|(_, (_, read_at))| *read_at).map(|(&id, _)| id);
            oldest.and_then(|oldest| self.sales.remove(&oldest));
        }
        self.sales.insert(id, (Arc::clone(&sale), now));
        Ok(sale)
    }
}

async fn sale_of(store: &Store, listing: Listing) -> Result<Sale, BookingError> {
    let geometry = match listing.performance.layout_id {
        // Not there yet: the layout was published before the performance but may arrive after it.
        Some(layout) => Some(store.geometry(layout).await?.ok_or(BookingError::NotFound)?),
        None => None,
    };
    let geometry = geometry
        .map(|packed| geometry::unpack(&packed))
        .transpose()
        .map_err(|error| StoreError::Unreadable(Box::new(error)))?;
    Sale::new(listing, geometry.as_ref()).ok_or(BookingError::NotFound)
}

/// Whether seats of the sale may be taken at `now`.
///
/// # Errors
/// Outside its hours.
pub fn may_hold(sale: &Sale, now: Timestamp) -> Result<(), BookingError> {
    match sale.window(now) {
        SaleWindow::OpensAt(opens_at) => Err(BookingError::SaleNotOpen(opens_at)),
        SaleWindow::Closed => Err(BookingError::SaleClosed),
        SaleWindow::Open => Ok(()),
    }
}
