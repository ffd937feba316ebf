//! What there is to read about one's bookings.

use e2e::hall::Plan;
use e2e::mailbox::mail_about;
use e2e::person::{Person, id_of};
use e2e::wait::{LATER, eventually, when};
use serde_json::{Value, json};

/// The inbox, once there is so much in it.
async fn inbox(person: &Person, count: usize) -> Value {
    eventually(&format!("{count} notifications"), LATER, async || {
        let inbox = person.api.get("/notifications").await.expect(200);
        when(inbox["items"].as_array().unwrap().len() >= count, inbox)
    })
    .await
}

#[tokio::test]
async fn a_purchase_and_its_cancellation_are_told_once_and_read() {
    let hall = Plan::seated(1, 2).open().await;
    let (buyer, stranger) = (Person::register().await, Person::register().await);
    assert_eq!(
        buyer.api.get("/notifications").await.expect(200),
        json!({"items": [], "nextCursor": null, "unread": 0})
    );

    let bought = buyer.buy(&hall, &["R1-1"]).await;
    let first = inbox(&buyer, 1).await["items"][0].clone();
    assert_eq!((&first["kind"], &first["readAt"]), (&json!("RESERVATION_CONFIRMED"), &Value::Null));
    assert_eq!((&first["reservationId"], &first["eventId"]), (&bought["id"], &json!(hall.event)));
    assert_eq!(first["title"], "예매가 완료되었습니다");
    assert!(first["body"].as_str().unwrap().starts_with("봄 음악회 · "), "{first}");
    let read = format!("/notifications/{}/read", id_of(&first));
    stranger.api.post(&read, &json!({})).await.refused(404, "not_found");
    buyer.api.post(&read, &json!({})).await.expect(204);
    let seen = inbox(&buyer, 1).await;
    assert_eq!(seen["unread"], 0);
    assert!(seen["items"][0]["readAt"].is_string(), "{seen}");
    buyer.api.post(&read, &json!({})).await.expect(204);
    assert_eq!(inbox(&buyer, 1).await, seen, "the first time counts");

    buyer.cancel(&bought).await.expect(202);
    buyer.reservation_as(&id_of(&bought), "CANCELLED", "REFUNDED").await;
    mail_about(&buyer.email, "예매 취소", &id_of(&bought)).await;
    let both = inbox(&buyer, 2).await;
    let kinds: Vec<_> = both["items"].as_array().unwrap().iter().map(|item| item["kind"].clone()).collect();
    assert_eq!(kinds, ["RESERVATION_CANCELLED", "RESERVATION_CONFIRMED"]);
    assert_eq!(both["unread"], 1);
    // The same in pages.
    assert_eq!(json!(buyer.api.all("/notifications", 1).await), both["items"]);
    assert_eq!(stranger.api.get("/notifications").await.expect(200)["items"], json!([]));
}

#[tokio::test]
async fn notifications_are_in_the_language_of_the_mails() {
    let hall = Plan::seated(1, 1).open().await;
    let buyer = Person::register_speaking(Some("en")).await;
    buyer.buy(&hall, &["R1-1"]).await;
    assert_eq!(inbox(&buyer, 1).await["items"][0]["title"], "Your booking is confirmed");
}
