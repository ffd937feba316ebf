//! Worker behind the queue `payments`.

use contracts::event::EventType;
use contracts::payments::PaymentState;
use jiff::Timestamp;
use kit::worker::{Delivery, WorkerError};
use payments::gateway::PaymentGateway;
use payments::settle::Settlement;

/// Charges a requested payment; looks once more at one that failed for want of the PG.
///
/// # Errors
/// When it must be delivered again.
pub async fn handle<G: PaymentGateway>(app: &Settlement<G>, delivery: Delivery) -> Result<(), WorkerError> {
    match delivery.event.event_type {
        EventType::PaymentRequested | EventType::PaymentFailed => {
            // The state in the message may be old; only the id is taken from it.
            let payment: PaymentState = delivery.event.state()?;
            app.charge(payment.id, delivery.attempt, Timestamp::now()).await?;
            Ok(())
        }
        other => Err(format!("{other} does not belong in this queue").into()),
    }
}
