//! Asking to pay, with a booking that keeps its promises.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use contracts::booking::{BeginPayment, PaymentStart};
use contracts::ids::{PaymentId, PerformanceId, ReservationId, UserId};
use contracts::payments::{PaymentPurpose, PaymentStatus};
use jiff::Timestamp;
use kit::idempotency::{Fingerprint, IdempotencyKey, IdempotentRequest};
use kit::problem::Problem;
use payments::domain::split::Choice;
use payments::points::{ChargePoints, PointsRequest};
use payments::request::{PaymentRequest, RequestError, RequestPayment};
use payments::reservations::{Reservations, ReservationsError};
use testkit::Faults;

use crate::common::World;

/// Booking with one reservation of 1,000 won; a reservation is bound to the first payment that may pay it.
#[derive(Clone)]
pub struct Booking {
    pub reservation: ReservationId,
    pub owner: UserId,
    pub bound: Arc<Mutex<Vec<PaymentId>>>,
    pub instead: Option<PaymentStart>,
}

impl Booking {
    pub fn of(owner: UserId) -> Self {
        Self { reservation: ReservationId::generate(), owner, bound: Arc::default(), instead: None }
    }
}

impl Reservations for Booking {
    async fn begin_payment(&self, call: &BeginPayment) -> Result<PaymentStart, ReservationsError> {
        if let Some(answer) = &self.instead {
            return Ok(answer.clone());
        }
        if (call.user_id, call.reservation_id) != (self.owner, self.reservation) {
            return Ok(PaymentStart::NotFound);
        }
        let total = 1_000;
        let mut bound = self.bound.lock().unwrap();
        match bound.last() {
            Some(payment) if *payment != call.payment_id => return Ok(PaymentStart::InProgress),
            Some(_) => {}
            None if !(call.payable_min..=call.payable_max).contains(&total) => {
                return Ok(PaymentStart::TotalOutside { total });
            }
            None => bound.push(call.payment_id),
        }
        let performance_id = PerformanceId::from_uuid(self.reservation.uuid());
        Ok(PaymentStart::Started { performance_id, total, currency: "KRW".into() })
    }
}

pub fn request(booking: &Booking, choice: Choice, key: Option<&str>) -> PaymentRequest {
    PaymentRequest {
        user_id: booking.owner,
        reservation_id: booking.reservation,
        choice,
        payment_key: (choice != Choice::Point { expected: None }).then(|| "ok_1".to_owned()),
        idempotency: key.map(|key| IdempotentRequest {
            key: IdempotencyKey::of(key),
            fingerprint: Fingerprint::of(&format!("{choice:?}").into()),
        }),
        chosen: None,
    }
}

async fn begin(app: &RequestPayment<Booking>, request: PaymentRequest) -> Result<PaymentId, RequestError> {
    app.begin(request, PaymentId::generate(), Timestamp::now()).await
}

#[tokio::test]
async fn a_payment_waits_to_be_charged_as_chosen() {
    for (choice, points, card) in [
        (Choice::Card, 0, 1_000),
        (Choice::Mixed { points: 300 }, 300, 700),
        (Choice::Point { expected: None }, 1_000, 0),
    ] {
        let world = World::new().await;
        world.give_points(1_000).await;
        let booking = Booking::of(world.user);
        let app = RequestPayment::new(world.store(), booking.clone());
        let id = begin(&app, request(&booking, choice, None)).await.unwrap();
        let payment = world.store().payment(id).await.unwrap().unwrap();
        assert_eq!((payment.point_used, payment.card_amount), (points, card));
        assert_eq!((payment.status, payment.version), (PaymentStatus::Requested, 1));
        let purpose = PaymentPurpose::Reservation {
            reservation_id: booking.reservation,
            performance_id: PerformanceId::from_uuid(booking.reservation.uuid()),
        };
        assert_eq!(payment.purpose, purpose);
    }
}

#[tokio::test]
async fn refusals_write_nothing_and_have_their_codes() {
    let world = World::new().await;
    world.give_points(100).await;
    let before = world.table.items().await.len();
    let booking = Booking::of(world.user);
    let outside = PaymentStart::TotalOutside { total: 1_000 };
    for (choice, instead, status, code) in [
        (Choice::Card, Some(PaymentStart::NotFound), 404, "not_found"),
        (Choice::Card, Some(PaymentStart::Expired), 409, "reservation_expired"),
        (Choice::Card, Some(PaymentStart::AlreadyPaid), 409, "already_paid"),
        (Choice::Card, Some(PaymentStart::InProgress), 409, "payment_in_progress"),
        (Choice::Card, Some(PaymentStart::SaleClosed), 409, "sale_closed"),
        (Choice::Mixed { points: 1_000 }, None, 422, "amount_mismatch"),
        (Choice::Mixed { points: 101 }, None, 422, "insufficient_points"),
        (Choice::Point { expected: None }, None, 422, "insufficient_points"),
        (Choice::Point { expected: Some(999) }, None, 422, "amount_mismatch"),
        (Choice::Point { expected: Some(1_000) }, None, 422, "insufficient_points"),
        (Choice::Card, Some(outside), 422, "amount_mismatch"),
    ] {
        let booking = Booking { instead, ..booking.clone() };
        let app = RequestPayment::new(world.store(), booking.clone());
        let error = begin(&app, request(&booking, choice, None)).await.unwrap_err();
        let problem = Problem::from(error);
        assert_eq!((problem.status(), problem.code()), (status, code), "{choice:?}");
    }
    let stranger = Booking { owner: UserId::generate(), ..booking.clone() };
    let app = RequestPayment::new(world.store(), booking.clone());
    let error = begin(&app, request(&stranger, Choice::Card, None)).await.unwrap_err();
    assert!(matches!(error, RequestError::NotFound));
    assert!(booking.bound.lock().unwrap().is_empty());
    assert_eq!(world.table.items().await.len(), before);
}

#[tokio::test]
async fn one_key_is_one_payment() {
    let world = World::new().await;
    let booking = Booking::of(world.user);
    let app = RequestPayment::new(world.store(), booking.clone());
    let again = || request(&booking, Choice::Card, Some("k"));
    let first = begin(&app, again()).await.unwrap();
    world.charge(first, 1).await;
    // The answer does not depend on how far the payment is, nor on what booking would say now.
    assert_eq!(begin(&app, again()).await.unwrap(), first);
    let other = request(&booking, Choice::Mixed { points: 1 }, Some("k"));
    assert!(matches!(begin(&app, other).await, Err(RequestError::KeyReused)));
    let fresh = begin(&app, request(&booking, Choice::Card, Some("l"))).await;
    assert!(matches!(fresh, Err(RequestError::InProgress)));
    assert_eq!(*booking.bound.lock().unwrap(), [first]);
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_at_the_same_time_converge_on_one_payment() {
    let world = World::new().await;
    let booking = Booking::of(world.user);
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let app = RequestPayment::new(world.store(), booking.clone());
        let request = request(&booking, Choice::Card, Some("k"));
        running.spawn(async move { begin(&app, request).await.unwrap() });
    }
    let ids: HashMap<_, _> = running.join_all().await.into_iter().map(|id| (id, ())).collect();
    assert_eq!(ids.len(), 1);
    // The payment and the key.
    assert_eq!(world.table.items().await.len(), 2);
}

/// Booking that answers only when another request with the same key has been paid for.
struct Overtaken(RequestPayment<Booking>, PaymentRequest, World);

impl Reservations for Overtaken {
    async fn begin_payment(&self, _: &BeginPayment) -> Result<PaymentStart, ReservationsError> {
        let Self(other, request, world) = self;
        let id = begin(other, request.clone()).await.unwrap();
        world.charge(id, 1).await;
        Ok(PaymentStart::AlreadyPaid)
    }
}

#[tokio::test]
async fn a_request_overtaken_by_its_repetition_answers_the_same() {
    let world = World::new().await;
    let booking = Booking::of(world.user);
    let request = request(&booking, Choice::Card, Some("k"));
    let store = world.store();
    let other = RequestPayment::new(world.store(), booking.clone());
    let app = RequestPayment::new(world.store(), Overtaken(other, request.clone(), world));
    let id = app.begin(request, PaymentId::generate(), Timestamp::now()).await.unwrap();
    assert_eq!(*booking.bound.lock().unwrap(), [id]);
    assert_eq!(store.payment(id).await.unwrap().unwrap().status, PaymentStatus::Success);
}

#[tokio::test]
async fn a_request_cut_off_anywhere_is_mended_by_its_repetition() {
    let mut struck = 0;
    for fault in Faults::every(10) {
        let world = World::new().await;
        world.give_points(1_000).await;
        let booking = Booking::of(world.user);
        let faults = Faults::one(fault);
        let choice = Choice::Mixed { points: 300 };
        let failing = RequestPayment::new(world.failing_store(&faults), booking.clone());
        let cut_off = begin(&failing, request(&booking, choice, Some("k"))).await;
        if !faults.struck() {
            cut_off.unwrap();
            break;
        }
        struck += 1;
        let app = RequestPayment::new(world.store(), booking.clone());
        let id = begin(&app, request(&booking, choice, Some("k"))).await.unwrap();
        assert_eq!(*booking.bound.lock().unwrap(), [id], "{fault:?}");
        let payment = world.store().payment(id).await.unwrap().unwrap();
        assert_eq!((payment.version, payment.point_used), (1, 300), "{fault:?}");
    }
    assert_eq!(struck, 6);
}

#[tokio::test]
async fn a_points_order_is_one_payment_for_one_key() {
    let world = World::new().await;
    let app = ChargePoints::new(world.store());
    let request =
        |body: i64| IdempotentRequest { key: IdempotencyKey::of("k"), fingerprint: Fingerprint::of(&body.into()) };
    let order = async |amount, key: Option<&IdempotentRequest>| {
        let request = PointsRequest {
            user_id: world.user,
            amount,
            payment_key: "ok_1".into(),
            idempotency: key.cloned(),
            chosen: None,
        };
        app.order(request, PaymentId::generate(), Timestamp::now()).await
    };
    let first = order(5_000, Some(&request(1))).await.unwrap();
    assert_eq!(order(5_000, Some(&request(1))).await.unwrap(), first);
    let reused = order(6_000, Some(&request(2))).await;
    assert!(matches!(reused, Err(RequestError::KeyReused)));
    assert_ne!(order(5_000, None).await.unwrap(), first);
    world.charge(first, 1).await;
    assert_eq!(order(5_000, Some(&request(1))).await.unwrap(), first);
    assert_eq!(world.picture(first).await.balance, 5_000);
}
