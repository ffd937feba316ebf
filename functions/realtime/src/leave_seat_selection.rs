//! `leave-seat-selection`: hears of a performance's seats no more.

use contracts::ids::PerformanceId;
use contracts::live::Room;
use kit::problem::Problem;
use realtime::changes::Changes;
use realtime::message::Body;
use realtime::rooms::Rooms;
use serde::Deserialize;

use crate::socket::Call;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LeaveSeatSelection {
    performance_id: PerformanceId,
}

/// Answers nothing.
///
/// # Errors
/// 422 when the message names no performance.
pub async fn handle(rooms: &Rooms<impl Changes>, call: Call) -> Result<Vec<Body>, Problem> {
    let LeaveSeatSelection { performance_id } = call.body()?;
    rooms.leave(&call.connection, Room::Performance(performance_id), call.now).await?;
    Ok(Vec::new())
}
