//! Worker behind the queue `refunds`.

use contracts::booking::ReservationState;
use contracts::event::EventType;
use jiff::Timestamp;
use kit::worker::{Delivery, WorkerError};
use payments::gateway::PaymentGateway;
use payments::settle::Settlement;

/// Refunds a reservation that was cancelled, or paid without getting its seats.
///
/// # Errors
/// When it must be delivered again.
pub async fn handle<G: PaymentGateway>(app: &Settlement<G>, delivery: Delivery) -> Result<(), WorkerError> {
    match delivery.event.event_type {
        EventType::ConfirmationRejected | EventType::CancellationRequested => {
            let reservation: ReservationState = delivery.event.state()?;
            app.refund(&reservation, Timestamp::now()).await?;
            Ok(())
        }
        other => Err(format!("{other} does not belong in this queue").into()),
    }
}
