//! Layouts in the table.

use contracts::catalog::LayoutState;
use contracts::ids::LayoutId;
use jiff::Timestamp;
use kit::dynamo::{StoreError, key, read};

use super::items::{LAYOUT_SK, STATE, SUMMARY, SUMMARY_SK, layout_item, layout_pk, summary_item};
use super::{LayoutSummary, Store};

impl Store {
    /// Stores a new layout.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn create_layout(
        &self,
        layout: &LayoutState,
        summary: &LayoutSummary,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.put_new([layout_item(layout, now)?, summary_item(summary)?]).await
    }

    /// A layout with its packed geometry.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn layout(&self, id: LayoutId) -> Result<Option<LayoutState>, StoreError> {
        // Layouts never change: a read that is not consistent can at worst miss one made this second.
        let item = self.client.get_item().table_name(&self.table).set_key(Some(key(layout_pk(id), LAYOUT_SK)));
        item.send().await?.item.map_or(Ok(None), |item| read(&item, STATE))
    }

    /// A layout without its geometry.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn layout_summary(&self, id: LayoutId) -> Result<Option<LayoutSummary>, StoreError> {
        let item = self
            .client
            .get_item()
            .table_name(&self.table)
            .consistent_read(true)
            .set_key(Some(key(layout_pk(id), SUMMARY_SK)));
        item.send().await?.item.map_or(Ok(None), |item| read(&item, SUMMARY))
    }

    /// Layouts, newest first, after the one named; whether there are more.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn layout_summaries(
        &self,
        after: Option<LayoutId>,
        limit: u32,
    ) -> Result<(Vec<LayoutSummary>, bool), StoreError> {
        let after = after.map(|id| id.to_string());
        let (items, more) = self.query_index(super::List::Layouts, after, limit, None).await?;
        let mut summaries = Vec::with_capacity(items.len());
        for item in items {
            summaries.extend(read(&item, SUMMARY)?);
        }
        Ok((summaries, more))
    }
}
