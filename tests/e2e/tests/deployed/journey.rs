//! What a buyer does, from opening an account to getting the money back.

use e2e::hall::{PRICE, Plan, status_in, unpacked};
use e2e::mailbox::mail_about;
use e2e::person::{PASSWORD, Person, id_of};
use e2e::pg::{self, Order};
use e2e::wait::{SOON, eventually, when};
use serde_json::{Value, json};

#[tokio::test]
async fn a_seat_is_found_paid_mailed_cancelled_and_refunded() {
    let hall = Plan::seated(2, 5).open().await;
    let buyer = Person::register().await;
    let session = buyer
        .api
        .without_token()
        .post("/auth/login", &json!({"email": buyer.email, "password": PASSWORD}))
        .await
        .expect(200);
    assert_eq!(session["user"], buyer.session["user"]);

    let api = &buyer.api;
    let event = api.get(format!("/events/{}", hall.event)).await.expect(200);
    assert_eq!(event["performances"][0]["id"], hall.performance);
    let cards = api.all("/events?sort=newest&q=음악회", 100).await;
    assert!(cards.iter().any(|card| card["id"] == hall.event && card["minPrice"] == PRICE));

    let seats = ["R1-2", "R1-3"];
    let held = buyer.reserve(&hall, &seats).await.expect(201);
    let reservation = id_of(&held);
    assert_eq!((&held["status"], &held["paymentStatus"]), (&json!("PENDING"), &json!("NONE")));
    assert_eq!(held["totalAmount"], 2 * PRICE);
    let hold = api.get(format!("/seats/reservation/{reservation}")).await.expect(200);
    assert_eq!(hold["expiresAt"], held["expiresAt"]);
    hall.seats_become(&seats, "HELD").await;

    let payment = id_of(&buyer.pay_by_card(&reservation, "ok").await.expect(202));
    let confirmed = buyer.reservation_as(&reservation, "CONFIRMED", "SUCCESS").await;
    assert_eq!((&confirmed["paymentId"], &confirmed["expiresAt"]), (&json!(payment), &Value::Null));
    let paid = buyer.payment(&payment).await;
    assert_eq!(
        (&paid["status"], &paid["amount"], &paid["cardAmount"]),
        (&json!("SUCCESS"), &json!(90_000), &json!(90_000))
    );
    assert_eq!(paid["reservationId"], reservation);
    assert_eq!(pg::order(&payment).await, Order { approvals: 1, captured: 90_000, cancelled: 0 });
    hall.seats_become(&seats, "SOLD").await;
    let mail = mail_about(&buyer.email, "예매 완료", &reservation).await;
    for part in [&mail.text, &mail.html] {
        assert!(part.contains(&reservation) && part.contains("봄 음악회") && part.contains("₩90,000"), "{part}");
    }
    let mine = api.all("/reservations/my", 10).await;
    assert_eq!(mine, std::slice::from_ref(&confirmed));

    let cancelling = buyer.cancel(&confirmed).await.expect(202);
    assert_eq!(cancelling["status"], "CANCELLED");
    buyer.reservation_as(&reservation, "CANCELLED", "REFUNDED").await;
    assert_eq!(buyer.payment(&payment).await["status"], "REFUNDED");
    assert_eq!(pg::order(&payment).await, Order { approvals: 1, captured: 90_000, cancelled: 90_000 });
    hall.seats_become(&seats, "FREE").await;
    mail_about(&buyer.email, "예매 취소", &reservation).await;
}

#[tokio::test]
async fn mails_are_in_the_language_that_the_account_was_opened_in() {
    let hall = Plan::seated(1, 1).open().await;
    let buyer = Person::register_speaking(Some("en-GB, ko;q=0.5")).await;
    let reservation = id_of(&buyer.buy(&hall, &["R1-1"]).await);
    let mail = mail_about(&buyer.email, "Booking confirmed", &reservation).await;
    assert!(mail.text.contains("KRW\u{a0}45,000") && mail.html.contains("lang=\"en\""), "{mail:?}");
}

#[tokio::test]
async fn the_packed_seat_map_says_what_the_listed_one_says() {
    let hall = Plan::seated(1, 6).open().await;
    Person::register().await.buy(&hall, &["R1-3"]).await;
    Person::register().await.hold(&hall, &["R1-5", "R1-6"]).await;
    let map = hall.fresh_map().await;
    assert_eq!(unpacked(&map, "R1", 6), [0, 0, 2, 0, 1, 1]);
    assert_eq!(unpacked(&map, "C1", 4), [3; 4]);
    let listed: Vec<_> = (1..=6).map(|seat| status_in(&map, &format!("R1-{seat}"))).collect();
    assert_eq!(listed, ["FREE", "FREE", "SOLD", "FREE", "HELD", "HELD"]);
    assert_eq!(status_in(&map, "C1-1"), "NOT_FOR_SALE");
    assert_eq!(map["counts"], json!({"total": 10, "free": 3, "held": 2, "sold": 1, "notForSale": 4}));
    assert_eq!(map["ticketTypes"][0]["sectionIds"], json!(["stalls"]));
}

#[tokio::test]
async fn points_pay_and_come_back() {
    let hall = Plan::seated(1, 4).open().await;
    let buyer = Person::register().await;
    let purchase = buyer.buy_points(100_000).await;
    assert_eq!(pg::order(&purchase).await, Order { approvals: 1, captured: 100_000, cancelled: 0 });

    let reservation = buyer.hold(&hall, &["R1-1", "R1-2"]).await;
    let payment = id_of(&buyer.pay_in_points(&reservation).await.expect(202));
    let paid = buyer.settled_as(&payment, "SUCCESS").await;
    assert_eq!((&paid["pointUsed"], &paid["cardAmount"]), (&json!(90_000), &json!(0)));
    assert_eq!(buyer.points().await, 10_000);
    let confirmed = buyer.reservation_as(&reservation, "CONFIRMED", "SUCCESS").await;

    buyer.cancel(&confirmed).await.expect(202);
    buyer.reservation_as(&reservation, "CANCELLED", "REFUNDED").await;
    assert_eq!(buyer.points().await, 100_000);
    let row = |kind: &str, amount, after, reference: &String| (kind.to_owned(), amount, after, reference.clone());
    assert_eq!(
        buyer.points_history().await,
        [
            row("CHARGE", 100_000, 100_000, &purchase),
            row("USE", -90_000, 10_000, &payment),
            row("REFUND", 90_000, 100_000, &payment),
        ]
    );
}

#[tokio::test]
async fn a_mixed_payment_goes_back_to_points_and_card_exactly() {
    let hall = Plan::seated(1, 4).open().await;
    let buyer = Person::register().await;
    buyer.buy_points(30_000).await;
    let reservation = buyer.hold(&hall, &["R1-1", "R1-2"]).await;
    let payment = id_of(&buyer.pay_mixed(&reservation, 25_000, "ok").await.expect(202));
    let paid = buyer.settled_as(&payment, "SUCCESS").await;
    assert_eq!(
        (&paid["pointUsed"], &paid["cardAmount"], &paid["amount"]),
        (&json!(25_000), &json!(65_000), &json!(90_000))
    );
    assert_eq!(buyer.points().await, 5_000);
    let confirmed = buyer.reservation_as(&reservation, "CONFIRMED", "SUCCESS").await;

    buyer.cancel(&confirmed).await.expect(202);
    buyer.reservation_as(&reservation, "CANCELLED", "REFUNDED").await;
    assert_eq!(buyer.points().await, 30_000);
    assert_eq!(pg::order(&payment).await, Order { approvals: 1, captured: 65_000, cancelled: 65_000 });
    let sum: i64 = buyer.points_history().await.iter().map(|(_, amount, ..)| amount).sum();
    assert_eq!(sum, 30_000);
}

#[tokio::test]
async fn general_admission_is_counted() {
    let hall = Plan::standing(10).open().await;
    let (buyer, late) = (Person::register().await, Person::register().await);
    let held = buyer.reserve_any(&hall, 3).await.expect(201);
    assert_eq!((held["seats"].as_array().unwrap().len(), &held["totalAmount"]), (3, &json!(3 * PRICE)));
    let stock = async |free: i64, held: i64, sold: i64| {
        let expected =
            json!({"performanceId": hall.performance, "total": 10, "available": free, "held": held, "sold": sold});
        eventually("the stock is counted", SOON, async || {
            let stock = late.api.get(format!("/tickets/availability/{}", hall.ticket_type)).await.expect(200);
            when(stock["items"][0] == expected, stock)
        })
        .await;
    };
    stock(7, 3, 0).await;
    late.reserve_any(&hall, 8).await.refused(409, "sold_out");
    buyer.pay_by_card(&id_of(&held), "ok").await.expect(202);
    stock(7, 0, 3).await;
    late.reserve_any(&hall, 7).await.expect(201);
    stock(0, 7, 3).await;
}
