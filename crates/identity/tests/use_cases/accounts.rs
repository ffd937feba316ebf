use contracts::event::EventType;
use contracts::identity::{Locale, UserState};
use contracts::ids::UserId;
use identity::Error;
use identity::domain::account::ProfilePatch;
use kit::claims::Caller;
use testkit::{Faults, Pause};

use crate::world::{PASSWORD, World, now};

fn renamed(name: &str) -> ProfilePatch {
    ProfilePatch { name: Some(name.to_owned()), locale: None }
}

#[tokio::test]
async fn a_profile_is_for_its_owner_and_for_admins() {
    let world = World::new().await;
    let user = world.register("min@example.com").await.user;
    let owner = Caller::new(user.id, &["buyer"]);
    let admin = Caller::new(UserId::generate(), &["buyer", "staff", "organizer", "admin"]);
    let organizer = Caller::new(UserId::generate(), &["buyer", "organizer"]);
    assert_eq!(world.accounts.profile(&owner, user.id).await.unwrap(), user);
    assert_eq!(world.accounts.profile(&admin, user.id).await.unwrap(), user);
    for (caller, id) in [(&organizer, user.id), (&owner, UserId::generate()), (&admin, UserId::generate())] {
        assert!(matches!(world.accounts.profile(caller, id).await, Err(Error::UnknownAccount)));
    }
}

#[tokio::test]
async fn logging_out_ends_one_login_or_all_of_one_person() {
    let world = World::new().await;
    let other = world.register("other@example.com").await;
    let first = world.register("min@example.com").await;
    let second = world.log_in("min@example.com", PASSWORD, 1).await.unwrap();
    let caller = first.user.id;

    world.accounts.log_out(caller, Some(&first.refresh_token)).await.unwrap();
    assert!(world.sessions.refresh(&first.refresh_token, now(2)).await.is_err());
    let second = world.sessions.refresh(&second.refresh_token, now(3)).await.unwrap();

    // Somebody else's token, one that is none, one that is gone: nothing to do.
    for text in [other.refresh_token.as_str(), "garbage", &first.refresh_token] {
        world.accounts.log_out(caller, Some(text)).await.unwrap();
    }
    // More logins than one batch can delete.
    for n in 0..30 {
        world.log_in("min@example.com", PASSWORD, 10 + n).await.unwrap();
    }
    world.accounts.log_out(caller, None).await.unwrap();
    assert!(world.sessions.refresh(&second.refresh_token, now(50)).await.is_err());
    assert!(world.sessions.refresh(&other.refresh_token, now(51)).await.is_ok());
    let families = world.table.items().await.iter().filter(|item| item.contains_key("tokenHash")).count();
    assert_eq!(families, 1);
    world.accounts.log_out(caller, None).await.unwrap();
}

#[tokio::test]
async fn logging_out_can_be_repeated_wherever_it_failed() {
    for fault in Faults::every(2) {
        let world = World::new().await;
        let session = world.register("min@example.com").await;
        let faults = Faults::one(fault);
        assert!(
            world.failing(&faults).accounts.log_out(session.user.id, None).await.is_err() && faults.struck(),
            "{fault:?}"
        );
        world.accounts.log_out(session.user.id, None).await.unwrap();
        assert!(world.sessions.refresh(&session.refresh_token, now(1)).await.is_err());
    }
}

#[tokio::test]
async fn a_changed_profile_is_announced_once() {
    let world = World::new().await;
    let user = world.register("min@example.com").await.user;
    let patch = ProfilePatch { locale: Some(Locale::Ko), ..renamed(" 민지 ") };
    for seconds in [5, 6] {
        let changed = world.accounts.change_profile(user.id, &patch, None, now(seconds)).await.unwrap();
        assert_eq!(changed, UserState { version: 2, name: "민지".into(), locale: Locale::Ko, ..user.clone() });
        let (event, state) = world.announced(user.id).await;
        assert_eq!((event.event_type, event.at), (EventType::UserUpdated, now(5).as_millisecond()));
        assert_eq!(state, changed);
    }
    // Nothing of it ends a session.
    assert!(world.log_in("min@example.com", PASSWORD, 7).await.is_ok());
    let nobody = world.accounts.change_profile(UserId::generate(), &patch, None, now(8)).await;
    assert!(matches!(nobody, Err(Error::UnknownAccount)));
}

#[tokio::test]
async fn a_change_for_another_version_is_refused_with_the_one_it_is_at() {
    let world = World::new().await;
    let id = world.register("min@example.com").await.user.id;
    world.accounts.change_profile(id, &renamed("One"), Some(1), now(1)).await.unwrap();
    for version in [1, 3] {
        let stale = world.accounts.change_profile(id, &renamed("Two"), Some(version), now(2)).await;
        assert!(matches!(stale, Err(Error::VersionConflict { current: 2 })), "{stale:?}");
    }
    assert_eq!(world.accounts.change_profile(id, &renamed("Two"), Some(2), now(3)).await.unwrap().version, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_changes_to_one_version_one_succeeds_and_without_a_version_all_do() {
    let world = World::new().await;
    let id = world.register("min@example.com").await.user.id;
    for (version, succeed, after) in [(Some(1), 1, 2), (None, 3, 5)] {
        let changes: Vec<_> = (0..3)
            .map(|n| {
                let accounts = world.accounts.clone();
                let patch = renamed(&format!("{version:?} {n}"));
                tokio::spawn(async move { accounts.change_profile(id, &patch, version, now(1)).await })
            })
            .collect();
        let mut done = 0;
        for change in changes {
            match change.await.unwrap() {
                Ok(_) => done += 1,
                Err(error) => assert!(matches!(error, Error::VersionConflict { current: 2 }), "{error}"),
            }
        }
        assert_eq!((done, world.announced(id).await.1.version), (succeed, after));
    }
}

/// What the table sees of a write that is sent again because its first answer was lost.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_is_refused_because_it_was_done_is_done() {
    let world = World::new().await;
    let id = world.register("min@example.com").await.user.id;
    let pause = Pause::before(2);
    let accounts = world.pausing(&pause).accounts;
    let change = tokio::spawn(async move { accounts.change_profile(id, &renamed("Two"), Some(1), now(1)).await });
    assert!(pause.reached_or(&change).await);
    let first = world.accounts.change_profile(id, &renamed("Two"), Some(1), now(1)).await.unwrap();
    pause.end();
    assert_eq!(change.await.unwrap().unwrap(), first);
    assert_eq!(world.announced(id).await.1, first);
}

#[tokio::test]
async fn a_change_can_be_repeated_wherever_it_failed() {
    for fault in Faults::every(2) {
        let world = World::new().await;
        let id = world.register("min@example.com").await.user.id;
        let faults = Faults::one(fault);
        let failed = world.failing(&faults).accounts.change_profile(id, &renamed("Two"), None, now(1)).await;
        assert!(failed.is_err() && faults.struck(), "{fault:?}");
        let changed = world.accounts.change_profile(id, &renamed("Two"), None, now(2)).await.unwrap();
        assert_eq!((changed.version, changed.name.as_str()), (2, "Two"));
    }
}
