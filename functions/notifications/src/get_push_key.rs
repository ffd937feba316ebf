//! `GET /notifications/push-key`: the key that browsers subscribe to.

use kit::http::{Call, Reply};
use kit::problem::Problem;

use crate::dto::PushKeyBody;

/// How long caches may keep the answer, in seconds. It changes when an operator replaces the key.
const CACHE_SECONDS: u32 = 300;

/// 200 with the key.
///
/// # Errors
/// None but a mistake of ours.
pub async fn handle(public_key: &str, _: Call) -> Result<Reply, Problem> {
    Ok(Reply::ok(&PushKeyBody { public_key })?.cached(CACHE_SECONDS))
}
