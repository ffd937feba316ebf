//! Every HTTP function: what it answers, and that bad input is refused with a stable code.

use std::collections::HashMap;
use std::sync::LazyLock;

use identity::keys::KeyRing;
use identity::tokens::AccessTokens;
use identity::{Accounts, Sessions, Store};
use identity_functions::{get_my_profile, get_user, log_in, log_out, refresh_session, register_user};
use jiff::Timestamp;
use kit::http::{Call, respond};
use lambda_http::aws_lambda_events::apigw::{
    ApiGatewayRequestAuthorizer, ApiGatewayRequestAuthorizerJwtDescription, ApiGatewayV2httpRequestContext,
};
use lambda_http::request::RequestContext;
use lambda_http::{Body, Request, RequestExt as _};
use serde_json::{Value, json};
use testkit::TestTable;

static RING: LazyLock<KeyRing> = LazyLock::new(|| KeyRing::generate(Timestamp::UNIX_EPOCH).unwrap());

struct Api {
    sessions: Sessions,
    accounts: Accounts,
}

struct Answer {
    status: u16,
    body: Value,
    retry_after: Option<String>,
}

impl Answer {
    fn refusal(&self) -> (u16, &str) {
        (self.status, self.body["code"].as_str().unwrap_or_default())
    }
}

impl Api {
    async fn new() -> Self {
        let table = TestTable::start().await;
        let store = Store::new(table.client(), table.name.clone());
        let tokens = AccessTokens::new(&RING, "https://issuer.example".into(), "jari".into()).unwrap();
        Self { sessions: Sessions::new(store.clone(), tokens), accounts: Accounts::new(store) }
    }

    async fn call(&self, function: &'static str, request: Request) -> Answer {
        let call = Call::new(request);
        let (sessions, accounts) = (&self.sessions, &self.accounts);
        let response = match function {
            "register-user" => respond(function, call, &|call| register_user::handle(sessions, call)).await,
            "log-in" => respond(function, call, &|call| log_in::handle(sessions, call)).await,
            "refresh-session" => respond(function, call, &|call| refresh_session::handle(sessions, call)).await,
            "log-out" => respond(function, call, &|call| log_out::handle(accounts, call)).await,
            "get-my-profile" => respond(function, call, &|call| get_my_profile::handle(accounts, call)).await,
            "get-user" => respond(function, call, &|call| get_user::handle(accounts, call)).await,
            _ => panic!("no such function: {function}"),
        };
        let retry_after = response.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
        let body = match response.body() {
            Body::Text(text) => serde_json::from_str(text).unwrap(),
            _ => Value::Null,
        };
        Answer { status: response.status().as_u16(), body, retry_after }
    }

    async fn register(&self, email: &str) -> Value {
        let body = json!({"email": email, "password": "correct horse", "name": "민지"});
        let answer = self.call("register-user", post(&body)).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.body
    }
}

fn raw(content_type: &str, body: &str) -> Request {
    let request = lambda_http::http::Request::builder().method("POST").header("content-type", content_type);
    request.body(Body::from(body)).unwrap()
}

fn post(body: &Value) -> Request {
    raw("application/json", &body.to_string())
}

/// As the gateway passes a request on whose token it has verified.
fn by(user: &Value, scope: &str, request: Request) -> Request {
    let mut jwt = ApiGatewayRequestAuthorizerJwtDescription::default();
    jwt.claims = HashMap::from([
        ("sub".to_owned(), user["id"].as_str().unwrap().to_owned()),
        ("scope".to_owned(), scope.to_owned()),
    ]);
    let mut authorizer = ApiGatewayRequestAuthorizer::default();
    authorizer.jwt = Some(jwt);
    let mut context = ApiGatewayV2httpRequestContext::default();
    context.authorizer = Some(authorizer);
    request.with_request_context(RequestContext::ApiGatewayV2(context))
}

fn of(user: &Value) -> Request {
    at(user["id"].as_str().unwrap())
}

fn at(id: &str) -> Request {
    Request::default().with_path_parameters(HashMap::from([("userId".to_owned(), id.to_owned())]))
}

#[tokio::test]
async fn the_whole_life_of_a_session() {
    let api = Api::new().await;
    let session = api.register(" Min@Example.com").await;
    let user = &session["user"];
    let expected = json!({
        "id": user["id"], "email": "Min@Example.com", "name": "민지", "provider": "LOCAL", "profileImage": null,
        "role": "buyer",
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
    for function in ["register-user", "log-in", "refresh-session", "log-out"] {
        for (request, refusal) in [
            (raw("application/json", "{"), (400, "malformed_request")),
            (raw("text/plain", "{}"), (415, "unsupported_media_type")),
            (raw("application/json", &" ".repeat(256 * 1024 + 1)), (413, "payload_too_large")),
            (raw("application/json", "7"), (422, "validation_failed")),
            (raw("application/json", r#"{"refreshToken": {}, "email": {}}"#), (422, "validation_failed")),
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
