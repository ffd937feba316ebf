//! `GET /tickets/availability/{ticketTypeId}`: what is left of a ticket type.

use booking::domain::stock::Tickets;
use booking::stock;
use contracts::ids::PerformanceId;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Serialize;

use crate::App;

/// How long anybody may answer from the same counts, in seconds.
const CACHE_SECONDS: u32 = 1;

#[derive(Debug, Serialize)]
struct Answer {
    items: Vec<Stock>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Stock {
    performance_id: PerformanceId,
    total: u32,
    available: u32,
    held: u32,
    sold: u32,
}

/// Answers the request, one entry for each performance.
///
/// # Errors
/// 404 for a ticket type that no published performance sells.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let ticket_type = call.path_id("ticketTypeId")?;
    let all = stock::availability(&app.store, &app.sales, &app.snapshots, ticket_type, Timestamp::now()).await?;
    let items = all
        .into_iter()
        .map(|(performance_id, Tickets { total, free, held, sold })| Stock {
            performance_id,
            total,
            available: free,
            held,
            sold,
        })
        .collect();
    Ok(Reply::ok(&Answer { items })?.cached(CACHE_SECONDS))
}
