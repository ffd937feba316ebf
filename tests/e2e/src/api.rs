//! A client of the API that checks every answer against the OpenAPI document.

use std::net::IpAddr;
use std::pin::Pin;
use std::time::Duration;

use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use crate::contract::Contract;
use crate::stack::{Stack, client};

/// API Gateway gives up after 30 seconds; a rush may have to wait its turn before that.
const PATIENCE: Duration = Duration::from_secs(60);

/// The API, as somebody or as nobody.
#[derive(Debug, Clone)]
pub struct Api {
    http: reqwest::Client,
    token: Option<String>,
}

impl Api {
    /// As nobody.
    ///
    /// # Panics
    /// When there is no stack.
    #[must_use]
    pub fn anonymous() -> Self {
        Self { http: patient().build().expect("a client can be built"), token: None }
    }

    /// As nobody, from this network address of the loopback network instead of 127.0.0.1.
    ///
    /// # Panics
    /// When there is no stack.
    #[must_use]
    pub fn from_address(address: IpAddr) -> Self {
        Self { http: patient().local_address(address).build().expect("a client can be built"), token: None }
    }

    /// As the bearer of this token.
    #[must_use]
    pub fn bearing(&self, token: &str) -> Self {
        Self { http: self.http.clone(), token: Some(token.to_owned()) }
    }

    /// The same connections, as nobody.
    #[must_use]
    pub fn without_token(&self) -> Self {
        Self { http: self.http.clone(), token: None }
    }

    /// `GET`
    #[must_use]
    pub fn get(&self, path: impl AsRef<str>) -> Call {
        self.call(Method::GET, path.as_ref())
    }

    /// `DELETE`
    #[must_use]
    pub fn delete(&self, path: impl AsRef<str>) -> Call {
        self.call(Method::DELETE, path.as_ref())
    }

    /// `POST` of a JSON body.
    #[must_use]
    pub fn post(&self, path: impl AsRef<str>, body: &Value) -> Call {
        self.call(Method::POST, path.as_ref()).json(body)
    }

    /// `PATCH` with a JSON body.
    #[must_use]
    pub fn patch(&self, path: impl AsRef<str>, body: &Value) -> Call {
        self.call(Method::PATCH, path.as_ref()).json(body)
    }

    /// Any request, without a body so far; `path` is below `/api/v1`.
    #[must_use]
    pub fn call(&self, method: Method, path: &str) -> Call {
        let mut request = self.http.request(method.clone(), format!("{}{path}", Stack::get().api_url));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        Call { method, path: path.to_owned(), request }
    }

    /// Every entry of a list, read in pages of `limit`.
    ///
    /// # Panics
    /// When a page is refused.
    pub async fn all(&self, path: &str, limit: usize) -> Vec<Value> {
        let separator = if path.contains('?') { '&' } else { '?' };
        let (mut found, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = self.get(format!("{path}{separator}limit={limit}{cursor}")).await.expect(200);
            let items = page["items"].as_array().expect("a list has items");
            assert!(items.len() <= limit, "{} entries in a page of {limit}", items.len());
            found.extend(items.iter().cloned());
            match page["nextCursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return found,
            }
        }
    }
}

/// Query parameters as they are written into an address.
///
/// # Panics
/// When they cannot be.
#[must_use]
pub fn query_of(parameters: &[(&str, &str)]) -> String {
    let url = reqwest::Url::parse_with_params("http://localhost/", parameters).expect("an address");
    // A plus means a blank in forms only.
    url.query().unwrap_or_default().replace('+', "%20")
}

fn patient() -> reqwest::ClientBuilder {
    client().timeout(PATIENCE)
}

/// A request; `.await` sends it.
#[derive(Debug)]
pub struct Call {
    method: Method,
    path: String,
    request: reqwest::RequestBuilder,
}

impl Call {
    /// With a JSON body.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    /// With a body that may be anything.
    #[must_use]
    pub fn body(mut self, content_type: &str, body: impl Into<reqwest::Body>) -> Self {
        self.request = self.request.header("content-type", content_type).body(body);
        self
    }

    /// With a header.
    ///
    /// # Panics
    /// When it is none.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        let value = HeaderValue::from_str(value).expect("a header value");
        self.request = self.request.header(HeaderName::from_static(name), value);
        self
    }

    /// Under this `Idempotency-Key`.
    #[must_use]
    pub fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    async fn send(self) -> Answer {
        let call = format!("{} {}", self.method, self.path);
        let answer = self.request.send().await.unwrap_or_else(|error| panic!("{call}: {error:?}"));
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let text = answer.text().await.unwrap_or_else(|error| panic!("{call}: {error:?}"));
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        let answer = Answer { call, status, headers, body, text };
        if let Err(fault) = Contract::get().check(&self.method, &self.path, &answer) {
            panic!("{answer} breaks the contract: {fault}");
        }
        answer
    }
}

impl IntoFuture for Call {
    type Output = Answer;
    type IntoFuture = Pin<Box<dyn Future<Output = Answer> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

/// An answer, whatever it says.
#[derive(Clone)]
pub struct Answer {
    /// What was called, for messages.
    pub call: String,
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as JSON; `null` when it is not JSON.
    pub body: Value,
    /// The body as it came.
    pub text: String,
}

impl Answer {
    /// The body of an answer with this status.
    ///
    /// # Panics
    /// When it has another one.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self}");
        self.body
    }

    /// The problem document of a refusal with this status and code.
    ///
    /// # Panics
    /// When it is another answer, or not a complete problem document.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status, self.code()), (status, code), "{self}");
        self.assert_problem();
        self.body
    }

    /// The problem's code; empty when there is none.
    #[must_use]
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// A header, empty when absent.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// That this is a complete problem document.
    ///
    /// # Panics
    /// When it is not.
    #[track_caller]
    pub fn assert_problem(&self) {
        assert_eq!(self.header("content-type"), "application/problem+json", "{self}");
        assert_eq!(self.body["status"], self.status, "{self}");
        for member in ["type", "title", "detail", "instance", "code", "requestId"] {
            assert!(self.body[member].is_string(), "no {member}: {self}");
        }
        let stable =
            |code: &str| code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        assert!(!self.code().is_empty() && stable(self.code()), "{self}");
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let start: String = self.text.chars().take(800).collect();
        write!(f, "{} answered {}: {start}", self.call, self.status)
    }
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}
