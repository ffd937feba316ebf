//! What identity publishes.

use serde::{Deserialize, Serialize};

use crate::ids::UserId;

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Buys seats.
    Buyer,
    /// Checks tickets at the door.
    Staff,
    /// Sells own events.
    Organizer,
    /// Runs the platform.
    Admin,
}

impl Role {
    /// The OAuth scopes that the role grants, as access tokens list them.
    #[must_use]
    pub const fn scopes(self) -> &'static [&'static str] {
        match self {
            Self::Buyer => &["buyer"],
            Self::Staff => &["buyer", "staff"],
            Self::Organizer => &["buyer", "organizer"],
            Self::Admin => &["buyer", "staff", "organizer", "admin"],
        }
    }
}

/// How a person proves who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Provider {
    /// E-mail and password.
    Local,
    /// Google's OpenID Connect.
    Google,
}

/// The language that a person is written to in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// Korean.
    #[default]
    Ko,
    /// English.
    En,
}

/// An account, without anything secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserState {
    /// Who.
    pub id: UserId,
    /// Changes so far, from 1.
    pub version: u64,
    /// Address, as it was given, trimmed.
    pub email: String,
    /// What to call them.
    pub name: String,
    /// How they prove who they are.
    pub provider: Provider,
    /// Where their picture is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile_image: Option<String>,
    /// What they may do.
    pub role: Role,
    /// How to write to them.
    pub locale: Locale,
}
