//! What every operation refuses.

use contracts::ids::{PaymentId, ReservationId, UserId};
use serde_json::{Value, json};

use crate::common::{Answer, Event, World};

fn refused((status, body): Answer, expected: u16, code: &str, what: &str) {
    assert_eq!((status, body["code"].as_str()), (expected, Some(code)), "{what}: {body}");
    assert_eq!(body["requestId"], "req-1");
}

/// Bodies that no operation can read.
async fn unreadable<F: AsyncFn(Event) -> Answer>(base: Event, send: F) {
    for (text, status, code) in [
        ("", 400, "malformed_request"),
        ("{", 400, "malformed_request"),
        ("\u{0}", 400, "malformed_request"),
        (&"x".repeat(300_000), 413, "payload_too_large"),
    ] {
        refused(send(base.clone().text(text)).await, status, code, &text[..text.len().min(9)]);
    }
    let plain = base.header("content-type", "text/plain").text("{}");
    refused(send(plain).await, 415, "unsupported_media_type", "text/plain");
}

#[tokio::test]
async fn nobody_without_a_token() {
    let world = World::new().await;
    let event = || Event::anonymous().body(&json!({})).at("paymentId", &PaymentId::generate().to_string());
    for answer in [
        world.pay(event()).await,
        world.payment(event()).await,
        world.points(event()).await,
        world.charge_points(event()).await,
        world.history(event()).await,
    ] {
        refused(answer, 401, "unauthenticated", "no token");
    }
}

#[tokio::test]
async fn payments_of_the_wrong_shape() {
    let world = World::new().await;
    let caller = || Event::by(world.user);
    unreadable(caller(), async |event| world.pay(event).await).await;
    let good =
        json!({"reservationId": ReservationId::generate(), "method": "MIXED", "pointAmount": 1, "paymentKey": "ok_1"});
    for (member, value, pointer) in [
        ("reservationId", json!("rsv_1"), "/reservationId"),
        ("reservationId", json!(PaymentId::generate()), "/reservationId"),
        ("reservationId", json!(7), "/reservationId"),
        ("method", json!("CASH"), "/method"),
        ("method", json!("card"), "/method"),
        ("method", json!("CARD"), "/pointAmount"),
        ("method", json!("POINT"), "/paymentKey"),
        ("pointAmount", json!(0), "/pointAmount"),
        ("pointAmount", json!(-1), "/pointAmount"),
        ("pointAmount", json!(1.5), "/pointAmount"),
        ("pointAmount", json!("1"), "/pointAmount"),
        ("pointAmount", json!(9_007_199_254_740_992_i64), "/pointAmount"),
        ("pointAmount", json!(1e30), "/pointAmount"),
        ("pointAmount", Value::Null, "/pointAmount"),
        ("paymentKey", Value::Null, "/paymentKey"),
        ("paymentKey", json!(""), "/paymentKey"),
        ("paymentKey", json!("a b"), "/paymentKey"),
        ("paymentKey", json!("ok_é"), "/paymentKey"),
        ("paymentKey", json!("ok\n"), "/paymentKey"),
        ("paymentKey", json!("x".repeat(201)), "/paymentKey"),
        ("paymentKey", json!(["ok_1"]), "/paymentKey"),
    ] {
        let mut body = good.clone();
        body[member] = value;
        let answer = world.pay(caller().body(&body)).await;
        assert_eq!(answer.1["errors"][0]["pointer"], pointer, "{body}");
        refused(answer, 422, "validation_failed", &body.to_string());
    }
    for body in [json!({}), json!([]), json!(null), json!("x"), json!(1)] {
        let answer = world.pay(caller().body(&body)).await;
        refused(answer, 422, "validation_failed", &body.to_string());
    }
    let key = caller().body(&good).header("idempotency-key", &"k".repeat(301));
    refused(world.pay(key).await, 422, "validation_failed", "a long key");
    assert!(world.table.items().await.is_empty());
}

#[tokio::test]
async fn purchases_of_the_wrong_shape() {
    let world = World::new().await;
    let caller = || Event::by(world.user);
    unreadable(caller(), async |event| world.charge_points(event).await).await;
    for (body, pointer) in [
        (json!({"amount": 0, "paymentKey": "ok_1"}), "/amount"),
        (json!({"amount": -5, "paymentKey": "ok_1"}), "/amount"),
        (json!({"amount": 10_000_001, "paymentKey": "ok_1"}), "/amount"),
        (json!({"amount": "5", "paymentKey": "ok_1"}), "/amount"),
        (json!({"amount": 1.5, "paymentKey": "ok_1"}), "/amount"),
        (json!({"amount": 5, "paymentKey": ""}), "/paymentKey"),
        (json!({"amount": 5, "paymentKey": null}), "/paymentKey"),
    ] {
        let answer = world.charge_points(caller().body(&body)).await;
        assert_eq!(answer.1["errors"][0]["pointer"], pointer, "{body}");
        refused(answer, 422, "validation_failed", &body.to_string());
    }
    let answer = world.charge_points(caller().body(&json!({"amount": 5}))).await;
    refused(answer, 422, "validation_failed", "no key");
    assert!(world.table.items().await.is_empty());
}

#[tokio::test]
async fn payments_that_are_not_there_or_not_yours() {
    let world = World::new().await;
    for id in ["", "x", "pay_1", &ReservationId::generate().to_string(), &PaymentId::generate().to_string()] {
        let answer = world.payment(Event::by(world.user).at("paymentId", id)).await;
        refused(answer, 404, "not_found", id);
    }
    refused(world.payment(Event::by(world.user)).await, 404, "not_found", "no id");
    let body = json!({"amount": 5, "paymentKey": "ok_1"});
    let (_, order) = world.charge_points(Event::by(world.user).body(&body)).await;
    let stranger = Event::by(UserId::generate()).at("paymentId", order["id"].as_str().unwrap());
    refused(world.payment(stranger).await, 404, "not_found", "somebody else's");
}

#[tokio::test]
async fn pages_that_are_none() {
    let world = World::new().await;
    // The cursors decode to -1, "x" and 1.5.
    for query in ["limit=0", "limit=101", "limit=x", "cursor=%25%25", "cursor=LTE", "cursor=Ingi", "cursor=MS41"] {
        let answer = world.history(Event::by(world.user).query(query)).await;
        refused(answer, 422, "validation_failed", query);
    }
    for query in ["cursor=MA", "cursor=MTg0NDY3NDQwNzM3MDk1NTE2MTU", "limit=100"] {
        let (status, body) = world.history(Event::by(world.user).query(query)).await;
        assert_eq!((status, body), (200, json!({"items": [], "nextCursor": null})), "{query}");
    }
}

#[tokio::test]
async fn notifications_that_are_none() {
    let world = World::new().await;
    unreadable(Event::anonymous(), async |event| world.webhook(event).await).await;
    let data = json!({"orderId": PaymentId::generate(), "paymentKey": "ok_1", "status": "DONE", "totalAmount": 5});
    let mut bodies = vec![
        json!({}),
        json!([]),
        json!(null),
        json!({"eventType": "PAYMENT_STATUS_CHANGED"}),
        json!({"eventType": "PAYMENT_STATUS_CHANGED", "data": data}),
        json!({"eventType": "DEPOSIT_CALLBACK", "data": data}),
    ];
    for (member, value) in [("status", json!("GREAT")), ("orderId", json!(1)), ("totalAmount", json!("5"))] {
        let mut data = data.clone();
        data[member] = value;
        bodies.push(json!({"eventType": "PAYMENT_STATUS_CHANGED", "data": data}));
    }
    for body in bodies {
        let answer = world.webhook(Event::anonymous().body(&body)).await;
        refused(answer, 401, "unverifiable_webhook", &body.to_string());
    }
}
