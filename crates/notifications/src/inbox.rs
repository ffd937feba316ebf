//! The use cases of readers: what there is to read, and that it was read.

use contracts::ids::{NotificationId, UserId};
use jiff::Timestamp;
use kit::dynamo::StoreError;

use crate::store::{Entry, Store};

/// A page of somebody's inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxPage {
    /// The latest first.
    pub entries: Vec<Entry>,
    /// The last of them, if more follow.
    pub next: Option<NotificationId>,
    /// How many of the latest [`crate::store::UNREAD_AMONG`] notices are unread, on this page or not.
    pub unread: u32,
}

/// At most `limit` notices of a user, those before `before` if that is given.
///
/// # Errors
/// When the table did not answer.
pub async fn look(
    store: &Store,
    user: UserId,
    before: Option<NotificationId>,
    limit: u32,
) -> Result<InboxPage, StoreError> {
    let (page, unread) = futures_util::future::join(store.notices(user, before, limit), store.unread(user)).await;
    let (entries, more) = page?;
    let next = entries.last().filter(|_| more).map(|entry| entry.notice.id);
    Ok(InboxPage { entries, next, unread: unread? })
}

/// Remembers that a user has read a notice. `false`: they have no such notice.
///
/// # Errors
/// When the table did not answer.
pub async fn mark_read(store: &Store, user: UserId, id: NotificationId, now: Timestamp) -> Result<bool, StoreError> {
    store.mark_read(user, id, now).await
}
