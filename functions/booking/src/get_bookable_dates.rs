//! `GET /events/{eventId}/dates`: the days on which tickets are left.

use booking::stock;
use contracts::ids::{PerformanceId, TicketTypeId};
use jiff::Timestamp;
use jiff::civil::Date;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::{Deserialize, Serialize};

use crate::App;

/// How long anybody may answer from the same counts, in seconds.
const CACHE_SECONDS: u32 = 1;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Query {
    ticket_type_id: Option<TicketTypeId>,
}

#[derive(Debug, Serialize)]
struct Answer {
    items: Vec<DateView>,
}

#[derive(Debug, Serialize)]
struct DateView {
    /// As the calendar at the venue has it.
    date: Date,
    performances: Vec<PerformanceView>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PerformanceView {
    id: PerformanceId,
    starts_at: Timestamp,
    available: u32,
}

/// 200 with the days in order, each with its performances that can be booked.
///
/// # Errors
/// 404 for an event without a published performance; 422 for a ticket type that is no id.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let event = call.path_id("eventId")?;
    let query: Query = call.query()?;
    let now = Timestamp::now();
    let days = stock::dates(&app.store, &app.sales, &app.snapshots, event, query.ticket_type_id, now).await?;
    let performance = |(id, starts_at, available)| PerformanceView { id, starts_at, available };
    let items = days
        .into_iter()
        .map(|day| DateView { date: day.date, performances: day.performances.into_iter().map(performance).collect() })
        .collect();
    Ok(Reply::ok(&Answer { items })?.cached(CACHE_SECONDS))
}
