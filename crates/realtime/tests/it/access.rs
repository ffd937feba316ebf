//! Access tokens.

use std::cell::{Cell, RefCell};

use contracts::ids::UserId;
use identity::domain::{Email, account};
use identity::keys::KeyRing;
use identity::tokens::AccessTokens as Issuer;
use jiff::Timestamp;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use realtime::access::{AccessError, AccessTokens, PublishedKeys};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::at;

const ISSUER: &str = "https://issuer.example";

/// Published keys that count how often they are read.
struct Published {
    keys: RefCell<JwkSet>,
    reads: Cell<u32>,
    broken: Cell<bool>,
}

impl PublishedKeys for &Published {
    async fn read(&self) -> Result<JwkSet, AccessError> {
        self.reads.set(self.reads.get() + 1);
        if self.broken.get() {
            Err(AccessError::Unavailable("on purpose".into()))
        } else {
            Ok(self.keys.borrow().clone())
        }
    }
}

fn published(ring: &KeyRing) -> Published {
    Published { keys: RefCell::new(ring.public().unwrap()), reads: Cell::new(0), broken: Cell::new(false) }
}

fn ring() -> KeyRing {
    KeyRing::generate(at(0)).unwrap()
}

fn sign(ring: &KeyRing, claims: &Value) -> String {
    let (kid, key) = ring.signer().unwrap();
    jsonwebtoken::encode(&Header { kid: Some(kid), ..Header::new(Algorithm::RS256) }, claims, &key).unwrap()
}

fn claims(user: UserId, now: Timestamp) -> Value {
    let now = now.as_second();
    json!({"iss": ISSUER, "aud": "jari", "sub": user, "iat": now, "exp": now + 900})
}

#[tokio::test]
async fn a_token_of_identity_is_good_until_it_ends() {
    let ring = ring();
    let published = published(&ring);
    let tokens = AccessTokens::new(&published, ISSUER, "jari");
    let email = Email::parse("min@example.com").unwrap();
    let user = account::open(UserId::generate(), &email, "Min", contracts::identity::Locale::Ko);
    let issuer = Issuer::new(&ring, ISSUER.into(), "jari".into()).unwrap();
    let token = issuer.issue(&user, Uuid::now_v7(), at(0)).unwrap();
    assert_eq!(tokens.user(&token, at(0)).await.unwrap(), user.id);
    assert_eq!(tokens.user(&token, at(899_000)).await.unwrap(), user.id);
    assert!(matches!(tokens.user(&token, at(900_000)).await, Err(AccessError::Invalid)));
    assert_eq!(published.reads.get(), 1, "the keys are kept");
}

#[tokio::test]
async fn what_the_authorizer_of_the_api_refuses_is_refused() {
    let (ring, strange) = (ring(), ring());
    let published = published(&ring);
    let tokens = AccessTokens::new(&published, ISSUER, "jari");
    let good = claims(UserId::generate(), at(0));
    tokens.user(&sign(&ring, &good), at(0)).await.unwrap();
    let with = |member: &str, value: Value| {
        let mut claims = good.clone();
        claims[member] = value;
        sign(&ring, &claims)
    };
    let without = |member: &str| {
        let mut claims = good.clone();
        claims.as_object_mut().unwrap().remove(member);
        sign(&ring, &claims)
    };
    let token = sign(&ring, &good);
    let (head, signature) = token.rsplit_once('.').unwrap();
    let named_as_ours = Header { kid: Some(ring.current().to_owned()), ..Header::new(Algorithm::RS256) };
    let public = serde_json::to_vec(&ring.public().unwrap()).unwrap();
    let by_public_key = Header { kid: Some(ring.current().to_owned()), ..Header::new(Algorithm::HS256) };
    let refused = [
        with("exp", json!(at(0).as_second())),
        with("iss", json!("https://other.example")),
        with("aud", json!("other")),
        with("sub", json!("evt_1")),
        with("iat", json!(at(0).as_second() + 60)),
        with("nbf", json!(at(0).as_second() + 60)),
        without("exp"),
        without("iss"),
        without("aud"),
        without("sub"),
        sign(&strange, &good),
        jsonwebtoken::encode(&named_as_ours, &good, &strange.signer().unwrap().1).unwrap(),
        jsonwebtoken::encode(&by_public_key, &good, &EncodingKey::from_secret(&public)).unwrap(),
        format!("{head}."),
        format!("{head}.A{}", &signature[1..]),
        "nonsense".to_owned(),
        String::new(),
        "x".repeat(100_000),
    ];
    for token in refused {
        let outcome = tokens.user(&token, at(0)).await;
        assert!(matches!(outcome, Err(AccessError::Invalid)), "{outcome:?} {token:.60}");
    }
}

#[tokio::test]
async fn unknown_names_make_nobody_read_the_keys_again_and_again() {
    let (first, second) = (ring(), ring());
    let published = published(&first);
    let tokens = AccessTokens::new(&published, ISSUER, "jari");
    let user = UserId::generate();
    tokens.user(&sign(&first, &claims(user, at(0))), at(0)).await.unwrap();
    for _ in 0..50 {
        assert!(tokens.user(&sign(&second, &claims(user, at(0))), at(9_999)).await.is_err());
    }
    assert_eq!(published.reads.get(), 1);
    *published.keys.borrow_mut() = second.public().unwrap();
    assert_eq!(tokens.user(&sign(&second, &claims(user, at(0))), at(10_000)).await.unwrap(), user);
    assert_eq!(published.reads.get(), 2, "a key that is new is found");
}

#[tokio::test]
async fn keys_that_cannot_be_read_are_not_taken_for_a_bad_token() {
    let ring = ring();
    let published = published(&ring);
    published.broken.set(true);
    let tokens = AccessTokens::new(&published, ISSUER, "jari");
    let token = sign(&ring, &claims(UserId::generate(), at(0)));
    assert!(matches!(tokens.user(&token, at(0)).await, Err(AccessError::Unavailable(_))));
    published.broken.set(false);
    tokens.user(&token, at(0)).await.unwrap();
}
