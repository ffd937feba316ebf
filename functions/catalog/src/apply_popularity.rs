//! `apply-popularity`: keeps how well events sell, for lists in that order. Behind the queue `popularity`, whose sender is
//! insights.

use contracts::insights::EventPopularity;
use jiff::Timestamp;
use kit::worker::WorkerError;

use crate::App;

/// Deals with one count; old ones change nothing.
///
/// # Errors
/// When the table does not answer.
pub async fn handle(app: &App, popularity: EventPopularity) -> Result<(), WorkerError> {
    Ok(app.catalog.apply_popularity(&popularity, Timestamp::now()).await?)
}
