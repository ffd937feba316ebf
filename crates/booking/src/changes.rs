//! Keeping what catalog publishes: booking never asks catalog.

use contracts::catalog::{LayoutState, PerformanceState};
use contracts::event::{Envelope, EventType};
use jiff::Timestamp;
use kit::worker::WorkerError;

use crate::dynamodb::Store;
use crate::sales::Sales;
use crate::stock;

/// Keeps the layout or performance of a catalog event, and counts what is left of the performance. Old news changes
/// nothing.
///
/// # Errors
/// When the table does not answer, the event cannot be read, or the performance's layout has not arrived yet.
pub async fn apply(store: &Store, sales: &Sales, event: &Envelope, now: Timestamp) -> Result<(), WorkerError> {
    match event.event_type {
        EventType::LayoutCreated => store.put_layout(&event.state::<LayoutState>()?).await?,
        EventType::PerformancePublished | EventType::PerformanceWithdrawn | EventType::PerformanceCancelled => {
            let listing = store.learn(&event.state::<PerformanceState>()?).await?;
            // Withdrawn before we heard that it was ever published: there is nothing to count.
            if listing.performance.terms.is_some() {
                stock::refresh(store, sales, listing.performance.id, now).await?;
            }
        }
        other => return Err(format!("{other} is no news for booking").into()),
    }
    Ok(())
}
