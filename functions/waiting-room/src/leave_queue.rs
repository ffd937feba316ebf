//! `POST /queue/leave/{eventId}`: gives one's place in the sale to somebody else.

use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use waiting_room::dynamodb::Store;
use waiting_room::leave;

/// Answers the request.
///
/// # Errors
/// 404 as the contract lists it.
pub async fn handle(store: &Store, call: Call) -> Result<Reply, Problem> {
    let caller = call.caller()?;
    leave::leave(store, call.path_id("eventId")?, caller.user_id, Timestamp::now()).await?;
    Ok(Reply::no_content())
}
