//! Performances on sale, kept in memory by each execution environment: a hold reads nothing in the common case.

use std::collections::HashMap;
use std::sync::Arc;

use contracts::geometry;
use contracts::ids::PerformanceId;
use jiff::{SignedDuration, Timestamp};
use kit::dynamo::StoreError;
use tokio::sync::Mutex;

use crate::BookingError;
use crate::domain::listing::{Listing, Standing};
use crate::domain::sale::{Sale, SaleWindow};
use crate::dynamodb::Store;

/// How long an environment may work with terms that have changed meanwhile. The price a buyer was shown and the price
/// that is held come from the same terms unless they straddle a change by less than this.
const KEPT: SignedDuration = SignedDuration::from_secs(10);

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

    /// The sale of a performance, on sale or not: those who have seats of it have them for good.
    ///
    /// # Errors
    /// [`BookingError::NotFound`] when the performance was never published.
    pub async fn get(&self, store: &Store, id: PerformanceId, now: Timestamp) -> Result<Arc<Sale>, BookingError> {
        // The lock is held while reading: concurrent requests of one environment wait for one read instead of all reading.
        let mut known = self.known.lock().await;
        match known.get(&id) {
            Some((sale, read_at)) if now.duration_since(*read_at).abs() < KEPT => Ok(Arc::clone(sale)),
            _ => refreshed(&mut known, store, id, now).await,
        }
    }

    /// The sale of a performance as it is now, whatever this environment remembers.
    ///
    /// # Errors
    /// As [`Sales::get`].
    pub async fn present(&self, store: &Store, id: PerformanceId, now: Timestamp) -> Result<Arc<Sale>, BookingError> {
        refreshed(&mut *self.known.lock().await, store, id, now).await
    }
}

type Known = HashMap<PerformanceId, (Arc<Sale>, Timestamp)>;

async fn refreshed(
    known: &mut Known,
    store: &Store,
    id: PerformanceId,
    now: Timestamp,
) -> Result<Arc<Sale>, BookingError> {
    let listing = store.listing(id).await?.ok_or(BookingError::NotFound)?;
    let sale = match known.get(&id) {
        Some((sale, _)) if sale.is_of(&listing) => Arc::clone(sale),
        _ => Arc::new(sale_of(store, listing).await?),
    };
    if known.len() >= MOST_KEPT && !known.contains_key(&id) {
        let oldest = known.iter().min_by_key(|(_, (_, read_at))| *read_at).map(|(&id, _)| id);
        oldest.and_then(|oldest| known.remove(&oldest));
    }
    known.insert(id, (Arc::clone(&sale), now));
    Ok(sale)
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

/// Whether this caller may take seats of the sale at `now`.
///
/// # Errors
/// Outside its hours, or when a waiting room guards it.
pub fn may_hold(sale: &Sale, now: Timestamp) -> Result<(), BookingError> {
    match sale.window(now) {
        SaleWindow::OpensAt(opens_at) => return Err(BookingError::SaleNotOpen(opens_at)),
        SaleWindow::Closed => return Err(BookingError::SaleClosed),
        SaleWindow::Open => {}
    }
}
