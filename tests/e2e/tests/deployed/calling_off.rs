//! Events and performances that are called off: everybody gets their money back.

use std::time::Duration;

use e2e::api::Api;
use e2e::draft::{Draft, entry};
use e2e::hall::{Hall, PRICE, Plan, in_days};
use e2e::history::assert_history;
use e2e::mailbox::mails_to;
use e2e::person::{Person, id_of};
use e2e::pg::{self, Order};
use e2e::wait::{LATER, eventually, when};
use serde_json::{Value, json};

/// Reservations are gone through at once and again after 30 seconds, by when no environment sells from memory.
const SECOND_SWEEP: Duration = Duration::from_secs(100);

/// The mail that says that this reservation was called off.
async fn mail_of_the_end(buyer: &Person, reservation: &str, confirmed: &str) -> e2e::mailbox::Mail {
    let mut found = eventually("a mail says that it was called off", LATER, async || {
        let mut mails = mails_to(&buyer.email).await;
        mails.retain(|mail| mail.text.contains(reservation) && !mail.subject.contains(confirmed));
        when(!mails.is_empty(), mails)
    })
    .await;
    assert_eq!(found.len(), 1, "one mail for one piece of news: {found:?}");
    found.remove(0)
}

async fn assert_closed(hall: &Hall) {
    let late = Person::register().await;
    eventually("nobody can buy", LATER, async || {
        let answer = late.reserve_any(hall, 1).await;
        when(answer.code() == "sale_closed", answer)
    })
    .await
    .refused(409, "sale_closed");
}

#[tokio::test]
async fn everybody_gets_everything_back() {
    let organizer = Person::with_role("organizer").await;
    let hall = Plan::seated(1, 6).open_as(&organizer).await;
    let event = Draft { api: organizer.api.clone(), id: hall.event.clone() };
    let [paid, holding, paying, left] = [(); 4].map(|()| Person::register());
    let (paid, holding, paying, left) = tokio::join!(paid, holding, paying, left);
    paid.buy_points(10_000).await;
    let bought = paid.hold(&hall, &["R1-1", "R1-2"]).await;
    let payment = id_of(&paid.pay_mixed(&bought, 10_000, "ok").await.expect(202));
    paid.reservation_as(&bought, "CONFIRMED", "SUCCESS").await;
    assert_eq!(paid.points().await, 0);
    let gone = left.buy(&hall, &["R1-5"]).await;
    left.cancel(&gone).await.expect(202);
    let gone = left.reservation_as(&id_of(&gone), "CANCELLED", "REFUNDED").await;
    let held = holding.hold(&hall, &["R1-3"]).await;
    let undecided = paying.hold(&hall, &["R1-4"]).await;
    // Approved by the gateway three seconds later, while the event is being called off.
    let late_payment = id_of(&paying.pay_by_card(&undecided, "late").await.expect(202));

    assert_eq!(event.ask_to("cancel").await.expect(200)["status"], "CANCELLED");
    let public = Api::anonymous().get(format!("/events/{}", hall.event)).await.expect(200);
    assert_eq!((&public["status"], &public["performances"][0]["cancelled"]), (&json!("CANCELLED"), &json!(true)));

    let end = paid.reservation_within(SECOND_SWEEP, &bought, "CANCELLED", "REFUNDED").await;
    assert_eq!(end["cancelledBy"], "ORGANIZER");
    assert_eq!(paid.points().await, 10_000);
    let captured = (2 * PRICE - 10_000).unsigned_abs();
    assert_eq!(pg::order(&payment).await, Order { approvals: 1, captured, cancelled: captured });
    assert_eq!(paid.payment(&payment).await["status"], "REFUNDED");
    let mail = mail_of_the_end(&paid, &bought, "예매 완료").await;
    assert!(mail.text.contains("취소") && mail.text.contains("환불") && mail.text.contains("봄 음악회"), "{mail:?}");

    let end = holding.reservation_within(SECOND_SWEEP, &held, "CANCELLED", "NONE").await;
    assert_eq!((&end["cancelledBy"], &end["paymentId"]), (&json!("ORGANIZER"), &Value::Null));
    let refused = holding.pay_by_card(&held, "ok").await;
    assert_eq!(refused.status, 409, "{refused}");
    assert!(["sale_closed", "reservation_expired"].contains(&refused.code()), "{refused}");

    let end = paying.reservation_within(SECOND_SWEEP, &undecided, "CANCELLED", "REFUNDED").await;
    assert_eq!(end["cancelledBy"], "ORGANIZER");
    let order = pg::order(&late_payment).await;
    assert_eq!(order, Order { approvals: 1, captured: PRICE.unsigned_abs(), cancelled: PRICE.unsigned_abs() });

    assert_eq!(left.reservation(&id_of(&gone)).await, gone);
    assert_eq!(gone["cancelledBy"], "BUYER");
    assert_closed(&hall).await;
    let counts = eventually("no seat is for sale", LATER, async || {
        let map = hall.map().await;
        when(map["counts"]["notForSale"] == map["counts"]["total"], map["counts"].clone())
    })
    .await;
    assert_eq!((&counts["free"], &counts["held"], &counts["sold"]), (&json!(0), &json!(0), &json!(0)));
    assert_history(
        &bought,
        &[
            "booking.reservation-held.v1",
            "booking.payment-started.v1",
            "booking.reservation-confirmed.v1",
            "booking.cancellation-requested.v1",
            "booking.reservation-cancelled.v1",
        ],
    )
    .await;
    // Nobody had begun to pay it: its alarm records the end, minutes from now.
    assert_history(&held, &["booking.reservation-held.v1"]).await;
}

#[tokio::test]
async fn it_is_for_good_and_may_be_said_twice() {
    let admin = Person::admin().await;
    let hall = Plan::standing(5).open_as(&admin).await;
    let event = Draft { api: admin.api.clone(), id: hall.event.clone() };
    event.ask_to("cancel").await.expect(200);
    let once = event.managed().await;
    assert_eq!(event.ask_to("cancel").await.expect(200)["status"], "CANCELLED");
    assert_eq!(event.managed().await, once);
    event.ask_to("publish").await.refused(409, "invalid_transition");
    event.ask_to("unpublish").await.refused(409, "invalid_transition");
    let public = Api::anonymous();
    let dates = format!("/events/{}/dates", hall.event);
    eventually("no date can be booked", LATER, async || {
        let answer = public.get(&dates).await.expect(200);
        when(answer["items"] == json!([]), answer)
    })
    .await;
    eventually("lists say so", LATER, async || {
        let is_listed = async |status: &str| {
            let listed = public.all(&format!("/events?q=음악회&status={status}&sort=newest"), 100).await;
            listed.iter().any(|card| card["id"] == hall.event)
        };
        let listed = (is_listed("CANCELLED").await, is_listed("ON_SALE").await);
        when(listed == (true, false), listed)
    })
    .await;
}

#[tokio::test]
async fn one_showing_is_called_off_and_the_others_are_not() {
    let organizer = Person::with_role("organizer").await;
    let event = Draft::new(&organizer, "이틀 공연", &json!({"category": "theatre"})).await;
    let (first, second) = (event.performance(&in_days(9)).await, event.performance(&in_days(10)).await);
    let ticket_type = event.standing("일반", 0, 10).await;
    event.publish().await;
    let buyers = [Person::register_speaking(Some("en")).await, Person::register().await];
    let mut bought = Vec::new();
    for (buyer, performance) in buyers.iter().zip([&first, &second]) {
        let items = json!([{"ticketTypeId": ticket_type, "quantity": 2}]);
        let body = json!({"performanceId": performance, "items": items});
        let held = eventually("booking knows the performance", LATER, async || {
            let answer = buyer.api.post("/reservations", &body).await;
            when(answer.status == 201, answer)
        })
        .await;
        let reservation = id_of(&held.body);
        buyer.pay_in_points(&reservation).await.expect(202);
        bought.push(buyer.reservation_as(&reservation, "CONFIRMED", "SUCCESS").await);
    }

    organizer.api.post(event.path(&format!("/performances/{first}/cancel")), &json!({})).await.expect(200);
    let public = Api::anonymous().get(format!("/events/{}", event.id)).await.expect(200);
    assert_eq!(public["status"], "ON_SALE");
    for (performance, cancelled) in [(&first, true), (&second, false)] {
        assert_eq!(entry(&public["performances"], performance)["cancelled"], cancelled);
    }
    let reservation = id_of(&bought[0]);
    let end = buyers[0].reservation_within(SECOND_SWEEP, &reservation, "CANCELLED", "REFUNDED").await;
    assert_eq!(end["cancelledBy"], "ORGANIZER");
    let mail = mail_of_the_end(&buyers[0], &reservation, "Booking confirmed").await;
    assert!(mail.text.to_lowercase().contains("refund") && mail.html.contains("lang=\"en\""), "{mail:?}");

    let dates = format!("/events/{}/dates", event.id);
    let listed = eventually("one date is left", LATER, async || {
        let answer = Api::anonymous().get(&dates).await.expect(200);
        when(answer["items"].as_array().is_some_and(|dates| dates.len() == 1), answer)
    })
    .await;
    assert_eq!(listed["items"][0]["performances"][0]["id"], second);
    assert_eq!(buyers[1].reservation(&id_of(&bought[1])).await, bought[1]);
    // A showing that is off cannot be changed into one that is not.
    let path = event.path(&format!("/performances/{first}"));
    let answer = organizer.api.patch(&path, &json!({"startsAt": in_days(12)})).await;
    assert_eq!(answer.status, 409, "{answer}");
    organizer.api.delete(&path).await.refused(409, "already_published");
    event.publish().await;
    let again = Api::anonymous().get(format!("/events/{}", event.id)).await.expect(200);
    assert_eq!(entry(&again["performances"], &first)["cancelled"], true);
}
