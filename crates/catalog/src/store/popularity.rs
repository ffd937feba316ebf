//! How well events sell, in the table.

use contracts::insights::EventPopularity;
use jiff::Timestamp;
use kit::dynamo::{Conditional as _, StoreError, n};

use super::Store;
use super::items::{REVISION, popularity_item};

impl Store {
    /// Keeps a count, unless a later one is kept already.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn keep_popularity(&self, popularity: &EventPopularity, now: Timestamp) -> Result<(), StoreError> {
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(popularity_item(popularity, now)))
            .condition_expression("attribute_not_exists(#revision) OR #revision < :revision")
            .expression_attribute_names("#revision", REVISION)
            .expression_attribute_values(":revision", n(popularity.revision));
        // Refused: a later count came first.
        put.send().await.conditional().map(drop)
    }
}
