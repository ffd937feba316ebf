//! `GET /queue/status/{eventId}`: how far the line is, for everybody, and where a ticket stands.

use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use waiting_room::look;

use crate::Watch;
use crate::dto::TICKET_HEADER;

/// How long caches may keep what all see, in seconds.
const KEPT_SECONDS: u32 = 1;

/// Answers the request.
///
/// # Errors
/// 403 or 404 as the contract lists them.
pub async fn handle(watch: &Watch, call: Call) -> Result<Reply, Problem> {
    let event = call.path_id("eventId")?;
    let (ticket, now) = (call.header(TICKET_HEADER), Timestamp::now());
    let room = watch.rooms.get(&watch.store, event, now).await?;
    let status = look::status(event, &room, &watch.tickets, ticket, now)?;
    let reply = Reply::ok(&status)?.retry_after(status.poll_after_seconds);
    // A shared cache must not answer somebody's ticket with what all see.
    Ok(if ticket.is_some() { reply } else { reply.cached(KEPT_SECONDS).varying_by(TICKET_HEADER) })
}
