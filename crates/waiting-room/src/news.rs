//! What others tell: events, what buyers do, what is left. Every function may run twice, late, or out of order.

use contracts::booking::{ReservationState, SeatsLeft};
use contracts::catalog::EventState;
use contracts::event::EventType;
use contracts::waiting_room::AdmissionEnd;
use jiff::Timestamp;
use kit::dynamo::StoreError;

use crate::domain::sale::{EventFacts, PaymentHealth};
use crate::dynamodb::Store;
use crate::leave::{end, prolong};

/// An event was made or has changed.
///
/// # Errors
/// When the table does not answer.
pub async fn event_changed(store: &Store, event: &EventState) -> Result<(), StoreError> {
    store.save_event(event.id, EventFacts { version: event.version, status: event.status }).await
}

/// A reservation has changed by `because`. One that was made without an admission is none of ours.
///
/// # Errors
/// When the table does not answer.
pub async fn reservation_changed(
    store: &Store,
    reservation: &ReservationState,
    because: EventType,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(admission) = reservation.admission else { return Ok(()) };
    let (event, user) = (admission.event_id, reservation.user_id);
    match because {
        // Whoever has seats stays in the sale at least as long as they have them.
        EventType::ReservationHeld | EventType::PaymentStarted => {
            prolong(store, event, user, admission.id, reservation.held_until(), now).await?;
        }
        EventType::ReservationReopened => {
            store.count_payments(event, PaymentHealth { confirmed: 0, failed: 1 }, now).await?;
        }
        EventType::ReservationConfirmed => {
            // Counted first: should that be all that happens, the repeat ends the admission.
            store.count_payments(event, PaymentHealth { confirmed: 1, failed: 0 }, now).await?;
            end(store, event, user, Some(admission.id), AdmissionEnd::Purchased, now).await?;
        }
        _ => {}
    }
    Ok(())
}

/// Free seats were counted.
///
/// # Errors
/// When the table does not answer.
pub async fn seats_counted(store: &Store, left: &SeatsLeft) -> Result<(), StoreError> {
    store.save_left(left).await
}
