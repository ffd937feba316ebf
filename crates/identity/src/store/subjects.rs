//! People as other providers know them.

use std::fmt;

use aws_sdk_dynamodb::types::{TransactWriteItem, Update};
use contracts::event::EventType;
use contracts::identity::{Provider, UserState};
use contracts::ids::UserId;
use jiff::Timestamp;
use kit::dynamo::{Item, StoreError, attribute, key, read, s};
use sha2::{Digest as _, Sha256};

use super::users::demanding;
use super::{EMAIL, PASSWORD_HASH, SUBJECT, Store, USER_ID, address, email_pk, opened};
use crate::domain::Email;

/// Whom a provider means; the key of its item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject(String);

impl Subject {
    /// The one that `issuer` calls `subject`.
    #[must_use]
    pub fn new(issuer: &str, subject: &str) -> Self {
        let issuer: String = Sha256::digest(issuer)[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        Self(format!("SUB#{issuer}#{subject}"))
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Store {
    /// Whose account `subject` leads to, if to one.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn owner(&self, subject: &Subject) -> Result<Option<UserId>, StoreError> {
        let get = self.client.get_item().table_name(&self.table).set_key(Some(key(&subject.0, SUBJECT)));
        let found = get.consistent_read(true).send().await?;
        found.item.map_or(Ok(None), |item| read(&item, USER_ID))
    }

    /// Stores a new account that `subject` leads to, all or nothing. `false`: the address has an owner, or the subject an
    /// account.
    ///
    /// # Errors
    /// When the table did not answer; the account may exist all the same.
    pub async fn open(
        &self,
        user: &UserState,
        email: &Email,
        subject: &Subject,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let items = [address(email, user.id), opened(user, now)?, leading_to(user.id, subject)];
        let puts = items.into_iter().map(|item| self.put_new(item)).collect::<Result<_, _>>()?;
        self.write_together(puts).await
    }

    /// Lets `subject` lead to the account whose next version is `next` and whose address is `email`; the password goes and
    /// all logins end, all or nothing. `false`: the account is not at the version before, not one with a password,
    /// or somebody was faster.
    ///
    /// # Errors
    /// When the table did not answer; it may have happened all the same.
    pub async fn link(
        &self,
        next: &UserState,
        email: &Email,
        subject: &Subject,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let forget_password = Update::builder()
            .table_name(&self.table)
            .set_key(Some(key(email_pk(email), EMAIL)))
            .update_expression("REMOVE #passwordHash")
            .condition_expression("#userId = :owner")
            .expression_attribute_names("#passwordHash", PASSWORD_HASH)
            .expression_attribute_names("#userId", USER_ID)
            .expression_attribute_values(":owner", s(next.id.to_string()))
            .build()
            .map_err(|error| StoreError::Unreadable(Box::new(error)))?;
        let update = self.change(next, EventType::UserUpdated, true, now)?;
        let update = demanding(update, "provider", attribute(&Provider::Local)?);
        let writes = vec![
            TransactWriteItem::builder().update(update).build(),
            TransactWriteItem::builder().update(forget_password).build(),
            self.put_new(leading_to(next.id, subject))?,
        ];
        self.write_together(writes).await
    }
}

fn leading_to(owner: UserId, subject: &Subject) -> Item {
    let mut item = key(&subject.0, SUBJECT);
    item.insert(USER_ID.to_owned(), s(owner.to_string()));
    item
}
