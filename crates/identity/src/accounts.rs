//! Looking accounts up, ending their sessions, giving them roles: everything that signs nothing.

use contracts::event::EventType;
use contracts::identity::{Role, UserState};
use contracts::ids::UserId;
use jiff::Timestamp;
use kit::claims::Caller;
use kit::dynamo::StoreError;

use crate::Error;
use crate::domain::{Email, RefreshToken, account};
use crate::store::Store;

/// Tries to change an account that others change beside it.
const CHANGE_TRIES: u32 = 5;

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

    /// Gives the owner of `email` a role. Giving the same one again changes nothing.
    ///
    /// # Errors
    /// [`Error::UnknownAccount`] when nobody has the address; or a failure.
    pub async fn set_role(&self, email: &str, role: Role, now: Timestamp) -> Result<UserState, Error> {
        let email = Email::parse(email).map_err(|_| Error::UnknownAccount)?;
        let owner = self.store.log_in(&email).await?.credentials.ok_or(Error::UnknownAccount)?.user_id;
        for _ in 0..CHANGE_TRIES {
            let user = self.store.user(owner).await?.ok_or(Error::UnknownAccount)?;
            let Some(next) = account::change_role(&user, role) else { return Ok(user) };
            if self.store.update_user(&next, EventType::UserRoleChanged, now).await? {
                return Ok(next);
            }
        }
        Err(StoreError::Contended.into())
    }
}
