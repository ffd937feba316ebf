//! The Toss adapter against the virtual PG, and against servers that are no PG.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::StatusCode;
use contracts::ids::PaymentId;
use payments::domain::failure::FailureCode;
use payments::domain::verdict::OrderStatus;
use payments::gateway::{CancelReason, Charge, Doubt, GatewayError, Outcome, PaymentGateway as _};
use payments::toss::Toss;

use crate::common::{PG_TIMEOUT, World};

fn charge(order_id: PaymentId, payment_key: &str) -> Charge<'_> {
    Charge { order_id, payment_key, amount: 1_000 }
}

/// A server that answers everything with `status` and `body`, and counts.
async fn stub(status: u16, body: &'static str) -> (String, Arc<AtomicU32>) {
    let count = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&count);
    let answer = move || {
        counter.fetch_add(1, Ordering::SeqCst);
        async move { (StatusCode::from_u16(status).unwrap(), body) }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let app = Router::new().fallback(answer);
    tokio::spawn(async move { axum::serve(listener, app).await });
    (url, count)
}

#[tokio::test]
async fn every_behaviour_has_its_outcome() {
    let world = World::new().await;
    let toss = world.toss();
    let approved = PaymentId::generate();
    let Outcome::Approved(order) = toss.confirm(charge(approved, "ok_1")).await.unwrap() else {
        panic!("not approved");
    };
    assert_eq!((order.amount, order.currency.as_str()), (1_000, "KRW"));
    assert_eq!(toss.order(approved).await.unwrap(), Some(order.clone()));
    // The same charge again is the same answer.
    assert_eq!(toss.confirm(charge(approved, "ok_1")).await.unwrap(), Outcome::Approved(order));

    for (key, outcome) in [
        ("decline_1", Outcome::Declined(FailureCode::CardDeclined)),
        ("other_1", Outcome::Declined(FailureCode::PaymentKeyInvalid)),
        ("error_1", Outcome::Unknown(Doubt::Unavailable)),
        ("timeout_no_1", Outcome::Unknown(Doubt::Timeout)),
        ("timeout_ok_1", Outcome::Unknown(Doubt::Timeout)),
        ("late_1", Outcome::InProgress),
        ("ok_1", Outcome::Unknown(Doubt::AlreadyProcessed)),
    ] {
        let id = PaymentId::generate();
        assert_eq!(toss.confirm(charge(id, key)).await.unwrap(), outcome, "{key}");
        let status = toss.order(id).await.unwrap().map(|order| order.status);
        let expected = match key {
            "decline_1" => Some(OrderStatus::Declined(FailureCode::CardDeclined)),
            "timeout_ok_1" => Some(OrderStatus::Approved),
            "late_1" => Some(OrderStatus::InProgress),
            _ => None,
        };
        assert_eq!(status, expected, "{key}");
    }
}

#[tokio::test]
async fn money_goes_back_once() {
    let world = World::new().await;
    let toss = world.toss();
    let id = PaymentId::generate();
    toss.confirm(charge(id, "ok_1")).await.unwrap();
    for reason in [CancelReason::Refund, CancelReason::Refund, CancelReason::Void] {
        toss.cancel(id, "ok_1", reason).await.unwrap();
        assert_eq!(world.pg.overview().totals.cancelled, 1_000);
    }
    assert_eq!(toss.order(id).await.unwrap().unwrap().status, OrderStatus::Cancelled);
    let unknown = toss.cancel(PaymentId::generate(), "ok_?/../x", CancelReason::Void).await;
    assert!(matches!(unknown, Err(GatewayError::Refused { status: 404, .. })));
}

#[tokio::test]
async fn a_wrong_secret_is_our_mistake_and_no_decline() {
    let world = World::new().await;
    let toss = Toss::new(&world.pg.url, "wrong", PG_TIMEOUT).unwrap();
    let id = PaymentId::generate();
    let refused = toss.confirm(charge(id, "ok_1")).await;
    assert!(matches!(refused, Err(GatewayError::Refused { status: 401, .. })));
    assert!(toss.order(id).await.is_err());
    assert!(!format!("{toss:?}").contains("wrong"));
}

#[tokio::test]
async fn an_answer_that_is_not_the_pgs_decides_nothing() {
    let id = PaymentId::generate();
    for (status, body) in [(200, "<html>"), (200, "{}"), (200, r#"{"status":"DONE"}"#), (502, ""), (503, "busy")] {
        let (url, _) = stub(status, body).await;
        let toss = Toss::new(&url, "key", PG_TIMEOUT).unwrap();
        let outcome = toss.confirm(charge(id, "ok_1")).await.unwrap();
        assert_eq!(outcome, Outcome::Unknown(Doubt::Unavailable), "{status} {body}");
        assert!(toss.order(id).await.is_err(), "{status} {body}");
    }
    let foreign = r#"{"paymentKey":"k","orderId":"pay_x","status":"DONE","totalAmount":1000,"currency":"KRW"}"#;
    let (url, _) = stub(200, foreign).await;
    let toss = Toss::new(&url, "key", PG_TIMEOUT).unwrap();
    let outcome = toss.confirm(charge(id, "ok_1")).await.unwrap();
    assert_eq!(outcome, Outcome::Unknown(Doubt::Unavailable));
    assert!(matches!(toss.order(id).await, Err(GatewayError::Unintelligible(_))));
    // A proxy's "not found" does not say that the PG knows no such order.
    let (url, _) = stub(404, "not here").await;
    let toss = Toss::new(&url, "key", PG_TIMEOUT).unwrap();
    assert!(toss.order(id).await.is_err());
    assert!(toss.confirm(charge(id, "ok_1")).await.is_err());
}

#[tokio::test]
async fn questions_are_repeated_a_little_and_charges_are_not() {
    let (url, count) = stub(500, "").await;
    let toss = Toss::new(&url, "key", Duration::from_secs(2)).unwrap();
    toss.order(PaymentId::generate()).await.unwrap_err();
    assert_eq!(count.swap(0, Ordering::SeqCst), 3);
    toss.confirm(charge(PaymentId::generate(), "ok_1")).await.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 1);
}

/// The worker's time is planned in calls, so a call may not take several time-outs.
#[tokio::test]
async fn repeating_a_question_takes_no_longer_than_one_that_is_not_answered() {
    let slow = Router::new().fallback(|| async {
        tokio::time::sleep(PG_TIMEOUT * 3 / 4).await;
        StatusCode::INTERNAL_SERVER_ERROR
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, slow).await });
    let toss = Toss::new(&url, "key", PG_TIMEOUT).unwrap();
    let begun = Instant::now();
    toss.order(PaymentId::generate()).await.unwrap_err();
    // Two of its answers alone would take half as long again.
    assert!(begun.elapsed() < PG_TIMEOUT * 3 / 2);
}

#[test]
fn addresses_must_be_absolute() {
    for bad in ["", "pg.example", "mailto:pg@example.com", "/v1"] {
        assert!(Toss::new(bad, "key", PG_TIMEOUT).is_err(), "{bad}");
    }
}
