//! Access tokens.

use std::cell::{Cell, RefCell};

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use contracts::ids::UserId;
use jiff::Timestamp;
use jsonwebtoken::jwk::{Jwk, JwkSet, ThumbprintHash};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use realtime::access::{AccessError, AccessTokens, PublishedKeys};
use serde_json::{Value, json};

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

/// A key as identity makes them.
struct KeyRing {
    key: EncodingKey,
    public: Jwk,
}

impl KeyRing {
    fn kid(&self) -> String {
        self.public.common.key_id.clone().unwrap()
    }

    fn public(&self) -> JwkSet {
        JwkSet { keys: vec![self.public.clone()] }
    }
}

fn ring() -> KeyRing {
    let der: Pkcs8V1Der<'_> = KeyPair::generate(KeySize::Rsa2048).unwrap().as_der().unwrap();
    let text = pem::encode(&pem::Pem::new("PRIVATE KEY", der.as_ref()));
    let key = EncodingKey::from_rsa_pem(text.as_bytes()).unwrap();
    let mut public = Jwk::from_encoding_key(&key, Algorithm::RS256).unwrap();
    public.common.key_id = Some(public.thumbprint(ThumbprintHash::SHA256).unwrap());
    KeyRing { key, public }
}

fn published(ring: &KeyRing) -> Published {
    Published { keys: RefCell::new(ring.public()), reads: Cell::new(0), broken: Cell::new(false) }
}

fn sign(ring: &KeyRing, claims: &Value) -> String {
    let header = Header { kid: Some(ring.kid()), ..Header::new(Algorithm::RS256) };
    jsonwebtoken::encode(&header, claims, &ring.key).unwrap()
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
    let user = UserId::generate();
    let mut claims = claims(user, at(0));
    // What else identity writes into a token.
    claims.as_object_mut().unwrap().extend([
        ("jti".to_owned(), json!("0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4cff")),
        ("scope".to_owned(), json!("buyer")),
        ("role".to_owned(), json!("buyer")),
    ]);
    let token = sign(&ring, &claims);
    assert_eq!(tokens.user(&token, at(0)).await.unwrap(), user);
    assert_eq!(tokens.user(&token, at(899_000)).await.unwrap(), user);
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
    let other_letter = if signature.starts_with('A') { "B" } else { "A" };
    let named_as_ours = Header { kid: Some(ring.kid()), ..Header::new(Algorithm::RS256) };
    let public = serde_json::to_vec(&ring.public()).unwrap();
    let by_public_key = Header { kid: Some(ring.kid()), ..Header::new(Algorithm::HS256) };
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
        jsonwebtoken::encode(&named_as_ours, &good, &strange.key).unwrap(),
        jsonwebtoken::encode(&by_public_key, &good, &EncodingKey::from_secret(&public)).unwrap(),
        format!("{head}."),
        format!("{head}.{other_letter}{}", &signature[1..]),
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
    *published.keys.borrow_mut() = second.public();
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
