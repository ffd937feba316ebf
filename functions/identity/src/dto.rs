//! Bodies that several functions answer with, and what they check alike.

use contracts::identity::{Locale, Provider, Role, UserState};
use contracts::ids::UserId;
use identity::domain::account::NAME_LENGTH;
use identity::sessions::Session;
use kit::validate::Checks;
use serde::Serialize;

/// A person's profile.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UserBody {
    id: UserId,
    email: String,
    name: String,
    provider: Provider,
    profile_image: Option<String>,
    role: Role,
    locale: Locale,
    version: u64,
}

impl From<UserState> for UserBody {
    fn from(user: UserState) -> Self {
        let UserState { id, version, email, name, provider, profile_image, role, locale } = user;
        Self { id, email, name, provider, profile_image, role, locale, version }
    }
}

/// A session that has begun or goes on.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionBody {
    access_token: String,
    /// Absent where the browser keeps it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) refresh_token: Option<String>,
    expires_in: i64,
    user: UserBody,
}

impl SessionBody {
    /// The session without its refresh token, and that.
    pub(crate) fn apart(session: Session) -> (Self, String) {
        let Session { access_token, refresh_token, expires_in, user } = session;
        (Self { access_token, refresh_token: None, expires_in, user: user.into() }, refresh_token)
    }
}

/// Notes what is wrong with a person's name at `/name`.
pub fn check_name(checks: &mut Checks, name: &str) {
    let one_line = !name.trim().contains(['\n', '\r', '\t']);
    checks.text("/name", name, NAME_LENGTH).ensure(one_line, "/name", "must be one line");
}
