//! `settle-reservation`: turns the outcome of a payment into seats. Behind the queue `reservations`.

use booking::domain::book::BookId;
use booking::settle::{self, PaymentOf};
use contracts::booking::Paid;
use contracts::event::EventType;
use contracts::payments::{PaymentPurpose, PaymentState};
use jiff::Timestamp;
use kit::worker::{Delivery, WorkerError};

use crate::App;

/// Deals with one delivery.
///
/// # Errors
/// When the table does not answer, or the event is none of this queue's.
pub async fn handle(app: &App, delivery: Delivery) -> Result<(), WorkerError> {
    let event = &delivery.event;
    let payment: PaymentState = event.state()?;
    let PaymentPurpose::Reservation { reservation_id, performance_id } = payment.purpose else {
        return Err("a payment of points has no seats".into());
    };
    let of = PaymentOf {
        book: BookId { user: payment.user_id, performance: performance_id },
        reservation: reservation_id,
        payment: payment.id,
        paid: Paid { points: payment.point_used, card: payment.card_amount },
    };
    let now = Timestamp::now();
    match event.event_type {
        EventType::PaymentSucceeded => settle::succeeded(&app.store, of, now).await?,
        EventType::PaymentFailed => settle::failed(&app.store, of, now).await?,
        EventType::PaymentRefunded => settle::refunded(&app.store, of, now).await?,
        other => return Err(format!("{other} is no outcome of a payment").into()),
    }
    Ok(())
}
