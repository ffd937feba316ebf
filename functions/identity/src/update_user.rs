//! Giving somebody a role, by an admin.

use contracts::identity::Role;
use identity::Administration;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Deserialize;

use crate::dto::UserBody;

#[derive(Deserialize)]
struct Request {
    role: Role,
    version: Option<u64>,
}

/// 200 with the account after the change.
///
/// # Errors
/// 401 without a caller, 403 for anybody who is no admin now, 404 for an account that is not there, 409 `own_role` or
/// `version_conflict`, 422 for a role that there is not.
pub async fn handle(administration: &Administration, call: Call) -> Result<Reply, Problem> {
    let caller = call.caller()?;
    caller.demand("admin")?;
    let id = call.path_id("userId")?;
    let Request { role, version } = call.body()?;
    let user = administration.give_role(caller.user_id, id, role, version, Timestamp::now()).await?;
    Reply::ok(&UserBody::from(user))
}
