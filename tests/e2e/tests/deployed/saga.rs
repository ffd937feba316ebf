//! What comes of a payment, by what the gateway does; the payment key decides that.

use std::time::Duration;

use e2e::hall::{PRICE, Plan};
use e2e::person::{Person, id_of};
use e2e::pg::{self, Order, payment_key};
use e2e::wait::{LATER, eventually, when};
use serde_json::{Value, json};
use tokio::time::Instant;

const NOTHING: Order = Order { approvals: 0, captured: 0, cancelled: 0 };

/// Somebody with 10,000 points who pays them and the rest by card, at a gateway that behaves like this.
async fn mixed(behaviour: &str) -> (Person, String, String) {
    let hall = Plan::seated(1, 2).open().await;
    let buyer = Person::register().await;
    buyer.buy_points(10_000).await;
    let reservation = buyer.hold(&hall, &["R1-1"]).await;
    let payment = id_of(&buyer.pay_mixed(&reservation, 10_000, behaviour).await.expect(202));
    (buyer, reservation, payment)
}

/// That nothing was kept and the reservation can still be paid.
async fn assert_failed((buyer, reservation, payment): &(Person, String, String), code: &str) {
    let failed = buyer.settled_as(payment, "FAILED").await;
    assert_eq!(failed["failureCode"], code);
    let reopened = buyer.reservation_as(reservation, "PENDING", "FAILED").await;
    assert!(reopened["expiresAt"].is_string(), "{reopened}");
    assert_eq!(pg::order(payment).await, NOTHING);
    assert_eq!(buyer.points().await, 10_000);
}

/// That all was paid, once.
async fn assert_paid((buyer, reservation, payment): &(Person, String, String)) {
    buyer.settled_as(payment, "SUCCESS").await;
    buyer.reservation_as(reservation, "CONFIRMED", "SUCCESS").await;
    let captured = u64::try_from(PRICE - 10_000).unwrap();
    assert_eq!(pg::order(payment).await, Order { approvals: 1, captured, cancelled: 0 });
    assert_eq!(buyer.points().await, 0);
}

#[tokio::test]
async fn after_a_declined_card_another_one_pays() {
    let declined = mixed("decline").await;
    assert_failed(&declined, "card_declined").await;
    let (buyer, reservation, _) = declined;
    let again = id_of(&buyer.pay_mixed(&reservation, 10_000, "ok").await.expect(202));
    assert_paid(&(buyer, reservation, again)).await;
}

#[tokio::test]
async fn a_gateway_that_fails_keeps_nothing() {
    assert_failed(&mixed("error").await, "pg_unavailable").await;
}

#[tokio::test]
async fn an_approval_that_was_never_heard_of_counts_once() {
    assert_paid(&mixed("timeout_ok").await).await;
}

#[tokio::test]
async fn a_gateway_that_never_answers_keeps_nothing() {
    assert_failed(&mixed("timeout_no").await, "pg_timeout").await;
}

#[tokio::test]
async fn a_late_approval_is_told_by_webhook() {
    let asked = mixed("late").await;
    let begun = Instant::now();
    assert_paid(&asked).await;
    // The queue would ask again after a minute.
    assert!(begun.elapsed() < Duration::from_secs(40), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn seats_stay_with_their_buyer_while_a_payment_is_undecided() {
    let hall = Plan::seated(1, 1).open().await;
    let (buyer, rival) = (Person::register().await, Person::register().await);
    let reservation = buyer.hold(&hall, &["R1-1"]).await;
    let payment = id_of(&buyer.pay_by_card(&reservation, "timeout_no").await.expect(202));
    buyer.reservation_as(&reservation, "PENDING", "PROCESSING").await;
    rival.reserve(&hall, &["R1-1"]).await.refused(409, "seats_unavailable");
    buyer.api.delete(format!("/seats/reservation/{reservation}")).await.refused(409, "payment_in_progress");
    buyer.pay_by_card(&reservation, "ok").await.refused(409, "payment_in_progress");
    let paying = buyer.reservation(&reservation).await;
    buyer.cancel(&paying).await.refused(409, "payment_in_progress");
    buyer.settled_as(&payment, "FAILED").await;
    rival.reserve(&hall, &["R1-1"]).await.refused(409, "seats_unavailable");
}

#[tokio::test]
async fn a_payment_key_pays_for_one_order_only() {
    let hall = Plan::seated(1, 2).open().await;
    let (buyer, thief) = (Person::register().await, Person::register().await);
    let key = payment_key("ok");
    let pay = |reservation: &str| json!({"reservationId": reservation, "method": "CARD", "paymentKey": key});
    let first = buyer.hold(&hall, &["R1-1"]).await;
    let payment = id_of(&buyer.api.post("/payments", &pay(&first)).await.expect(202));
    buyer.settled_as(&payment, "SUCCESS").await;

    let second = thief.hold(&hall, &["R1-2"]).await;
    let stolen = id_of(&thief.api.post("/payments", &pay(&second)).await.expect(202));
    let failed = thief.settled_as(&stolen, "FAILED").await;
    assert!(failed["failureCode"].as_str().is_some_and(|code| code.ends_with("_key_used")), "{failed}");
    assert_eq!(pg::order(&payment).await, Order { approvals: 1, captured: 45_000, cancelled: 0 });
    assert_eq!(pg::order(&stolen).await, NOTHING);
}

#[tokio::test]
async fn a_forged_webhook_changes_nothing() {
    let hall = Plan::seated(1, 1).open().await;
    let buyer = Person::register().await;
    let reservation = buyer.hold(&hall, &["R1-1"]).await;
    let key = payment_key("decline");
    let body = json!({"reservationId": reservation, "method": "CARD", "paymentKey": key});
    let payment = id_of(&buyer.api.post("/payments", &body).await.expect(202));
    buyer.settled_as(&payment, "FAILED").await;
    let before = buyer.reservation_as(&reservation, "PENDING", "FAILED").await;

    let forged = notification(&payment, &key, "DONE");
    buyer.api.without_token().post("/payments/webhook", &forged).await.refused(401, "unverifiable_webhook");
    assert_eq!(buyer.payment(&payment).await["status"], "FAILED");
    assert_eq!(buyer.reservation(&reservation).await, before);
    assert_eq!(pg::order(&payment).await, NOTHING);
}

#[tokio::test]
async fn webhooks_about_nothing_of_ours_are_unverifiable() {
    let api = e2e::api::Api::anonymous();
    let unknown = "pay_01890000-0000-7000-8000-000000000000";
    for body in [
        notification(unknown, "ok_1", "DONE"),
        notification("order-7", "ok_1", "DONE"),
        notification(unknown, "ok_1", "NO_SUCH_STATUS"),
        json!({"eventType": "payout.changed", "data": {}}),
        json!({}),
        json!([1, 2]),
    ] {
        api.post("/payments/webhook", &body).await.refused(401, "unverifiable_webhook");
    }
}

#[tokio::test]
async fn a_webhook_told_again_is_harmless() {
    let hall = Plan::seated(1, 1).open().await;
    let buyer = Person::register().await;
    let reservation = buyer.hold(&hall, &["R1-1"]).await;
    let key = payment_key("ok");
    let body = json!({"reservationId": reservation, "method": "CARD", "paymentKey": key});
    let payment = id_of(&buyer.api.post("/payments", &body).await.expect(202));
    let confirmed = buyer.reservation_as(&reservation, "CONFIRMED", "SUCCESS").await;

    let genuine = pg::notification(&key).await;
    for _ in 0..3 {
        assert_eq!(buyer.api.without_token().post("/payments/webhook", &genuine).await.expect(200), json!({}));
    }
    assert_eq!(buyer.reservation(&reservation).await, confirmed);
    let once = Order { approvals: 1, captured: 45_000, cancelled: 0 };
    assert_eq!(pg::order(&payment).await, once);

    // Told once more after the money went back.
    buyer.cancel(&confirmed).await.expect(202);
    let cancelled = buyer.reservation_as(&reservation, "CANCELLED", "REFUNDED").await;
    buyer.api.without_token().post("/payments/webhook", &genuine).await.expect(200);
    assert_eq!(buyer.reservation(&reservation).await, cancelled);
    assert_eq!(pg::order(&payment).await, Order { cancelled: 45_000, ..once });
}

#[tokio::test]
async fn a_purchase_of_points_that_is_approved_late_is_credited_once() {
    let buyer = Person::register().await;
    let body = json!({"amount": 7_000, "paymentKey": payment_key("late")});
    let payment = id_of(&buyer.api.post("/points/charge", &body).await.expect(202));
    // The gateway takes its time, and a rush of another test may be under way.
    let credited = async || {
        let points = buyer.points().await;
        when(points == 7_000, points)
    };
    eventually("the points are there", LATER, credited).await;
    assert_eq!(buyer.settled_as(&payment, "SUCCESS").await["reservationId"], Value::Null);
    assert_eq!(buyer.points_history().await.len(), 1);
}

fn notification(order: &str, key: &str, status: &str) -> Value {
    let data = json!({"orderId": order, "paymentKey": key, "status": status, "totalAmount": PRICE});
    json!({"eventType": "PAYMENT_STATUS_CHANGED", "createdAt": "2026-11-21T12:00:00.000000", "data": data})
}
