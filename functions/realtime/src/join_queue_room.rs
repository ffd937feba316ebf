//! `join-queue`: waits in a line without asking again and again.

use contracts::ids::EventId;
use kit::problem::Problem;
use kit::signed::Secret;
use realtime::changes::Changes;
use realtime::message::Body;
use realtime::rooms::Rooms;
use serde::Deserialize;

use crate::socket::Call;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct JoinQueue {
    event_id: EventId,
    ticket: String,
}

/// Answers `queue-updated` when it is known where the ticket stands.
///
/// # Errors
/// 401, 403, 409 or 422 as the contract lists them.
pub async fn handle(rooms: &Rooms<impl Changes>, tickets: &Secret, call: Call) -> Result<Vec<Body>, Problem> {
    let JoinQueue { event_id, ticket } = call.body()?;
    let standing = rooms.wait(&call.connection, event_id, &ticket, tickets, call.now).await?;
    Ok(standing.into_iter().collect())
}
