//! `join-seat-selection`: hears what becomes of a performance's seats.

use contracts::ids::PerformanceId;
use kit::problem::Problem;
use realtime::changes::Changes;
use realtime::message::Body;
use realtime::rooms::Rooms;
use serde::Deserialize;

use crate::socket::Call;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct JoinSeatSelection {
    performance_id: PerformanceId,
}

/// Answers `room-info` with the version that the seat map must have, and `seat-selection` when others have chosen seats.
///
/// # Errors
/// 404, 409 or 422 as the contract lists them.
pub async fn handle(rooms: &Rooms<impl Changes>, call: Call) -> Result<Vec<Body>, Problem> {
    let JoinSeatSelection { performance_id } = call.body()?;
    Ok(rooms.watch_seats(&call.connection, performance_id, call.now).await?)
}
