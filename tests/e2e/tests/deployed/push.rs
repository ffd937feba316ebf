//! Browsers that are told of what comes into the inbox.

use e2e::browser::Browser;
use e2e::hall::Plan;
use e2e::mailbox::mail_about;
use e2e::person::{Person, id_of};
use e2e::stack::Stack;
use e2e::wait::{SOON, eventually, when};
use serde_json::{Value, json};

#[tokio::test]
async fn a_purchase_reaches_every_browser_and_opens_with_its_keys() {
    let hall = Plan::seated(1, 1).open().await;
    let buyer = Person::register().await;
    let browsers = [Browser::new("desk"), Browser::new("phone"), Browser::new("busy_once")];
    for browser in &browsers {
        let id = browser.subscribe(&buyer.api).await;
        assert_eq!(browser.subscribe(&buyer.api).await, id, "the same browser is the same subscription");
    }
    let bought = id_of(&buyer.buy(&hall, &["R1-1"]).await);
    let key = buyer.api.without_token().get("/notifications/push-key").await.expect(200);
    // The one that was busy hears of it when the queue delivers again, after 90 seconds; the others do not wait for it.
    for browser in &browsers[..2] {
        let shown = browser.shows(1).await;
        let noted = buyer.api.get("/notifications").await.expect(200)["items"][0].clone();
        for member in ["id", "kind", "title", "body"] {
            assert_eq!(shown[0][member], noted[member]);
        }
        assert!(shown[0]["url"].as_str().unwrap().ends_with(&format!("/reservations/{bought}")), "{shown:?}");
        let sealed = &browser.sealed().await[0];
        assert_eq!(sealed["publicKey"], key["publicKey"]);
        assert!(sealed["subject"].as_str().unwrap().starts_with("mailto:"), "{sealed}");
        let body = sealed["body"].as_str().unwrap();
        assert!(!body.contains(&bought), "sealed");
    }
    eventually("the busy one was called", SOON, async || when(browsers[2].calls().await == 1, ())).await;
    mail_about(&buyer.email, "예매 완료", &bought).await;
}

#[tokio::test]
async fn browsers_that_are_gone_are_forgotten_and_those_that_left_are_left_alone() {
    let hall = Plan::seated(1, 1).open().await;
    let buyer = Person::register().await;
    let (gone, left, stays) = (Browser::new("gone"), Browser::new("left"), Browser::new("stays"));
    let forgotten = gone.subscribe(&buyer.api).await;
    let ended = left.subscribe(&buyer.api).await;
    stays.subscribe(&buyer.api).await;
    let end = |id: &str| buyer.api.delete(format!("/notifications/push-subscriptions/{id}"));
    end(&ended).await.expect(204);
    end(&ended).await.refused(404, "not_found");

    let bought = buyer.buy(&hall, &["R1-1"]).await;
    stays.shows(1).await;
    eventually("the browser that is gone was called", SOON, async || when(gone.calls().await == 1, ())).await;
    buyer.cancel(&bought).await.expect(202);
    let shown = stays.shows(2).await;
    assert_eq!(shown[1]["kind"], "RESERVATION_CANCELLED");
    assert_eq!((gone.calls().await, left.calls().await), (1, 0), "calls of the gone one and of the one that left");
    end(&forgotten).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_browser_is_told_of_one_account_only() {
    let hall = Plan::seated(1, 2).open().await;
    let (first, second) = (Person::register().await, Person::register().await);
    let shared = Browser::new("shared");
    let former = shared.subscribe(&first.api).await;
    shared.subscribe(&second.api).await;
    first.api.delete(format!("/notifications/push-subscriptions/{former}")).await.refused(404, "not_found");
    let bought = id_of(&first.buy(&hall, &["R1-1"]).await);
    mail_about(&first.email, "예매 완료", &bought).await;
    let mine = id_of(&second.buy(&hall, &["R1-2"]).await);
    let shown = shared.shows(1).await;
    assert_eq!(shown.len(), 1);
    assert!(shown[0]["url"].as_str().unwrap().ends_with(&mine), "{shown:?}");
}

#[tokio::test]
async fn addresses_that_are_no_push_services_are_refused() {
    let buyer = Person::register().await;
    let good = Browser::new("any").subscription();
    let port = Stack::get().push_url().rsplit_once(':').unwrap().1;
    for endpoint in [
        "",
        "push",
        "https://example.com/push",
        "http://fcm.googleapis.com/fcm/send/x",
        "https://fcm.googleapis.com:8443/x",
        "https://user@fcm.googleapis.com/x",
        "https://fcm.googleapis.com.example.com/x",
        "https://127.0.0.1/x",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/x",
        "https://localhost/x",
        "http://127.0.0.1:4566/",
        &format!("http://localhost:{port}/push/x"),
        &format!("https://fcm.googleapis.com/{}", "x".repeat(2_048)),
    ] {
        let mut body = good.clone();
        body["endpoint"] = json!(endpoint);
        refused(&buyer, &body, "/endpoint").await;
    }
}

#[tokio::test]
async fn keys_and_times_that_cannot_be_are_refused() {
    let buyer = Person::register().await;
    let good = Browser::new("any").subscription();
    for (place, value) in [
        ("/keys/p256dh", json!("")),
        ("/keys/p256dh", json!("B".repeat(87))),
        ("/keys/p256dh", good["keys"]["auth"].clone()),
        ("/keys/auth", json!("%")),
        ("/keys/auth", good["keys"]["p256dh"].clone()),
        ("/expirationTime", json!(0)),
        ("/expirationTime", json!(-1.5)),
        ("/expirationTime", json!(1e300)),
    ] {
        let mut body = good.clone();
        *body.pointer_mut(place).unwrap() = value;
        refused(&buyer, &body, place).await;
    }
    let mut body = good;
    body["expirationTime"] = json!(4_102_444_800_000.5);
    buyer.api.post("/notifications/push-subscriptions", &body).await.expect(201);
}

async fn refused(person: &Person, body: &Value, pointer: &str) {
    let answer = person.api.post("/notifications/push-subscriptions", body).await;
    let problem = answer.refused(422, "validation_failed");
    assert_eq!(problem["errors"][0]["pointer"], pointer, "{body}: {problem}");
}
