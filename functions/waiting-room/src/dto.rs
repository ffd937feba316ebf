//! Bodies that several functions share.

use contracts::waiting_room::EntryAnswer;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Deserialize;

/// The header of a ticket.
pub const TICKET_HEADER: &str = "x-queue-ticket";

#[derive(Debug, Deserialize)]
struct TicketBody {
    ticket: Option<String>,
}

/// The ticket of a request: in the header, or else in the body.
///
/// # Errors
/// When there is a body and it is not one.
pub fn ticket_of(call: &Call) -> Result<Option<String>, Problem> {
    if let Some(ticket) = call.header(TICKET_HEADER) {
        return Ok(Some(ticket.to_owned()));
    }
    Ok(call.optional_body::<TicketBody>()?.and_then(|body| body.ticket))
}

/// The answer to somebody who asks for entry; whoever waits is told when to ask again.
///
/// # Errors
/// As [`Reply::ok`].
pub fn reply(answer: &EntryAnswer) -> Result<Reply, Problem> {
    let reply = Reply::ok(answer)?;
    Ok(match answer {
        EntryAnswer::Waiting(wait) | EntryAnswer::PreQueue(wait) => reply.retry_after(wait.poll_after_seconds),
        EntryAnswer::Admitted(_) | EntryAnswer::Refused { .. } => reply,
    })
}
