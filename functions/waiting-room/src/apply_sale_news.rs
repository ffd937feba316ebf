//! `apply-sale-news`: takes over what the waiting room must know of events, and of what their buyers do. Behind the
//! queue `sale-news`.

use contracts::event::EventType;
use jiff::Timestamp;
use kit::worker::{Delivery, WorkerError};
use waiting_room::dynamodb::Store;
use waiting_room::news;

/// Deals with one delivery.
///
/// # Errors
/// When the table does not answer, or the event is none of this queue's.
pub async fn handle(store: &Store, delivery: Delivery) -> Result<(), WorkerError> {
    use EventType as E;
    let event = &delivery.event;
    match event.event_type {
        E::EventCreated | E::EventUpdated | E::EventPublished | E::EventUnpublished | E::EventCancelled => {
            news::event_changed(store, &event.state()?).await?;
        }
        E::ReservationHeld | E::PaymentStarted | E::ReservationReopened | E::ReservationConfirmed => {
            news::reservation_changed(store, &event.state()?, event.event_type, Timestamp::now()).await?;
        }
        other => return Err(format!("{other} is no news of a sale").into()),
    }
    Ok(())
}
