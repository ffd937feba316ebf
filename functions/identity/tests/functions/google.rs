//! Logging in through Google, as far as it goes without Google: what is refused before anybody is asked.

use identity::domain::ChallengeKey;
use identity::domain::challenge::code_verifier;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::api::{Api, SECRET, asking, post, raw};

fn arrival() -> Value {
    json!({
        "code": "4/0AX", "state": "1800000000.AAAA", "codeVerifier": "v".repeat(43),
        "redirectUri": "https://jari.example/login/google",
    })
}

/// What somebody brings back who left from here just now.
fn departed(random: u8) -> Value {
    let (mut body, verifier) = (arrival(), code_verifier([random; 32]));
    let state = ChallengeKey::of(SECRET).state(&verifier, body["redirectUri"].as_str().unwrap(), Timestamp::now());
    (body["state"], body["codeVerifier"]) = (json!(state), json!(verifier));
    body
}

#[tokio::test]
async fn without_a_client_id_there_is_no_such_thing() {
    let api = Api::new().await;
    for (function, request) in [
        ("start-google-log-in", asking(&[])),
        ("start-google-log-in", asking(&[("redirectUri", "https://evil.example/")])),
        ("log-in-with-google", post(&arrival())),
        ("log-in-with-google", post(&json!({}))),
    ] {
        assert_eq!(api.call(function, request).await.refusal(), (404, "not_found"), "{function}");
    }
}

#[tokio::test]
async fn people_are_sent_back_to_our_pages_only() {
    let api = Api::with_silent_google().await;
    for redirect_uri in ["https://evil.example/", "https://jari.example", "/login/google", "", "javascript:alert(1)"] {
        let refused = api.call("start-google-log-in", asking(&[("redirectUri", redirect_uri)])).await;
        assert_eq!(refused.refusal(), (422, "validation_failed"), "{redirect_uri}");
        assert_eq!(refused.body["errors"][0]["pointer"], "/redirectUri");
    }
    // Ours are good, but Google does not answer.
    for query in [vec![], vec![("redirectUri", "https://jari.example/welcome")]] {
        let unavailable = api.call("start-google-log-in", asking(&query)).await;
        assert_eq!(unavailable.refusal(), (503, "service_unavailable"));
        assert_eq!(unavailable.retry_after.as_deref(), Some("1"));
    }
}

#[tokio::test]
async fn whoever_did_not_leave_from_here_is_turned_away_unseen() {
    let api = Api::with_silent_google().await;
    let (good, other) = (departed(1), departed(2));
    // As it is, it is taken to Google, which does not answer.
    assert_eq!(api.call("log-in-with-google", post(&good)).await.refusal(), (503, "service_unavailable"));
    for (member, value) in [
        ("state", json!("")),
        ("state", json!("1.2.3")),
        ("state", other["state"].clone()),
        ("codeVerifier", json!("")),
        ("codeVerifier", other["codeVerifier"].clone()),
        ("redirectUri", json!("https://jari.example/elsewhere")),
    ] {
        let mut body = good.clone();
        body[member] = value;
        let refused = api.call("log-in-with-google", post(&body)).await;
        assert_eq!(refused.refusal(), (401, "invalid_state"), "{body}");
    }
}

#[tokio::test]
async fn bodies_that_are_none_are_refused() {
    let api = Api::with_silent_google().await;
    for (request, refusal) in [
        (raw("application/json", "{"), (400, "malformed_request")),
        (raw("application/json", ""), (400, "malformed_request")),
        (raw("text/plain", "{}"), (415, "unsupported_media_type")),
        (raw("application/json", &" ".repeat(256 * 1024 + 1)), (413, "payload_too_large")),
    ] {
        assert_eq!(api.call("log-in-with-google", request).await.refusal(), refusal);
    }
    for (member, value) in [
        ("code", json!("")),
        ("code", json!("c".repeat(2_049))),
        ("code", json!(7)),
        ("state", json!(null)),
        ("codeVerifier", json!([])),
        ("redirectUri", json!({})),
    ] {
        let mut body = arrival();
        body[member] = value;
        let refused = api.call("log-in-with-google", post(&body)).await;
        assert_eq!(refused.refusal(), (422, "validation_failed"), "{body}");
        assert_eq!(refused.body["errors"][0]["pointer"], format!("/{member}"));
    }
}
