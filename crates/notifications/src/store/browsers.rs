//! The browsers of accounts, and whose a browser is.
//!
//! A browser is one account's at a time, the one that was logged in when it subscribed last: two people at one computer
//! must not read each other's news. So an item for each address says whose it is, and changes together with the
//! accounts' lists.

use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use contracts::ids::UserId;
use jiff::Timestamp;
use kit::dynamo::{Item, PK, StoreError, TTL, Transaction, attribute, key, n, read, s, transaction};
use sha2::{Digest as _, Sha256};

use super::{REMEMBER_SECONDS, Store, VERSION};
use crate::domain::{Endpoint, Subscriptions};

const SUBSCRIPTIONS: &str = "subscriptions";
const USER: &str = "userId";

/// The browsers of an account, as they were read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Browsers {
    /// Which ones.
    pub subscriptions: Subscriptions,
    version: Option<u64>,
}

/// What is to become of somebody's browsers.
#[derive(Debug, Clone)]
pub struct Change {
    /// Whose.
    pub user: UserId,
    /// As they were read.
    pub before: Browsers,
    /// As they are to be.
    pub after: Subscriptions,
}

impl Store {
    /// The browsers of a user.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn browsers(&self, user: UserId) -> Result<Browsers, StoreError> {
        let Some(item) = self.item(browsers_key(user)).await? else { return Ok(Browsers::default()) };
        let subscriptions = read(&item, SUBSCRIPTIONS)?.unwrap_or_default();
        Ok(Browsers { subscriptions, version: read(&item, VERSION)? })
    }

    /// Whose browser is reached at this address, as far as anybody has said.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn account_at(&self, endpoint: &Endpoint) -> Result<Option<UserId>, StoreError> {
        let Some(item) = self.item(endpoint_key(endpoint)).await? else { return Ok(None) };
        read(&item, USER)
    }

    async fn item(&self, key: Item) -> Result<Option<Item>, StoreError> {
        let get = self.client.get_item().table_name(&self.table).set_key(Some(key)).consistent_read(true);
        Ok(get.send().await?.item)
    }

    /// Changes the browsers of users, if they are still what was read; and, if given, whose the browser at an address is:
    /// from whom (as it was read) to whom. All of it or nothing; `false`: nothing, somebody else was faster.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn change_browsers(
        &self,
        changes: &[Change],
        handed_over: Option<(&Endpoint, Option<UserId>, UserId)>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transact = self.client.transact_write_items();
        for change in changes {
            transact = transact.transact_items(self.put_browsers(change, now)?);
        }
        if let Some((endpoint, from, to)) = handed_over {
            transact = transact.transact_items(self.put_account(endpoint, from, to, now)?);
        }
        Ok(matches!(transaction(transact.send().await)?, Transaction::Done))
    }

    fn put_browsers(&self, change: &Change, now: Timestamp) -> Result<TransactWriteItem, StoreError> {
        let lapse_at = change.after.lapse_at().unwrap_or(now);
        let mut item = browsers_key(change.user);
        item.insert(SUBSCRIPTIONS.to_owned(), attribute(&change.after)?);
        item.insert(VERSION.to_owned(), n(change.before.version.map_or(1, |version| version + 1)));
        item.insert(TTL.to_owned(), n(lapse_at.as_second()));
        let put = Put::builder().table_name(&self.table).set_item(Some(item));
        let put = match change.before.version {
            None => put.condition_expression("attribute_not_exists(#pk)").expression_attribute_names("#pk", PK),
            Some(version) => put
                .condition_expression("#version = :version")
                .expression_attribute_names("#version", VERSION)
                .expression_attribute_values(":version", n(version)),
        };
        finished(put)
    }

    fn put_account(
        &self,
        endpoint: &Endpoint,
        from: Option<UserId>,
        to: UserId,
        now: Timestamp,
    ) -> Result<TransactWriteItem, StoreError> {
        let mut item = endpoint_key(endpoint);
        item.insert(USER.to_owned(), s(to.to_string()));
        item.insert(TTL.to_owned(), n(now.as_second() + REMEMBER_SECONDS));
        let put = Put::builder().table_name(&self.table).set_item(Some(item));
        let put = match from {
            None => put.condition_expression("attribute_not_exists(#pk)").expression_attribute_names("#pk", PK),
            Some(user) => put
                .condition_expression("#user = :user")
                .expression_attribute_names("#user", USER)
                .expression_attribute_values(":user", s(user.to_string())),
        };
        finished(put)
    }
}

fn finished(put: aws_sdk_dynamodb::types::builders::PutBuilder) -> Result<TransactWriteItem, StoreError> {
    let put = put.build().map_err(|error| StoreError::Unreadable(error.into()))?;
    Ok(TransactWriteItem::builder().put(put).build())
}

fn browsers_key(user: UserId) -> Item {
    key(format!("PUSH#{user}"), "PUSH")
}

/// By a hash: addresses may be longer than a key, and are as good as a password.
fn endpoint_key(endpoint: &Endpoint) -> Item {
    let hash: String = Sha256::digest(endpoint.expose()).iter().map(|byte| format!("{byte:02x}")).collect();
    key(format!("ENDPOINT#{hash}"), "ENDPOINT")
}
