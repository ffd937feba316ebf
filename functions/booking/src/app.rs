//! What booking's functions share.

use booking::dynamodb::Store;
use booking::look::Snapshots;
use booking::sales::Sales;
use kit::env::{ConfigError, required};

/// The table, and what this execution environment remembers of it.
#[derive(Debug)]
pub struct App {
    /// The table.
    pub store: Store,
    /// Performances on sale.
    pub sales: Sales,
    /// Seat maps read lately.
    pub snapshots: Snapshots,
}

impl App {
    /// Over the table that `BOOKING_TABLE` names.
    ///
    /// # Errors
    /// When it is not set.
    pub async fn from_env() -> Result<Self, ConfigError> {
        let table = required("BOOKING_TABLE")?;
        let client = aws_sdk_dynamodb::Client::new(&kit::aws::config().await);
        Ok(Self::new(Store::new(client, table)))
    }

    /// Over this table, remembering nothing yet.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self { store, sales: Sales::default(), snapshots: Snapshots::default() }
    }
}
