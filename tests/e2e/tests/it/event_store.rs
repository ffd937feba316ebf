//! Every change is one event, kept for good.

use aws_sdk_dynamodb::types::AttributeValue;
use e2e::hall::Plan;
use e2e::person::{Person, id_of};
use e2e::stack::Stack;
use e2e::wait::{SOON, eventually, when};
use serde_json::{Value, json};

/// The events of an aggregate as `(version, type)`, as soon as there are so many. Read by a scan and not by the store's
/// key, so that a second item about the same event could not hide.
async fn history(aggregate: &str, length: usize) -> Vec<(i64, String)> {
    let stack = Stack::get();
    let client = aws_sdk_dynamodb::Client::new(&stack.operator().await);
    eventually(&format!("{length} events of {aggregate}"), SOON, async || {
        let mut pages = client
            .scan()
            .table_name(format!("{}-events", stack.name()))
            .filter_expression("#id = :id")
            .expression_attribute_names("#id", "aggregateId")
            .expression_attribute_values(":id", AttributeValue::S(aggregate.to_owned()))
            .into_paginator()
            .items()
            .send();
        let mut events = Vec::new();
        while let Some(item) = pages.next().await {
            let item = item.map_err(|error| format!("{error:?}"))?;
            let version = item["version"].as_n().expect("a number").parse::<i64>().expect("a whole one");
            events.push((version, item["type"].as_s().expect("a text").clone()));
        }
        events.sort();
        when(events.len() >= length, events)
    })
    .await
}

fn versions(types: &[&str]) -> Vec<(i64, String)> {
    (1..).zip(types).map(|(version, &name)| (version, name.to_owned())).collect()
}

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

    let of_reservation = versions(&[
        "booking.reservation-held.v1",
        "booking.payment-started.v1",
        "booking.reservation-reopened.v1",
        "booking.payment-started.v1",
        "booking.reservation-confirmed.v1",
        "booking.cancellation-requested.v1",
        "booking.reservation-cancelled.v1",
    ]);
    assert_eq!(history(&reservation, of_reservation.len()).await, of_reservation);
    assert_eq!(cancelled["version"], of_reservation.len());
    let of_payment =
        |last: &[&str]| versions(&[&["payments.payment-requested.v1", "payments.points-debited.v1"], last].concat());
    assert_eq!(history(&declined, 3).await, of_payment(&["payments.payment-failed.v1"]));
    let to_the_end = of_payment(&["payments.payment-succeeded.v1", "payments.payment-refunded.v1"]);
    assert_eq!(history(&paid, 4).await, to_the_end);
    // Charged, used, given back, used, given back.
    let account = buyer.id.replacen("usr_", "pts_", 1);
    assert_eq!(history(&account, 5).await, versions(&["payments.points-moved.v1"; 5]));
}

#[tokio::test]
async fn accounts_and_events_have_histories_too() {
    let admin = Person::admin().await;
    let hall = Plan::standing(5).open_as(&admin).await;
    let patch = json!({"title": "가을 음악회"});
    let event: Value = admin.api.patch(format!("/admin/events/{}", hall.event), &patch).await.expect(200);
    assert_eq!(
        history(&admin.id, 2).await,
        versions(&["identity.user-registered.v1", "identity.user-role-changed.v1"])
    );
    let of_event = versions(&["catalog.event-created.v1", "catalog.event-published.v1", "catalog.event-updated.v1"]);
    assert_eq!(history(&hall.event, 3).await, of_event);
    assert_eq!(event["version"], 3);
    let published = "catalog.performance-published.v1";
    assert_eq!(history(&hall.performance, 3).await, versions(&["catalog.performance-added.v1", published, published]));
}
