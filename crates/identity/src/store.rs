//! Accounts in DynamoDB.
//!
//! | pk | sk | what |
//! |---|---|---|
//! | `USR#<user id>` | `USR` | the account: `state`, `lastEvent` |
//! | `USR#<user id>` | `FAM#<name>` | a login on one device: `tokenHash`, `expiresAt`, `ttl` |
//! | `EML#<address, lower case>` | `EML` | who has the address: `userId`, `passwordHash` |
//! | `EML#<address, lower case>` | `TRY` | attempts to log in with it: `count`, `lastAt`, `ttl` |
//!
//! Secrets live on items that announce no event, so none of them is ever routed. An owner's families share a partition:
//! they are found and ended together. What a login needs to know of an address is one query, the same for an unknown one.

mod families;

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use contracts::event::{EventType, LAST_EVENT, LastEvent};
use contracts::identity::UserState;
use contracts::ids::UserId;
use jiff::Timestamp;
use kit::dynamo::{
    Conditional as _, Item, PK, SK, StoreError, TTL, Transaction, attribute, key, n, read, s, transaction,
};
use serde::Deserialize;

pub use families::Rotation;

use crate::domain::attempts::FORGET_AFTER;
use crate::domain::{Attempts, Email, RefreshToken};

const STATE: &str = "state";
const USER: &str = "USR";
const EMAIL: &str = "EML";
const TRY: &str = "TRY";

/// Tries of a transaction that others get in the way of.
const TRANSACTION_TRIES: u32 = 5;

/// The identity table.
#[derive(Debug, Clone)]
pub struct Store {
    client: Client,
    table: String,
}

/// Whose address it is, and how the owner proves it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Credentials {
    /// The owner.
    pub user_id: UserId,
    /// PHC string; absent for somebody who only ever came through another provider.
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
    /// The table named `table`.
    #[must_use]
    pub const fn new(client: Client, table: String) -> Self {
        Self { client, table }
    }

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
        let mut credentials = key(email_pk(email), EMAIL);
        credentials.insert("userId".to_owned(), s(user.id.to_string()));
        credentials.insert("passwordHash".to_owned(), s(password_hash));
        let mut account = key(user_pk(user.id), USER);
        account.insert(STATE.to_owned(), attribute(user)?);
        let event = LastEvent::new(EventType::UserRegistered, now, STATE);
        account.insert(LAST_EVENT.to_owned(), attribute(&event)?);
        let puts = [self.put_new(credentials)?, self.put_new(account)?, self.put_new(families::family(token, now))?];
        for attempt in 1..=TRANSACTION_TRIES {
            let request = self.client.transact_write_items().set_transact_items(Some(puts.to_vec()));
            match transaction(request.send().await)? {
                Transaction::Done => return Ok(true),
                Transaction::Refused(_) => return Ok(false),
                Transaction::Conflict => {
                    let wait = kit::retry::backoff(attempt, Duration::from_millis(20), Duration::from_millis(200));
                    tokio::time::sleep(wait).await;
                }
            }
        }
        Err(StoreError::Contended)
    }

    /// What is known of an address.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn log_in(&self, email: &Email) -> Result<LogIn, StoreError> {
        let found = self
            .client
            .query()
            .table_name(&self.table)
            .consistent_read(true)
            .key_condition_expression("#pk = :pk")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_values(":pk", s(email_pk(email)))
            .send()
            .await?;
        let mut known = LogIn::default();
        for item in found.items.unwrap_or_default() {
            match read::<String>(&item, SK)?.as_deref() {
                Some(EMAIL) => known.credentials = Some(serde_dynamo::from_item(item)?),
                Some(TRY) => known.attempts = attempts(&item)?,
                _ => {}
            }
        }
        Ok(known)
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

    /// The account, if there is one.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn user(&self, id: UserId) -> Result<Option<UserState>, StoreError> {
        let found = self
            .client
            .get_item()
            .table_name(&self.table)
            .set_key(Some(key(user_pk(id), USER)))
            .consistent_read(true)
            .projection_expression("#state")
            .expression_attribute_names("#state", STATE)
            .send()
            .await?;
        found.item.map_or(Ok(None), |item| read(&item, STATE))
    }

    /// Stores the next version of an account with the event that made it. `false`: it is not the next any more.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn update_user(&self, next: &UserState, event: EventType, now: Timestamp) -> Result<bool, StoreError> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key(user_pk(next.id), USER)))
            .update_expression("SET #state = :state, #lastEvent = :lastEvent")
            .condition_expression("#state.#version = :before")
            .expression_attribute_names("#state", STATE)
            .expression_attribute_names("#lastEvent", LAST_EVENT)
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":state", attribute(next)?)
            .expression_attribute_values(":lastEvent", attribute(&LastEvent::new(event, now, STATE))?)
            .expression_attribute_values(":before", n(next.version.saturating_sub(1)));
        Ok(update.send().await.conditional()?.is_ok())
    }

    fn put_new(&self, item: Item) -> Result<TransactWriteItem, StoreError> {
        let put = Put::builder()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(#pk)")
            .expression_attribute_names("#pk", PK)
            .build()
            .map_err(|error| StoreError::Unreadable(Box::new(error)))?;
        Ok(TransactWriteItem::builder().put(put).build())
    }
}

fn user_pk(id: UserId) -> String {
    format!("USR#{id}")
}

fn email_pk(email: &Email) -> String {
    format!("EML#{}", email.key())
}

fn attempts(item: &Item) -> Result<Option<Attempts>, StoreError> {
    let (Some(count), Some(last)) = (read(item, "count")?, read(item, "lastAt")?) else { return Ok(None) };
    let last = Timestamp::from_millisecond(last).map_err(|error| StoreError::Unreadable(Box::new(error)))?;
    Ok(Some(Attempts { count, last }))
}
