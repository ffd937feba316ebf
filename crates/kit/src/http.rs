//! HTTP functions: parse, run, answer, log one line.

use std::pin::Pin;
use std::time::Instant;

use contracts::ids::InvalidId;
use lambda_http::http::{HeaderMap, HeaderValue, StatusCode, header};
use lambda_http::request::RequestContext;
use lambda_http::{Body, Error, Request, RequestExt as _, Response, service_fn};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::claims::Caller;
use crate::idempotency::{Fingerprint, IdempotencyKey, IdempotentRequest};
use crate::problem::{Problem, Violation};
use crate::worker::{chain, elapsed_ms};
use crate::{MainResult, telemetry};

/// Bodies over this many bytes are refused.
pub const MAX_BODY_BYTES: usize = 256 * 1024;

/// Answers every request with `handle` until the environment ends.
///
/// # Errors
/// When the Lambda runtime cannot be reached.
pub async fn run<'a, F, Fut>(function: &'static str, handle: F) -> MainResult
where
    F: Fn(Call) -> Fut + Sync + 'a,
    Fut: Future<Output = Result<Reply, Problem>> + Send + 'a,
{
    serve(function, &|call| -> Answering<'a> { Box::pin(handle(call)) }).await
}

/// A handler at work.
type Answering<'a> = Pin<Box<dyn Future<Output = Result<Reply, Problem>> + Send + 'a>>;

/// The loop around a handler whose type is not known: so it is compiled once here, and not once more in each of a hundred
/// programs.
async fn serve<'a>(function: &'static str, handle: &(dyn Fn(Call) -> Answering<'a> + Sync)) -> MainResult {
    telemetry::init();
    lambda_http::run(service_fn(move |request: Request| async move {
        Ok::<_, Error>(respond(function, Call::new(request), &handle).await)
    }))
    .await
}

/// One request through `handle`, as a response; logs its one line.
pub async fn respond<F, Fut>(function: &'static str, call: Call, handle: &F) -> Response<Body>
where
    F: Fn(Call) -> Fut,
    Fut: Future<Output = Result<Reply, Problem>>,
{
    let started = Instant::now();
    let (request_id, path) = (call.request_id(), call.request.uri().path().to_owned());
    let user_id = call.caller().map(|caller| caller.user_id.to_string()).unwrap_or_default();
    let if_none_match = call.header("if-none-match").map(str::to_owned);
    let result = handle(call).await;

    let (status, code) = match &result {
        Ok(reply) => (reply.status.as_u16(), ""),
        Err(problem) => (problem.status(), problem.code()),
    };
    if let Err(problem) = &result
        && status >= 500
    {
        tracing::error!(function, request_id, user_id, error = chain(problem), "request failed");
    }
    tracing::info!(function, request_id, user_id, status, code, duration_ms = elapsed_ms(started));

    match result {
        Ok(reply) => reply.into_response(if_none_match.as_deref()),
        Err(problem) => problem_response(&problem, &path, &request_id),
    }
}

/// A request.
#[derive(Debug)]
pub struct Call {
    request: Request,
}

impl Call {
    /// Of an API Gateway event.
    #[must_use]
    pub const fn new(request: Request) -> Self {
        Self { request }
    }

    /// The gateway's id of this request.
    #[must_use]
    pub fn request_id(&self) -> String {
        match self.request.request_context_ref() {
            Some(RequestContext::ApiGatewayV2(context)) => context.request_id.clone().unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// Who calls.
    ///
    /// # Errors
    /// 401 when the gateway vouches for nobody.
    pub fn caller(&self) -> Result<Caller, Problem> {
        let Some(RequestContext::ApiGatewayV2(context)) = self.request.request_context_ref() else {
            return Err(Problem::unauthenticated());
        };
        context
            .authorizer
            .as_ref()
            .and_then(|authorizer| authorizer.jwt.as_ref())
            .ok_or_else(Problem::unauthenticated)
            .and_then(|jwt| Caller::from_claims(&jwt.claims))
    }

    /// The network address that the request came from, as the gateway saw it.
    #[must_use]
    pub fn source_ip(&self) -> Option<std::net::IpAddr> {
        match self.request.request_context_ref() {
            Some(RequestContext::ApiGatewayV2(context)) => context.http.source_ip.as_deref()?.parse().ok(),
            _ => None,
        }
    }

    /// A header's value, if it was sent and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.request.headers().get(name).and_then(|value| value.to_str().ok())
    }

    /// Every cookie that was sent, as one text of the form `name=value; name=value`.
    #[must_use]
    pub fn cookies(&self) -> Option<&str> {
        self.header("cookie")
    }

    /// An id in the path.
    ///
    /// # Errors
    /// 404 when it is not an id of that kind: nothing can be there.
    pub fn path_id<T>(&self, name: &str) -> Result<T, Problem>
    where
        T: std::str::FromStr<Err = InvalidId>,
    {
        self.path_text(name)?.parse().map_err(|_| Problem::not_found())
    }

    /// A part of the path.
    ///
    /// # Errors
    /// 404 when the route has no such part.
    pub fn path_text(&self, name: &str) -> Result<String, Problem> {
        let parameters = self.request.path_parameters_ref().ok_or_else(Problem::not_found)?;
        parameters.first(name).map(str::to_owned).ok_or_else(Problem::not_found)
    }

    /// The query string as a `T`, whose fields are texts; the first of repeated parameters counts.
    ///
    /// # Errors
    /// 422 with the parameter at fault.
    pub fn query<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let mut members = serde_json::Map::new();
        if let Some(parameters) = self.request.query_string_parameters_ref() {
            for (name, value) in parameters.iter() {
                members.entry(name).or_insert_with(|| value.into());
            }
        }
        deserialize(&Value::Object(members))
    }

    /// The JSON body as a `T`.
    ///
    /// # Errors
    /// 413, 415, 400 or 422: too large, not JSON by its type, not JSON, not a `T`.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        deserialize(&self.json()?)
    }

    /// The JSON body as a `T`, or `None` when nothing was sent.
    ///
    /// # Errors
    /// As [`Call::body`].
    pub fn optional_body<T: DeserializeOwned>(&self) -> Result<Option<T>, Problem> {
        if self.bytes()?.is_empty() { Ok(None) } else { self.body().map(Some) }
    }

    /// The body as a `T`, and the idempotency key with the body's fingerprint when a key was sent.
    ///
    /// # Errors
    /// As [`Call::body`]; 422 for an unusable key.
    pub fn idempotent_body<T: DeserializeOwned>(&self) -> Result<(T, Option<IdempotentRequest>), Problem> {
        let body = self.json()?;
        let request = self.idempotency_key()?.map(|key| IdempotentRequest { key, fingerprint: Fingerprint::of(&body) });
        Ok((deserialize(&body)?, request))
    }

    /// What the JSON body is known by.
    ///
    /// # Errors
    /// As [`Call::body`], but for a body that is not a `T`.
    pub fn fingerprint(&self) -> Result<Fingerprint, Problem> {
        self.json().map(|body| Fingerprint::of(&body))
    }

    fn json(&self) -> Result<Value, Problem> {
        let bytes = self.bytes()?;
        if bytes.len() > MAX_BODY_BYTES {
            return Err(Problem::new(413, "payload_too_large", format!("A body may have {MAX_BODY_BYTES} bytes.")));
        }
        let content_type = self.header("content-type").unwrap_or_default();
        let media_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if media_type != "application/json" && !media_type.ends_with("+json") {
            return Err(Problem::new(415, "unsupported_media_type", "The body must be application/json."));
        }
        serde_json::from_slice(bytes).map_err(|error| Problem::malformed(format!("The body is not JSON: {error}.")))
    }

    fn bytes(&self) -> Result<&[u8], Problem> {
        match self.request.body() {
            Body::Empty => Ok(&[]),
            Body::Text(text) => Ok(text.as_bytes()),
            Body::Binary(bytes) => Ok(bytes),
            _ => Err(Problem::malformed("The body could not be read.")),
        }
    }

    fn idempotency_key(&self) -> Result<Option<IdempotencyKey>, Problem> {
        let Some(value) = self.request.headers().get("idempotency-key") else { return Ok(None) };
        let text = value.to_str().ok().filter(|text| (1..=300).contains(&text.chars().count()));
        text.map(|text| Some(IdempotencyKey::of(text))).ok_or_else(|| {
            Problem::invalid(vec![Violation {
                pointer: "/Idempotency-Key".into(),
                detail: "must have 1 to 300 printable characters".into(),
            }])
        })
    }
}

/// A JSON value as a `T`.
///
/// # Errors
/// 422 with a pointer to what does not fit.
pub fn deserialize<T: DeserializeOwned>(value: &Value) -> Result<T, Problem> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        use serde_path_to_error::Segment;
        let mut pointer = String::new();
        for segment in error.path().iter() {
            pointer.push('/');
            match segment {
                Segment::Seq { index } => pointer.push_str(&index.to_string()),
                Segment::Map { key } => pointer.push_str(&key.replace('~', "~0").replace('/', "~1")),
                Segment::Enum { variant } => pointer.push_str(variant),
                Segment::Unknown => pointer.push('?'),
            }
        }
        Problem::invalid(vec![Violation { pointer, detail: error.into_inner().to_string() }])
    })
}

/// An answer that is not a refusal.
#[derive(Debug)]
pub struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
}

impl Reply {
    /// 200 with a JSON body.
    ///
    /// # Errors
    /// When the body does not serialise, a mistake of ours.
    pub fn ok<T: Serialize>(body: &T) -> Result<Self, Problem> {
        Self::json(StatusCode::OK, body)
    }

    /// 201 with a JSON body.
    ///
    /// # Errors
    /// As [`Reply::ok`].
    pub fn created<T: Serialize>(body: &T) -> Result<Self, Problem> {
        Self::json(StatusCode::CREATED, body)
    }

    /// 202 with a JSON body: the rest happens later.
    ///
    /// # Errors
    /// As [`Reply::ok`].
    pub fn accepted<T: Serialize>(body: &T) -> Result<Self, Problem> {
        Self::json(StatusCode::ACCEPTED, body)
    }

    /// 204.
    #[must_use]
    pub fn no_content() -> Self {
        Self { status: StatusCode::NO_CONTENT, headers: HeaderMap::new(), body: None }
    }

    /// Lets caches keep the answer for so many seconds and adds an `ETag`, so that they can ask whether it changed.
    #[must_use]
    pub fn cached(self, seconds: u32) -> Self {
        self.tagged(&format!("public, max-age={seconds}"))
    }

    /// Lets caches keep the answer for ever: it is one version of something that is never edited in place.
    #[must_use]
    pub fn immutable(self) -> Self {
        self.tagged("public, max-age=31536000, immutable")
    }

    /// Tells the caller after how many seconds to ask again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        self
    }

    /// Tells caches that the answer depends on this header of the request.
    #[must_use]
    pub fn varying_by(mut self, header: &str) -> Self {
        self.set(header::VARY, header);
        self
    }

    /// Has the browser keep or forget a cookie: `set_cookie` is the header's value.
    #[must_use]
    pub fn setting_cookie(mut self, set_cookie: &str) -> Self {
        self.set(header::SET_COOKIE, set_cookie);
        self
    }

    fn tagged(mut self, cache_control: &str) -> Self {
        let digest = Sha256::digest(self.body.as_deref().unwrap_or_default());
        let tag: String = digest[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        self.set(header::ETAG, &format!("\"{tag}\""));
        self.set(header::CACHE_CONTROL, cache_control);
        self
    }

    fn json<T: Serialize>(status: StatusCode, body: &T) -> Result<Self, Problem> {
        let body = serde_json::to_vec(body).map_err(Problem::internal)?;
        let mut reply = Self { status, headers: HeaderMap::new(), body: Some(body) };
        reply.set(header::CONTENT_TYPE, "application/json");
        reply.set(header::CACHE_CONTROL, "no-store");
        Ok(reply)
    }

    fn set(&mut self, name: header::HeaderName, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
    }

    fn into_response(mut self, if_none_match: Option<&str>) -> Response<Body> {
        let etag = self.headers.get(header::ETAG).and_then(|tag| tag.to_str().ok());
        let unchanged = etag.is_some_and(|etag| {
            if_none_match.is_some_and(|known| {
                known
                    .split(',')
                    .any(|tag| matches!(tag.trim().trim_start_matches("W/"), tag if tag == etag || tag == "*"))
            })
        });
        if unchanged {
            self.status = StatusCode::NOT_MODIFIED;
            self.body = None;
            self.headers.remove(header::CONTENT_TYPE);
        }
        // JSON is text; sent as text it needs no base64 on its way through the gateway.
        let body = self.body.map_or(Body::Empty, |bytes| {
            String::from_utf8(bytes).map_or_else(|error| Body::Binary(error.into_bytes()), Body::Text)
        });
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}

fn problem_response(problem: &Problem, path: &str, request_id: &str) -> Response<Body> {
    let mut response = Response::new(Body::Text(problem.document(path, request_id).to_string()));
    *response.status_mut() = StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = problem.wait_seconds() {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if let Some(cookie) = problem.set_cookie().and_then(|cookie| HeaderValue::from_str(cookie).ok()) {
        headers.insert(header::SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase")]
    #[allow(dead_code, reason = "read by serde only")]
    struct Order {
        seat_ids: Vec<String>,
    }

    fn call(content_type: &str, body: &str) -> Call {
        let request = lambda_http::http::Request::builder().header("content-type", content_type);
        Call::new(request.body(Body::from(body)).unwrap())
    }

    #[test]
    fn bad_bodies_get_their_own_refusal() {
        let refuse = |content_type, body: &str| call(content_type, body).body::<Order>().unwrap_err();
        assert_eq!(refuse("text/plain", "{}").code(), "unsupported_media_type");
        assert_eq!(refuse("application/json", "{").code(), "malformed_request");
        assert_eq!(refuse("application/json", "").code(), "malformed_request");
        assert_eq!(refuse("application/json", "{}").code(), "validation_failed");
        assert_eq!(refuse("application/json", &"x".repeat(MAX_BODY_BYTES + 1)).status(), 413);
        let problem = refuse("application/json; charset=utf-8", r#"{"seatIds":["A",7]}"#);
        assert_eq!(problem.document("/", "")["errors"][0]["pointer"], "/seatIds/1");
        assert!(call("application/json", r#"{"seatIds":[]}"#).body::<Order>().is_ok());
        assert!(call("", "").optional_body::<Order>().unwrap().is_none());
        assert_eq!(call("application/json", "{").optional_body::<Order>().unwrap_err().status(), 400);
    }

    #[tokio::test]
    async fn a_known_answer_is_not_sent_again() {
        let handle = |_: Call| async { Ok(Reply::ok(&1)?.cached(5)) };
        let first = respond("test", call("", ""), &handle).await;
        assert_eq!(first.status(), 200);
        let etag = first.headers()["etag"].to_str().unwrap().to_owned();
        let request = lambda_http::http::Request::builder().header("if-none-match", format!("\"x\", W/{etag}"));
        let second = respond("test", Call::new(request.body(Body::Empty).unwrap()), &handle).await;
        assert_eq!(second.status(), 304);
        assert!(matches!(second.body(), Body::Empty));
    }
}
