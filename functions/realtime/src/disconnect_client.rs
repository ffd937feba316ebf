//! `$disconnect`: a connection has ended.

use jiff::Timestamp;
use kit::worker::{WorkerError, chain};
use realtime::changes::Changes;
use realtime::connect::disconnect;
use realtime::poster::Poster;

use crate::reject_unknown_action;
use crate::socket::{Answer, Desk, EventType, SocketEvent, respond};

const FUNCTION: &str = "disconnect-client";

/// Forgets the connection.
///
/// # Errors
/// When the table does not answer.
pub async fn handle<P: Poster>(
    desk: &Desk<P>,
    changes: &impl Changes,
    event: SocketEvent,
    now: Timestamp,
) -> Result<Answer, WorkerError> {
    let context = &event.request_context;
    if context.event_type != EventType::Disconnect {
        return Ok(respond(FUNCTION, desk, event, &reject_unknown_action::handle, now).await);
    }
    let result = disconnect(&desk.store, changes, &context.connection_id, now).await;
    let error = result.as_ref().err().map(|error| chain(error));
    tracing::info!(function = FUNCTION, request_id = context.request_id, ok = result.is_ok(), error);
    result?;
    Ok(Answer::OK)
}
