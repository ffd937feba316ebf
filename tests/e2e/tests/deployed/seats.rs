//! Holding and letting go.

use e2e::hall::Plan;
use e2e::person::{Person, id_of};
use serde_json::{Value, json};

#[tokio::test]
async fn a_lost_race_names_the_seats_lost_and_takes_none() {
    let hall = Plan::seated(2, 4).open().await;
    let (first, second) = (Person::register().await, Person::register().await);
    first.hold(&hall, &["R1-2", "R2-1"]).await;
    let problem = second.reserve(&hall, &["R1-1", "R1-2", "R2-1", "R2-2"]).await.refused(409, "seats_unavailable");
    let mut lost: Vec<_> = problem["seatIds"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    lost.sort_unstable();
    assert!(!lost.is_empty() && lost.iter().all(|seat| ["R1-2", "R2-1"].contains(seat)), "{problem}");
    second.hold(&hall, &["R1-1", "R2-2"]).await;
}

#[tokio::test]
async fn seats_that_are_not_for_sale_cannot_be_held() {
    let hall = Plan::seated(1, 2).open().await;
    let problem = Person::register().await.reserve(&hall, &["C1-1"]).await.refused(409, "seats_unavailable");
    assert_eq!(problem["seatIds"], json!(["C1-1"]));
}

#[tokio::test]
async fn a_released_hold_is_gone_and_its_seats_free() {
    let hall = Plan::seated(1, 2).open().await;
    let (first, second) = (Person::register().await, Person::register().await);
    let reservation = first.hold(&hall, &["R1-1"]).await;
    let path = format!("/seats/reservation/{reservation}");
    first.api.delete(&path).await.expect(204);
    first.api.get(&path).await.refused(404, "not_found");
    first.api.delete(&path).await.expect(204);
    assert_eq!(first.reservation(&reservation).await["status"], "CANCELLED");
    first.pay_by_card(&reservation, "ok").await.refused(409, "reservation_expired");
    second.hold(&hall, &["R1-1"]).await;
}

#[tokio::test]
async fn one_reservation_of_a_performance_is_pending_at_a_time() {
    let hall = Plan::seated(1, 4).open().await;
    let buyer = Person::register().await;
    let reservation = buyer.hold(&hall, &["R1-1"]).await;
    let problem = buyer.reserve(&hall, &["R1-2"]).await.refused(409, "reservation_pending");
    assert_eq!(problem["reservationId"], reservation);
    Person::register().await.hold(&hall, &["R1-2"]).await;
}

#[tokio::test]
async fn the_limit_counts_what_was_bought_before() {
    let hall = Plan::seated(1, 6).buyer_limit(3).open().await;
    let buyer = Person::register().await;
    buyer.reserve(&hall, &["R1-1", "R1-2", "R1-3", "R1-4"]).await.refused(409, "buyer_limit_exceeded");
    let bought = buyer.buy(&hall, &["R1-1", "R1-2"]).await;
    let problem = buyer.reserve(&hall, &["R1-3", "R1-4"]).await.refused(409, "buyer_limit_exceeded");
    assert_eq!(problem["limit"], 3);
    buyer.cancel(&bought).await.expect(202);
    buyer.reservation_as(&id_of(&bought), "CANCELLED", "REFUNDED").await;
    buyer.hold(&hall, &["R1-3", "R1-4", "R1-5"]).await;
}

#[tokio::test]
async fn the_best_seats_left_are_side_by_side() {
    let hall = Plan::seated(2, 5).open().await;
    Person::register().await.hold(&hall, &["R1-3"]).await;
    let buyer = Person::register().await;
    let items = json!([{"ticketTypeId": hall.ticket_type, "quantity": 4}]);
    let body = json!({"performanceId": hall.performance, "items": items, "adjacent": true});
    let reservation = buyer.api.post("/reservations", &body).await.expect(201);
    let seats: Vec<_> =
        reservation["seats"].as_array().unwrap().iter().map(|seat| seat["id"].as_str().unwrap()).collect();
    assert!(seats == ["R2-1", "R2-2", "R2-3", "R2-4"] || seats == ["R2-2", "R2-3", "R2-4", "R2-5"], "{seats:?}");
    let body = json!({"performanceId": hall.performance, "items": [{"ticketTypeId": hall.ticket_type, "quantity": 3}], "adjacent": true});
    Person::register().await.api.post("/reservations", &body).await.refused(409, "sold_out");
}

#[tokio::test]
async fn a_cancellation_needs_the_version_that_is_and_a_state_that_allows_it() {
    let hall = Plan::seated(1, 2).open().await;
    let buyer = Person::register().await;
    let confirmed = buyer.buy(&hall, &["R1-1"]).await;
    let mut old = confirmed.clone();
    old["version"] = json!(confirmed["version"].as_i64().unwrap() - 1);
    let problem = buyer.cancel(&old).await.refused(409, "version_conflict");
    assert_eq!(problem["version"], confirmed["version"]);
    buyer.cancel(&confirmed).await.expect(202);
    let cancelled = buyer.reservation_as(&id_of(&confirmed), "CANCELLED", "REFUNDED").await;
    buyer.cancel(&cancelled).await.refused(409, "not_cancellable");
}

#[tokio::test]
async fn a_pending_reservation_is_cancelled_without_a_refund() {
    let hall = Plan::seated(1, 2).open().await;
    let buyer = Person::register().await;
    let held = buyer.reserve(&hall, &["R1-1"]).await.expect(201);
    let cancelled = buyer.cancel(&held).await.expect(202);
    assert_eq!((&cancelled["status"], &cancelled["paymentStatus"]), (&json!("CANCELLED"), &json!("NONE")));
    assert_eq!(cancelled["paymentId"], Value::Null);
    Person::register().await.hold(&hall, &["R1-1"]).await;
}

#[tokio::test]
async fn a_paid_reservation_is_neither_released_nor_paid_again() {
    let hall = Plan::seated(1, 2).open().await;
    let buyer = Person::register().await;
    let reservation = id_of(&buyer.buy(&hall, &["R1-1"]).await);
    buyer.api.delete(format!("/seats/reservation/{reservation}")).await.refused(409, "reservation_not_pending");
    buyer.pay_by_card(&reservation, "ok").await.refused(409, "already_paid");
    assert_eq!(hall.seat("R1-1").await, "SOLD");
}

#[tokio::test]
async fn my_reservations_come_newest_first_page_by_page() {
    let buyer = Person::register().await;
    let admin = Person::admin().await;
    let mut made = Vec::new();
    for _ in 0..3 {
        let hall = Plan::seated(1, 1).open_as(&admin).await;
        made.insert(0, buyer.hold(&hall, &["R1-1"]).await);
    }
    let listed: Vec<_> = buyer.api.all("/reservations/my", 1).await.iter().map(id_of).collect();
    assert_eq!(listed, made);
}
