//! The one table that says who hears of what.

use contracts::booking::ReservationState;
use contracts::event::{Envelope, EventType, UnreadableData};
use contracts::payments::{PaymentPurpose, PaymentState};
use jiff::Timestamp;

/// The longest that SQS keeps a message back.
pub const MAX_DELAY_SECONDS: i64 = 900;

/// How long after a payment failed because the PG did not answer it is looked at again: an approval that was still on
/// its way has arrived by then and can be voided.
pub const RECONCILE_DELAY_SECONDS: u16 = 120;

/// When the reservations of a performance that was called off are gone through. At once; when no environment sells it from
/// memory any more; and when every payment that had been entered by then is decided, as late as SQS allows, which is
/// past the longest hold with its payment.
pub const SWEEP_DELAYS_SECONDS: [u16; 3] = [0, 30, 900];

/// A queue of the platform, each with one worker behind it, but for the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Queue {
    /// Payments to charge or to look at again.
    Payments,
    /// What came of payments, for the reservations they pay.
    Reservations,
    /// Money to give back.
    Refunds,
    /// Holds whose end has come.
    Expirations,
    /// What booking must know of the catalogue.
    CatalogChanges,
    /// What people are written to about, and what is needed to write to them.
    Notifications,
    /// What is sold, and what it is sold of, for the read models of sales.
    Sales,
    /// Performances that were called off, and whose reservations must end.
    Cancellations,
    /// What booking must know of waiting rooms.
    Admissions,
    /// What waiting rooms must know of events, and of what their buyers do.
    SaleNews,
    /// What people who are connected are told of their own affairs.
    LiveNews,
    /// How well events sell, for the catalogue. `project-sales` writes to it; nothing is routed there.
    Popularity,
    /// Records that no further delivery can help. People read it; nothing is routed there.
    StreamFailures,
}

/// One message to send about an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// To whom.
    pub queue: Queue,
    /// How many seconds the queue keeps it back, at most [`MAX_DELAY_SECONDS`].
    pub delay_seconds: u16,
}

impl Route {
    const fn at_once(queue: Queue) -> Self {
        Self { queue, delay_seconds: 0 }
    }

    const fn after(queue: Queue, delay_seconds: u16) -> Self {
        Self { queue, delay_seconds }
    }
}

/// The messages that follow from an event.
///
/// # Errors
/// When the routing depends on the event's data and the data is not what its type promises.
pub fn routes(event: &Envelope, now: Timestamp) -> Result<Vec<Route>, UnreadableData> {
    use EventType as E;
    Ok(match event.event_type {
        E::UserRegistered | E::UserUpdated => vec![Route::at_once(Queue::Notifications)],
        E::LayoutCreated => vec![Route::at_once(Queue::CatalogChanges)],
        E::EventCreated => vec![Route::at_once(Queue::SaleNews)],
        E::EventPublished | E::EventUpdated | E::EventUnpublished | E::EventCancelled => {
            [Queue::Sales, Queue::SaleNews].map(Route::at_once).into()
        }
        E::PerformancePublished => {
            [Queue::CatalogChanges, Queue::Notifications, Queue::Sales, Queue::LiveNews].map(Route::at_once).into()
        }
        E::PerformanceWithdrawn => [Queue::CatalogChanges, Queue::Sales].map(Route::at_once).into(),
        E::PerformanceCancelled => {
            let sweeps = SWEEP_DELAYS_SECONDS.map(|delay| Route::after(Queue::Cancellations, delay));
            let heard_at_once = [Queue::CatalogChanges, Queue::Notifications, Queue::Sales].map(Route::at_once);
            heard_at_once.into_iter().chain(sweeps).collect()
        }
        E::ReservationHeld | E::PaymentStarted => {
            let reservation: ReservationState = event.state()?;
            let expiry = Route::after(Queue::Expirations, delay_until_expired(&reservation, now));
            [expiry].into_iter().chain(to_waiting_room(&reservation)).collect()
        }
        E::ReservationReopened => {
            let reservation: ReservationState = event.state()?;
            let expiry = Route::after(Queue::Expirations, delay_until_expired(&reservation, now));
            [expiry, Route::at_once(Queue::LiveNews)].into_iter().chain(to_waiting_room(&reservation)).collect()
        }
        E::ReservationExpired => vec![Route::at_once(Queue::LiveNews)],
        E::ConfirmationRejected => [Queue::Refunds, Queue::LiveNews].map(Route::at_once).into(),
        E::CancellationRequested => vec![Route::at_once(Queue::Refunds)],
        E::ReservationConfirmed => {
            let reservation: ReservationState = event.state()?;
            let heard_at_once = [Queue::Notifications, Queue::Sales, Queue::LiveNews].map(Route::at_once);
            heard_at_once.into_iter().chain(to_waiting_room(&reservation)).collect()
        }
        E::ReservationCancelled => [Queue::Notifications, Queue::Sales, Queue::LiveNews].map(Route::at_once).into(),
        E::PaymentRequested => vec![Route::at_once(Queue::Payments)],
        E::PaymentSucceeded | E::PaymentRefunded => {
            let payment: PaymentState = event.state()?;
            to_reservation(&payment).into_iter().chain([Route::at_once(Queue::LiveNews)]).collect()
        }
        E::PaymentFailed => {
            let payment: PaymentState = event.state()?;
            let heard_at_once = to_reservation(&payment).into_iter().chain([Route::at_once(Queue::LiveNews)]);
            heard_at_once.chain(to_reconcile(&payment)).collect()
        }
        E::QueueConfigured => vec![Route::at_once(Queue::Admissions)],
        E::QueueCleared => [Queue::Admissions, Queue::LiveNews].map(Route::at_once).into(),
        E::AdmissionEnded => vec![Route::at_once(Queue::Admissions)],
        // Nobody waits for these yet. Listed one by one, so that a new event has to be decided about.
        E::UserRoleChanged
        | E::TicketTypeAdded
        | E::TicketTypeChanged
        | E::TicketTypeRemoved
        | E::PerformanceAdded
        | E::PerformanceChanged
        | E::PerformanceRemoved
        | E::ImageRequested
        | E::ImageAccepted
        | E::ImageRejected
        | E::AnnouncementCreated
        | E::AnnouncementUpdated
        | E::AnnouncementRemoved
        | E::KeywordCreated
        | E::KeywordUpdated
        | E::KeywordRemoved
        | E::ReservationReleased
        | E::AdmissionGranted
        | E::AdmissionRenewed
        | E::PointsDebited
        | E::PointsMoved => Vec::new(),
    })
}

/// One second past the hold's end, so that it is over on every clock that counts in seconds. Booking keeps every hold,
/// extended by payment or not, within the longest delay; the clamp only keeps SQS from refusing a message.
fn delay_until_expired(reservation: &ReservationState, now: Timestamp) -> u16 {
    let seconds = reservation.held_until().saturating_add(1).saturating_sub(now.as_second());
    u16::try_from(seconds.clamp(0, MAX_DELAY_SECONDS)).unwrap_or(0)
}

/// Only of a guarded sale does the waiting room hear what buyers do.
fn to_waiting_room(reservation: &ReservationState) -> Option<Route> {
    reservation.admission.map(|_| Route::at_once(Queue::SaleNews))
}

fn to_reservation(payment: &PaymentState) -> Option<Route> {
    matches!(payment.purpose, PaymentPurpose::Reservation { .. }).then_some(Route::at_once(Queue::Reservations))
}

fn to_reconcile(payment: &PaymentState) -> Option<Route> {
    payment.may_be_approved_late().then_some(Route::after(Queue::Payments, RECONCILE_DELAY_SECONDS))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const NOW: i64 = 1_800_000_000;

    fn routed(event_type: EventType, data: Value) -> Result<Vec<(Queue, u16)>, UnreadableData> {
        let at = Timestamp::from_second(NOW).unwrap();
        let event = Envelope { event_type, aggregate_id: "any".into(), version: 1, at, data };
        Ok(routes(&event, at)?.into_iter().map(|route| (route.queue, route.delay_seconds)).collect())
    }

    fn reservation(status: &str, expires_at: i64, attempt: u32) -> Value {
        json!({
            "id": "rsv_019a0000-0000-7000-8000-000000000001", "version": 1,
            "userId": "usr_019a0000-0000-7000-8000-000000000002",
            "performanceId": "prf_019a0000-0000-7000-8000-000000000003",
            "status": status, "paymentStatus": "NONE", "lines": [], "currency": "KRW",
            "expiresAt": expires_at, "attempt": attempt,
        })
    }

    fn payment(for_reservation: bool, card_amount: i64, failure_code: Option<&str>) -> Value {
        let purpose = if for_reservation {
            json!({
                "kind": "reservation", "reservationId": "rsv_019a0000-0000-7000-8000-000000000001",
                "performanceId": "prf_019a0000-0000-7000-8000-000000000003",
            })
        } else {
            json!({"kind": "points"})
        };
        json!({
            "id": "pay_019a0000-0000-7000-8000-000000000004", "version": 2,
            "userId": "usr_019a0000-0000-7000-8000-000000000002", "purpose": purpose, "method": "MIXED",
            "pointUsed": 1, "cardAmount": card_amount, "currency": "KRW", "status": "FAILED",
            "failureCode": failure_code,
        })
    }

    #[test]
    fn every_event_goes_to_those_who_wait_for_it() {
        use EventType as E;
        use Queue::{
            Admissions, Cancellations, CatalogChanges, Expirations, LiveNews, Notifications, Payments, Refunds,
            Reservations, SaleNews, Sales,
        };
        let (held, paying) = (reservation("PENDING", NOW + 300, 0), reservation("PAYING", NOW + 300, 2));
        let confirmed = reservation("CONFIRMED", NOW + 300, 1);
        let guarded = |of: &Value| {
            let mut of = of.clone();
            of["admission"] = json!({
                "id": "adm_019a0000-0000-7000-8000-000000000005", "eventId": "evt_019a0000-0000-7000-8000-000000000006",
            });
            of
        };
        let (booking, points) = (payment(true, 1, None), payment(false, 1, None));
        let table = vec![
            (E::UserRegistered, Value::Null, vec![(Notifications, 0)]),
            (E::UserUpdated, Value::Null, vec![(Notifications, 0)]),
            (E::UserRoleChanged, Value::Null, vec![]),
            (E::LayoutCreated, Value::Null, vec![(CatalogChanges, 0)]),
            (E::EventCreated, Value::Null, vec![(SaleNews, 0)]),
            (E::EventUpdated, Value::Null, vec![(Sales, 0), (SaleNews, 0)]),
            (E::EventPublished, Value::Null, vec![(Sales, 0), (SaleNews, 0)]),
            (E::EventUnpublished, Value::Null, vec![(Sales, 0), (SaleNews, 0)]),
            (E::EventCancelled, Value::Null, vec![(Sales, 0), (SaleNews, 0)]),
            (E::TicketTypeAdded, Value::Null, vec![]),
            (E::TicketTypeChanged, Value::Null, vec![]),
            (E::TicketTypeRemoved, Value::Null, vec![]),
            (E::PerformanceAdded, Value::Null, vec![]),
            (E::PerformanceChanged, Value::Null, vec![]),
            (E::PerformanceRemoved, Value::Null, vec![]),
            (
                E::PerformancePublished,
                Value::Null,
                vec![(CatalogChanges, 0), (Notifications, 0), (Sales, 0), (LiveNews, 0)],
            ),
            (E::PerformanceWithdrawn, Value::Null, vec![(CatalogChanges, 0), (Sales, 0)]),
            (
                E::PerformanceCancelled,
                Value::Null,
                vec![
                    (CatalogChanges, 0),
                    (Notifications, 0),
                    (Sales, 0),
                    (Cancellations, 0),
                    (Cancellations, 30),
                    (Cancellations, 900),
                ],
            ),
            (E::ImageRequested, Value::Null, vec![]),
            (E::ImageAccepted, Value::Null, vec![]),
            (E::ImageRejected, Value::Null, vec![]),
            (E::AnnouncementCreated, Value::Null, vec![]),
            (E::AnnouncementUpdated, Value::Null, vec![]),
            (E::AnnouncementRemoved, Value::Null, vec![]),
            (E::KeywordCreated, Value::Null, vec![]),
            (E::KeywordUpdated, Value::Null, vec![]),
            (E::KeywordRemoved, Value::Null, vec![]),
            (E::ReservationHeld, held.clone(), vec![(Expirations, 301)]),
            (E::ReservationHeld, guarded(&held), vec![(Expirations, 301), (SaleNews, 0)]),
            (E::ReservationReopened, guarded(&held), vec![(Expirations, 301), (LiveNews, 0), (SaleNews, 0)]),
            (E::ReservationReopened, held, vec![(Expirations, 301), (LiveNews, 0)]),
            (E::PaymentStarted, guarded(&paying), vec![(Expirations, 300 + 540 + 2 + 1), (SaleNews, 0)]),
            (E::PaymentStarted, paying, vec![(Expirations, 300 + 540 + 2 + 1)]),
            (E::ReservationReleased, Value::Null, vec![]),
            (E::ReservationExpired, Value::Null, vec![(LiveNews, 0)]),
            (
                E::ReservationConfirmed,
                guarded(&confirmed),
                vec![(Notifications, 0), (Sales, 0), (LiveNews, 0), (SaleNews, 0)],
            ),
            (E::ReservationConfirmed, confirmed, vec![(Notifications, 0), (Sales, 0), (LiveNews, 0)]),
            (E::ConfirmationRejected, Value::Null, vec![(Refunds, 0), (LiveNews, 0)]),
            (E::CancellationRequested, Value::Null, vec![(Refunds, 0)]),
            (E::ReservationCancelled, Value::Null, vec![(Notifications, 0), (Sales, 0), (LiveNews, 0)]),
            (E::PaymentRequested, booking.clone(), vec![(Payments, 0)]),
            (E::PaymentRequested, points.clone(), vec![(Payments, 0)]),
            (E::PointsDebited, booking.clone(), vec![]),
            (E::PaymentSucceeded, booking.clone(), vec![(Reservations, 0), (LiveNews, 0)]),
            (E::PaymentSucceeded, points.clone(), vec![(LiveNews, 0)]),
            (E::PaymentFailed, booking.clone(), vec![(Reservations, 0), (LiveNews, 0)]),
            (E::PaymentFailed, points.clone(), vec![(LiveNews, 0)]),
            (
                E::PaymentFailed,
                payment(true, 1, Some("pg_timeout")),
                vec![(Reservations, 0), (LiveNews, 0), (Payments, 120)],
            ),
            (
                E::PaymentFailed,
                payment(true, 1, Some("payment_expired")),
                vec![(Reservations, 0), (LiveNews, 0), (Payments, 120)],
            ),
            (E::PaymentFailed, payment(false, 1, Some("pg_unavailable")), vec![(LiveNews, 0), (Payments, 120)]),
            (E::PaymentFailed, payment(true, 1, Some("card_declined")), vec![(Reservations, 0), (LiveNews, 0)]),
            (E::PaymentFailed, payment(true, 0, Some("pg_timeout")), vec![(Reservations, 0), (LiveNews, 0)]),
            (E::PaymentRefunded, booking, vec![(Reservations, 0), (LiveNews, 0)]),
            (E::PaymentRefunded, points, vec![(LiveNews, 0)]),
            (E::PointsMoved, Value::Null, vec![]),
            (E::QueueConfigured, Value::Null, vec![(Admissions, 0)]),
            (E::QueueCleared, Value::Null, vec![(Admissions, 0), (LiveNews, 0)]),
            (E::AdmissionGranted, Value::Null, vec![]),
            (E::AdmissionRenewed, Value::Null, vec![]),
            (E::AdmissionEnded, Value::Null, vec![(Admissions, 0)]),
        ];
        for event_type in EventType::ALL {
            assert!(table.iter().any(|(known, ..)| known == event_type), "{event_type} is not in the table");
        }
        for (event_type, data, expected) in table {
            assert_eq!(routed(event_type, data).unwrap(), expected, "{event_type}");
        }
    }

    #[test]
    fn a_hold_that_is_over_is_announced_at_once_and_a_long_one_as_late_as_possible() {
        let delay =
            |expires_at| routed(EventType::ReservationHeld, reservation("PENDING", expires_at, 0)).unwrap()[0].1;
        assert_eq!(delay(NOW), 1);
        assert_eq!(delay(NOW - 1), 0);
        assert_eq!(delay(NOW - 86_400), 0);
        assert_eq!(delay(NOW + 899), 900);
        assert_eq!(delay(NOW + 86_400), 900);
        assert_eq!(delay(i64::MAX), 900);
        assert_eq!(delay(i64::MIN), 0);
    }

    #[test]
    fn data_that_the_routing_needs_and_cannot_read_is_an_error() {
        for event_type in [EventType::ReservationHeld, EventType::PaymentFailed, EventType::PaymentRefunded] {
            assert!(routed(event_type, json!({"id": "x"})).is_err());
        }
    }
}
