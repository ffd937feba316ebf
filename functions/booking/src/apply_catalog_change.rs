//! `apply-catalog-change`: keeps what catalog publishes, withdraws, calls off. Behind the queue `catalog-changes`.

use jiff::Timestamp;
use kit::worker::{Delivery, WorkerError};

use crate::App;

/// Deals with one delivery.
///
/// # Errors
/// When the table does not answer, the event is none of catalog's, or a performance comes before its layout.
pub async fn handle(app: &App, delivery: Delivery) -> Result<(), WorkerError> {
    booking::changes::apply(&app.store, &app.sales, &delivery.event, Timestamp::now()).await
}
