//! Paying, buying points, and the workers' messages.

use contracts::event::{Envelope, EventType};
use contracts::ids::ReservationId;
use contracts::payments::PaymentState;
use jiff::Timestamp;
use kit::worker::Delivery;
use payments_functions::{charge_payment, refund_payment};
use serde_json::{Value, json};

use crate::common::{Event, World};

fn delivery(event_type: EventType, data: Value) -> Delivery {
    Delivery {
        event: Envelope {
            event_type,
            aggregate_id: data["id"].as_str().unwrap_or_default().to_owned(),
            version: 1,
            at: Timestamp::now(),
            data,
        },
        attempt: 1,
    }
}

async fn state(world: &World, id: &str) -> PaymentState {
    world.store().payment(id.parse().unwrap()).await.unwrap().unwrap()
}

#[tokio::test]
async fn points_are_bought_spent_and_given_back() {
    let world = World::new().await;
    let caller = || Event::by(world.user);
    assert_eq!(world.points(caller()).await, (200, json!({"balance": 0, "currency": "KRW"})));

    let order = caller().body(&json!({"amount": 5_000, "paymentKey": "ok_1"})).header("idempotency-key", "k");
    let (status, bought) = world.charge_points(order.clone()).await;
    assert_eq!((status, &bought["status"]), (202, &json!("PROCESSING")));
    assert_eq!(world.charge_points(order).await, (202, bought.clone()));
    let bought = bought["id"].as_str().unwrap();
    assert_eq!(world.see(bought).await["status"], "PROCESSING");
    let message = serde_json::to_value(state(&world, bought).await).unwrap();
    let charge = delivery(EventType::PaymentRequested, message);
    charge_payment::handle(&world.settlement(), charge).await.unwrap();
    let seen = world.see(bought).await;
    assert_eq!((&seen["status"], &seen["reservationId"]), (&json!("SUCCESS"), &Value::Null));

    let reservation = ReservationId::generate();
    let body = json!({"reservationId": reservation, "method": "MIXED", "pointAmount": 300, "paymentKey": "ok_2"});
    let pay = caller().body(&body).header("idempotency-key", "k");
    let (status, paid) = world.pay(pay.clone()).await;
    assert_eq!((status, &paid["status"]), (202, &json!("PROCESSING")));
    assert_eq!(world.pay(pay).await, (202, paid.clone()));
    let other = json!({"reservationId": reservation, "method": "CARD", "paymentKey": "ok_2"});
    let (status, problem) = world.pay(caller().body(&other).header("idempotency-key", "k")).await;
    assert_eq!((status, &problem["code"]), (422, &json!("idempotency_key_reused")));
    let id = paid["id"].as_str().unwrap();
    world.charge(id).await;
    let expected = json!({
        "id": id, "reservationId": reservation, "amount": 1_000, "method": "MIXED", "pointUsed": 300,
        "cardAmount": 700, "currency": "KRW", "status": "SUCCESS", "failureCode": null,
    });
    assert_eq!(world.see(id).await, expected);

    let cancelled = json!({
        "id": reservation, "version": 4, "userId": world.user, "performanceId": "prf_018f0000-0000-7000-8000-000000000000",
        "status": "CANCELLING", "paymentStatus": "SUCCESS", "lines": [], "currency": "KRW", "expiresAt": 0,
        "paymentId": id,
    });
    for _ in 0..2 {
        let refund = delivery(EventType::CancellationRequested, cancelled.clone());
        refund_payment::handle(&world.settlement(), refund).await.unwrap();
        assert_eq!(world.see(id).await["status"], "REFUNDED");
    }

    let (_, first) = world.history(caller().query("limit=2")).await;
    let cursor = first["nextCursor"].as_str().unwrap();
    let (_, second) = world.history(caller().query(&format!("limit=2&cursor={cursor}"))).await;
    assert_eq!(second["nextCursor"], Value::Null);
    let entries: Vec<_> = [&first, &second].iter().flat_map(|page| page["items"].as_array().unwrap()).collect();
    let line = |entry: &Value| (entry["type"].clone(), entry["amount"].clone(), entry["balanceAfter"].clone());
    let expected = [("REFUND", 300, 5_000), ("USE", -300, 4_700), ("CHARGE", 5_000, 5_000)];
    assert_eq!(entries.len(), 3);
    for (entry, (kind, amount, after)) in entries.iter().zip(expected) {
        assert_eq!(line(entry), (json!(kind), json!(amount), json!(after)));
        assert!(entry["reference"].is_string() && entry["createdAt"].is_string());
    }
    assert_eq!(world.points(caller()).await.1["balance"], 5_000);
}

#[tokio::test]
async fn a_declined_card_is_told_with_its_reason() {
    let world = World::new().await;
    let body = json!({"reservationId": ReservationId::generate(), "method": "CARD", "paymentKey": "decline_1"});
    let (_, paid) = world.pay(Event::by(world.user).body(&body)).await;
    let id = paid["id"].as_str().unwrap();
    world.charge(id).await;
    let seen = world.see(id).await;
    assert_eq!((&seen["status"], &seen["failureCode"]), (&json!("FAILED"), &json!("card_declined")));
}

#[tokio::test]
async fn what_cannot_be_paid_says_why() {
    let world = World::new().await;
    for (method, points, code) in
        [(json!("POINT"), Value::Null, "insufficient_points"), (json!("POINT"), json!(5), "amount_mismatch")]
    {
        let body = json!({"reservationId": ReservationId::generate(), "method": method, "pointAmount": points});
        let (status, problem) = world.pay(Event::by(world.user).body(&body)).await;
        assert_eq!((status, &problem["code"], &problem["totalAmount"]), (422, &json!(code), &json!(1_000)));
    }
}

#[tokio::test]
async fn messages_of_other_queues_and_shapes_are_kept_for_somebody_to_look_at() {
    let world = World::new().await;
    let settlement = world.settlement();
    for message in [delivery(EventType::PaymentSucceeded, json!({})), delivery(EventType::PaymentRequested, json!({}))]
    {
        charge_payment::handle(&settlement, message).await.unwrap_err();
    }
    for message in [
        delivery(EventType::ReservationConfirmed, json!({})),
        delivery(EventType::CancellationRequested, json!({"id": "rsv_1"})),
    ] {
        refund_payment::handle(&settlement, message).await.unwrap_err();
    }
}
