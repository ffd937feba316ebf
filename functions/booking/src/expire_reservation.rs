//! `expire-reservation`: records that time is up. Behind the queue `expirations`, whose messages arrive when it may be.

use booking::leave;
use contracts::booking::ReservationState;
use jiff::Timestamp;
use kit::worker::{Delivery, WorkerError};

use crate::App;

/// Deals with one delivery.
///
/// # Errors
/// When the table does not answer, or the event is none of booking's.
pub async fn handle(app: &App, delivery: Delivery) -> Result<(), WorkerError> {
    let reservation: ReservationState = delivery.event.state()?;
    Ok(leave::expire(&app.store, &reservation, Timestamp::now()).await?)
}
