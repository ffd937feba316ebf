//! Whose guesses are counted together, with a distribution in front of the API.

use identity::domain::Network;
use jiff::{SignedDuration, Timestamp};
use lambda_http::Request;
use lambda_http::http::HeaderValue;
use serde_json::json;

use crate::api::{Api, from, post};
use crate::cloud::{Cloud, World};

const SECRET: &str = "what-only-the-distribution-knows-0123456";
const EDGE: &str = "192.0.2.1";
const GUESSER: &str = "2001:db8:1:2::7";

/// Somebody logs in at `viewer`, by the word of whoever shows `proof` and is seen at the edge.
fn log_in(viewer: &str, proof: Option<&str>) -> Request {
    let mut request = from(EDGE, post(&json!({"email": "min@example.com", "password": "correct horse"})));
    let headers = request.headers_mut();
    headers.insert("x-viewer-address", HeaderValue::from_str(viewer).unwrap());
    if let Some(proof) = proof {
        headers.insert("x-origin-verify", HeaderValue::from_str(proof).unwrap());
    }
    request
}

/// Leaves no more guesses for a minute from there.
async fn wear_out(api: &Api, address: &str) {
    let (place, soon) = (Network::of(address.parse().unwrap()), Timestamp::now() + SignedDuration::from_mins(1));
    while api.store.count_from(place, soon).await.unwrap().is_ok() {}
}

#[tokio::test]
async fn viewers_behind_the_distribution_are_told_apart() {
    let cloud = Cloud::new(World::holding(SECRET)).await;
    let api = Api::behind(&cloud).await;
    api.register("min@example.com").await;
    wear_out(&api, GUESSER).await;
    for (viewer, status) in [
        ("2001:db8:1:2::7", 429),
        ("2001:db8:1:2:ffff::1", 429),
        ("2001:db8:1:3::7", 200),
        ("198.51.100.10", 200),
        // Not readable: the edge's address counts.
        ("2001:db8:1:2::7:46532, 203.0.113.7", 200),
    ] {
        assert_eq!(api.call("log-in", log_in(viewer, Some(SECRET))).await.status, status, "{viewer}");
    }
    wear_out(&api, EDGE).await;
    assert_eq!(api.call("log-in", log_in("198.51.100.10", Some(SECRET))).await.status, 200);
    assert_eq!(api.call("log-in", log_in("nonsense", Some(SECRET))).await.status, 429);
}

#[tokio::test]
async fn without_the_proof_nobody_is_where_they_say() {
    let cloud = Cloud::new(World::holding(SECRET)).await;
    let api = Api::behind(&cloud).await;
    api.register("min@example.com").await;
    wear_out(&api, EDGE).await;
    let too_long = format!("{SECRET}x");
    for proof in [None, Some(""), Some("guess"), Some(&SECRET[1..]), Some(too_long.as_str())] {
        assert_eq!(api.call("log-in", log_in("198.51.100.10", proof)).await.status, 429, "{proof:?}");
    }
}

#[tokio::test]
async fn a_secret_that_cannot_be_read_keeps_nobody_out() {
    let cloud = Cloud::new(World::default()).await;
    let api = Api::behind(&cloud).await;
    api.register("min@example.com").await;
    wear_out(&api, GUESSER).await;
    assert_eq!(api.call("log-in", log_in("2001:db8:1:2::7", Some(SECRET))).await.status, 200);
    wear_out(&api, EDGE).await;
    assert_eq!(api.call("log-in", log_in("198.51.100.10", Some(SECRET))).await.status, 429);
}

#[tokio::test]
async fn a_new_secret_is_found_within_a_minute_and_the_old_one_no_longer_counts() {
    let cloud = Cloud::new(World::holding(SECRET)).await;
    let client = aws_sdk_secretsmanager::Client::new(&cloud.config().await);
    let origin = identity::Origin::new(client, "arn:secret".into());
    let at = |second: i64| Timestamp::from_second(1_800_000_000 + second).unwrap();
    assert!(origin.vouches(SECRET, at(0)).await);
    cloud.world.lock().unwrap().secret = Some(("second".into(), "another".into()));
    assert!(!origin.vouches("another", at(59)).await);
    assert!(origin.vouches(SECRET, at(59)).await);
    assert!(origin.vouches("another", at(60)).await);
    assert!(!origin.vouches(SECRET, at(61)).await);
    cloud.world.lock().unwrap().secrets_manager_is_down = true;
    assert!(!origin.vouches("guess", at(300)).await);
    assert!(origin.vouches("another", at(301)).await, "what is known stays good");
}
