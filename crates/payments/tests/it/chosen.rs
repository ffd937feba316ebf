//! Payments whose ids their clients chose.

use contracts::ids::{PaymentId, ReservationId, UserId};
use contracts::payments::PaymentStatus;
use jiff::{SignedDuration, Timestamp};
use kit::idempotency::{Fingerprint, IdempotencyKey, IdempotentRequest};
use payments::domain::split::Choice;
use payments::points::{ChargePoints, PointsRequest};
use payments::request::{PaymentRequest, RequestError, RequestPayment};
use payments::settle::Settlement;
use payments::store::ChosenId;
use payments::toss::Toss;
use reqwest::Url;
use reqwest::redirect::Policy;
use testkit::Faults;

use crate::common::World;
use crate::request::{Booking, request};

/// A request to pay by card under a chosen id; its body is known by the reservation and `body`.
fn chosen(booking: &Booking, id: PaymentId, body: &str) -> PaymentRequest {
    let fingerprint = Fingerprint::of(&format!("{}{body}", booking.reservation).into());
    PaymentRequest { chosen: Some(ChosenId { id, fingerprint }), ..request(booking, Choice::Card, None) }
}

async fn begin(app: &RequestPayment<Booking>, request: PaymentRequest) -> Result<PaymentId, RequestError> {
    app.begin(request, PaymentId::generate(), Timestamp::now()).await
}

fn is_taken(result: &Result<PaymentId, RequestError>) -> bool {
    matches!(result, Err(RequestError::IdTaken(_)))
}

#[tokio::test]
async fn the_chosen_id_is_the_payments_and_the_same_request_is_answered_the_same() {
    let world = World::new().await;
    let booking = Booking::of(world.user);
    let app = RequestPayment::new(world.store(), booking.clone());
    let id = PaymentId::generate();
    assert_eq!(begin(&app, chosen(&booking, id, "")).await.unwrap(), id);
    assert_eq!(begin(&app, chosen(&booking, id, "")).await.unwrap(), id);
    world.charge(id, 1).await;
    assert_eq!(begin(&app, chosen(&booking, id, "")).await.unwrap(), id, "however far it is by now");
    assert_eq!(world.picture(id).await.approvals, 1);
    assert_eq!(*booking.bound.lock().unwrap(), [id]);
}

#[tokio::test]
async fn an_id_that_stands_for_something_else_is_taken_and_booking_never_hears_of_it() {
    let world = World::new().await;
    let (mine, strange) = (Booking::of(world.user), Booking::of(UserId::generate()));
    let other = Booking { reservation: ReservationId::generate(), ..Booking::of(world.user) };
    let id = PaymentId::generate();
    begin(&RequestPayment::new(world.store(), mine.clone()), chosen(&mine, id, "")).await.unwrap();
    for (booking, body) in [(&strange, ""), (&other, ""), (&mine, "another")] {
        let app = RequestPayment::new(world.store(), booking.clone());
        assert!(is_taken(&begin(&app, chosen(booking, id, body)).await));
    }
    assert!(strange.bound.lock().unwrap().is_empty() && other.bound.lock().unwrap().is_empty());

    // One that was made here, too, whoever asks.
    let made_here = world.payment(0, 500, "ok_1").await.id;
    for booking in [&mine, &strange] {
        let app = RequestPayment::new(world.store(), booking.clone());
        assert!(is_taken(&begin(&app, chosen(booking, made_here, "")).await));
    }
    let points = ChargePoints::new(world.store());
    let order = PointsRequest {
        user_id: world.user,
        amount: 500,
        payment_key: "ok_1".into(),
        idempotency: None,
        chosen: chosen(&mine, id, "").chosen,
    };
    assert!(is_taken(&points.order(order, PaymentId::generate(), Timestamp::now()).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_want_one_id_at_once_one_request_gets_it() {
    let world = World::new().await;
    let bookings = [Booking::of(world.user), Booking::of(UserId::generate()), Booking::of(world.user)];
    let id = PaymentId::generate();
    let mut running = tokio::task::JoinSet::new();
    for turn in 0..24 {
        let booking = bookings[turn % 3].clone();
        let app = RequestPayment::new(world.store(), booking.clone());
        running.spawn(async move { (turn % 3, begin(&app, chosen(&booking, id, "")).await) });
    }
    let mut winners = Vec::new();
    for (who, result) in running.join_all().await {
        match result {
            Ok(paid) => winners.push((who, paid)),
            Err(error) => assert!(matches!(error, RequestError::IdTaken(_)), "{error}"),
        }
    }
    // All repetitions of the one request, and nobody else; no other reservation waits for the payment.
    assert_eq!(winners.len(), 8);
    assert!(winners.iter().all(|winner| *winner == (winners[0].0, id)));
    let bound: Vec<_> = bookings.iter().map(|booking| booking.bound.lock().unwrap().len()).collect();
    assert_eq!(bound.iter().sum::<usize>(), 1, "{bound:?}");
    assert_eq!(world.store().payment(id).await.unwrap().unwrap().user_id, bookings[winners[0].0].owner);
}

#[tokio::test]
async fn a_request_cut_off_anywhere_is_mended_by_its_repetition() {
    let mut struck = 0;
    for fault in Faults::every(10) {
        let world = World::new().await;
        let booking = Booking::of(world.user);
        let (faults, id) = (Faults::one(fault), PaymentId::generate());
        let both = || {
            let key = IdempotentRequest { key: IdempotencyKey::of("k"), fingerprint: Fingerprint::of(&1.into()) };
            PaymentRequest { idempotency: Some(key), ..chosen(&booking, id, "") }
        };
        let failing = RequestPayment::new(world.failing_store(&faults), booking.clone());
        let cut_off = begin(&failing, both()).await;
        if !faults.struck() {
            cut_off.unwrap();
            break;
        }
        struck += 1;
        let app = RequestPayment::new(world.store(), booking.clone());
        assert_eq!(begin(&app, both()).await.unwrap(), id, "{fault:?}");
        assert_eq!(*booking.bound.lock().unwrap(), [id], "{fault:?}");
    }
    assert!(struck >= 8, "{struck}");
}

#[tokio::test]
async fn a_refused_request_may_be_repeated_once_there_is_nothing_to_refuse() {
    let world = World::new().await;
    let booking = Booking::of(world.user);
    let refusing = Booking { instead: Some(contracts::booking::PaymentStart::Expired), ..booking.clone() };
    let id = PaymentId::generate();
    let refused = begin(&RequestPayment::new(world.store(), refusing), chosen(&booking, id, "")).await;
    assert!(matches!(refused, Err(RequestError::Expired)));
    let app = RequestPayment::new(world.store(), booking.clone());
    assert_eq!(begin(&app, chosen(&booking, id, "")).await.unwrap(), id);
}

#[tokio::test]
async fn how_long_a_payment_may_be_charged_counts_from_its_request_whatever_its_id_says() {
    let world = World::new().await;
    let booking = Booking::of(world.user);
    let app = RequestPayment::new(world.store(), booking.clone());
    let (id, request) = (PaymentId::generate(), |id| chosen(&booking, id, ""));
    let later = id.created_at() + SignedDuration::from_mins(30);
    assert_eq!(app.begin(request(id), PaymentId::generate(), later).await.unwrap(), id);
    world.settlement().charge(id, 1, later + SignedDuration::from_secs(1)).await.unwrap();
    assert_eq!(world.picture(id).await.status, PaymentStatus::Success);

    let world = World::new().await;
    let booking = Booking::of(world.user);
    let app = RequestPayment::new(world.store(), booking.clone());
    let id = PaymentId::generate();
    let earlier = id.created_at() - SignedDuration::from_mins(5);
    app.begin(chosen(&booking, id, ""), PaymentId::generate(), earlier).await.unwrap();
    world.settlement().charge(id, 1, earlier + SignedDuration::from_mins(10)).await.unwrap();
    assert_eq!(world.picture(id).await.failure.as_deref(), Some("payment_expired"));
}

/// A payment key as the PG's own page gives it out for an order.
async fn authorised(world: &World, order: PaymentId, amount: i64) -> String {
    let (order, amount) = (order.to_string(), amount.to_string());
    let fields = [
        ("orderId", order.as_str()),
        ("amount", &amount),
        ("orderName", "The Seagull"),
        ("successUrl", "http://localhost:3000/paid"),
        ("failUrl", "http://localhost:3000/not-paid"),
        ("outcome", "ok_"),
    ];
    let page = Url::parse_with_params(&format!("{}/checkout", world.pg.url), fields).unwrap();
    let (address, form) = (page.join(page.path()).unwrap(), page.query().unwrap().to_owned());
    let browser = reqwest::Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
    let pressed = browser.post(address).body(form);
    let answer = pressed.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap();
    let back = Url::parse(answer.headers()["location"].to_str().unwrap()).unwrap();
    let key = back.query_pairs().find(|(name, _)| name == "paymentKey").map(|(_, key)| key.into_owned());
    key.unwrap()
}

#[tokio::test]
async fn a_card_authorised_for_the_order_is_charged_and_for_another_order_or_amount_never() {
    for (authorised_for_it, amount, failure) in
        [(true, 1_000, None), (true, 999, Some("payment_mismatch")), (false, 1_000, Some("payment_mismatch"))]
    {
        let world = World::new().await;
        let booking = Booking::of(world.user);
        let app = RequestPayment::new(world.store(), booking.clone());
        let id = PaymentId::generate();
        let order = if authorised_for_it { id } else { PaymentId::generate() };
        let key = authorised(&world, order, amount).await;
        let request = PaymentRequest { payment_key: Some(key), ..chosen(&booking, id, "") };
        assert_eq!(begin(&app, request).await.unwrap(), id);
        let patient = Toss::new(&world.pg.url, &*world.pg.secret_key, std::time::Duration::from_secs(5)).unwrap();
        Settlement::new(world.store(), patient).charge(id, 1, Timestamp::now()).await.unwrap();
        let picture = world.picture(id).await;
        assert_eq!((picture.failure.as_deref(), picture.entries.len()), (failure, 0));
        assert_eq!(picture.kept_by_pg, if failure.is_none() { 1_000 } else { 0 });
    }
}
