//! Keeping what catalog publishes: booking never asks catalog.

use contracts::catalog::{LayoutState, PerformanceState};
use contracts::event::{Envelope, EventType};
use kit::worker::WorkerError;

use crate::dynamodb::Store;

/// Keeps the layout or performance of a catalog event. Old news changes nothing.
///
/// # Errors
/// When the table does not answer or the event cannot be read.
pub async fn apply(store: &Store, event: &Envelope) -> Result<(), WorkerError> {
    match event.event_type {
        EventType::LayoutCreated => store.put_layout(&event.state::<LayoutState>()?).await?,
        EventType::PerformancePublished => store.put_performance(&event.state::<PerformanceState>()?).await?,
        other => return Err(format!("{other} is no news for booking").into()),
    }
    Ok(())
}
