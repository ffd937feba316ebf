//! Looking at payments and points.

use contracts::ids::{PaymentId, UserId};
use contracts::payments::PaymentState;
use kit::dynamo::StoreError;

use crate::store::{HistoryPage, Store};

/// What a buyer may see.
#[derive(Debug, Clone)]
pub struct Lookup {
    store: Store,
}

impl Lookup {
    /// Of this table.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self { store }
    }

    /// A payment of `user`; `None` also for somebody else's.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn payment(&self, user: UserId, id: PaymentId) -> Result<Option<PaymentState>, StoreError> {
        let payment = self.store.payment(id).await?;
        Ok(payment.filter(|payment| payment.user_id == user))
    }

    /// The points of `user`, in minor units.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn balance(&self, user: UserId) -> Result<i64, StoreError> {
        let account = self.store.account(user).await?;
        Ok(account.map_or(0, |account| account.balance))
    }

    /// At most `limit` entries of `user`'s account, newest first, older than the entry numbered `before`.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn history(&self, user: UserId, before: Option<u64>, limit: u32) -> Result<HistoryPage, StoreError> {
        self.store.history(user, before, limit).await
    }
}
