//! The HTTP functions over an embedded table, called as Lambda calls them.

use std::collections::HashMap;
use std::sync::LazyLock;

use identity::keys::KeyRing;
use identity::provider::Provider;
use identity::tokens::AccessTokens;
use identity::{Accounts, Administration, Google, Origin, Sessions, Signer, Store};
use identity_functions::{
    get_managed_user, get_my_profile, get_user, list_users, log_in, log_in_with_google, log_out, refresh_session,
    register_user, start_google_log_in, update_my_profile, update_user,
};
use jiff::Timestamp;
use kit::http::{Call, respond};
use lambda_http::aws_lambda_events::apigw::{
    ApiGatewayRequestAuthorizer, ApiGatewayRequestAuthorizerJwtDescription, ApiGatewayV2httpRequestContext,
};
use lambda_http::request::RequestContext;
use lambda_http::{Body, Request, RequestExt as _};
use serde_json::{Value, json};
use testkit::TestTable;

use crate::cloud::Cloud;

pub const SITE: &str = "https://jari.example";
pub const SECRET: &str = "client-secret";

static RING: LazyLock<KeyRing> = LazyLock::new(|| KeyRing::generate(Timestamp::UNIX_EPOCH).unwrap());

pub struct Api {
    pub store: Store,
    pub administration: Administration,
    sessions: Sessions,
    accounts: Accounts,
    google: Option<Google>,
    origin: Origin,
}

pub struct Answer {
    pub status: u16,
    pub body: Value,
    pub retry_after: Option<String>,
    pub set_cookie: Option<String>,
}

impl Answer {
    pub fn refusal(&self) -> (u16, &str) {
        (self.status, self.body["code"].as_str().unwrap_or_default())
    }
}

impl Api {
    pub async fn new() -> Self {
        let table = TestTable::like("IdentityTable").await;
        let store = Store::new(table.client(), table.name.clone());
        let tokens = AccessTokens::new(&RING, "https://issuer.example".into(), "jari".into()).unwrap();
        let sessions = Sessions::new(store.clone(), Signer::always(tokens));
        let (accounts, administration) = (Accounts::new(store.clone()), Administration::new(store.clone()));
        // A Secrets Manager that nobody answers for.
        let silent = aws_config::SdkConfig::builder()
            .behavior_version(aws_config::BehaviorVersion::latest())
            .region(aws_config::Region::new("us-east-1"))
            .endpoint_url("http://127.0.0.1:1")
            .build();
        let origin = Origin::new(aws_sdk_secretsmanager::Client::new(&silent), "arn:secret".into());
        Self { store, administration, sessions, accounts, google: None, origin }
    }

    /// Behind a distribution whose secret is in this Secrets Manager.
    pub async fn behind(cloud: &Cloud) -> Self {
        let client = aws_sdk_secretsmanager::Client::new(&cloud.config().await);
        Self { origin: Origin::new(client, "arn:secret".into()), ..Self::new().await }
    }

    /// Where people may log in through a Google that does not answer.
    pub async fn with_silent_google() -> Self {
        let provider = Provider::new("http://127.0.0.1:1".into(), "jari-test".into(), SECRET.into()).unwrap();
        Self { google: Some(Google::new(provider, SECRET, SITE.into())), ..Self::new().await }
    }

    pub async fn call(&self, function: &'static str, request: Request) -> Answer {
        let call = Call::new(request);
        let (sessions, accounts, administration) = (&self.sessions, &self.accounts, &self.administration);
        let (google, origin) = (self.google.as_ref(), &self.origin);
        let response = match function {
            "register-user" => respond(function, call, &|call| register_user::handle(sessions, call)).await,
            "log-in" => respond(function, call, &|call| log_in::handle(sessions, origin, call)).await,
            "refresh-session" => respond(function, call, &|call| refresh_session::handle(sessions, call)).await,
            "log-out" => respond(function, call, &|call| log_out::handle(accounts, call)).await,
            "get-my-profile" => respond(function, call, &|call| get_my_profile::handle(accounts, call)).await,
            "update-my-profile" => respond(function, call, &|call| update_my_profile::handle(accounts, call)).await,
            "list-users" => respond(function, call, &|call| list_users::handle(administration, call)).await,
            "get-managed-user" => respond(function, call, &|call| get_managed_user::handle(administration, call)).await,
            "update-user" => respond(function, call, &|call| update_user::handle(administration, call)).await,
            "start-google-log-in" => respond(function, call, &|call| start_google_log_in::handle(google, call)).await,
            "log-in-with-google" => {
                respond(function, call, &|call| log_in_with_google::handle(google, sessions, call)).await
            }
            "get-user" => respond(function, call, &|call| get_user::handle(accounts, call)).await,
            _ => panic!("no such function: {function}"),
        };
        let header = |name| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let (retry_after, set_cookie) = (header("retry-after"), header("set-cookie"));
        let body = match response.body() {
            Body::Text(text) => serde_json::from_str(text).unwrap(),
            _ => Value::Null,
        };
        Answer { status: response.status().as_u16(), body, retry_after, set_cookie }
    }

    pub async fn register(&self, email: &str) -> Value {
        let body = json!({"email": email, "password": "correct horse", "name": "민지"});
        let answer = self.call("register-user", post(&body)).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.body
    }
}

pub fn raw(content_type: &str, body: &str) -> Request {
    let request = lambda_http::http::Request::builder().method("POST").header("content-type", content_type);
    request.body(Body::from(body)).unwrap()
}

pub fn post(body: &Value) -> Request {
    raw("application/json", &body.to_string())
}

/// As the gateway passes a request on whose token it has verified.
pub fn by(user: &Value, scope: &str, request: Request) -> Request {
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

pub fn of(user: &Value) -> Request {
    at(user["id"].as_str().unwrap())
}

pub fn at(id: &str) -> Request {
    Request::default().with_path_parameters(HashMap::from([("userId".to_owned(), id.to_owned())]))
}

/// With a query string.
pub fn asking(query: &[(&str, &str)]) -> Request {
    let parameters = query.iter().map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()]));
    Request::default().with_query_string_parameters(parameters.collect::<HashMap<_, _>>())
}

/// From a network address, of nobody in particular.
pub fn from(address: &str, request: Request) -> Request {
    let mut context = ApiGatewayV2httpRequestContext::default();
    context.http.source_ip = Some(address.to_owned());
    request.with_request_context(RequestContext::ApiGatewayV2(context))
}
