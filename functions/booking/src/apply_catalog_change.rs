//! `apply-catalog-change`: keeps what catalog publishes. Behind the queue `catalog-changes`.

use kit::worker::{Delivery, WorkerError};

use crate::App;

/// Deals with one delivery.
///
/// # Errors
/// When the table does not answer, or the event is none of catalog's.
pub async fn handle(app: &App, delivery: Delivery) -> Result<(), WorkerError> {
    booking::changes::apply(&app.store, &delivery.event).await
}
