//! `Idempotency-Key`: the first answer again, without doing anything again.

use std::sync::Arc;

use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::error::TossError;
use super::ledger::RecordedAnswer;
use super::shared::Shared;

const MAX_KEY_LENGTH: usize = 300;

/// A request that has begun and whose answer may have to be remembered.
///
/// Dropping it ends the request; a caller who hangs up drops it too.
pub(super) struct Request {
    shared: Arc<Shared>,
    /// Path and key; `None` without an `Idempotency-Key`.
    name: Option<String>,
}

/// Whether a request has to be worked on.
pub(super) enum Begun {
    /// It has.
    Fresh(Request),
    /// This is its answer already.
    Answered(Response),
}

impl Request {
    /// Begins a request, unless one of the same name was answered or is being worked on.
    pub fn begin(shared: &Arc<Shared>, path: &str, headers: &HeaderMap) -> Begun {
        let mut request = Self { shared: Arc::clone(shared), name: None };
        let Some(key) = headers.get("idempotency-key") else {
            return Begun::Fresh(request);
        };
        let Some(key) = key.to_str().ok().filter(|key| !key.is_empty() && key.len() <= MAX_KEY_LENGTH) else {
            return Begun::Answered(TossError::InvalidIdempotencyKey.into_response());
        };
        let name = format!("{path} {key}");
        if !shared.unanswered().insert(name.clone()) {
            return Begun::Answered(TossError::IdempotentRequestProcessing.into_response());
        }
        request.name = Some(name.clone());
        match shared.ledger().recorded(&name) {
            Some(answer) => Begun::Answered(to_response(answer)),
            None => Begun::Fresh(request),
        }
    }

    /// Ends the request with `result`, which is remembered unless it was the PG's own failure.
    pub fn answer(self, result: Result<Value, TossError>) -> Response {
        let answer = match result {
            Ok(body) => RecordedAnswer { status: StatusCode::OK.as_u16(), body },
            Err(error) => RecordedAnswer { status: error.status().as_u16(), body: error.body() },
        };
        let response = to_response(&answer);
        if let Some(name) = &self.name
            && !response.status().is_server_error()
        {
            self.shared.change(|ledger| ledger.record(name.clone(), answer));
        }
        response
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        if let Some(name) = &self.name {
            self.shared.unanswered().remove(name);
        }
    }
}

fn to_response(answer: &RecordedAnswer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(&answer.body)).into_response()
}
