//! What the functions answer.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot set itself up must stop"
)]

use kit::http::{Call, respond};
use lambda_http::{Body, http::Request};
use platform_functions::{get_health, reject_unknown_path};
use serde_json::{Value, json};

fn call(method: &str, path: &str) -> Call {
    Call::new(Request::builder().method(method).uri(path).body(Body::Empty).unwrap())
}

fn json(body: &Body) -> Value {
    serde_json::from_slice(body).unwrap()
}

#[tokio::test]
async fn health_says_ok_and_the_version() {
    let handle = |call: Call| async move { get_health::handle("1.2.3", &call) };
    let response = respond("get-health", call("GET", "/api/v1/health"), &handle).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert_eq!(json(response.body()), json!({"status": "ok", "version": "1.2.3"}));
}

#[tokio::test]
async fn unknown_paths_are_problems() {
    let handle = |call: Call| async move { reject_unknown_path::handle(&call) };
    for (method, path) in [("GET", "/api/v1/nothing"), ("DELETE", "/"), ("POST", "/api/v2/events")] {
        let response = respond("reject-unknown-path", call(method, path), &handle).await;
        assert_eq!(response.status(), 404);
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        let problem = json(response.body());
        assert_eq!((&problem["code"], &problem["instance"]), (&json!("not_found"), &json!(path)));
    }
}
