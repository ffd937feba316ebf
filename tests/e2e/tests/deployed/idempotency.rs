//! The same request sent again: one effect, one answer.

use e2e::api::{Answer, Call};
use e2e::hall::Plan;
use e2e::person::{Person, id_of};
use e2e::pg::{self, payment_key};
use e2e::wait::{SOON, eventually, when};
use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

const AT_ONCE: usize = 6;

fn key() -> String {
    Uuid::now_v7().to_string()
}

/// Sends a request many times at once under one key. Those that come while the first is running may be told so; all
/// others must get its answer, which is the result.
async fn at_once(request: impl Fn() -> Call, status: u16) -> Value {
    let answers = join_all((0..AT_ONCE).map(|_| request().into_future())).await;
    let (busy, answered): (Vec<Answer>, Vec<Answer>) =
        answers.into_iter().partition(|answer| answer.status == 409 && answer.code() == "request_in_progress");
    for answer in busy {
        assert!(!answer.header("retry-after").is_empty(), "{answer}");
        answer.refused(409, "request_in_progress");
    }
    let bodies: Vec<_> = answered.into_iter().map(|answer| answer.expect(status)).collect();
    let first = bodies.first().expect("one request gets through").clone();
    assert!(bodies.iter().all(|body| id_of(body) == id_of(&first)), "{bodies:?}");
    first
}

#[tokio::test]
async fn seats_are_held_once() {
    let hall = Plan::seated(1, 4).open().await;
    let (buyer, key) = (Person::register().await, key());
    let first = at_once(|| buyer.reserve(&hall, &["R1-1", "R1-2"]).key(&key), 201).await;
    let again = buyer.reserve(&hall, &["R1-1", "R1-2"]).key(&key).await.expect(201);
    assert_eq!(again, first);
    buyer.reserve(&hall, &["R1-3"]).key(&key).await.refused(422, "idempotency_key_reused");
    assert_eq!(buyer.api.all("/reservations/my", 10).await.len(), 1);
    // A key is its owner's.
    Person::register().await.reserve(&hall, &["R1-3"]).key(&key).await.expect(201);
}

#[tokio::test]
async fn best_seats_are_held_once() {
    let hall = Plan::seated(2, 6).open().await;
    let (buyer, key) = (Person::register().await, key());
    let first = at_once(|| buyer.reserve_any(&hall, 2).key(&key), 201).await;
    assert_eq!(buyer.reserve_any(&hall, 2).key(&key).await.expect(201), first);
    buyer.reserve_any(&hall, 3).key(&key).await.refused(422, "idempotency_key_reused");
    assert_eq!(hall.fresh_map().await["counts"]["held"], 2);
}

#[tokio::test]
async fn a_reservation_is_charged_once() {
    let hall = Plan::seated(1, 2).open().await;
    let (buyer, key) = (Person::register().await, key());
    let reservation = buyer.hold(&hall, &["R1-1"]).await;
    let body = json!({"reservationId": reservation, "method": "CARD", "paymentKey": payment_key("ok")});
    let first = at_once(|| buyer.api.post("/payments", &body).key(&key), 202).await;
    buyer.settled_as(&id_of(&first), "SUCCESS").await;
    assert_eq!(buyer.api.post("/payments", &body).key(&key).await.expect(202), first);
    let other = json!({"reservationId": reservation, "method": "CARD", "paymentKey": payment_key("ok")});
    buyer.api.post("/payments", &other).key(&key).await.refused(422, "idempotency_key_reused");
    let order = pg::order(&id_of(&first)).await;
    assert_eq!((order.approvals, order.captured), (1, 45_000));
}

#[tokio::test]
async fn points_are_bought_once() {
    let (buyer, key) = (Person::register().await, key());
    let body = json!({"amount": 5_000, "paymentKey": payment_key("ok")});
    let first = at_once(|| buyer.api.post("/points/charge", &body).key(&key), 202).await;
    buyer.settled_as(&id_of(&first), "SUCCESS").await;
    assert_eq!(buyer.api.post("/points/charge", &body).key(&key).await.expect(202), first);
    let other = json!({"amount": 6_000, "paymentKey": body["paymentKey"]});
    buyer.api.post("/points/charge", &other).key(&key).await.refused(422, "idempotency_key_reused");
    assert_eq!((buyer.points().await, buyer.points_history().await.len()), (5_000, 1));
}

#[tokio::test]
async fn a_reservation_is_cancelled_once() {
    let hall = Plan::seated(1, 2).open().await;
    let (buyer, key) = (Person::register().await, key());
    let confirmed = buyer.buy(&hall, &["R1-1"]).await;
    let payment = confirmed["paymentId"].as_str().unwrap();
    let first = at_once(|| buyer.cancel(&confirmed).key(&key), 202).await;
    buyer.reservation_as(&id_of(&confirmed), "CANCELLED", "REFUNDED").await;
    let again = buyer.cancel(&confirmed).key(&key).await.expect(202);
    assert_eq!((&again["id"], &again["status"]), (&first["id"], &first["status"]));
    let mut other = confirmed.clone();
    other["version"] = json!(1);
    buyer.cancel(&other).key(&key).await.refused(422, "idempotency_key_reused");
    eventually("the money is back", SOON, async || {
        let order = pg::order(payment).await;
        when(order.cancelled == order.captured, order)
    })
    .await;
}

#[tokio::test]
async fn a_key_of_one_cancellation_does_not_answer_for_another() {
    let hall = Plan::seated(1, 2).open().await;
    let (buyer, key) = (Person::register().await, key());
    let (first, second) = (buyer.buy(&hall, &["R1-1"]).await, buyer.buy(&hall, &["R1-2"]).await);
    assert_eq!(first["version"], second["version"], "both requests have the same body");
    buyer.cancel(&first).key(&key).await.expect(202);
    buyer.cancel(&second).key(&key).await.refused(422, "idempotency_key_reused");
    assert_eq!(buyer.reservation(&id_of(&second)).await["status"], "CONFIRMED");
}

#[tokio::test]
async fn keys_have_a_length() {
    let hall = Plan::seated(1, 2).open().await;
    let buyer = Person::register().await;
    buyer.reserve(&hall, &["R1-1"]).key(&"k".repeat(301)).await.refused(422, "validation_failed");
    buyer.reserve(&hall, &["R1-1"]).key("").await.refused(422, "validation_failed");
    buyer.reserve(&hall, &["R1-1"]).key(&"k".repeat(300)).await.expect(201);
}
