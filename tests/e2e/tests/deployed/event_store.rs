//! Every change is one event, kept for good.

use e2e::draft::Draft;
use e2e::hall::{Plan, in_days};
use e2e::history::assert_history;
use e2e::person::{Person, id_of};
use serde_json::{Value, json};

#[tokio::test]
async fn a_journey_is_told_without_gaps_and_doubles() {
    let hall = Plan::seated(1, 2).open().await;
    let buyer = Person::register().await;
    buyer.buy_points(5_000).await;
    let reservation = buyer.hold(&hall, &["R1-1"]).await;
    let declined = id_of(&buyer.pay_mixed(&reservation, 5_000, "decline").await.expect(202));
    buyer.reservation_as(&reservation, "PENDING", "FAILED").await;
    let paid = id_of(&buyer.pay_mixed(&reservation, 5_000, "ok").await.expect(202));
    let confirmed = buyer.reservation_as(&reservation, "CONFIRMED", "SUCCESS").await;
    buyer.cancel(&confirmed).await.expect(202);
    let cancelled = buyer.reservation_as(&reservation, "CANCELLED", "REFUNDED").await;

    let of_reservation = [
        "booking.reservation-held.v1",
        "booking.payment-started.v1",
        "booking.reservation-reopened.v1",
        "booking.payment-started.v1",
        "booking.reservation-confirmed.v1",
        "booking.cancellation-requested.v1",
        "booking.reservation-cancelled.v1",
    ];
    assert_history(&reservation, &of_reservation).await;
    assert_eq!(cancelled["version"], of_reservation.len());
    let begun = ["payments.payment-requested.v1", "payments.points-debited.v1"];
    assert_history(&declined, &[&begun[..], &["payments.payment-failed.v1"]].concat()).await;
    let ended = ["payments.payment-succeeded.v1", "payments.payment-refunded.v1"];
    assert_history(&paid, &[begun, ended].concat()).await;
    // Charged, used, given back, used, given back.
    let account = buyer.id.replacen("usr_", "pts_", 1);
    assert_history(&account, &["payments.points-moved.v1"; 5]).await;
}

#[tokio::test]
async fn accounts_and_events_have_histories_too() {
    let admin = Person::admin().await;
    let hall = Plan::standing(5).open_as(&admin).await;
    let patch = json!({"title": "가을 음악회"});
    let event: Value = admin.api.patch(format!("/admin/events/{}", hall.event), &patch).await.expect(200);
    assert_history(&admin.id, &["identity.user-registered.v1", "identity.user-role-changed.v1"]).await;
    let of_event = ["catalog.event-created.v1", "catalog.event-published.v1", "catalog.event-updated.v1"];
    assert_history(&hall.event, &of_event).await;
    assert_eq!(event["version"], 3);
    let published = "catalog.performance-published.v1";
    assert_history(&hall.performance, &["catalog.performance-added.v1", published, published]).await;
    assert_history(&hall.ticket_type, &["catalog.ticket-type-added.v1"]).await;
}

#[tokio::test]
async fn an_event_is_told_from_its_draft_to_its_end() {
    let admin = Person::admin().await;
    let event = Draft::new(&admin, "이야기", &json!({})).await;
    let (showing, passed_over) = (event.performance(&in_days(9)).await, event.performance(&in_days(10)).await);
    let (ticket, mistake) = (event.standing("일반", 1_000, 5).await, event.standing("실수", 1_000, 5).await);
    let of_showing = |id: &str| event.path(&format!("/performances/{id}"));
    let of_ticket = |id: &str| event.path(&format!("/ticket-types/{id}"));
    let later = json!({"startsAt": in_days(11)});
    admin.api.patch(of_showing(&passed_over), &later).await.expect(200);
    admin.api.delete(of_showing(&passed_over)).await.expect(204);
    admin.api.patch(of_ticket(&ticket), &json!({"price": 2_000})).await.expect(200);
    admin.api.delete(of_ticket(&mistake)).await.expect(204);
    event.publish().await;
    event.ask_to("unpublish").await.expect(200);
    event.publish().await;
    event.ask_to("cancel").await.expect(200);

    let [added, published] = ["catalog.performance-added.v1", "catalog.performance-published.v1"];
    assert_history(&passed_over, &[added, "catalog.performance-changed.v1", "catalog.performance-removed.v1"]).await;
    let withdrawn = "catalog.performance-withdrawn.v1";
    let to_the_end = [added, published, withdrawn, published, "catalog.performance-cancelled.v1"];
    assert_history(&showing, &to_the_end).await;
    let added = "catalog.ticket-type-added.v1";
    assert_history(&ticket, &[added, "catalog.ticket-type-changed.v1"]).await;
    assert_history(&mistake, &[added, "catalog.ticket-type-removed.v1"]).await;
    let [created, published] = ["catalog.event-created.v1", "catalog.event-published.v1"];
    let [unpublished, cancelled] = ["catalog.event-unpublished.v1", "catalog.event-cancelled.v1"];
    assert_history(&event.id, &[created, published, unpublished, published, cancelled]).await;
}
