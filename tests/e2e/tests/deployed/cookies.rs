//! Sessions of browsers, through the front door: the cookie has to make it there and back.

use e2e::api::{Answer, Api, Call};
use e2e::person::{PASSWORD, Person, address};
use serde_json::{Value, json};

const NAME: &str = "__Secure-jari-refresh";

fn in_browser(call: Call) -> Call {
    call.header("x-session", "cookie")
}

/// The token in the one cookie that an answer sets; empty when it takes it away.
#[track_caller]
fn cookie(answer: &Answer) -> String {
    let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
    let [text] = cookies.as_slice() else { panic!("{cookies:?}: {answer}") };
    let (pair, attributes) = text.split_once("; ").unwrap();
    let (name, token) = pair.split_once('=').unwrap();
    let age = if token.is_empty() { "Max-Age=0" } else { "Max-Age=2592000" };
    let mut found: Vec<_> = attributes.split("; ").collect();
    found.sort_unstable();
    assert_eq!(found, ["HttpOnly", age, "Path=/api/v1/auth", "SameSite=Strict", "Secure"]);
    assert_eq!(name, NAME);
    token.to_owned()
}

/// What a browser that has this cookie sends to refresh its session.
fn refresh(token: &str) -> Call {
    let call = Api::anonymous().call(reqwest::Method::POST, "/auth/refresh");
    in_browser(call).header("cookie", &format!("theme=dark; {NAME}={token}"))
}

async fn begin(path: &str, body: &Value) -> Answer {
    let answer = in_browser(Api::anonymous().post(path, body)).await;
    assert!(answer.body["accessToken"].is_string() && answer.body.get("refreshToken").is_none(), "{answer}");
    answer
}

#[tokio::test]
async fn a_session_lives_in_a_cookie_from_registering_to_logging_out() {
    let email = address();
    let registration = json!({"email": email, "password": PASSWORD, "name": "민지"});
    let registered = begin("/auth/register", &registration).await;
    let logged_in = begin("/auth/login", &json!({"email": email, "password": PASSWORD})).await;

    let next = refresh(&cookie(&logged_in)).await;
    assert!(next.status == 200 && next.body.get("refreshToken").is_none(), "{next}");
    assert_eq!(next.body["user"], logged_in.body["user"]);
    let token = cookie(&next);
    let person = Person::of_session(&Api::anonymous(), next.body);
    assert_eq!(person.api.get("/users/me").await.expect(200)["email"], email.as_str());

    let call = person.api.call(reqwest::Method::POST, "/auth/logout");
    let logged_out = in_browser(call).header("cookie", &format!("{NAME}={token}")).await;
    assert_eq!((logged_out.status, cookie(&logged_out).as_str()), (204, ""), "{logged_out}");
    let ended = refresh(&token).await;
    assert_eq!(cookie(&ended), "");
    ended.refused(401, "invalid_refresh_token");
    refresh(&cookie(&registered)).await.expect(200);
}

#[tokio::test]
async fn two_tabs_that_refresh_at_once_go_on_with_the_same_token() {
    let person = Person::register().await;
    let session = begin("/auth/login", &json!({"email": person.email, "password": PASSWORD})).await;
    let token = cookie(&session);
    let (one, other) = tokio::join!(refresh(&token).into_future(), refresh(&token).into_future());
    assert_eq!((one.status, other.status), (200, 200), "{one} {other}");
    assert_eq!(cookie(&one), cookie(&other));
    refresh(&cookie(&one)).await.expect(200);
}

#[tokio::test]
async fn other_sites_can_neither_spend_the_cookie_nor_get_one() {
    let person = Person::register().await;
    let session = begin("/auth/login", &json!({"email": person.email, "password": PASSWORD})).await;
    let token = cookie(&session);
    // What a form of another site could send, if the cookie went with it.
    let call = Api::anonymous().call(reqwest::Method::POST, "/auth/refresh");
    let forged = call.header("cookie", &format!("{NAME}={token}")).body("text/plain", "").await;
    assert!(!forged.headers.contains_key("set-cookie"), "{forged}");
    forged.refused(415, "unsupported_media_type");
    let plain = Api::anonymous().post("/auth/login", &json!({"email": person.email, "password": PASSWORD})).await;
    assert!(!plain.headers.contains_key("set-cookie") && plain.body["refreshToken"].is_string(), "{plain}");

    let nothing = in_browser(Api::anonymous().call(reqwest::Method::POST, "/auth/refresh")).await;
    assert_eq!(cookie(&nothing), "");
    nothing.refused(401, "invalid_refresh_token");
    let call = Api::anonymous().post("/auth/login", &json!({"email": person.email, "password": PASSWORD}));
    let problem = call.header("x-session", "storage").await.refused(422, "validation_failed");
    assert_eq!(problem["errors"][0]["pointer"], "/X-Session");
    refresh(&token).await.expect(200);
}
