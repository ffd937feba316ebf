//! Browsers come, change hands and go, in whatever order and wherever it fails.

#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up must stop")]

mod common;

use common::Browser;
use contracts::ids::{PushSubscriptionId, UserId};
use futures_util::future::join_all;
use jiff::Timestamp;
use kit::dynamo::StoreError;
use notifications::domain::{MOST_SUBSCRIPTIONS, PushServices};
use notifications::store::Store;
use notifications::subscribing::{forget, subscribe, unsubscribe};
use testkit::{Faults, TestTable};

fn services() -> PushServices {
    PushServices::parse("push.example", "").unwrap()
}

fn browser(name: impl std::fmt::Display) -> Browser {
    Browser::at(format!("https://push.example/{name}"))
}

fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}

fn store(table: &TestTable) -> Store {
    Store::new(table.client(), table.name.clone())
}

async fn come(store: &Store, user: UserId, browser: &Browser) -> Result<PushSubscriptionId, StoreError> {
    subscribe(store, user, browser.wish(&services()), PushSubscriptionId::generate(), now()).await
}

async fn addresses(store: &Store, user: UserId) -> Vec<String> {
    let browsers = store.browsers(user).await.unwrap();
    browsers.subscriptions.current(now()).map(|known| known.endpoint.expose().to_owned()).collect()
}

#[tokio::test]
async fn a_browser_that_comes_again_is_the_same_one_with_its_new_keys() {
    let (table, user) = (TestTable::start().await, UserId::generate());
    let store = store(&table);
    let id = come(&store, user, &browser("a")).await.unwrap();
    let again = browser("a");
    assert_eq!(come(&store, user, &again).await.unwrap(), id);
    let known = store.browsers(user).await.unwrap().subscriptions.get(id).unwrap().clone();
    assert_eq!(known.keys, again.wish(&services()).keys);
    assert_ne!(come(&store, user, &browser("b")).await.unwrap(), id);
    assert_eq!(addresses(&store, user).await.len(), 2);
}

#[tokio::test]
async fn a_browser_hears_of_one_account_only() {
    let (table, first, second) = (TestTable::start().await, UserId::generate(), UserId::generate());
    let store = store(&table);
    come(&store, first, &browser("other")).await.unwrap();
    let shared = browser("shared");
    let id = come(&store, first, &shared).await.unwrap();
    let taken = come(&store, second, &shared).await.unwrap();
    assert_ne!(taken, id);
    assert_eq!(addresses(&store, first).await, ["https://push.example/other"]);
    assert_eq!(addresses(&store, second).await, [shared.endpoint.as_str()]);
    assert!(!unsubscribe(&store, first, id, now()).await.unwrap());
    assert!(!unsubscribe(&store, first, taken, now()).await.unwrap(), "somebody else's");
    come(&store, first, &shared).await.unwrap();
    assert_eq!(addresses(&store, second).await, Vec::<String>::new());
}

#[tokio::test]
async fn who_goes_is_gone_and_may_come_back() {
    let (table, user) = (TestTable::start().await, UserId::generate());
    let store = store(&table);
    let id = come(&store, user, &browser("a")).await.unwrap();
    assert!(unsubscribe(&store, user, id, now()).await.unwrap());
    assert!(!unsubscribe(&store, user, id, now()).await.unwrap());
    assert_eq!(addresses(&store, user).await, Vec::<String>::new());
    let back = come(&store, user, &browser("a")).await.unwrap();
    come(&store, user, &browser("b")).await.unwrap();
    let gone = [
        services().endpoint("https://push.example/b").unwrap(),
        services().endpoint("https://push.example/c").unwrap(),
    ];
    forget(&store, user, &gone, now()).await.unwrap();
    forget(&store, user, &gone, now()).await.unwrap();
    let left = store.browsers(user).await.unwrap().subscriptions;
    assert_eq!(left.current(now()).map(|known| known.id).collect::<Vec<_>>(), [back]);
}

#[tokio::test]
async fn side_by_side_no_browser_is_lost_and_none_is_two_accounts() {
    let (table, user, rival) = (TestTable::start().await, UserId::generate(), UserId::generate());
    let store = store(&table);
    // Each tries until it is told that it is done, as a page does.
    let until_done = async |user: UserId, browser: Browser| {
        while come(&store, user, &browser).await.is_err() {}
    };
    let own = (0..6).map(|number| until_done(user, browser(number)));
    let contested = [user, rival, user, rival].map(|user| until_done(user, browser("contested")));
    futures_util::future::join(join_all(own), join_all(contested)).await;
    let (mine, theirs) = (addresses(&store, user).await, addresses(&store, rival).await);
    for number in 0..6 {
        assert!(mine.contains(&browser(number).endpoint), "{number}: {mine:?}");
    }
    let contested = browser("contested").endpoint;
    assert_ne!(mine.contains(&contested), theirs.contains(&contested), "{mine:?} {theirs:?}");
}

#[tokio::test]
async fn no_account_has_more_than_ten() {
    let (table, user) = (TestTable::start().await, UserId::generate());
    let store = store(&table);
    for number in 0..13 {
        come(&store, user, &browser(number)).await.unwrap();
    }
    let left = addresses(&store, user).await;
    assert_eq!(left.len(), MOST_SUBSCRIPTIONS);
    assert!(left.contains(&browser(12).endpoint));
}

#[tokio::test]
async fn whichever_call_fails_coming_again_ends_the_same() {
    let mut struck = 0;
    for fault in Faults::every(5) {
        let (table, first, second) = (TestTable::start().await, UserId::generate(), UserId::generate());
        let (store, shared) = (store(&table), browser("shared"));
        come(&store, first, &shared).await.unwrap();
        let faults = Faults::one(fault);
        let failing = Store::new(table.failing_client(&faults), table.name.clone());
        let _ = come(&failing, second, &shared).await;
        let id = come(&store, second, &shared).await.unwrap();
        struck += usize::from(faults.struck());
        assert_eq!(addresses(&store, first).await, Vec::<String>::new(), "{fault:?}");
        let browsers = store.browsers(second).await.unwrap().subscriptions;
        assert_eq!(browsers.current(now()).map(|known| known.id).collect::<Vec<_>>(), [id], "{fault:?}");
    }
    assert_eq!(struck, 2 * 4, "whose, own ones, the former's, change");
}

#[tokio::test]
async fn whichever_call_fails_going_again_ends_the_same() {
    let mut struck = 0;
    for fault in Faults::every(3) {
        let (table, user) = (TestTable::start().await, UserId::generate());
        let store = store(&table);
        let id = come(&store, user, &browser("a")).await.unwrap();
        let faults = Faults::one(fault);
        let failing = Store::new(table.failing_client(&faults), table.name.clone());
        let first = unsubscribe(&failing, user, id, now()).await;
        let again = unsubscribe(&store, user, id, now()).await.unwrap();
        // Once it is said to have been there; unless the answer was lost after it was done.
        assert!(first.is_err() || !again, "{fault:?}");
        assert_eq!(addresses(&store, user).await, Vec::<String>::new());
        struck += usize::from(faults.struck());
    }
    assert_eq!(struck, 2 * 2, "read, change");
}
