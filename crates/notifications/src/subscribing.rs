//! The use cases of browsers: they come, they go, and they are found to be gone.

use std::time::Duration;

use contracts::ids::{PushSubscriptionId, UserId};
use jiff::Timestamp;
use kit::dynamo::StoreError;
use kit::retry::backoff;

use crate::domain::{Endpoint, Wish};
use crate::store::{Change, Store};

/// Tries of a change that others get in the way of.
const TRIES: u32 = 5;

/// From now on this user hears of news in this browser, and nobody else does. Answers with the subscription's name:
/// `id`, or the one it has if the browser was this user's already.
///
/// # Errors
/// When the table did not answer, or the same browser or account is being changed by others all the time.
pub async fn subscribe(
    store: &Store,
    user: UserId,
    wish: Wish,
    id: PushSubscriptionId,
    now: Timestamp,
) -> Result<PushSubscriptionId, StoreError> {
    for attempt in 1..=TRIES {
        let account = store.account_at(&wish.endpoint).await?;
        let mine = store.browsers(user).await?;
        let (after, id) = mine.subscriptions.clone().with(wish.clone(), id, now);
        let mut changes = vec![Change { user, before: mine, after }];
        if let Some(former) = account.filter(|former| *former != user) {
            let before = store.browsers(former).await?;
            let after = before.subscriptions.clone().without(&wish.endpoint);
            changes.push(Change { user: former, before, after });
        }
        if store.change_browsers(&changes, Some((&wish.endpoint, account, user)), now).await? {
            return Ok(id);
        }
        pause(attempt).await;
    }
    Err(StoreError::Contended)
}

/// This user hears of no more news in the browser with this name. `false`: they have no such browser.
///
/// # Errors
/// As [`subscribe`].
pub async fn unsubscribe(
    store: &Store,
    user: UserId,
    id: PushSubscriptionId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    for attempt in 1..=TRIES {
        let before = store.browsers(user).await?;
        let Some(known) = before.subscriptions.get(id) else { return Ok(false) };
        // Whose the address is stays written down: it is a hint for the next account, which changes it or looks here.
        let after = before.subscriptions.clone().without(&known.endpoint);
        if store.change_browsers(&[Change { user, before, after }], None, now).await? {
            return Ok(true);
        }
        pause(attempt).await;
    }
    Err(StoreError::Contended)
}

/// Forgets browsers of a user that their push services no longer know.
///
/// # Errors
/// As [`subscribe`].
pub async fn forget(store: &Store, user: UserId, gone: &[Endpoint], now: Timestamp) -> Result<(), StoreError> {
    if gone.is_empty() {
        return Ok(());
    }
    for attempt in 1..=TRIES {
        let before = store.browsers(user).await?;
        let after = gone.iter().fold(before.subscriptions.clone(), |left, endpoint| left.without(endpoint));
        if after == before.subscriptions || store.change_browsers(&[Change { user, before, after }], None, now).await? {
            return Ok(());
        }
        pause(attempt).await;
    }
    Err(StoreError::Contended)
}

async fn pause(attempt: u32) {
    tokio::time::sleep(backoff(attempt, Duration::from_millis(20), Duration::from_millis(200))).await;
}
