//! What a web distribution's cache does for answers that never change: all but the first are its own. Others it would keep
//! for a second or a minute are not kept here, where developers look for what they have just changed.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use axum::body::{Body, Bytes};
use axum::http::header::{AGE, AUTHORIZATION, CACHE_CONTROL, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;

/// Answers that are kept; a layout is the largest, two megabytes.
const MOST: usize = 16;

/// A request that a cache may answer: for everybody the same, and the whole of it. Whether somebody knows the answer already
/// is the API's to compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key(String);

impl Key {
    pub fn of(method: &Method, path: &str, headers: &HeaderMap) -> Option<Self> {
        let asks_for_more = [AUTHORIZATION, IF_NONE_MATCH].iter().any(|name| headers.contains_key(name));
        (method == Method::GET && !asks_for_more).then(|| Self(path.to_owned()))
    }
}

/// The answers, the newest first.
#[derive(Debug, Default)]
pub(super) struct Cache(Mutex<VecDeque<(Key, HeaderMap, Bytes)>>);

impl Cache {
    pub fn get(&self, key: &Key) -> Option<Response> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, headers, body) = kept.iter().find(|(known, ..)| known == key)?;
        let mut headers = headers.clone();
        headers.insert(AGE, HeaderValue::from_static("0"));
        Some(response(StatusCode::OK, headers, body.clone()))
    }

    pub fn keep(&self, key: Key, headers: HeaderMap, body: Bytes) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(known, ..)| *known != key);
        kept.truncate(MOST - 1);
        kept.push_front((key, headers, body));
    }
}

/// Whether everybody may be given this answer for ever.
pub(super) fn is_forever(status: StatusCode, headers: &HeaderMap) -> bool {
    let directives = headers.get(CACHE_CONTROL).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let has = |wanted: &str| directives.split(',').any(|directive| directive.trim() == wanted);
    status == StatusCode::OK && has("public") && has("immutable")
}

pub(super) fn response(status: StatusCode, headers: HeaderMap, body: Bytes) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}
