//! The caller's own profile.

use identity::Accounts;
use kit::http::{Call, Reply};
use kit::problem::Problem;

use crate::dto::UserBody;

/// 200 with the profile.
///
/// # Errors
/// 401 without a caller, 404 when the account is gone.
pub async fn handle(accounts: &Accounts, call: Call) -> Result<Reply, Problem> {
    let caller = call.caller()?;
    let user = accounts.profile(&caller, caller.user_id).await?;
    Reply::ok(&UserBody::from(user))
}
