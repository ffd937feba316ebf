//! `apply-admission-change`: keeps which events a waiting room guards, and which admissions are over. Behind the queue
//! `admissions`.

use booking::admissions;
use kit::worker::{Delivery, WorkerError};

use crate::App;

/// Deals with one delivery.
///
/// # Errors
/// When the table does not answer, or the event is none of the waiting room's.
pub async fn handle(app: &App, delivery: Delivery) -> Result<(), WorkerError> {
    admissions::apply(&app.store, &delivery.event).await
}
