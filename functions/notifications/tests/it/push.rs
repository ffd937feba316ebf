//! Browsers over HTTP.

use contracts::ids::{PushSubscriptionId, UserId};
use notifications::domain::PushServices;
use notifications_functions::{get_push_key, subscribe_to_push, unsubscribe_from_push};
use serde_json::{Value, json};
use testkit::TestTable;

use crate::common::{Answer, Event, refused, store};

const P256DH: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";

fn subscription(browser: &str) -> Value {
    let endpoint = format!("https://fcm.googleapis.com/fcm/send/{browser}");
    json!({"endpoint": endpoint, "expirationTime": null, "keys": {"p256dh": P256DH, "auth": AUTH}})
}

async fn subscribe(table: &TestTable, event: Event) -> Answer {
    let (store, services) = (store(table), PushServices::parse("fcm.googleapis.com", "").unwrap());
    event.send(|call| subscribe_to_push::handle(&store, &services, call)).await
}

async fn unsubscribe(table: &TestTable, user: UserId, id: &str) -> Answer {
    let store = store(table);
    Event::by(user).at("subscriptionId", id).send(|call| unsubscribe_from_push::handle(&store, call)).await
}

#[tokio::test]
async fn a_browser_comes_comes_again_and_goes() {
    let (table, user) = (TestTable::start().await, UserId::generate());
    let (status, first) = subscribe(&table, Event::by(user).body(&subscription("a"))).await;
    assert_eq!(status, 201, "{first}");
    let mut fractions = subscription("a");
    fractions["expirationTime"] = json!(4_102_444_800_000.25);
    assert_eq!(subscribe(&table, Event::by(user).body(&fractions)).await, (201, first.clone()));
    let id = first["id"].as_str().unwrap();
    refused(unsubscribe(&table, UserId::generate(), id).await, 404, "not_found", "somebody else's");
    assert_eq!(unsubscribe(&table, user, id).await, (204, Value::Null));
    for id in [id, "", "x", &PushSubscriptionId::generate().to_string(), &user.to_string()] {
        refused(unsubscribe(&table, user, id).await, 404, "not_found", id);
    }
}

#[tokio::test]
async fn wishes_that_cannot_be_granted_say_all_that_is_wrong_and_leave_nothing() {
    let (table, user) = (TestTable::start().await, UserId::generate());
    for (place, value) in [
        ("/endpoint", json!("https://example.com/x")),
        ("/endpoint", json!("http://fcm.googleapis.com/x")),
        ("/endpoint", json!("https://169.254.169.254/latest/meta-data/")),
        ("/endpoint", json!(7)),
        ("/expirationTime", json!(0)),
        ("/expirationTime", json!(1_700_000_000_000_i64)),
        ("/expirationTime", json!(1e300)),
        ("/expirationTime", json!("soon")),
        ("/keys/p256dh", json!("")),
        ("/keys/p256dh", json!(AUTH)),
        ("/keys/auth", json!(P256DH)),
        ("/keys/auth", json!(null)),
    ] {
        let mut body = subscription("a");
        *body.pointer_mut(place).unwrap() = value;
        let what = body.to_string();
        let problem = refused(subscribe(&table, Event::by(user).body(&body)).await, 422, "validation_failed", &what);
        assert_eq!(problem["errors"][0]["pointer"], place, "{problem}");
    }
    let all = json!({"endpoint": "x", "expirationTime": -1, "keys": {"p256dh": "", "auth": ""}});
    let problem = refused(subscribe(&table, Event::by(user).body(&all)).await, 422, "validation_failed", "all of it");
    let pointers: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|error| error["pointer"].clone()).collect();
    assert_eq!(pointers, ["/endpoint", "/expirationTime", "/keys/p256dh", "/keys/auth"]);
    for body in [json!({}), json!([]), json!(null), json!({"endpoint": "https://fcm.googleapis.com/x"})] {
        let what = body.to_string();
        refused(subscribe(&table, Event::by(user).body(&body)).await, 422, "validation_failed", &what);
    }
    for (text, status, code) in [("", 400, "malformed_request"), ("{", 400, "malformed_request")] {
        refused(subscribe(&table, Event::by(user).text(text)).await, status, code, text);
    }
    let long = Event::by(user).text(&"x".repeat(300_000));
    refused(subscribe(&table, long).await, 413, "payload_too_large", "long");
    let plain = Event::by(user).header("content-type", "text/plain").text("{}");
    refused(subscribe(&table, plain).await, 415, "unsupported_media_type", "text/plain");
    let nobody = Event::anonymous().body(&subscription("a"));
    refused(subscribe(&table, nobody).await, 401, "unauthenticated", "nobody");
    assert!(table.items().await.is_empty());
}

#[tokio::test]
async fn everybody_may_know_the_key() {
    let answer = Event::anonymous().send(|call| get_push_key::handle("BKey", call)).await;
    assert_eq!(answer, (200, json!({"publicKey": "BKey"})));
}
