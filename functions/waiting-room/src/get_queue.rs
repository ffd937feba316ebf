//! `GET /queue/admin/{eventId}`: the rules and the numbers of a queue.

use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use waiting_room::dynamodb::Store;
use waiting_room::look;

/// Answers the request.
///
/// # Errors
/// 403 or 404 as the contract lists them.
pub async fn handle(store: &Store, call: Call) -> Result<Reply, Problem> {
    call.caller()?.demand("admin")?;
    Reply::ok(&look::numbers(store, call.path_id("eventId")?, Timestamp::now()).await?)
}
