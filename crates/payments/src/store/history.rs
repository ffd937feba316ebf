//! Reading an account's entries.

use contracts::ids::UserId;
use kit::dynamo::{Item, PK, SK, StoreError, read, s};

use super::{PointsEntry, Store, account_partition, entry_sort_key};

/// A part of an account's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryPage {
    /// The entries, newest first.
    pub entries: Vec<PointsEntry>,
    /// The number of the oldest entry here, when there are older ones.
    pub older_than: Option<u64>,
}

impl Store {
    /// At most `limit` (from 1) entries of `user`, newest first, all older than the entry numbered `before`.
    ///
    /// # Errors
    /// When the table does not answer or an entry is unreadable.
    pub async fn history(&self, user: UserId, before: Option<u64>, limit: u32) -> Result<HistoryPage, StoreError> {
        // Entries are numbered from 1, so an empty range needs no question.
        let newest = before.map_or(u64::MAX, |before| before.saturating_sub(1));
        if newest == 0 {
            return Ok(HistoryPage { entries: Vec::new(), older_than: None });
        }
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("#pk = :pk AND #sk BETWEEN :oldest AND :newest")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#sk", SK)
            .expression_attribute_values(":pk", s(account_partition(user)))
            .expression_attribute_values(":oldest", s(entry_sort_key(1)))
            .expression_attribute_values(":newest", s(entry_sort_key(newest)))
            .scan_index_forward(false)
            // One more than asked for tells whether there are older ones.
            .limit(i32::try_from(limit).unwrap_or(i32::MAX).saturating_add(1))
            .send()
            .await?;
        let mut items = answer.items.unwrap_or_default();
        let more = items.len() > limit as usize;
        items.truncate(limit as usize);
        let older_than = items.last().filter(|_| more).map(number).transpose()?;
        let entries = items.iter().map(entry).collect::<Result<_, _>>()?;
        Ok(HistoryPage { entries, older_than })
    }
}

fn entry(item: &Item) -> Result<PointsEntry, StoreError> {
    read(item, "entry")?.ok_or_else(|| StoreError::Unreadable("an entry is empty".into()))
}

fn number(item: &Item) -> Result<u64, StoreError> {
    let sort_key = item.get(SK).and_then(|key| key.as_s().ok());
    sort_key
        .and_then(|key| key.strip_prefix("ENTRY#")?.parse().ok())
        .ok_or_else(|| StoreError::Unreadable("an entry has no number".into()))
}
