use contracts::event::EventType;
use contracts::identity::{Role, UserState};
use contracts::ids::UserId;
use identity::Error;
use identity::domain::Email;
use testkit::{Faults, Pause};

use crate::world::{PASSWORD, World, now};

async fn admin(world: &World, email: &str) -> UserId {
    world.register(email).await;
    world.administration.set_role(email, Role::Admin, now(1)).await.unwrap().id
}

#[tokio::test]
async fn a_new_role_is_announced_once() {
    let world = World::new().await;
    let user = world.register("min@example.com").await.user;
    for seconds in [5, 6] {
        let changed = world.administration.set_role(" MIN@example.com", Role::Admin, now(seconds)).await.unwrap();
        assert_eq!(changed, UserState { version: 2, role: Role::Admin, ..user.clone() });
        let (event, state) = world.announced(user.id).await;
        assert_eq!((event.event_type, event.at), (EventType::UserRoleChanged, now(5).as_millisecond()));
        assert_eq!(state, changed);
    }
    for nobody in ["nobody@example.com", "no address"] {
        assert!(matches!(world.administration.set_role(nobody, Role::Admin, now(7)).await, Err(Error::UnknownAccount)));
    }
}

#[tokio::test]
async fn giving_a_role_can_be_repeated_wherever_it_failed() {
    for fault in Faults::every(3) {
        let world = World::new().await;
        let user = world.register("min@example.com").await.user;
        let faults = Faults::one(fault);
        let failed = world.failing(&faults).administration.set_role("min@example.com", Role::Staff, now(1)).await;
        assert!(failed.is_err() && faults.struck(), "{fault:?}");
        let changed = world.administration.set_role("min@example.com", Role::Staff, now(2)).await.unwrap();
        assert_eq!((changed.version, changed.role), (2, Role::Staff));
        assert_eq!(world.announced(user.id).await.1.version, 2);
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
            let administration = world.administration.clone();
            tokio::spawn(async move { administration.set_role("min@example.com", role, now(1)).await.unwrap() })
        })
        .collect();
    let mut versions = Vec::new();
    for change in changes {
        versions.push(change.await.unwrap().version);
    }
    versions.sort_unstable();
    assert_eq!(versions, [2, 3]);
    assert_eq!(world.announced(user.id).await.1.version, 3);
}

#[tokio::test]
async fn a_role_that_is_taken_away_ends_the_sessions_and_one_that_is_given_does_not() {
    let world = World::new().await;
    let (admin, first) = (admin(&world, "admin@example.com").await, world.register("min@example.com").await);
    let id = first.user.id;
    let give = |role, seconds| world.administration.give_role(admin, id, role, None, now(seconds));

    give(Role::Staff, 1).await.unwrap();
    let staff = world.sessions.refresh(&first.refresh_token, now(2)).await.unwrap();
    assert_eq!(staff.user.role, Role::Staff);
    let elsewhere = world.log_in("min@example.com", PASSWORD, 3).await.unwrap();

    // Not less, but something else: seats at the door for events of one's own.
    let changed = give(Role::Organizer, 4).await.unwrap();
    assert_eq!((changed.version, changed.role), (3, Role::Organizer));
    for session in [&staff, &elsewhere] {
        let ended = world.sessions.refresh(&session.refresh_token, now(5)).await;
        assert!(matches!(ended, Err(Error::InvalidRefreshToken)), "{ended:?}");
    }
    let again = world.log_in("min@example.com", PASSWORD, 6).await.unwrap();
    assert_eq!(world.sessions.refresh(&again.refresh_token, now(7)).await.unwrap().user.role, Role::Organizer);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_under_way_while_the_role_goes_does_not_outlive_it() {
    let world = World::new().await;
    let user = world.register("min@example.com").await.user;
    world.administration.set_role("min@example.com", Role::Admin, now(1)).await.unwrap();
    // The account has been read, the login is not written yet.
    let pause = Pause::before(5);
    let sessions = world.pausing(&pause).sessions;
    let password = identity::domain::Password::new(PASSWORD.into());
    let log_in = tokio::spawn(async move { sessions.log_in("min@example.com", password, None, now(2)).await });
    assert!(pause.reached_or(&log_in).await);
    world.administration.set_role("min@example.com", Role::Buyer, now(3)).await.unwrap();
    pause.end();
    let session = log_in.await.unwrap().unwrap();
    assert_eq!((session.user.id, session.user.role), (user.id, Role::Admin));
    let prolonged = world.sessions.refresh(&session.refresh_token, now(4)).await;
    assert!(matches!(prolonged, Err(Error::InvalidRefreshToken)), "{prolonged:?}");
}

#[tokio::test]
async fn nobody_changes_their_own_role_and_versions_count() {
    let world = World::new().await;
    let admin = admin(&world, "admin@example.com").await;
    let other = world.register("other@example.com").await.user.id;
    let give = |id, role, version| world.administration.give_role(admin, id, role, version, now(2));

    for role in [Role::Buyer, Role::Organizer] {
        assert!(matches!(give(admin, role, None).await, Err(Error::OwnRole)));
    }
    assert_eq!(give(admin, Role::Admin, Some(2)).await.unwrap().version, 2);
    assert!(matches!(give(admin, Role::Admin, Some(1)).await, Err(Error::VersionConflict { current: 2 })));
    assert!(matches!(give(other, Role::Staff, Some(2)).await, Err(Error::VersionConflict { current: 1 })));
    assert_eq!(give(other, Role::Staff, Some(1)).await.unwrap().version, 2);
    assert!(matches!(give(UserId::generate(), Role::Staff, None).await, Err(Error::UnknownAccount)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_gives_no_roles_in_the_name_of_somebody_who_is_no_admin_any_more() {
    // Before the call that reads the admin, that reads the other, that writes; and never.
    for call in 1..=4 {
        let world = World::new().await;
        let admin = admin(&world, "admin@example.com").await;
        let other = world.register("other@example.com").await.user;
        let pause = Pause::before(call);
        let administration = world.pausing(&pause).administration;
        let giving =
            tokio::spawn(async move { administration.give_role(admin, other.id, Role::Admin, Some(1), now(2)).await });
        assert_eq!(pause.reached_or(&giving).await, call < 4, "{call}");
        world.administration.set_role("admin@example.com", Role::Organizer, now(3)).await.unwrap();
        pause.end();
        let given = giving.await.unwrap();
        let expected = if call < 4 {
            assert!(matches!(given, Err(Error::NotAdmin)), "{call}: {given:?}");
            Role::Buyer
        } else {
            given.unwrap().role
        };
        assert_eq!(world.administration.account(other.id).await.unwrap().role, expected, "{call}");
    }
    // Not even what would change nothing, or says whether somebody is there.
    let world = World::new().await;
    let buyer = world.register("min@example.com").await.user.id;
    for admin in [buyer, UserId::generate()] {
        for id in [buyer, UserId::generate()] {
            let given = world.administration.give_role(admin, id, Role::Buyer, None, now(1)).await;
            assert!(matches!(given, Err(Error::NotAdmin)), "{given:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_admins_who_take_each_other_the_role_one_stays() {
    for _ in 0..5 {
        let world = World::new().await;
        let (one, two) = (admin(&world, "one@example.com").await, admin(&world, "two@example.com").await);
        let takes: Vec<_> = [(one, two), (two, one)]
            .into_iter()
            .map(|(admin, other)| {
                let administration = world.administration.clone();
                tokio::spawn(async move { administration.give_role(admin, other, Role::Buyer, None, now(2)).await })
            })
            .collect();
        let mut done = 0;
        for take in takes {
            match take.await.unwrap() {
                Ok(_) => done += 1,
                Err(error) => assert!(matches!(error, Error::NotAdmin), "{error}"),
            }
        }
        let (admins, _) = world.administration.list(Some(Role::Admin), 10, None).await.unwrap();
        assert_eq!((done, admins.len()), (1, 1));
    }
}

#[tokio::test]
async fn accounts_are_listed_newest_first_page_by_page() {
    let world = World::new().await;
    let mut opened = Vec::new();
    for n in 0..7 {
        opened.push(world.register(&format!("user{n}@example.com")).await.user.id);
    }
    for n in [1, 4, 5] {
        world.administration.set_role(&format!("user{n}@example.com"), Role::Organizer, now(1)).await.unwrap();
    }
    opened.reverse();
    let organizers = vec![opened[1], opened[2], opened[5]];
    for (role, all) in [(None, opened), (Some(Role::Organizer), organizers), (Some(Role::Admin), vec![])] {
        for limit in [1, 2, 3, 7, 100] {
            let (mut after, mut walked) = (None, Vec::new());
            loop {
                let (page, next) = world.administration.list(role, limit, after).await.unwrap();
                assert!(page.len() <= limit as usize);
                walked.extend(page.into_iter().map(|user| user.id));
                after = next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(walked, all, "{role:?} {limit}");
        }
    }
}

#[tokio::test]
async fn somebody_is_found_by_address_or_id() {
    let world = World::new().await;
    let user = world.register("Min@example.com").await.user;
    let email = Email::parse("min@EXAMPLE.com").unwrap();
    let find = |role| world.administration.find(&email, role);
    assert_eq!(find(None).await.unwrap(), Some(user.clone()));
    assert_eq!(find(Some(Role::Buyer)).await.unwrap(), Some(user.clone()));
    assert_eq!(find(Some(Role::Admin)).await.unwrap(), None);
    let nobody = Email::parse("nobody@example.com").unwrap();
    assert_eq!(world.administration.find(&nobody, None).await.unwrap(), None);
    assert_eq!(world.administration.account(user.id).await.unwrap(), user);
    assert!(matches!(world.administration.account(UserId::generate()).await, Err(Error::UnknownAccount)));
}
