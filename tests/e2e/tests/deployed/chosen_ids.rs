//! Payments whose ids the client made, as it must before it opens the gateway's page.

use e2e::hall::{PRICE, Plan};
use e2e::person::Person;
use e2e::pg::{self, Order, authorised, payment_key};
use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

fn fresh() -> String {
    format!("pay_{}", Uuid::now_v7())
}

fn order(reservation: &str, key: &str, id: &str) -> Value {
    json!({"reservationId": reservation, "method": "CARD", "paymentKey": key, "paymentId": id})
}

#[tokio::test]
async fn a_card_authorised_beforehand_pays_for_its_order_once() {
    let hall = Plan::seated(1, 2).open().await;
    let buyer = Person::register().await;
    let reservation = buyer.hold(&hall, &["R1-1"]).await;
    let id = fresh();
    let body = order(&reservation, &authorised(&id, PRICE).await, &id);
    let answers = join_all((0..6).map(|_| buyer.api.post("/payments", &body).into_future())).await;
    for answer in answers {
        assert_eq!(answer.expect(202), json!({"id": id, "status": "PROCESSING"}));
    }
    let confirmed = buyer.reservation_as(&reservation, "CONFIRMED", "SUCCESS").await;
    assert_eq!(confirmed["paymentId"], id.as_str());
    let captured = u64::try_from(PRICE).unwrap();
    assert_eq!(pg::order(&id).await, Order { approvals: 1, captured, cancelled: 0 });
    assert_eq!(buyer.api.post("/payments", &body).await.expect(202)["id"], id.as_str());

    // To everybody else the id is taken, and nothing more is said.
    let other = Person::register().await;
    let held = other.hold(&hall, &["R1-2"]).await;
    let problem = other.api.post("/payments", &order(&held, &payment_key("ok"), &id)).await;
    problem.refused(409, "payment_id_taken");
    other.pay_by_card(&held, "ok").await.expect(202);
    other.reservation_as(&held, "CONFIRMED", "SUCCESS").await;
    let charge = json!({"amount": 1_000, "paymentKey": payment_key("ok"), "chargeId": id});
    buyer.api.post("/points/charge", &charge).await.refused(409, "charge_id_taken");
}

#[tokio::test]
async fn of_two_buyers_who_want_one_id_at_once_one_pays_and_the_other_can_still() {
    let halls = [Plan::seated(1, 1).open().await, Plan::seated(1, 1).open().await];
    let buyers = [Person::register().await, Person::register().await];
    let held = [buyers[0].hold(&halls[0], &["R1-1"]).await, buyers[1].hold(&halls[1], &["R1-1"]).await];
    let id = fresh();
    let ask = |turn: usize| buyers[turn].api.post("/payments", &order(&held[turn], &payment_key("ok"), &id));
    let (first, second) = tokio::join!(ask(0).into_future(), ask(1).into_future());
    let (winner, loser) = if first.status == 202 { (0, second) } else { (1, first) };
    loser.refused(409, "payment_id_taken");
    buyers[winner].reservation_as(&held[winner], "CONFIRMED", "SUCCESS").await;
    let other = 1 - winner;
    buyers[other].pay_by_card(&held[other], "ok").await.expect(202);
    buyers[other].reservation_as(&held[other], "CONFIRMED", "SUCCESS").await;
}

#[tokio::test]
async fn a_card_authorised_for_another_amount_is_not_charged_and_the_seat_is_still_held() {
    let hall = Plan::seated(1, 1).open().await;
    let buyer = Person::register().await;
    let reservation = buyer.hold(&hall, &["R1-1"]).await;
    let id = fresh();
    let body = order(&reservation, &authorised(&id, PRICE - 1).await, &id);
    buyer.api.post("/payments", &body).await.expect(202);
    let failed = buyer.settled_as(&id, "FAILED").await;
    assert_eq!(failed["failureCode"], "payment_mismatch");
    assert_eq!(pg::order(&id).await.captured, 0);
    buyer.reservation_as(&reservation, "PENDING", "FAILED").await;
    let again = fresh();
    let body = order(&reservation, &authorised(&again, PRICE).await, &again);
    buyer.api.post("/payments", &body).await.expect(202);
    buyer.reservation_as(&reservation, "CONFIRMED", "SUCCESS").await;
}

#[tokio::test]
async fn points_are_bought_under_a_chosen_id_too() {
    let buyer = Person::register().await;
    let id = fresh();
    let body = json!({"amount": 5_000, "paymentKey": authorised(&id, 5_000).await, "chargeId": id});
    for _ in 0..2 {
        assert_eq!(buyer.api.post("/points/charge", &body).await.expect(202)["id"], id.as_str());
    }
    buyer.settled_as(&id, "SUCCESS").await;
    assert_eq!(buyer.points().await, 5_000);
}

#[tokio::test]
async fn ids_of_another_day_or_kind_are_refused() {
    let buyer = Person::register().await;
    for id in ["pay_018f0000-0000-7000-8000-000000000000", "pay_7c9e6679-7425-40de-944b-e07fc1f90ae7", "1"] {
        let body = json!({"amount": 5_000, "paymentKey": payment_key("ok"), "chargeId": id});
        let problem = buyer.api.post("/points/charge", &body).await.refused(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], "/chargeId", "{id}");
    }
}
