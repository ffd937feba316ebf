//! Accounts in DynamoDB.
//!
//! | pk | sk | what |
//! |---|---|---|
//! | `USR#<user id>` | `USR` | the account: `state`, `lastEvent`, `era`; in the index `listing` under `USERS` / user id |
//! | `USR#<user id>` | `FAM#<name>` | a login on one device: `tokenHash`, `era`, `expiresAt`, `ttl` |
//! | `EML#<address, lower case>` | `EML` | who has the address: `userId`, `passwordHash` |
//! | `EML#<address, lower case>` | `TRY` | attempts to log in with it: `count`, `lastAt`, `ttl` |
//! | `SUB#<issuer's hash>#<subject>` | `SUB` | whom another provider calls so: `userId` |
//! | `NET#<network>` | `TRY` | attempts to log in from there: `emptyAt`, `ttl` |
//!
//! Secrets live on items that announce no event, so none of them is ever routed. An owner's families share a partition:
//! they are found and ended together. What a login needs to know of an address is one query, the same for an unknown one.
//!
//! An account's `era` counts how often all of its logins were ended at once: a login belongs to the era it began in and is
//! worth nothing in another. That ends them in the very write that changes the account, however many there are.

mod credentials;
mod families;
mod networks;
mod subjects;
mod users;

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use contracts::event::{EventType, LAST_EVENT, LastEvent};
use contracts::identity::UserState;
use contracts::ids::UserId;
use jiff::Timestamp;
use kit::dynamo::{Item, PK, StoreError, Transaction, attribute, key, s, transaction};

pub use credentials::{Credentials, LogIn};
pub use families::{LIFETIME_SECONDS as REFRESH_LIFETIME_SECONDS, Rotation};
pub use subjects::Subject;
pub use users::{Account, UserPage};

use crate::domain::Email;

const STATE: &str = "state";
const ERA: &str = "era";
const USER_ID: &str = "userId";
const PASSWORD_HASH: &str = "passwordHash";
const USER: &str = "USR";
const EMAIL: &str = "EML";
const TRY: &str = "TRY";
const SUBJECT: &str = "SUB";

/// The index that lists accounts, and its keys.
const LISTING: &str = "listing";
const LISTING_PK: &str = "listingPk";
const LISTING_SK: &str = "listingSk";
const USERS: &str = "USERS";

/// Tries of a transaction that others get in the way of.
const TRANSACTION_TRIES: u32 = 5;

/// The identity table.
#[derive(Debug, Clone)]
pub struct Store {
    client: Client,
    table: String,
}

impl Store {
    /// The table named `table`.
    #[must_use]
    pub const fn new(client: Client, table: String) -> Self {
        Self { client, table }
    }

    /// Writes all of it or nothing. `false`: a condition did not hold.
    async fn write_together(&self, writes: Vec<TransactWriteItem>) -> Result<bool, StoreError> {
        for attempt in 1..=TRANSACTION_TRIES {
            let request = self.client.transact_write_items().set_transact_items(Some(writes.clone()));
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

    /// The item, which must not be there yet.
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

/// The item of an account that was just opened.
fn opened(user: &UserState, now: Timestamp) -> Result<Item, StoreError> {
    let mut item = key(user_pk(user.id), USER);
    item.insert(STATE.to_owned(), attribute(user)?);
    item.insert(LAST_EVENT.to_owned(), attribute(&LastEvent::new(EventType::UserRegistered, now, STATE))?);
    item.insert(LISTING_PK.to_owned(), s(USERS));
    item.insert(LISTING_SK.to_owned(), s(user.id.to_string()));
    Ok(item)
}

/// The item that says whose `email` is.
fn address(email: &Email, owner: UserId) -> Item {
    let mut item = key(email_pk(email), EMAIL);
    item.insert(USER_ID.to_owned(), s(owner.to_string()));
    item
}
