//! `$connect`: who connects, and whether they may.

use std::time::Instant;

use jiff::Timestamp;
use kit::problem::Problem;
use kit::worker::chain;
use realtime::access::{AccessError, AccessTokens, PublishedKeys};
use realtime::connect::connect;
use realtime::poster::Poster;

use crate::reject_unknown_action;
use crate::socket::{Answer, Desk, EventType, SocketEvent, respond};

const FUNCTION: &str = "connect-client";

/// 200: the connection begins. 401 for a token that is not good, 429 when its account has too many connections, 503
/// when that cannot be found out; then nothing is kept of it.
///
/// Nothing can be sent to the connection yet: it begins with this answer.
pub async fn handle<P: Poster, K: PublishedKeys>(
    desk: &Desk<P>,
    tokens: &AccessTokens<K>,
    event: SocketEvent,
    now: Timestamp,
) -> Answer {
    if event.request_context.event_type != EventType::Connect {
        return respond(FUNCTION, desk, event, &reject_unknown_action::handle, now).await;
    }
    let started = Instant::now();
    let result = admit(desk, tokens, &event, now).await;
    let (status, code) = result.as_ref().map_or_else(|problem| (problem.status(), problem.code()), |()| (200, ""));
    let request_id = &event.request_context.request_id;
    if let Err(problem) = &result
        && status >= 500
    {
        tracing::error!(function = FUNCTION, request_id, error = chain(problem), "a connection failed");
    }
    let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(function = FUNCTION, request_id, status, code, duration_ms);
    Answer { status_code: status }
}

async fn admit<P, K: PublishedKeys>(
    desk: &Desk<P>,
    tokens: &AccessTokens<K>,
    event: &SocketEvent,
    now: Timestamp,
) -> Result<(), Problem> {
    let user = match event.token() {
        Some(token) => Some(tokens.user(token, now).await.map_err(refusal)?),
        None => None,
    };
    Ok(connect(&desk.store, event.request_context.connection_id.clone(), user, now).await?)
}

fn refusal(error: AccessError) -> Problem {
    match error {
        AccessError::Invalid => Problem::unauthenticated(),
        AccessError::Unavailable(_) => Problem::unavailable(error),
    }
}
