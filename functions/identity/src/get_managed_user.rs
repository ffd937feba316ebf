//! An account by its id, for admins.

use identity::Administration;
use kit::http::{Call, Reply};
use kit::problem::Problem;

use crate::dto::UserBody;

/// 200 with the account.
///
/// # Errors
/// 401 without a caller, 403 for anybody but an admin, 404 for an account that is not there.
pub async fn handle(administration: &Administration, call: Call) -> Result<Reply, Problem> {
    call.caller()?.demand("admin")?;
    let user = administration.account(call.path_id("userId")?).await?;
    Reply::ok(&UserBody::from(user))
}
