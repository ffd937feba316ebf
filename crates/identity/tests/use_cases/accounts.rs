use contracts::event::{EventType, LAST_EVENT, LastEvent};
use contracts::identity::{Role, UserState};
use contracts::ids::UserId;
use identity::Error;
use kit::claims::Caller;
use kit::dynamo::read;
use testkit::Faults;

use crate::world::{PASSWORD, World, now};

async fn announced(world: &World, id: UserId) -> (LastEvent, UserState) {
    let items = world.table.items().await;
    let of_user =
        |item: &&kit::dynamo::Item| read::<UserState>(item, "state").unwrap().is_some_and(|user| user.id == id);
    let item = items.iter().find(of_user).unwrap();
    (read(item, LAST_EVENT).unwrap().unwrap(), read(item, "state").unwrap().unwrap())
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
        assert!(world.failing(&faults).1.log_out(session.user.id, None).await.is_err() && faults.struck(), "{fault:?}");
        world.accounts.log_out(session.user.id, None).await.unwrap();
        assert!(world.sessions.refresh(&session.refresh_token, now(1)).await.is_err());
    }
}

#[tokio::test]
async fn a_new_role_is_announced_once() {
    let world = World::new().await;
    let user = world.register("min@example.com").await.user;
    for seconds in [5, 6] {
        let changed = world.accounts.set_role(" MIN@example.com", Role::Admin, now(seconds)).await.unwrap();
        assert_eq!(changed, UserState { version: 2, role: Role::Admin, ..user.clone() });
        let (event, state) = announced(&world, user.id).await;
        assert_eq!((event.event_type, event.at), (EventType::UserRoleChanged, now(5).as_millisecond()));
        assert_eq!(state, changed);
    }
    for nobody in ["nobody@example.com", "no address"] {
        assert!(matches!(world.accounts.set_role(nobody, Role::Admin, now(7)).await, Err(Error::UnknownAccount)));
    }
}

#[tokio::test]
async fn giving_a_role_can_be_repeated_wherever_it_failed() {
    for fault in Faults::every(3) {
        let world = World::new().await;
        let user = world.register("min@example.com").await.user;
        let faults = Faults::one(fault);
        let failed = world.failing(&faults).1.set_role("min@example.com", Role::Staff, now(1)).await;
        assert!(failed.is_err() && faults.struck(), "{fault:?}");
        let changed = world.accounts.set_role("min@example.com", Role::Staff, now(2)).await.unwrap();
        assert_eq!((changed.version, changed.role), (2, Role::Staff));
        assert_eq!(announced(&world, user.id).await.1.version, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_side_by_side_leave_no_gap() {
    let world = World::new().await;
    let user = world.register("min@example.com").await.user;
    let roles = [Role::Staff, Role::Organizer];
    let changes: Vec<_> = roles
        .into_iter()
        .map(|role| {
            let accounts = world.accounts.clone();
            tokio::spawn(async move { accounts.set_role("min@example.com", role, now(1)).await.unwrap() })
        })
        .collect();
    let mut versions = Vec::new();
    for change in changes {
        versions.push(change.await.unwrap().version);
    }
    versions.sort_unstable();
    assert_eq!(versions, [2, 3]);
    assert_eq!(announced(&world, user.id).await.1.version, 3);
}
