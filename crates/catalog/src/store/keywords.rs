//! Keyword mappings in the table. Each of a mapping's words is an item of its own, so that no two mappings can have it.

use aws_sdk_dynamodb::types::{Delete, TransactWriteItem};
use contracts::catalog::KeywordState;
use contracts::ids::KeywordId;
use jiff::Timestamp;
use kit::dynamo::{StoreError, Transaction, key, read, s, transaction};

use super::items::{KEYWORD_ID, KEYWORD_SK, STATE, WORD_SK, keyword_item, keyword_pk, word_item, word_pk};
use super::{List, Store, built};
use crate::domain::keyword::KeywordChange;

/// What became of a change of a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// It is stored.
    Yes,
    /// Other mappings have these of its words.
    WordsTaken(Vec<String>),
    /// Somebody else changed it first: read again.
    Outdated,
}

impl Store {
    /// Stores a change of a mapping, if it is still as it was before.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn keep_keyword(&self, change: &KeywordChange, now: Timestamp) -> Result<Kept, StoreError> {
        let KeywordChange { state, event_type, gained, lost } = change;
        let item = keyword_item(state, *event_type, now)?;
        let mut actions = vec![self.next_version(item, state.version)?];
        for word in gained {
            actions.push(self.insert(word_item(word, state.id))?);
        }
        for word in lost {
            let delete = Delete::builder()
                .table_name(&self.table)
                .set_key(Some(key(word_pk(word), WORD_SK)))
                .condition_expression("#keywordId = :id")
                .expression_attribute_names("#keywordId", KEYWORD_ID)
                .expression_attribute_values(":id", s(state.id.to_string()));
            actions.push(TransactWriteItem::builder().delete(built(delete.build())?).build());
        }
        let result = self.client.transact_write_items().set_transact_items(Some(actions)).send().await;
        Ok(match transaction(result)? {
            Transaction::Done => Kept::Yes,
            Transaction::Conflict => Kept::Outdated,
            Transaction::Refused(refused) => {
                // In the order of the actions: the mapping, then the words it gains.
                let mut refused = refused.iter().map(Option::is_some);
                let outdated = refused.next() == Some(true);
                let taken = gained.iter().zip(refused).filter(|(_, refused)| *refused);
                let taken: Vec<_> = taken.map(|(word, _)| word.clone()).collect();
                if outdated || taken.is_empty() { Kept::Outdated } else { Kept::WordsTaken(taken) }
            }
        })
    }

    /// A mapping, also one that has been removed.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn keyword(&self, id: KeywordId) -> Result<Option<KeywordState>, StoreError> {
        let item = self
            .client
            .get_item()
            .table_name(&self.table)
            .consistent_read(true)
            .set_key(Some(key(keyword_pk(id), KEYWORD_SK)));
        item.send().await?.item.map_or(Ok(None), |item| read(&item, STATE))
    }

    /// Mappings, newest first, after the one named; whether there are more.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn keywords(
        &self,
        after: Option<KeywordId>,
        limit: u32,
    ) -> Result<(Vec<KeywordState>, bool), StoreError> {
        let after = after.map(|id| id.to_string());
        let (items, more) = self.query_index(List::Keywords, after, limit, None).await?;
        let mut keywords = Vec::with_capacity(items.len());
        for item in items {
            keywords.extend(read(&item, STATE)?);
        }
        Ok((keywords, more))
    }
}
