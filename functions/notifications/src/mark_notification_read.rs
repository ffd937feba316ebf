//! `POST /notifications/{id}/read`: the caller has read one.

use contracts::ids::NotificationId;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use notifications::inbox;
use notifications::store::Store;

/// 204, also when it was read before: the first time counts.
///
/// # Errors
/// 401 without a caller, 404 when the caller has no such notification.
pub async fn handle(store: &Store, call: Call) -> Result<Reply, Problem> {
    let caller = call.caller()?;
    let id: NotificationId = call.path_id("notificationId")?;
    let known = inbox::mark_read(store, caller.user_id, id, Timestamp::now()).await?;
    if known { Ok(Reply::no_content()) } else { Err(Problem::not_found()) }
}
