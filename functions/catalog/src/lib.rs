//! The Lambda functions of the catalogue: one module and one binary each.

use aws_sdk_dynamodb::Client;
use catalog::Catalog;
use catalog::store::Store;
use kit::env::{ConfigError, required};

pub mod add_performance;
pub mod announcement_body;
pub mod apply_popularity;
pub mod cancel_event;
pub mod cancel_performance;
pub mod create_announcement;
pub mod create_event;
pub mod create_keyword;
pub mod create_layout;
pub mod create_ticket_type;
pub mod dto;
pub mod get_announcement;
pub mod get_event;
pub mod get_image;
pub mod get_layout;
pub mod get_managed_announcement;
pub mod get_managed_event;
pub mod image_body;
pub mod keyword_body;
pub mod list_announcements;
pub mod list_events;
pub mod list_keywords;
pub mod list_layouts;
pub mod list_managed_announcements;
pub mod list_managed_events;
pub mod list_ticket_types;
pub mod manager;
pub mod patch;
pub mod process_image;
pub mod publish_event;
pub mod remove_announcement;
pub mod remove_keyword;
pub mod remove_performance;
pub mod remove_ticket_type;
pub mod sign_image_upload;
pub mod snapshot_search_index;
pub mod unpublish_event;
pub mod update_announcement;
pub mod update_event;
pub mod update_keyword;
pub mod update_performance;
pub mod update_ticket_type;

#[cfg(test)]
mod tests;

/// What the functions of the catalogue need.
#[derive(Debug, Clone)]
pub struct App {
    /// The catalogue.
    pub catalog: Catalog,
    /// Where pictures are; empty in functions that show none.
    pub images_base_url: String,
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

    /// The same for functions that show pictures, which are at `IMAGES_BASE_URL`.
    ///
    /// # Errors
    /// When either is not set.
    pub async fn with_images_from_env() -> Result<Self, ConfigError> {
        let images_base_url = required("IMAGES_BASE_URL")?;
        Ok(Self { images_base_url, ..Self::from_env().await? })
    }

    /// On this table, without pictures.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self { catalog: Catalog::new(store), images_base_url: String::new() }
    }
}
