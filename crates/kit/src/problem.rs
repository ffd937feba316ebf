//! Problem documents (RFC 9457): the one form in which a function says no.

use std::error::Error;
use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::dynamo::StoreError;

/// A refusal, on its way to the caller. What went wrong inside is kept as `source` for the log and never sent.
///
/// Every result of a handler has room for one, so texts are boxed.
#[derive(Debug)]
pub struct Problem {
    status: u16,
    code: &'static str,
    detail: Box<str>,
    violations: Box<[Violation]>,
    members: Map<String, Value>,
    retry_after: Option<u32>,
    set_cookie: Option<Box<str>>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// One thing wrong with a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// Where, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// What.
    pub detail: String,
}

impl Problem {
    /// A refusal with its own stable `code` (snake case).
    #[must_use]
    pub fn new(status: u16, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            code,
            detail: detail.into().into(),
            violations: Box::default(),
            members: Map::new(),
            retry_after: None,
            set_cookie: None,
            source: None,
        }
    }

    /// 400: not even readable.
    #[must_use]
    pub fn malformed(detail: impl Into<String>) -> Self {
        Self::new(400, "malformed_request", detail)
    }

    /// 422: readable, but these things are wrong with it.
    #[must_use]
    pub fn invalid(violations: Vec<Violation>) -> Self {
        let detail = violations.first().map_or_else(
            || "The request is not valid.".to_owned(),
            |first| format!("{}: {}", first.pointer, first.detail),
        );
        Self { violations: violations.into(), ..Self::new(422, "validation_failed", detail) }
    }

    /// 404: not there, or not the caller's; the two look the same on purpose.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(404, "not_found", "There is nothing here for you.")
    }

    /// 401: nobody is logged in.
    #[must_use]
    pub fn unauthenticated() -> Self {
        Self::new(401, "unauthenticated", "A valid access token is needed.")
    }

    /// 403: logged in, but not allowed.
    #[must_use]
    pub fn forbidden() -> Self {
        Self::new(403, "forbidden", "Your account may not do this.")
    }

    /// 409: a condition that the change depends on does not hold.
    #[must_use]
    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(409, code, detail)
    }

    /// 503: something that is needed does not answer now.
    #[must_use]
    pub fn unavailable(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            retry_after: Some(1),
            source: Some(source.into()),
            ..Self::new(503, "service_unavailable", "A part of the service does not answer. Please try again.")
        }
    }

    /// 500: a mistake of ours.
    #[must_use]
    pub fn internal(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { source: Some(source.into()), ..Self::new(500, "internal_error", "Something went wrong on our side.") }
    }

    /// Adds a member of its own to the document, for example the seats that were lost.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Serialize) -> Self {
        let value = serde_json::to_value(value).unwrap_or(Value::Null);
        self.members.insert(name.to_owned(), value);
        self
    }

    /// Tells the caller how many seconds to wait.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Has the browser keep or forget a cookie: `set_cookie` is the header's value.
    #[must_use]
    pub fn setting_cookie(mut self, set_cookie: String) -> Self {
        self.set_cookie = Some(set_cookie.into());
        self
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// Seconds to wait, if any.
    #[must_use]
    pub const fn wait_seconds(&self) -> Option<u32> {
        self.retry_after
    }

    /// What to tell the browser of a cookie, if anything.
    #[must_use]
    pub fn set_cookie(&self) -> Option<&str> {
        self.set_cookie.as_deref()
    }

    /// A member added by [`Problem::with`].
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&Value> {
        self.members.get(name)
    }

    /// The document for the caller.
    #[must_use]
    pub fn document(&self, instance: &str, request_id: &str) -> Value {
        let mut document = self.members.clone();
        document.insert("type".into(), format!("https://jari.dev/problems/{}", self.code).into());
        document.insert("title".into(), self.code.replace('_', " ").into());
        document.insert("status".into(), self.status.into());
        document.insert("detail".into(), self.detail.as_ref().into());
        document.insert("instance".into(), instance.into());
        document.insert("code".into(), self.code.into());
        document.insert("requestId".into(), request_id.into());
        if !self.violations.is_empty() {
            document.insert("errors".into(), serde_json::to_value(&self.violations).unwrap_or(Value::Null));
        }
        Value::Object(document)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.status, self.code, self.detail)
    }
}

impl Error for Problem {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) | StoreError::Contended => Self::unavailable(error),
            StoreError::Unreadable(_) => Self::internal(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_carry_every_member_of_the_contract_and_no_source() {
        let problem = Problem::unavailable("password=hunter2").with("seatIds", ["A-1"]);
        let document = problem.document("/api/v1/seats/reserve", "req-1");
        for member in ["type", "title", "status", "detail", "instance", "code", "requestId", "seatIds"] {
            assert!(document.get(member).is_some(), "{member}");
        }
        assert!(!document.to_string().contains("hunter2"));
        assert!(document.get("errors").is_none());
    }

    #[test]
    fn violations_are_listed_by_pointer() {
        let problem = Problem::invalid(vec![Violation { pointer: "/seatIds/0".into(), detail: "twice".into() }]);
        let document = problem.document("/", "r");
        assert_eq!(document["status"], 422);
        assert_eq!(document["errors"][0]["pointer"], "/seatIds/0");
    }
}
