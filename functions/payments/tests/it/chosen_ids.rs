//! Ids that clients choose, over HTTP.

use contracts::ids::{PaymentId, ReservationId, UserId};
use serde_json::{Value, json};

use crate::common::{Answer, Event, World};

fn refusal((status, body): &Answer) -> (u16, &str) {
    (*status, body["code"].as_str().unwrap_or_default())
}

#[tokio::test]
async fn the_same_request_is_answered_the_same_and_another_is_told_no_more_than_that_the_id_is_taken() {
    let world = World::new().await;
    let (caller, stranger) = (|| Event::by(world.user), || Event::by(UserId::generate()));
    let pay = json!({
        "reservationId": ReservationId::generate(), "method": "CARD", "paymentKey": "ok_1",
        "paymentId": PaymentId::generate(),
    });
    let charge = json!({"amount": 5_000, "paymentKey": "ok_1", "chargeId": PaymentId::generate()});
    for _ in 0..2 {
        let accepted = |id: &Value| (202, json!({"id": id, "status": "PROCESSING"}));
        assert_eq!(world.pay(caller().body(&pay)).await, accepted(&pay["paymentId"]));
        assert_eq!(world.charge_points(caller().body(&charge)).await, accepted(&charge["chargeId"]));
    }
    let with = |body: &Value, member: &str, value: Value| {
        let mut body = body.clone();
        body[member] = value;
        body
    };
    let taken = [
        world.pay(stranger().body(&pay)).await,
        world.pay(caller().body(&with(&pay, "reservationId", json!(ReservationId::generate())))).await,
        world.pay(caller().body(&with(&pay, "paymentKey", json!("ok_2")))).await,
        world.pay(caller().body(&with(&pay, "paymentId", charge["chargeId"].clone()))).await,
    ];
    for answer in &taken {
        assert_eq!(refusal(answer), (409, "payment_id_taken"));
        assert_eq!(answer.1, taken[0].1, "nothing tells whose it is");
    }
    for body in [with(&charge, "amount", json!(1)), with(&charge, "chargeId", pay["paymentId"].clone())] {
        assert_eq!(refusal(&world.charge_points(caller().body(&body)).await), (409, "charge_id_taken"));
    }
    assert_eq!(refusal(&world.charge_points(stranger().body(&charge)).await), (409, "charge_id_taken"));
}

#[tokio::test]
async fn ids_that_nobody_can_have_made_for_this_request_are_refused() {
    let world = World::new().await;
    for id in [
        json!(PaymentId::generate().to_string().to_uppercase()),
        json!(PaymentId::generate().to_string().replace("pay_", "pay_A").replacen('0', "", 1)),
        json!("pay_018f0000-0000-7000-8000-000000000000"),
        json!("pay_fffffffe-0000-7000-8000-000000000000"),
        json!("pay_7c9e6679-7425-40de-944b-e07fc1f90ae7"),
        json!(ReservationId::generate()),
        json!(""),
        json!(7),
        json!([PaymentId::generate()]),
    ] {
        let pay = json!({
            "reservationId": ReservationId::generate(), "method": "CARD", "paymentKey": "ok_1", "paymentId": id,
        });
        let charge = json!({"amount": 5_000, "paymentKey": "ok_1", "chargeId": id});
        for (answer, pointer) in [
            (world.pay(Event::by(world.user).body(&pay)).await, "/paymentId"),
            (world.charge_points(Event::by(world.user).body(&charge)).await, "/chargeId"),
        ] {
            assert_eq!(refusal(&answer), (422, "validation_failed"), "{id}");
            assert_eq!(answer.1["errors"][0]["pointer"], pointer, "{id}");
        }
    }
    for absent in [json!({}), json!({"paymentId": null})] {
        let mut body = json!({"reservationId": ReservationId::generate(), "method": "CARD", "paymentKey": "ok_1"});
        body.as_object_mut().unwrap().extend(absent.as_object().unwrap().clone());
        assert_eq!(world.pay(Event::by(world.user).body(&body)).await.0, 202);
    }
}
