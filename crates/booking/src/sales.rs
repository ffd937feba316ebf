//! Performances on sale, kept in memory by each execution environment: a hold reads nothing in the common case.

use std::collections::HashMap;
use std::sync::Arc;

use contracts::geometry;
use contracts::ids::PerformanceId;
use jiff::{SignedDuration, Timestamp};
use kit::dynamo::StoreError;
use tokio::sync::Mutex;

use crate::BookingError;
use crate::domain::sale::{Sale, SaleWindow};
use crate::dynamodb::Store;

/// How long an environment may work with terms that have changed meanwhile. The price a buyer was shown and the price
/// that is held come from the same terms unless they straddle a change by less than this.
const KEPT: SignedDuration = SignedDuration::from_secs(10);

/// The performances that this environment knows.
#[derive(Debug, Default)]
pub struct Sales {
    known: Mutex<HashMap<PerformanceId, (Arc<Sale>, Timestamp)>>,
}

impl Sales {
    /// The sale of a performance.
    ///
    /// # Errors
    /// [`BookingError::NotFound`] when the performance is not published.
    pub async fn get(&self, store: &Store, id: PerformanceId, now: Timestamp) -> Result<Arc<Sale>, BookingError> {
        // The lock is held while reading: concurrent requests of one environment wait for one read instead of all reading.
        let mut known = self.known.lock().await;
        let stale = match known.get(&id) {
            Some((sale, read_at)) if now.duration_since(*read_at).abs() < KEPT => {
                return Ok(Arc::clone(sale));
            }
            Some((sale, _)) => Some(Arc::clone(sale)),
            None => None,
        };
        let performance = store.performance(id).await?.ok_or(BookingError::NotFound)?;
        let sale = match stale {
            Some(sale) if sale.performance.version == performance.version => sale,
            _ => {
                let geometry = match performance.layout_id {
                    // Not there yet: the layout was published before the performance but may arrive after it.
                    Some(layout) => Some(store.geometry(layout).await?.ok_or(BookingError::NotFound)?),
                    None => None,
                };
                let geometry = geometry
                    .map(|packed| geometry::unpack(&packed))
                    .transpose()
                    .map_err(|error| StoreError::Unreadable(Box::new(error)))?;
                Arc::new(Sale::new(performance, geometry.as_ref()).ok_or(BookingError::NotFound)?)
            }
        };
        known.insert(id, (Arc::clone(&sale), now));
        Ok(sale)
    }
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
    // Admissions are handed out by the waiting room; without one, nobody can have any.
    if sale.terms.queued { Err(BookingError::AdmissionRequired) } else { Ok(()) }
}
