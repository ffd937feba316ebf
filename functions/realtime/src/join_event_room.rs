//! `join-event`: hears of an event's tickets, and how many watch it.

use contracts::ids::EventId;
use kit::problem::Problem;
use realtime::changes::Changes;
use realtime::message::Body;
use realtime::rooms::Rooms;
use serde::Deserialize;

use crate::socket::Call;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct JoinEvent {
    event_id: EventId,
}

/// Answers `room-info`.
///
/// # Errors
/// 404, 409 or 422 as the contract lists them.
pub async fn handle(rooms: &Rooms<impl Changes>, call: Call) -> Result<Vec<Body>, Problem> {
    let JoinEvent { event_id } = call.body()?;
    Ok(vec![rooms.watch_event(&call.connection, event_id, call.now).await?])
}
