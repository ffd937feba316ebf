//! The HTTP side.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{AUTHORIZATION, CONTENT_ENCODING, LOCATION, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use jiff::Timestamp;

use super::messages::{Message, Messages, Overview};
use super::vapid;

/// The most bytes of a body that services have to take, and the most that this one takes.
const MOST_BYTES: usize = 4_096;

/// The most characters of a topic.
const LONGEST_TOPIC: usize = 32;

/// What the routes share.
#[derive(Debug, Clone)]
pub(super) struct Service {
    pub(super) audience: String,
    pub(super) messages: Arc<Messages>,
}

/// The routes of one push service.
pub(super) fn routes(service: Service) -> Router {
    Router::new()
        .route("/push/{browser}", post(push))
        .route("/_push-service/messages", get(messages))
        .with_state(service)
}

async fn messages(State(service): State<Service>) -> Json<Overview> {
    Json(service.messages.overview())
}

async fn push(
    State(service): State<Service>,
    Path(browser): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let count = service.messages.count(&browser);
    let message = match read(&service, &browser, &headers, &body) {
        Ok(message) => message,
        Err((status, reason)) => {
            tracing::warn!(browser, %status, reason, "refused");
            return (status, reason).into_response();
        }
    };
    let starts = |behaviour: &str| browser.starts_with(behaviour);
    if starts("gone_") {
        StatusCode::GONE.into_response()
    } else if starts("missing_") {
        StatusCode::NOT_FOUND.into_response()
    } else if starts("busy_") && (!starts("busy_once_") || count == 1) {
        (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, "1")]).into_response()
    } else if starts("error_") {
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    } else {
        service.messages.keep(message);
        (StatusCode::CREATED, [(LOCATION, format!("{}/messages/{browser}-{count}", service.audience))]).into_response()
    }
}

fn read(service: &Service, browser: &str, headers: &HeaderMap, body: &Bytes) -> Result<Message, (StatusCode, String)> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let refuse = |status, reason: &str| (status, reason.to_owned());
    let now = Timestamp::now();
    let authorization =
        header(AUTHORIZATION.as_str()).ok_or_else(|| refuse(StatusCode::UNAUTHORIZED, "there is no Authorization"))?;
    let sender = vapid::sender(authorization, &service.audience, now).map_err(|why| (StatusCode::FORBIDDEN, why))?;
    let ttl = header("ttl").and_then(|ttl| ttl.parse().ok());
    let ttl = ttl.ok_or_else(|| refuse(StatusCode::BAD_REQUEST, "TTL must be a number of seconds"))?;
    if header(CONTENT_ENCODING.as_str()) != Some("aes128gcm") {
        return Err(refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Content-Encoding must be aes128gcm"));
    }
    if body.len() > MOST_BYTES {
        return Err(refuse(StatusCode::PAYLOAD_TOO_LARGE, "the body is too long"));
    }
    let topic = header("topic").map(str::to_owned);
    let is_base64url = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if topic.as_ref().is_some_and(|topic| topic.len() > LONGEST_TOPIC || !topic.chars().all(is_base64url)) {
        return Err(refuse(StatusCode::BAD_REQUEST, "Topic must have at most 32 characters of base64url"));
    }
    Ok(Message {
        browser: browser.to_owned(),
        at: now,
        ttl,
        topic,
        public_key: sender.public_key,
        subject: sender.subject,
        body: BASE64.encode(body),
        replaced: false,
    })
}
