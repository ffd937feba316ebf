//! `POST /queue/check/{eventId}`: asks to come in, or whether it is one's turn.

use contracts::ids::AdmissionId;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use waiting_room::check::{Desk, Request};
use waiting_room::outbox::Steering;

use crate::dto::{reply, ticket_of};

/// Answers the request.
///
/// # Errors
/// 403, 404 or 409 as the contract lists them.
pub async fn handle<S: Steering + Sync>(desk: &Desk<S>, call: Call) -> Result<Reply, Problem> {
    let caller = call.caller()?;
    let event = call.path_id("eventId")?;
    let ticket = ticket_of(&call)?;
    let request = Request { event, user: caller.user_id, ticket: ticket.as_deref(), id: AdmissionId::generate() };
    reply(&desk.check(request, Timestamp::now()).await?)
}
