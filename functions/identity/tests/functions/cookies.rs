//! Sessions of browsers: the refresh token travels in a cookie and nowhere else.

use lambda_http::Request;
use lambda_http::http::HeaderValue;
use serde_json::{Value, json};

use crate::api::{Answer, Api, by, post};

const NAME: &str = "__Secure-jari-refresh";

/// As a browser's script asks for a cookie.
fn in_browser(request: Request) -> Request {
    with(request, "x-session", "cookie")
}

fn with(mut request: Request, name: &'static str, value: &str) -> Request {
    request.headers_mut().insert(name, HeaderValue::from_str(value).unwrap());
    request
}

/// As a browser sends a cookie, beside another one.
fn carrying(token: &str, request: Request) -> Request {
    with(request, "cookie", &format!("theme=dark; {NAME}={token}"))
}

fn nothing() -> Request {
    Request::default()
}

/// The token in the cookie that an answer sets; its attributes are those of every cookie of ours.
fn cookie(answer: &Answer) -> &str {
    let text = answer.set_cookie.as_deref().unwrap();
    let (pair, attributes) = text.split_once("; ").unwrap();
    let token = pair.strip_prefix(NAME).and_then(|rest| rest.strip_prefix('=')).unwrap();
    let age = if token.is_empty() { 0 } else { 30 * 24 * 60 * 60 };
    assert_eq!(attributes, format!("HttpOnly; SameSite=Strict; Secure; Path=/api/v1/auth; Max-Age={age}"));
    token
}

fn keeps_its_token_out_of_the_body(answer: &Answer) -> bool {
    answer.body["accessToken"].is_string() && answer.body.get("refreshToken").is_none()
}

fn registration(email: &str) -> Value {
    json!({"email": email, "password": "correct horse", "name": "민지"})
}

#[tokio::test]
async fn the_whole_life_of_a_session_in_a_cookie() {
    let api = Api::new().await;
    let registered = api.call("register-user", in_browser(post(&registration("min@example.com")))).await;
    assert_eq!(registered.status, 201);
    assert!(keeps_its_token_out_of_the_body(&registered));
    let credentials = json!({"email": "min@example.com", "password": "correct horse"});
    let logged_in = api.call("log-in", in_browser(post(&credentials))).await;
    assert!(keeps_its_token_out_of_the_body(&logged_in));
    assert_ne!(cookie(&registered), cookie(&logged_in));

    let mut session = logged_in;
    for _ in 0..3 {
        let request = in_browser(carrying(cookie(&session), nothing()));
        let next = api.call("refresh-session", request).await;
        assert_eq!((next.status, &next.body["user"]), (200, &session.body["user"]));
        assert!(keeps_its_token_out_of_the_body(&next));
        assert_ne!(cookie(&next), cookie(&session));
        session = next;
    }

    let user = session.body["user"].clone();
    let log_out = by(&user, "buyer", in_browser(carrying(cookie(&session), nothing())));
    let logged_out = api.call("log-out", log_out).await;
    assert_eq!((logged_out.status, cookie(&logged_out)), (204, ""));
    let ended = api.call("refresh-session", in_browser(carrying(cookie(&session), nothing()))).await;
    assert_eq!((ended.refusal(), cookie(&ended)), ((401, "invalid_refresh_token"), ""));
    let elsewhere = api.call("refresh-session", in_browser(carrying(cookie(&registered), nothing()))).await;
    assert_eq!(elsewhere.status, 200, "other devices stay logged in");
}

#[tokio::test]
async fn without_the_header_a_cookie_is_neither_read_nor_set() {
    let api = Api::new().await;
    let session = api.call("register-user", in_browser(post(&registration("min@example.com")))).await;
    let token = cookie(&session).to_owned();

    let foreign = api.call("refresh-session", carrying(&token, nothing())).await;
    assert_eq!((foreign.status, foreign.set_cookie), (415, None), "a page of another site cannot spend it");
    let body = post(&json!({}));
    assert_eq!(api.call("refresh-session", carrying(&token, body)).await.refusal(), (422, "validation_failed"));

    let plain = api.call("log-in", post(&json!({"email": "min@example.com", "password": "correct horse"}))).await;
    assert!(plain.set_cookie.is_none() && plain.body["refreshToken"].is_string());
    let refused = api.call("refresh-session", carrying(&token, post(&json!({"refreshToken": "none"})))).await;
    assert_eq!((refused.status, refused.set_cookie), (401, None));

    assert_eq!(api.call("refresh-session", in_browser(carrying(&token, nothing()))).await.status, 200);
}

#[tokio::test]
async fn a_token_of_before_moves_into_the_cookie() {
    let api = Api::new().await;
    let before = api.register("min@example.com").await;
    let request = post(&json!({"refreshToken": before["refreshToken"]}));
    let moved = api.call("refresh-session", in_browser(request)).await;
    assert!(keeps_its_token_out_of_the_body(&moved));
    assert_eq!(api.call("refresh-session", in_browser(carrying(cookie(&moved), nothing()))).await.status, 200);
}

#[tokio::test]
async fn a_page_reloaded_before_the_answer_came_stays_logged_in() {
    let api = Api::new().await;
    let session = api.call("register-user", in_browser(post(&registration("min@example.com")))).await;
    let refresh = async || api.call("refresh-session", in_browser(carrying(cookie(&session), nothing()))).await;
    let (lost, again) = (refresh().await, refresh().await);
    assert_eq!((lost.status, again.status), (200, 200));
    assert_eq!(cookie(&lost), cookie(&again));
}

#[tokio::test]
async fn nothing_to_refresh_is_a_refusal_that_takes_the_cookie_away() {
    let api = Api::new().await;
    for request in [nothing(), carrying("", nothing()), carrying("garbage", nothing())] {
        let answer = api.call("refresh-session", in_browser(request)).await;
        assert_eq!((answer.refusal(), cookie(&answer)), ((401, "invalid_refresh_token"), ""));
    }
    let wrong = json!({"email": "nobody@example.com", "password": "wrong password"});
    assert!(api.call("log-in", in_browser(post(&wrong))).await.set_cookie.is_none());
}

#[tokio::test]
async fn logging_out_of_a_browser_ends_its_session_only_and_always_takes_the_cookie_away() {
    let api = Api::new().await;
    let mine = api.call("register-user", in_browser(post(&registration("min@example.com")))).await;
    let other = api.call("register-user", in_browser(post(&registration("other@example.com")))).await;
    let user = &mine.body["user"];
    for request in [nothing(), carrying("garbage", nothing()), carrying(cookie(&other), nothing())] {
        let answer = api.call("log-out", by(user, "buyer", in_browser(request))).await;
        assert_eq!((answer.status, cookie(&answer)), (204, ""));
    }
    for session in [&mine, &other] {
        let refreshed = api.call("refresh-session", in_browser(carrying(cookie(session), nothing()))).await;
        assert_eq!(refreshed.status, 200);
    }
}

#[tokio::test]
async fn another_value_of_the_header_is_not_understood() {
    let api = Api::new().await;
    let user = api.register("min@example.com").await["user"].clone();
    for function in ["register-user", "log-in", "refresh-session", "log-out"] {
        let request = with(post(&registration("new@example.com")), "x-session", "storage");
        let answer = api.call(function, by(&user, "buyer", request)).await;
        assert_eq!(answer.refusal(), (422, "validation_failed"), "{function}");
        assert_eq!(answer.body["errors"][0]["pointer"], "/X-Session", "{function}");
    }
}
