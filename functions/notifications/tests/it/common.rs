//! A table and API Gateway's events.

use contracts::ids::UserId;
use kit::http::{Call, Reply, respond};
use kit::problem::Problem;
use lambda_http::request::LambdaRequest;
use lambda_http::{Body, Request};
use notifications::store::Store;
use serde_json::{Value, json};
use testkit::TestTable;

/// A status and a JSON body.
pub type Answer = (u16, Value);

pub fn store(table: &TestTable) -> Store {
    Store::new(table.client(), table.name.clone())
}

#[track_caller]
pub fn refused((status, body): Answer, expected: u16, code: &str, what: &str) -> Value {
    assert_eq!((status, body["code"].as_str()), (expected, Some(code)), "{what}: {body}");
    body
}

/// An event of the HTTP API.
#[derive(Clone)]
pub struct Event(Value);

impl Event {
    pub fn anonymous() -> Self {
        Self(json!({
            "version": "2.0",
            "routeKey": "$default",
            "rawPath": "/api/v1/test",
            "rawQueryString": "",
            "headers": {"content-type": "application/json"},
            "isBase64Encoded": false,
            "requestContext": {
                "accountId": "1", "apiId": "a", "domainName": "d", "requestId": "req-1", "stage": "$default",
                "routeKey": "$default", "time": "", "timeEpoch": 0,
                "http": {"method": "POST", "path": "/api/v1/test", "protocol": "HTTP/1.1", "sourceIp": "", "userAgent": ""},
            },
        }))
    }

    pub fn by(user: UserId) -> Self {
        let mut event = Self::anonymous();
        let claims = json!({"sub": user, "scope": ""});
        event.0["requestContext"]["authorizer"] = json!({"jwt": {"claims": claims, "scopes": null}});
        event
    }

    pub fn body(self, body: &Value) -> Self {
        self.text(&body.to_string())
    }

    pub fn text(mut self, body: &str) -> Self {
        self.0["body"] = body.into();
        self
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.0["headers"][name] = value.into();
        self
    }

    pub fn at(mut self, parameter: &str, value: &str) -> Self {
        self.0["pathParameters"] = json!({ parameter: value });
        self
    }

    pub fn query(mut self, query: &str) -> Self {
        self.0["rawQueryString"] = query.into();
        self
    }

    pub async fn send<F, Fut>(self, handle: F) -> Answer
    where
        F: Fn(Call) -> Fut,
        Fut: Future<Output = Result<Reply, Problem>>,
    {
        let request: LambdaRequest = serde_json::from_value(self.0).unwrap();
        let response = respond("test", Call::new(Request::from(request)), &handle).await;
        let body = match response.body() {
            Body::Text(text) => serde_json::from_str(text).unwrap(),
            _ => Value::Null,
        };
        (response.status().as_u16(), body)
    }
}
