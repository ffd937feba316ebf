//! `DELETE /notifications/push-subscriptions/{id}`: a browser of the caller's wants no more push messages.

use contracts::ids::PushSubscriptionId;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use notifications::store::Store;
use notifications::subscribing;

/// 204.
///
/// # Errors
/// 401 without a caller, 404 when the caller has no such subscription (any more).
pub async fn handle(store: &Store, call: Call) -> Result<Reply, Problem> {
    let caller = call.caller()?;
    let id: PushSubscriptionId = call.path_id("subscriptionId")?;
    let known = subscribing::unsubscribe(store, caller.user_id, id, Timestamp::now()).await?;
    if known { Ok(Reply::no_content()) } else { Err(Problem::not_found()) }
}
