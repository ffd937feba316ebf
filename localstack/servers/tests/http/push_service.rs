//! The push service refuses what real ones refuse, and does what a browser's name says.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use jari_local_servers::push_service::{self, Handle};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

/// A sender with a key of its own.
struct Sender(EcdsaKeyPair);

impl Sender {
    fn new() -> Self {
        Self(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap())
    }

    fn public_key(&self) -> String {
        BASE64.encode(self.0.public_key())
    }

    fn token(&self, claims: &Value) -> String {
        let key = EncodingKey::from_ec_der(self.0.to_pkcs8v1().unwrap().as_ref());
        jsonwebtoken::encode(&Header::new(Algorithm::ES256), claims, &key).unwrap()
    }

    fn header(&self, claims: &Value) -> String {
        format!("vapid t={}, k={}", self.token(claims), self.public_key())
    }
}

fn claims(service: &Handle) -> Value {
    json!({"aud": service.url, "exp": Timestamp::now().as_second() + 600, "sub": "mailto:a@example.com"})
}

async fn start() -> Handle {
    push_service::spawn(0).await.unwrap()
}

fn push(service: &Handle, browser: &str, authorization: &str) -> RequestBuilder {
    let request = Client::new().post(service.endpoint(browser)).header("authorization", authorization);
    request.header("ttl", "60").header("content-encoding", "aes128gcm").body("sealed")
}

async fn status(request: RequestBuilder) -> u16 {
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn keeps_what_it_was_sent_and_replaces_by_topic() {
    let (service, sender) = (start().await, Sender::new());
    let header = sender.header(&claims(&service));
    for topic in ["a", "b", "a"] {
        assert_eq!(status(push(&service, "one", &header).header("topic", topic)).await, 201);
    }
    for browser in ["one", "two", "two"] {
        assert_eq!(status(push(&service, browser, &header)).await, 201);
    }
    let shown: Value = Client::new()
        .get(format!("{}/_push-service/messages", service.url))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(shown, serde_json::to_value(service.overview()).unwrap());
    let seen: Vec<_> = shown["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| (message["browser"].clone(), message["topic"].clone(), message["replaced"].clone()))
        .collect();
    let row = |browser: &str, topic: Value, replaced: bool| (json!(browser), topic, json!(replaced));
    assert_eq!(
        seen,
        [
            row("one", json!("a"), true),
            row("one", json!("b"), false),
            row("one", json!("a"), false),
            row("one", Value::Null, false),
            row("two", Value::Null, false),
            row("two", Value::Null, false),
        ]
    );
    let first = &shown["messages"][0];
    assert_eq!((&first["body"], &first["ttl"]), (&json!(BASE64.encode("sealed")), &json!(60)));
    assert_eq!((&first["publicKey"], &first["subject"]), (&json!(sender.public_key()), &json!("mailto:a@example.com")));
    assert_eq!(shown["requests"], json!({"one": 4, "two": 2}));
}

#[tokio::test]
async fn does_what_the_name_says() {
    let (service, sender) = (start().await, Sender::new());
    let header = sender.header(&claims(&service));
    for (browser, expected) in [
        ("gone_1", vec![410, 410]),
        ("missing_1", vec![404]),
        ("busy_1", vec![429, 429]),
        ("busy_once_1", vec![429, 201, 201]),
        ("error_1", vec![500]),
        ("goner", vec![201]),
    ] {
        for code in expected {
            assert_eq!(status(push(&service, browser, &header)).await, code, "{browser}");
        }
    }
    assert_eq!(service.overview().of("busy_once_1").count(), 2);
}

#[tokio::test]
async fn refuses_senders_that_prove_nothing() {
    let (service, sender, other) = (start().await, Sender::new(), Sender::new());
    let with = |member: &str, value: Value| {
        let mut claims = claims(&service);
        claims[member] = value;
        sender.header(&claims)
    };
    let now = Timestamp::now().as_second();
    let borrowed = format!("vapid t={}, k={}", sender.token(&claims(&service)), other.public_key());
    for header in [
        "Basic eA==",
        "vapid",
        "vapid t=x",
        "vapid t=x, k=x",
        &format!("vapid t={}", sender.token(&claims(&service))),
        &borrowed,
        &with("aud", json!("https://push.example")),
        &with("exp", json!(now - 600)),
        &with("exp", json!(now + 90_000)),
        &with("sub", json!("somebody")),
    ] {
        assert_eq!(status(push(&service, "one", header)).await, 403, "{header}");
    }
    let nobody = Client::new().post(service.endpoint("one")).body("sealed");
    assert_eq!(status(nobody).await, 401);
    assert_eq!(service.overview().of("one").count(), 0);
}

#[tokio::test]
async fn refuses_messages_of_the_wrong_shape() {
    let (service, sender) = (start().await, Sender::new());
    let header = sender.header(&claims(&service));
    let bare = || Client::new().post(service.endpoint("one")).header("authorization", &header);
    assert_eq!(status(bare().header("content-encoding", "aes128gcm")).await, 400, "no TTL");
    assert_eq!(status(bare().header("ttl", "soon").header("content-encoding", "aes128gcm")).await, 400);
    assert_eq!(status(bare().header("ttl", "60").header("content-encoding", "aesgcm")).await, 415);
    assert_eq!(status(push(&service, "one", &header).body(vec![0; 4_097])).await, 413);
    assert_eq!(status(push(&service, "one", &header).body(vec![0; 4_096])).await, 201);
    for topic in ["a b", &"x".repeat(33)] {
        assert_eq!(status(push(&service, "one", &header).header("topic", topic)).await, 400, "{topic}");
    }
}
