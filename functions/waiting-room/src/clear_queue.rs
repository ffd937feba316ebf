//! `POST /queue/admin/clear/{eventId}`: empties a queue.

use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Deserialize;
use waiting_room::dynamodb::Store;
use waiting_room::manage;

use crate::fresh_keys;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    opens_at: Option<Timestamp>,
    version: Option<u64>,
}

/// Answers the request.
///
/// # Errors
/// 403, 404, 409 or 422 as the contract lists them.
pub async fn handle(store: &Store, call: Call) -> Result<Reply, Problem> {
    call.caller()?.demand("admin")?;
    let event = call.path_id("eventId")?;
    let Body { opens_at, version } = call.optional_body()?.unwrap_or_default();
    Reply::ok(&manage::clear(store, event, opens_at, version, &fresh_keys()?, Timestamp::now()).await?)
}
