//! Giving somebody a role, by an operator: there is no HTTP route to this, only `lambda:InvokeFunction`.
//!
//! This is how a platform gets its first admin. The new role is in the next access token, at the next refresh; one that
//! allows less than the old one ends the sessions instead.

use contracts::identity::{Role, UserState};
use identity::{Administration, Error};
use jiff::Timestamp;
use serde::Deserialize;

/// The payload of the invocation, `{"email": "…", "role": "buyer|staff|organizer|admin"}`.
#[derive(Debug, Deserialize)]
pub struct Request {
    /// Whose role.
    pub email: String,
    /// The role.
    pub role: Role,
}

/// Answers with the account as it is now. Harmless to repeat.
///
/// # Errors
/// When nobody has the address, or the table did not answer.
pub async fn handle(administration: &Administration, request: Request) -> Result<UserState, Error> {
    let user = administration.set_role(&request.email, request.role, Timestamp::now()).await?;
    tracing::info!(function = "set-user-role", user_id = %user.id, role = ?user.role, version = user.version);
    Ok(user)
}
