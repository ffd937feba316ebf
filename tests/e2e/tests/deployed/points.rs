//! Points that are not there, and amounts that do not fit.

use e2e::hall::{PRICE, Plan};
use e2e::person::{Person, id_of};
use e2e::pg::payment_key;
use serde_json::{Value, json};

#[tokio::test]
async fn an_account_begins_with_nothing() {
    let buyer = Person::register().await;
    assert_eq!(buyer.api.get("/points").await.expect(200), json!({"balance": 0, "currency": "KRW"}));
    assert_eq!(buyer.points_history().await, []);
}

#[tokio::test]
async fn a_declined_purchase_adds_nothing() {
    let buyer = Person::register().await;
    let body = json!({"amount": 10_000, "paymentKey": payment_key("decline")});
    let payment = id_of(&buyer.api.post("/points/charge", &body).await.expect(202));
    let failed = buyer.settled_as(&payment, "FAILED").await;
    assert_eq!((&failed["failureCode"], &failed["reservationId"]), (&json!("card_declined"), &Value::Null));
    assert_eq!((buyer.points().await, buyer.points_history().await), (0, vec![]));
}

#[tokio::test]
async fn nobody_pays_with_points_they_do_not_have() {
    let hall = Plan::seated(1, 1).open().await;
    let buyer = Person::register().await;
    buyer.buy_points(PRICE - 1).await;
    let reservation = buyer.hold(&hall, &["R1-1"]).await;
    buyer.pay_in_points(&reservation).await.refused(422, "insufficient_points");
    let problem = buyer.pay_mixed(&reservation, PRICE, "ok").await;
    assert_eq!(problem.status, 422, "{problem}");
    assert_eq!(buyer.reservation(&reservation).await["paymentStatus"], "NONE");
    buyer.pay_mixed(&reservation, PRICE - 1, "ok").await.expect(202);
    buyer.reservation_as(&reservation, "CONFIRMED", "SUCCESS").await;
    assert_eq!(buyer.points().await, 0);
}

#[tokio::test]
async fn amounts_must_make_up_the_total() {
    let hall = Plan::seated(1, 1).open().await;
    let buyer = Person::register().await;
    buyer.buy_points(2 * PRICE).await;
    let reservation = buyer.hold(&hall, &["R1-1"]).await;
    buyer.pay_mixed(&reservation, PRICE + 1, "ok").await.refused(422, "amount_mismatch");
    let body = json!({"reservationId": reservation, "method": "POINT", "pointAmount": PRICE - 1});
    buyer.api.post("/payments", &body).await.refused(422, "amount_mismatch");
    assert_eq!(buyer.points().await, 2 * PRICE);
}

#[tokio::test]
async fn points_that_are_wanted_twice_are_spent_once() {
    let halls = [Plan::seated(1, 1).open().await, Plan::seated(1, 1).open().await];
    let buyer = Person::register().await;
    buyer.buy_points(PRICE + 1).await;
    let reservations = [buyer.hold(&halls[0], &["R1-1"]).await, buyer.hold(&halls[1], &["R1-1"]).await];
    let answers = tokio::join!(
        buyer.pay_in_points(&reservations[0]).into_future(),
        buyer.pay_in_points(&reservations[1]).into_future()
    );
    let mut paid = 0;
    for answer in [answers.0, answers.1] {
        match answer.status {
            202 => paid += usize::from(buyer.settled(&id_of(&answer.body)).await["status"] == "SUCCESS"),
            _ => drop(answer.refused(422, "insufficient_points")),
        }
    }
    assert_eq!((paid, buyer.points().await), (1, 1));
}
