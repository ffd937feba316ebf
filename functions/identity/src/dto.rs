//! Bodies that several functions answer with.

use contracts::identity::{Provider, Role, UserState};
use contracts::ids::UserId;
use identity::sessions::Session;
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
}

impl From<UserState> for UserBody {
    fn from(user: UserState) -> Self {
        let UserState { id, version: _, email, name, provider, profile_image, role, locale: _ } = user;
        Self { id, email, name, provider, profile_image, role }
    }
}

/// A session that has begun or goes on.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionBody {
    access_token: String,
    refresh_token: String,
    expires_in: i64,
    user: UserBody,
}

impl From<Session> for SessionBody {
    fn from(session: Session) -> Self {
        let Session { access_token, refresh_token, expires_in, user } = session;
        Self { access_token, refresh_token, expires_in, user: user.into() }
    }
}
