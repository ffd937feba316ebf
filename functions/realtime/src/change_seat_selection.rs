//! `seat-selection-changed`: shows the others which seats one thinks about. It holds nothing.

use std::collections::HashSet;

use contracts::ids::PerformanceId;
use kit::problem::Problem;
use kit::validate::Checks;
use realtime::changes::Changes;
use realtime::domain::room::MOST_CHOSEN;
use realtime::message::Body;
use realtime::rooms::Rooms;
use serde::Deserialize;

use crate::socket::Call;

/// The longest id of a seat, in bytes.
const MOST_ID_BYTES: usize = 64;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SeatSelectionChanged {
    performance_id: PerformanceId,
    seat_ids: Vec<String>,
}

/// Answers nothing.
///
/// # Errors
/// 409 when the performance was not joined, 422 when the seats make no sense.
pub async fn handle(rooms: &Rooms<impl Changes>, call: Call) -> Result<Vec<Body>, Problem> {
    let SeatSelectionChanged { performance_id, seat_ids } = call.body()?;
    check(&seat_ids)?;
    rooms.choose_seats(&call.connection, performance_id, &seat_ids, call.now).await?;
    Ok(Vec::new())
}

fn check(seat_ids: &[String]) -> Result<(), Problem> {
    let mut checks = Checks::new();
    checks.ensure(seat_ids.len() <= MOST_CHOSEN, "/seatIds", format!("must name at most {MOST_CHOSEN} seats"));
    let mut seen = HashSet::new();
    for (at, id) in seat_ids.iter().enumerate().take(MOST_CHOSEN) {
        let fits = (1..=MOST_ID_BYTES).contains(&id.len()) && !id.chars().any(char::is_control);
        checks.ensure(fits, format!("/seatIds/{at}"), "is no id of a seat");
        checks.ensure(seen.insert(id), format!("/seatIds/{at}"), "is named twice");
    }
    checks.done()
}
