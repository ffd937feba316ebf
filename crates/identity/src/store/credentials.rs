//! Addresses: whose they are, the passwords that prove it, and the attempts to log in with them.

use contracts::identity::UserState;
use contracts::ids::UserId;
use jiff::Timestamp;
use kit::dynamo::{Conditional as _, Item, PK, SK, StoreError, TTL, key, n, partition, read, s};
use serde::Deserialize;

use super::families::family;
use super::{EMAIL, PASSWORD_HASH, Store, TRY, address, email_pk, opened};
use crate::domain::attempts::FORGET_AFTER;
use crate::domain::{Attempts, Email, RefreshToken};

/// Whose address it is, and how the owner proves it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Credentials {
    /// The owner.
    pub user_id: UserId,
    /// PHC string; absent for somebody who comes through another provider.
    pub password_hash: Option<String>,
}

/// What is known of an address that somebody wants to log in with.
#[derive(Debug, Clone, Default)]
pub struct LogIn {
    /// Its owner, if it has one.
    pub credentials: Option<Credentials>,
    /// The attempts before this one.
    pub attempts: Option<Attempts>,
}

impl Store {
    /// Stores a new account with its credentials and first login, all or nothing. `false`: the address has an owner.
    ///
    /// # Errors
    /// When the table did not answer; the account may exist all the same, and its owner can log in.
    pub async fn register(
        &self,
        user: &UserState,
        email: &Email,
        password_hash: &str,
        token: &RefreshToken,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut credentials = address(email, user.id);
        credentials.insert(PASSWORD_HASH.to_owned(), s(password_hash));
        let items = [credentials, opened(user, now)?, family(token, 0, now)];
        let puts = items.into_iter().map(|item| self.put_new(item)).collect::<Result<_, _>>()?;
        self.write_together(puts).await
    }

    /// What is known of an address.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn log_in(&self, email: &Email) -> Result<LogIn, StoreError> {
        let mut known = LogIn::default();
        for item in partition(&self.client, &self.table, email_pk(email), "").await? {
            match read::<String>(&item, SK)?.as_deref() {
                Some(EMAIL) => known.credentials = Some(serde_dynamo::from_item(item)?),
                Some(TRY) => known.attempts = attempts(&item)?,
                _ => {}
            }
        }
        Ok(known)
    }

    /// Replaces the hash of a password by another one of the same password. Nothing happens when the password has been
    /// replaced or dropped meanwhile.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn rehash(&self, email: &Email, before: &str, after: &str) -> Result<(), StoreError> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key(email_pk(email), EMAIL)))
            .update_expression("SET #passwordHash = :after")
            .condition_expression("#passwordHash = :before")
            .expression_attribute_names("#passwordHash", PASSWORD_HASH)
            .expression_attribute_values(":before", s(before))
            .expression_attribute_values(":after", s(after));
        update.send().await.conditional().map(drop)
    }

    /// Replaces the count of attempts. `false`: somebody else has counted since it was `before`.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn count_attempt(
        &self,
        email: &Email,
        before: Option<Attempts>,
        after: Attempts,
    ) -> Result<bool, StoreError> {
        let mut put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(key(email_pk(email), TRY)))
            .item("count", n(after.count))
            .item("lastAt", n(after.last.as_millisecond()))
            .item(TTL, n(after.last.as_second() + FORGET_AFTER.as_secs()));
        put = match before {
            None => put.condition_expression("attribute_not_exists(#pk)").expression_attribute_names("#pk", PK),
            Some(before) => put
                .condition_expression("#count = :count AND #lastAt = :lastAt")
                .expression_attribute_names("#count", "count")
                .expression_attribute_names("#lastAt", "lastAt")
                .expression_attribute_values(":count", n(before.count))
                .expression_attribute_values(":lastAt", n(before.last.as_millisecond())),
        };
        Ok(put.send().await.conditional()?.is_ok())
    }

    /// Forgets the attempts with an address.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn forget_attempts(&self, email: &Email) -> Result<(), StoreError> {
        self.client.delete_item().table_name(&self.table).set_key(Some(key(email_pk(email), TRY))).send().await?;
        Ok(())
    }
}

fn attempts(item: &Item) -> Result<Option<Attempts>, StoreError> {
    let (Some(count), Some(last)) = (read(item, "count")?, read(item, "lastAt")?) else { return Ok(None) };
    let last = Timestamp::from_millisecond(last).map_err(|error| StoreError::Unreadable(Box::new(error)))?;
    Ok(Some(Attempts { count, last }))
}
