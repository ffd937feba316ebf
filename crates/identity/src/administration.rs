//! Other people's accounts: what admins and operators do.

use contracts::event::EventType;
use contracts::identity::{Role, UserState};
use contracts::ids::UserId;
use jiff::Timestamp;

use crate::Error;
use crate::changes::{change, expect};
use crate::domain::{Email, account};
use crate::store::{Store, UserPage};

/// Looks after all accounts.
#[derive(Debug, Clone)]
pub struct Administration {
    store: Store,
}

impl Administration {
    /// Of this table.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self { store }
    }

    /// At most `limit` accounts after `after`, the latest opened first; of one role only, if it is given. A page of one
    /// role may hold fewer although there are more. What happened a moment ago may be missing.
    ///
    /// # Errors
    /// Only a failure.
    pub async fn list(&self, role: Option<Role>, limit: u32, after: Option<UserId>) -> Result<UserPage, Error> {
        Ok(self.store.users(role, limit, after).await?)
    }

    /// The account with this address, in any case, if it has the role that is asked for.
    ///
    /// # Errors
    /// Only a failure.
    pub async fn find(&self, email: &Email, role: Option<Role>) -> Result<Option<UserState>, Error> {
        let Some(owner) = self.store.log_in(email).await?.credentials else { return Ok(None) };
        let user = self.store.user(owner.user_id).await?;
        Ok(user.filter(|user| role.is_none_or(|role| user.role == role)))
    }

    /// The account of `id`.
    ///
    /// # Errors
    /// [`Error::UnknownAccount`], or a failure.
    pub async fn account(&self, id: UserId) -> Result<UserState, Error> {
        self.store.user(id).await?.ok_or(Error::UnknownAccount)
    }

    /// Gives the owner of `id` a role, in the name of `admin`, who has to be one when it is written: a token outlives the
    /// role it was given for. Giving the same one again changes nothing; one that allows less ends the owner's sessions.
    /// `version`, when it is given, is the one that the admin has seen.
    ///
    /// # Errors
    /// [`Error::NotAdmin`], [`Error::OwnRole`], [`Error::VersionConflict`], [`Error::UnknownAccount`], or a failure.
    pub async fn give_role(
        &self,
        admin: UserId,
        id: UserId,
        role: Role,
        version: Option<u64>,
        now: Timestamp,
    ) -> Result<UserState, Error> {
        let own = self.admin(admin).await?;
        if id == admin {
            expect(&own, version)?;
            return if own.role == role { Ok(own) } else { Err(Error::OwnRole) };
        }
        let write = |user: UserState, next: UserState| async move {
            let ends_logins = account::takes_away(user.role, next.role);
            let done = self.store.update_user_by(admin, &next, EventType::UserRoleChanged, ends_logins, now).await?;
            if !done {
                self.admin(admin).await?;
            }
            Ok(done)
        };
        change(&self.store, id, version, |user| account::change_role(user, role), write).await
    }

    /// Gives the owner of `email` a role, for operators: as [`Administration::give_role`], in nobody's name.
    ///
    /// # Errors
    /// [`Error::UnknownAccount`] when nobody has the address; or a failure.
    pub async fn set_role(&self, email: &str, role: Role, now: Timestamp) -> Result<UserState, Error> {
        let email = Email::parse(email).map_err(|_| Error::UnknownAccount)?;
        let owner = self.store.log_in(&email).await?.credentials.ok_or(Error::UnknownAccount)?.user_id;
        let write = |user: UserState, next: UserState| async move {
            // Or refreshing would go on granting what was taken away until somebody looks.
            let ends_logins = account::takes_away(user.role, next.role);
            Ok(self.store.update_user(&next, EventType::UserRoleChanged, ends_logins, now).await?)
        };
        change(&self.store, owner, None, |user| account::change_role(user, role), write).await
    }

    /// The account of somebody who is an admin now.
    async fn admin(&self, id: UserId) -> Result<UserState, Error> {
        self.store.user(id).await?.filter(|user| user.role == Role::Admin).ok_or(Error::NotAdmin)
    }
}
