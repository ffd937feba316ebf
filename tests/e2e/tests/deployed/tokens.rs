//! Tokens that are not what they say.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use e2e::api::Api;
use e2e::forge::Forge;
use e2e::person::Person;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

/// That nobody is let in with it, neither as a buyer nor as an administrator.
async fn assert_refused(what: &str, token: &str) {
    let api = Api::anonymous().bearing(token);
    for path in ["/users/me", "/admin/users"] {
        let answer = api.get(path).await;
        assert_eq!(answer.status, 401, "{what}: {answer}");
    }
}

#[tokio::test]
async fn claims_must_be_those_of_our_own_making() {
    let (person, forge) = (Person::register().await, Forge::open().await);
    let good = forge.claims(&person.id);
    Api::anonymous().bearing(&forge.token(&good)).get("/users/me").await.expect(200);

    let with = |name: &str, value: Value| forge.token(&crate::bad_values::changed(&good, name, value));
    let without = |name: &str| {
        let mut claims = good.clone();
        claims.as_object_mut().unwrap().remove(name);
        forge.token(&claims)
    };
    let now = good["iat"].as_i64().unwrap();
    let issuer = good["iss"].as_str().unwrap();
    let refused = [
        ("expired an hour ago", with("exp", json!(now - 3_600))),
        ("expired just now", with("exp", json!(now - 1))),
        ("not valid yet", with("nbf", json!(now + 3_600))),
        ("issued in an hour", with("iat", json!(now + 3_600))),
        ("for somebody else", with("aud", json!("other"))),
        ("for several others", with("aud", json!(["other", "jari2"]))),
        ("from somebody else", with("iss", json!("https://example.com"))),
        ("from a neighbour", with("iss", json!(format!("{issuer}/")))),
        ("without an issuer", without("iss")),
        ("without an audience", without("aud")),
    ];
    for (what, token) in refused {
        assert_refused(what, &token).await;
    }
    for subject in [json!("usr_1"), json!("evt_01890000-0000-7000-8000-000000000000"), json!("")] {
        let answer = Api::anonymous().bearing(&with("sub", subject)).get("/users/me").await;
        assert_eq!(answer.status, 401, "about nobody: {answer}");
    }
    let answer = Api::anonymous().bearing(&with("sub", json!("usr_01890000-0000-7000-8000-000000000000")));
    answer.get("/users/me").await.refused(404, "not_found");
}

#[tokio::test]
async fn signatures_must_be_ours() {
    let (person, forge) = (Person::admin().await, Forge::open().await);
    let mut claims = forge.claims(&person.id);
    claims["scope"] = json!("buyer staff organizer admin");
    claims["role"] = json!("admin");
    Api::anonymous().bearing(&forge.token(&claims)).get("/admin/users").await.expect(200);

    let strange = Forge::strange_key();
    let mut refused = vec![
        ("tampered with", with_claims(person.access_token(), &claims)),
        ("signed by somebody else", forge.signed(Algorithm::RS256, &claims, &strange)),
        ("under an unknown name", forge.token_named("no-such-key", &claims)),
        ("under no name", forge.token_named("", &claims)),
        ("in another RSA form", forge.signed(Algorithm::PS256, &claims, &forge.signing_key())),
        ("with a short secret", forge.signed(Algorithm::HS256, &claims, &EncodingKey::from_secret(b"secret"))),
        ("with no secret", forge.signed(Algorithm::HS256, &claims, &EncodingKey::from_secret(b""))),
        ("no token", "abc".into()),
        ("nothing of a token", "..".into()),
    ];
    let good = forge.token(&claims);
    refused.push(("cut short", good[..good.len() - 4].to_owned()));
    refused.push(("without its signature", good[..=good.rfind('.').unwrap()].to_owned()));
    refused.push(("with two signatures", format!("{good}.{}", good.rsplit('.').next().unwrap())));
    for alg in ["none", "None", "NONE", ""] {
        refused.push(("unsigned", unsigned(&json!({"alg": alg, "typ": "JWT", "kid": forge.current}), &claims)));
    }
    // The key that everybody may read, as if it were a secret that both sides share.
    for public in forge.public_forms() {
        let secret = EncodingKey::from_secret(&public);
        for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
            refused.push(("with the public key", forge.signed(algorithm, &claims, &secret)));
        }
    }
    for (what, token) in refused {
        assert_refused(what, &token).await;
    }
}

#[tokio::test]
async fn a_token_for_another_purpose_opens_nothing() {
    let person = Person::register().await;
    let refresh_token = person.session["refreshToken"].as_str().unwrap();
    assert_refused("a refresh token", refresh_token).await;
    let body = json!({"refreshToken": person.access_token()});
    person.api.without_token().post("/auth/refresh", &body).await.refused(401, "invalid_refresh_token");
}

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// Other claims under a good token's signature.
fn with_claims(token: &str, claims: &Value) -> String {
    let parts: Vec<_> = token.split('.').collect();
    format!("{}.{}.{}", parts[0], encoded(claims), parts[2])
}

fn unsigned(header: &Value, claims: &Value) -> String {
    format!("{}.{}.", encoded(header), encoded(claims))
}
