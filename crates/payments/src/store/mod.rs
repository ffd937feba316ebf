//! The payments table.
//!
//! | pk | sk | holds |
//! |---|---|---|
//! | `PAY#<payment>` | `PAY` | `state` ([`PaymentState`]), `lastEvent` |
//! | `PTS#<user>` | `BALANCE` | `state` ([`PointsState`]), `lastEvent` |
//! | `PTS#<user>` | `ENTRY#<version>` | `entry` ([`PointsEntry`]), written once; version of 20 digits, so that text order is number order |
//! | `KEY#<user>#<operation>#<key>` | `KEY` | `fingerprint`, `paymentId`, `ttl`: what an idempotency key stands for |
//!
//! An account's balance and its new entry are written in one transaction with the payment that moves them, each under
//! the condition that nobody changed it since it was read.

mod history;
mod keys;
mod payments;

pub use history::HistoryPage;
pub use keys::{ChosenId, Claim, Operation};
pub use payments::Commit;

use aws_sdk_dynamodb::Client;
use contracts::ids::{PaymentId, UserId};
use contracts::payments::{PaymentState, PointsEntry, PointsState};
use kit::dynamo::{Item, StoreError, key, read};

const STATE: &str = "state";
const BALANCE: &str = "BALANCE";

/// The payments table.
#[derive(Debug, Clone)]
pub struct Store {
    client: Client,
    table: String,
}

impl Store {
    /// In the table of this name.
    #[must_use]
    pub fn new(client: Client, table: impl Into<String>) -> Self {
        Self { client, table: table.into() }
    }

    /// A payment as it is now.
    ///
    /// # Errors
    /// When the table does not answer or the item is unreadable.
    pub async fn payment(&self, id: PaymentId) -> Result<Option<PaymentState>, StoreError> {
        self.state(payment_key(id)).await
    }

    /// A points account as it is now; `None` before its first entry.
    ///
    /// # Errors
    /// When the table does not answer or the item is unreadable.
    pub async fn account(&self, user: UserId) -> Result<Option<PointsState>, StoreError> {
        self.state(key(account_partition(user), BALANCE)).await
    }

    async fn state<T: serde::de::DeserializeOwned>(&self, key: Item) -> Result<Option<T>, StoreError> {
        let answer = self
            .client
            .get_item()
            .table_name(&self.table)
            .set_key(Some(key))
            .consistent_read(true)
            .projection_expression("#state")
            .expression_attribute_names("#state", STATE)
            .send()
            .await?;
        answer.item.map_or(Ok(None), |item| read(&item, STATE))
    }
}

fn payment_key(id: PaymentId) -> Item {
    key(format!("PAY#{id}"), "PAY")
}

fn account_partition(user: UserId) -> String {
    format!("PTS#{user}")
}

fn entry_sort_key(version: u64) -> String {
    format!("ENTRY#{version:020}")
}
