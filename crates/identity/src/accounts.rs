//! What an account's owner does without being given a token: looking at it, changing it, ending its sessions.

use contracts::event::EventType;
use contracts::identity::UserState;
use contracts::ids::UserId;
use jiff::Timestamp;
use kit::claims::Caller;

use crate::Error;
use crate::changes::change;
use crate::domain::RefreshToken;
use crate::domain::account::{self, ProfilePatch};
use crate::store::Store;

/// The accounts there are.
#[derive(Debug, Clone)]
pub struct Accounts {
    store: Store,
}

impl Accounts {
    /// Those of this table.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self { store }
    }

    /// The account of `id`, for its owner and for admins.
    ///
    /// # Errors
    /// [`Error::UnknownAccount`] for everybody else, as if it were not there; or a failure.
    pub async fn profile(&self, caller: &Caller, id: UserId) -> Result<UserState, Error> {
        if caller.user_id != id && !caller.may("admin") {
            return Err(Error::UnknownAccount);
        }
        self.store.user(id).await?.ok_or(Error::UnknownAccount)
    }

    /// Changes what `caller` is called and written to in. What is like that already is not changed; `version`, when it is
    /// given, is the one that the caller has seen.
    ///
    /// # Errors
    /// [`Error::VersionConflict`], [`Error::UnknownAccount`], or a failure.
    pub async fn change_profile(
        &self,
        caller: UserId,
        patch: &ProfilePatch,
        version: Option<u64>,
        now: Timestamp,
    ) -> Result<UserState, Error> {
        let decide = |user: &UserState| account::change_profile(user, patch);
        let write =
            |_, next| async move { Ok(self.store.update_user(&next, EventType::UserUpdated, false, now).await?) };
        change(&self.store, caller, version, decide, write).await
    }

    /// Ends the login that `refresh_token` belongs to, or all of the caller's without one. Access tokens already given
    /// out run out by themselves.
    ///
    /// A token that is nobody's, or somebody else's, ends nothing: there is nothing of the caller's left to end.
    ///
    /// # Errors
    /// Only a failure, after which some logins may have ended; repeating it ends the rest.
    pub async fn log_out(&self, caller: UserId, refresh_token: Option<&str>) -> Result<(), Error> {
        let Some(text) = refresh_token else { return Ok(self.store.end_families(caller).await?) };
        match RefreshToken::parse(text) {
            Some(token) if token.family.user == caller => Ok(self.store.end_family(token.family).await?),
            _ => Ok(()),
        }
    }
}
