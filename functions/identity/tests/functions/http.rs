//! Sessions over HTTP: what the functions answer, and that bad input is refused with a stable code.

use identity::domain::Network;
use jiff::{SignedDuration, Timestamp};
use lambda_http::Request;
use serde_json::json;

use crate::api::{Api, at, by, from, of, post, raw};

#[tokio::test]
async fn the_whole_life_of_a_session() {
    let api = Api::new().await;
    let session = api.register(" Min@Example.com").await;
    let user = &session["user"];
    let expected = json!({
        "id": user["id"], "email": "Min@Example.com", "name": "민지", "provider": "LOCAL", "profileImage": null,
        "role": "buyer", "locale": "ko", "version": 1,
    });
    assert_eq!(user, &expected);
    assert_eq!(session["expiresIn"], 900);
    assert_eq!(session["accessToken"].as_str().unwrap().split('.').count(), 3);

    let login = api.call("log-in", post(&json!({"email": "min@example.com", "password": "correct horse"}))).await;
    assert_eq!((login.status, &login.body["user"]), (200, user));
    let refreshed = api.call("refresh-session", post(&json!({"refreshToken": login.body["refreshToken"]}))).await;
    assert_eq!((refreshed.status, &refreshed.body["user"]), (200, user));

    let me = api.call("get-my-profile", by(user, "buyer", Request::default())).await;
    assert_eq!((me.status, &me.body), (200, user));
    assert_eq!(api.call("get-user", by(user, "buyer", of(user))).await.body, *user);

    let log_out = by(user, "buyer", post(&json!({"refreshToken": refreshed.body["refreshToken"]})));
    assert_eq!(api.call("log-out", log_out).await.status, 204);
    let ended = api.call("refresh-session", post(&json!({"refreshToken": refreshed.body["refreshToken"]}))).await;
    assert_eq!(ended.refusal(), (401, "invalid_refresh_token"));
    assert_eq!(api.call("log-out", by(user, "buyer", Request::default())).await.status, 204);
    let ended = api.call("refresh-session", post(&json!({"refreshToken": session["refreshToken"]}))).await;
    assert_eq!(ended.refusal(), (401, "invalid_refresh_token"));
}

#[tokio::test]
async fn a_registration_is_told_everything_that_is_wrong_with_it() {
    let api = Api::new().await;
    for (body, pointers) in [
        (json!({"email": "min", "password": "short", "name": " "}), vec!["/email", "/password", "/name"]),
        (json!({"email": "a@b.co", "password": "p".repeat(129), "name": "n".repeat(101)}), vec!["/password", "/name"]),
        (json!({"email": "a@b.co", "password": "correct horse", "name": "two\nlines"}), vec!["/name"]),
        (json!({"email": "a@b.co", "password": "correct horse", "name": "nul\u{0}"}), vec!["/name"]),
        (json!({"email": 7, "password": "correct horse", "name": "Min"}), vec!["/email"]),
        (json!({"email": "a@b.co", "password": ["correct horse"], "name": "Min"}), vec!["/password"]),
        (json!({"email": "a@b.co", "password": "correct horse"}), vec![""]),
    ] {
        let answer = api.call("register-user", post(&body)).await;
        assert_eq!(answer.refusal(), (422, "validation_failed"), "{body}");
        let found: Vec<_> =
            answer.body["errors"].as_array().unwrap().iter().map(|e| e["pointer"].as_str().unwrap()).collect();
        assert_eq!(found, pointers, "{body}");
    }
    api.register("taken@example.com").await;
    let again = json!({"email": "TAKEN@example.com", "password": "correct horse", "name": "Min"});
    assert_eq!(api.call("register-user", post(&again)).await.refusal(), (409, "email_taken"));
}

#[tokio::test]
async fn unreadable_bodies_are_refused_by_every_function_that_takes_one() {
    let api = Api::new().await;
    let user = api.register("min@example.com").await["user"].clone();
    for function in ["register-user", "log-in", "refresh-session", "log-out", "update-my-profile"] {
        for (request, refusal) in [
            (raw("application/json", "{"), (400, "malformed_request")),
            (raw("text/plain", "{}"), (415, "unsupported_media_type")),
            (raw("application/json", &" ".repeat(256 * 1024 + 1)), (413, "payload_too_large")),
            (raw("application/json", "7"), (422, "validation_failed")),
            (raw("application/json", r#"{"refreshToken": {}, "email": {}, "name": {}}"#), (422, "validation_failed")),
        ] {
            assert_eq!(api.call(function, by(&user, "buyer", request)).await.refusal(), refusal, "{function}");
        }
    }
    for function in ["register-user", "log-in", "refresh-session"] {
        assert_eq!(api.call(function, raw("application/json", "")).await.refusal(), (400, "malformed_request"));
        assert_eq!(api.call(function, post(&json!({}))).await.refusal(), (422, "validation_failed"));
    }
}

#[tokio::test]
async fn wrong_passwords_unknown_people_and_guessing() {
    let api = Api::new().await;
    api.register("min@example.com").await;
    let mut answers = Vec::new();
    for email in ["min@example.com", "nobody@example.com", "no address"] {
        let mut answer = api.call("log-in", post(&json!({"email": email, "password": "wrong password"}))).await;
        assert_eq!(answer.refusal(), (401, "invalid_credentials"), "{email}");
        answer.body["requestId"].take();
        answers.push(answer.body);
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
    let guess = json!({"email": "min@example.com", "password": "x"});
    for _ in 0..4 {
        assert_eq!(api.call("log-in", post(&guess)).await.status, 401);
    }
    let slowed = api.call("log-in", post(&guess)).await;
    assert_eq!(slowed.refusal(), (429, "too_many_attempts"));
    assert!(slowed.retry_after.unwrap().parse::<u32>().unwrap() >= 1);
}

#[tokio::test]
async fn other_peoples_profiles_are_not_there() {
    let api = Api::new().await;
    let (min, other) = (api.register("min@example.com").await, api.register("other@example.com").await);
    let (min, other) = (&min["user"], &other["user"]);
    assert_eq!(api.call("get-user", by(other, "buyer organizer", of(min))).await.refusal(), (404, "not_found"));
    assert_eq!(api.call("get-user", by(other, "buyer staff organizer admin", of(min))).await.body, *min);
    for id in
        ["me", "usr_1", "evt_019a0000-0000-7000-8000-000000000000", "usr_019a0000-0000-7000-8000-000000000000", ""]
    {
        assert_eq!(api.call("get-user", by(min, "admin", at(id))).await.refusal(), (404, "not_found"), "{id}");
    }
    for function in ["get-user", "get-my-profile", "log-out"] {
        assert_eq!(api.call(function, of(min)).await.refusal(), (401, "unauthenticated"), "{function}");
    }
    let gone = json!({"id": "usr_019a0000-0000-7000-8000-000000000000"});
    assert_eq!(api.call("get-my-profile", by(&gone, "buyer", Request::default())).await.refusal(), (404, "not_found"));
}

#[tokio::test]
async fn guesses_are_counted_by_the_address_they_come_from() {
    let api = Api::new().await;
    api.register("min@example.com").await;
    // In a minute there will have been too many, so there are now.
    let (place, soon) =
        (Network::of("2001:db8:1:2::1".parse().unwrap()), Timestamp::now() + SignedDuration::from_mins(1));
    while api.store.count_from(place, soon).await.unwrap().is_ok() {}
    let right = || post(&json!({"email": "min@example.com", "password": "correct horse"}));
    let slowed = api.call("log-in", from("2001:db8:1:2:ffff::", right())).await;
    assert_eq!(slowed.refusal(), (429, "too_many_attempts"));
    assert!(slowed.retry_after.unwrap().parse::<u32>().unwrap() > 1);
    for request in [from("2001:db8:1:3::1", right()), from("no address", right()), right()] {
        assert_eq!(api.call("log-in", request).await.status, 200);
    }
}
