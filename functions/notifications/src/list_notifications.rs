//! `GET /notifications`: the caller's inbox, newest first.

use kit::http::{Call, Reply};
use kit::page::PageQuery;
use kit::problem::Problem;
use notifications::inbox;
use notifications::store::Store;

use crate::dto::InboxBody;

/// 200 with a page of the caller's inbox.
///
/// # Errors
/// 401 without a caller, 422 for a bad limit or cursor.
pub async fn handle(store: &Store, call: Call) -> Result<Reply, Problem> {
    let caller = call.caller()?;
    let query: PageQuery = call.query()?;
    let page = inbox::look(store, caller.user_id, query.position()?, query.limit()?).await?;
    Reply::ok(&InboxBody::try_from(page)?)
}
