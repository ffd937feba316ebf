//! A profile by its id, for its owner and for admins.

use identity::Accounts;
use kit::http::{Call, Reply};
use kit::problem::Problem;

use crate::dto::UserBody;

/// 200 with the profile.
///
/// # Errors
/// 401 without a caller, 404 for anything the caller may not see.
pub async fn handle(accounts: &Accounts, call: Call) -> Result<Reply, Problem> {
    let caller = call.caller()?;
    let user = accounts.profile(&caller, call.path_id("userId")?).await?;
    Reply::ok(&UserBody::from(user))
}
