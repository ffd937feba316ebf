//! Keyword mappings: words that mean the same in searches.

use contracts::catalog::KeywordState;
use contracts::ids::KeywordId;
use jiff::Timestamp;
use kit::dynamo::StoreError;
use kit::validate::Checks;

use crate::changing::{TRIES, pause};
use crate::domain::keyword::{KeywordChange, KeywordPatch, NewKeyword};
use crate::store::Kept;
use crate::{Catalog, Error};

impl Catalog {
    /// Declares words to mean the same.
    ///
    /// # Errors
    /// [`Error::Invalid`], [`Error::KeywordTaken`].
    pub async fn create_keyword(&self, id: KeywordId, new: NewKeyword, now: Timestamp) -> Result<KeywordState, Error> {
        let mut checks = Checks::new();
        new.check(&mut checks);
        checks.done().map_err(Error::Invalid)?;
        let change = new.create(id);
        for attempt in 1..=TRIES {
            if self.keep(&change, now).await? {
                return Ok(change.state);
            }
            pause(attempt).await;
        }
        Err(StoreError::Contended.into())
    }

    /// Changes a mapping.
    ///
    /// # Errors
    /// [`Error::Invalid`], [`Error::NotFound`], [`Error::Version`], [`Error::KeywordTaken`].
    pub async fn update_keyword(
        &self,
        id: KeywordId,
        patch: &KeywordPatch,
        now: Timestamp,
    ) -> Result<KeywordState, Error> {
        for attempt in 1..=TRIES {
            let before = self.keyword(id).await?;
            let mut checks = Checks::new();
            let change = patch.apply(&before, &mut checks);
            checks.done().map_err(Error::Invalid)?;
            let Some(change) = change? else { return Ok(before) };
            if self.keep(&change, now).await? {
                return Ok(change.state);
            }
            pause(attempt).await;
        }
        Err(StoreError::Contended.into())
    }

    /// Takes a mapping back.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn remove_keyword(&self, id: KeywordId, now: Timestamp) -> Result<(), Error> {
        for attempt in 1..=TRIES {
            let before = self.keyword(id).await?;
            if self.keep(&KeywordChange::remove(&before), now).await? {
                return Ok(());
            }
            pause(attempt).await;
        }
        Err(StoreError::Contended.into())
    }

    /// A page of mappings, newest first, and the one after which the next page starts, if there is one.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn list_keywords(
        &self,
        limit: u32,
        after: Option<KeywordId>,
    ) -> Result<(Vec<KeywordState>, Option<KeywordId>), Error> {
        let (keywords, more) = self.store.keywords(after, limit).await?;
        let next = keywords.last().map(|keyword| keyword.id).filter(|_| more);
        Ok((keywords, next))
    }

    async fn keyword(&self, id: KeywordId) -> Result<KeywordState, Error> {
        self.store.keyword(id).await?.filter(|keyword| !keyword.removed).ok_or(Error::NotFound)
    }

    /// Stores a change; `false` when others were quicker, so that it has to be decided again.
    async fn keep(&self, change: &KeywordChange, now: Timestamp) -> Result<bool, Error> {
        match self.store.keep_keyword(change, now).await? {
            Kept::Yes => Ok(true),
            Kept::Outdated => Ok(false),
            Kept::WordsTaken(words) => Err(Error::KeywordTaken(words)),
        }
    }
}
