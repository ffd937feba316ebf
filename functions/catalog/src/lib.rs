//! The Lambda functions of the catalogue: one module and one binary each.

use aws_sdk_dynamodb::Client;
use catalog::Catalog;
use catalog::store::Store;
use kit::env::{ConfigError, required};

pub mod add_performance;
pub mod apply_popularity;
pub mod create_event;
pub mod create_keyword;
pub mod create_layout;
pub mod create_ticket_type;
pub mod dto;
pub mod get_event;
pub mod get_layout;
pub mod get_managed_event;
pub mod keyword_body;
pub mod list_events;
pub mod list_keywords;
pub mod list_layouts;
pub mod list_managed_events;
pub mod list_ticket_types;
pub mod manager;
pub mod publish_event;
pub mod remove_keyword;
pub mod snapshot_search_index;
pub mod update_event;
pub mod update_keyword;

#[cfg(test)]
mod tests;

/// What every function of the catalogue needs.
#[derive(Debug, Clone)]
pub struct App {
    /// The catalogue.
    pub catalog: Catalog,
}

impl App {
    /// On the table named by `CATALOG_TABLE`.
    ///
    /// # Errors
    /// When it is not set.
    pub async fn from_env() -> Result<Self, ConfigError> {
        let table = required("CATALOG_TABLE")?;
        Ok(Self::new(Store::new(Client::new(&kit::aws::config().await), table)))
    }

    /// On this table.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self { catalog: Catalog::new(store) }
    }
}
