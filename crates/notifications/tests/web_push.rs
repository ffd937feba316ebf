//! Calling push services: what they get, and what is made of their answers.

#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up must stop")]

mod common;

use aws_credential_types::Credentials;
use aws_sdk_secretsmanager::config::{BehaviorVersion, Region};
use axum::Router;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::routing::post;
use common::Browser;
use contracts::ids::PushSubscriptionId;
use jari_local_servers::push_service;
use jiff::Timestamp;
use notifications::domain::{PushServices, Subscription, Subscriptions};
use notifications::push::key::PushKey;
use notifications::push::key_store::KeyStore;
use notifications::push::web_push::WebPush;
use notifications::push::{PushMessage, PushService as _, Reception};
use serde_json::json;

const SUBJECT: &str = "mailto:no-reply@jari.example";

/// A Secrets Manager with this text in its one secret.
async fn secret(text: String) -> KeyStore {
    let answer =
        async move || (StatusCode::OK, json!({"VersionId": "v", "SecretString": text}).to_string()).into_response();
    let url = serve(Router::new().route("/", post(answer))).await;
    let config = aws_sdk_secretsmanager::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .endpoint_url(url)
        .build();
    KeyStore::new(aws_sdk_secretsmanager::Client::from_conf(config), "arn:secret".into())
}

async fn serve(routes: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, routes).await });
    url
}

fn key() -> PushKey {
    PushKey::generate(1, Timestamp::now()).unwrap()
}

async fn web_push(key: &PushKey, origin: &str) -> WebPush {
    let services = PushServices::parse("push.example", origin).unwrap();
    WebPush::new(secret(key.write().unwrap()).await, key.public().to_owned(), services, SUBJECT.into())
}

fn subscribed(browser: &Browser) -> Subscription {
    let origin = url_of(&browser.endpoint);
    let wish = browser.wish(&PushServices::parse("push.example", &origin).unwrap());
    let (known, id) = Subscriptions::default().with(wish, PushSubscriptionId::generate(), Timestamp::now());
    known.get(id).unwrap().clone()
}

fn url_of(endpoint: &str) -> String {
    endpoint.split('/').take(3).collect::<Vec<_>>().join("/")
}

fn message(text: &str) -> PushMessage {
    PushMessage { topic: "AAAA_BBBB-1".into(), payload: json!({"body": text}).to_string().into_bytes() }
}

#[tokio::test]
async fn the_service_takes_it_and_only_the_browser_reads_it() {
    let (service, key) = (push_service::spawn(0).await.unwrap(), key());
    let push = web_push(&key, &service.url).await;
    let browser = Browser::at(service.endpoint("one"));
    for text in ["예매가 완료되었습니다", "다시"] {
        let reception = push.push(&subscribed(&browser), &message(text), Timestamp::now()).await;
        assert_eq!(reception, Reception::Accepted);
    }
    let overview = service.overview();
    let taken: Vec<_> = overview.of("one").collect();
    let read: Vec<_> = taken.iter().map(|message| browser.read(&message.body)).collect();
    assert_eq!(read, [json!({"body": "예매가 완료되었습니다"}), json!({"body": "다시"})]);
    assert_eq!((taken[0].replaced, taken[1].replaced), (true, false), "one topic");
    assert_eq!((taken[0].public_key.as_str(), taken[0].subject.as_str()), (key.public(), SUBJECT));
    assert_eq!(taken[0].ttl, 86_400);
}

#[tokio::test]
async fn answers_are_understood() {
    let service = push_service::spawn(0).await.unwrap();
    let push = web_push(&key(), &service.url).await;
    for (browser, expected) in [
        ("gone_1", Reception::Gone),
        ("missing_1", Reception::Gone),
        ("busy_1", Reception::Later),
        ("error_1", Reception::Later),
        ("busy_once_1", Reception::Later),
        ("busy_once_1", Reception::Accepted),
    ] {
        let to = subscribed(&Browser::at(service.endpoint(browser)));
        assert_eq!(push.push(&to, &message("x"), Timestamp::now()).await, expected, "{browser}");
    }
    // A token that is a day too old: nothing that another try would change.
    let to = subscribed(&Browser::at(service.endpoint("one")));
    assert_eq!(push.push(&to, &message("x"), Timestamp::UNIX_EPOCH).await, Reception::Refused);
    let long = PushMessage { topic: "a".into(), payload: vec![b'x'; 4_000] };
    assert_eq!(push.push(&to, &long, Timestamp::now()).await, Reception::Refused);
    assert_eq!(service.overview().of("one").count(), 0);
}

#[tokio::test]
async fn no_redirect_is_followed_and_nobody_waited_for() {
    let elsewhere = push_service::spawn(0).await.unwrap();
    let target = elsewhere.endpoint("inside");
    let redirect = post(async move || (StatusCode::TEMPORARY_REDIRECT, [("location", target)]));
    let silence = post(async || std::future::pending::<StatusCode>().await);
    let url = serve(Router::new().route("/redirect", redirect).route("/silence", silence)).await;
    let push = web_push(&key(), &url).await;
    let to = subscribed(&Browser::at(format!("{url}/redirect")));
    assert_eq!(push.push(&to, &message("x"), Timestamp::now()).await, Reception::Refused);
    assert!(elsewhere.overview().requests.is_empty());

    let begun = std::time::Instant::now();
    let to = subscribed(&Browser::at(format!("{url}/silence")));
    assert_eq!(push.push(&to, &message("x"), Timestamp::now()).await, Reception::Later);
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
    let nobody = subscribed(&Browser::at("https://push.example/x"));
    assert_eq!(push.push(&nobody, &message("x"), Timestamp::now()).await, Reception::Later, "no such host");
}

#[tokio::test]
async fn a_service_that_left_the_list_is_not_called() {
    let service = push_service::spawn(0).await.unwrap();
    let to = subscribed(&Browser::at(service.endpoint("one")));
    let push = web_push(&key(), "").await;
    assert_eq!(push.push(&to, &message("x"), Timestamp::now()).await, Reception::Refused);
    assert!(service.overview().requests.is_empty());
}

#[tokio::test]
async fn without_the_key_that_browsers_subscribed_to_nothing_is_sent() {
    let service = push_service::spawn(0).await.unwrap();
    let to = subscribed(&Browser::at(service.endpoint("one")));
    for (text, public_key) in [(String::new(), key()), (key().write().unwrap(), key()), ("hunter2".into(), key())] {
        let services = PushServices::parse("push.example", &service.url).unwrap();
        let push = WebPush::new(secret(text).await, public_key.public().to_owned(), services, SUBJECT.into());
        assert_eq!(push.push(&to, &message("x"), Timestamp::now()).await, Reception::Later);
    }
    assert!(service.overview().requests.is_empty());
}
