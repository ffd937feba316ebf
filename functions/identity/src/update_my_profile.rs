//! Changing the caller's own profile.

use contracts::identity::Locale;
use identity::Accounts;
use identity::domain::account::ProfilePatch;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use kit::validate::Checks;
use serde::Deserialize;

use crate::dto::{UserBody, check_name};

#[derive(Deserialize)]
struct Request {
    version: Option<u64>,
    name: Option<String>,
    locale: Option<Locale>,
}

/// 200 with the profile after the change. A field that is absent or `null` stays as it is.
///
/// # Errors
/// 401 without a caller, 404 when the account is gone, 409 `version_conflict`, 422 for a bad field.
pub async fn handle(accounts: &Accounts, call: Call) -> Result<Reply, Problem> {
    let caller = call.caller()?;
    let Request { version, name, locale } = call.body()?;
    let mut checks = Checks::new();
    if let Some(name) = &name {
        check_name(&mut checks, name);
    }
    checks.done()?;
    let patch = ProfilePatch { name, locale };
    let user = accounts.change_profile(caller.user_id, &patch, version, Timestamp::now()).await?;
    Reply::ok(&UserBody::from(user))
}
