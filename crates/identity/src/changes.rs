//! Changing an account that others may be changing beside it.

use std::time::Duration;

use contracts::identity::UserState;
use contracts::ids::UserId;
use kit::dynamo::StoreError;

use crate::Error;
use crate::store::Store;

/// Tries to change an account that others change beside it.
const TRIES: u32 = 5;

/// Changes the account of `id` as `decide` says, by `write`, which is given the account before and after and answers
/// whether it was still the one before. Nothing is written when `decide` has nothing to change. `version`, when it is given,
/// is the one that the caller has seen.
pub(crate) async fn change<W>(
    store: &Store,
    id: UserId,
    version: Option<u64>,
    decide: impl Fn(&UserState) -> Option<UserState>,
    write: impl Fn(UserState, UserState) -> W,
) -> Result<UserState, Error>
where
    W: Future<Output = Result<bool, Error>>,
{
    let mut written = None;
    for attempt in 1..=TRIES {
        let user = store.user(id).await?.ok_or(Error::UnknownAccount)?;
        // A write whose answer was lost is sent again, and then refused because it was done.
        if written.as_ref() == Some(&user) {
            return Ok(user);
        }
        expect(&user, version)?;
        let Some(next) = decide(&user) else { return Ok(user) };
        match write(user, next.clone()).await {
            Ok(true) => return Ok(next),
            Ok(false) | Err(Error::Store(StoreError::Contended)) => pause(attempt).await,
            Err(error) => return Err(error),
        }
        written = Some(next);
    }
    Err(StoreError::Contended.into())
}

/// Refuses a change that was made for another version than the account is at.
pub(crate) fn expect(user: &UserState, version: Option<u64>) -> Result<(), Error> {
    match version {
        Some(version) if version != user.version => Err(Error::VersionConflict { current: user.version }),
        _ => Ok(()),
    }
}

/// Lets whoever was faster finish, a little longer with every attempt.
pub(crate) async fn pause(attempt: u32) {
    tokio::time::sleep(kit::retry::backoff(attempt, Duration::from_millis(10), Duration::from_millis(100))).await;
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use contracts::event::EventType;
    use contracts::identity::Locale;
    use jiff::Timestamp;
    use testkit::TestTable;

    use super::*;
    use crate::domain::account::{self, ProfilePatch};
    use crate::domain::refresh_token::Family;
    use crate::domain::{Email, RefreshToken};

    #[tokio::test]
    async fn whoever_gets_in_the_way_is_waited_for_and_whatever_fails_is_said() {
        let table = TestTable::like("IdentityTable").await;
        let store = Store::new(table.client(), table.name.clone());
        let (email, now) = (Email::parse("min@example.com").unwrap(), Timestamp::UNIX_EPOCH);
        let user = account::open(UserId::generate(), &email, "Min", Locale::Ko);
        let token = RefreshToken::new(Family::new(user.id, [0; 16]), [0; 32]);
        assert!(store.register(&user, &email, "hash", &token, now).await.unwrap());

        // How many writes meet a transaction of somebody else's, and how many are made.
        for (in_the_way, writes, done) in [(0, 1, true), (1, 2, true), (TRIES - 1, TRIES, true), (TRIES, TRIES, false)]
        {
            let name = format!("Min {in_the_way}");
            let patch = ProfilePatch { name: Some(name.clone()), locale: None };
            let tries = Cell::new(0);
            let (store, counted) = (&store, &tries);
            let write = |_, next| async move {
                counted.set(counted.get() + 1);
                if counted.get() <= in_the_way {
                    return Err(StoreError::Contended.into());
                }
                Ok(store.update_user(&next, EventType::UserUpdated, false, now).await?)
            };
            let decide = |user: &UserState| account::change_profile(user, &patch);
            match change(store, user.id, None, decide, write).await {
                Ok(changed) => assert!(done && changed.name == name, "{in_the_way}"),
                Err(error) => assert!(!done && matches!(error, Error::Store(StoreError::Contended)), "{error}"),
            }
            assert_eq!(tries.get(), writes, "{in_the_way}");
        }
        let failing = |_, _| async { Err(Error::NotAdmin) };
        let refused = change(&store, user.id, None, |user| Some(user.clone()), failing).await;
        assert!(matches!(refused, Err(Error::NotAdmin)), "{refused:?}");
    }
}
