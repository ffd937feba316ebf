//! `leave-queue`: hears of a queue no more. The place in the line is kept: it is the ticket's.

use contracts::ids::EventId;
use contracts::live::Room;
use kit::problem::Problem;
use realtime::changes::Changes;
use realtime::message::Body;
use realtime::rooms::Rooms;
use serde::Deserialize;

use crate::socket::Call;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LeaveQueue {
    event_id: EventId,
}

/// Answers nothing.
///
/// # Errors
/// 422 when the message names no event.
pub async fn handle(rooms: &Rooms<impl Changes>, call: Call) -> Result<Vec<Body>, Problem> {
    let LeaveQueue { event_id } = call.body()?;
    rooms.leave(&call.connection, Room::Queue(event_id), call.now).await?;
    Ok(Vec::new())
}
