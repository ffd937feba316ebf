//! Requests, as API Gateway hands them over.

use contracts::ids::UserId;
use kit::http::Call;
use lambda_http::request::LambdaRequest;
use serde_json::{Value, json};

use crate::Failure;

/// A request on its way to a handler.
#[derive(Debug, Clone)]
pub struct Request(Value);

impl Request {
    /// By nobody in particular.
    #[must_use]
    pub fn anonymous() -> Self {
        Self(json!({
            "version": "2.0",
            "routeKey": "$default",
            "rawPath": "/api/v1/measured",
            "rawQueryString": "",
            "headers": {"content-type": "application/json"},
            "isBase64Encoded": false,
            "requestContext": {
                "accountId": "1", "apiId": "a", "domainName": "d", "requestId": "r", "stage": "$default",
                "routeKey": "$default", "time": "", "timeEpoch": 0,
                "http": {
                    "method": "POST", "path": "/api/v1/measured", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1",
                    "userAgent": "",
                },
            },
        }))
    }

    /// By this account.
    #[must_use]
    pub fn by(user: UserId) -> Self {
        Self::with_scope(user, "buyer")
    }

    /// By this account, which may do everything.
    #[must_use]
    pub fn by_admin(user: UserId) -> Self {
        Self::with_scope(user, "buyer organizer admin")
    }

    fn with_scope(user: UserId, scope: &str) -> Self {
        let mut request = Self::anonymous();
        let claims = json!({"sub": user, "scope": scope});
        request.0["requestContext"]["authorizer"] = json!({"jwt": {"claims": claims, "scopes": null}});
        request
    }

    /// With this body.
    #[must_use]
    pub fn body(mut self, body: &Value) -> Self {
        self.0["body"] = body.to_string().into();
        self
    }

    /// With this header.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0["headers"][name] = value.into();
        self
    }

    /// With this part of the path.
    #[must_use]
    pub fn at(mut self, parameter: &str, value: impl ToString) -> Self {
        self.0["pathParameters"] = json!({ parameter: value.to_string() });
        self
    }

    /// With this query string.
    #[must_use]
    pub fn query(mut self, query: impl Into<Value>) -> Self {
        self.0["rawQueryString"] = query.into();
        self
    }

    /// As handlers take it.
    ///
    /// # Errors
    /// When API Gateway could not have sent it.
    pub fn call(self) -> Result<Call, Failure> {
        let request: LambdaRequest = serde_json::from_value(self.0)?;
        Ok(Call::new(lambda_http::Request::from(request)))
    }
}
