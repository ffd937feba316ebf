use contracts::event::{EventType, LAST_EVENT, LastEvent};
use contracts::identity::{Locale, Role, UserState};
use identity::Error;
use kit::dynamo::read;
use testkit::Faults;

use crate::world::{PASSWORD, World, now, registration};

#[tokio::test]
async fn an_account_is_announced_once_and_its_secrets_stay_apart() {
    let world = World::new().await;
    let session = world.register(" Min@Example.com ").await;
    assert_eq!(
        (session.user.email.as_str(), session.user.role, session.user.locale),
        ("Min@Example.com", Role::Buyer, Locale::En)
    );
    assert_eq!(session.expires_in, 900);

    let items = world.table.items().await;
    let announced: Vec<_> = items.iter().filter(|item| item.contains_key(LAST_EVENT)).collect();
    assert_eq!(announced.len(), 1);
    let event: LastEvent = read(announced[0], LAST_EVENT).unwrap().unwrap();
    assert_eq!((event.event_type, event.at), (EventType::UserRegistered, now(0).as_millisecond()));
    assert_eq!(read::<UserState>(announced[0], &event.state).unwrap().unwrap(), session.user);

    let secret = session.refresh_token.split_once('.').unwrap().1;
    let table = format!("{items:?}");
    assert!(!table.contains(PASSWORD) && !table.contains(secret));
    assert!(table.contains("$argon2id$v=19$m="));
    assert!(!format!("{:?}", announced[0]).contains("argon2"));
}

#[tokio::test]
async fn an_address_is_taken_whatever_its_case() {
    let world = World::new().await;
    world.register("min@example.com").await;
    let again = world.sessions.register(registration("MIN@example.COM"), now(1)).await;
    assert!(matches!(again, Err(Error::EmailTaken)));
    assert!(world.log_in("Min@Example.com", PASSWORD, 2).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_want_one_address_one_gets_it() {
    let world = World::new().await;
    let tries: Vec<_> = (0..16)
        .map(|n| {
            let sessions = world.sessions.clone();
            let email = if n % 2 == 0 { "min@example.com" } else { "MIN@EXAMPLE.COM" };
            tokio::spawn(async move { sessions.register(registration(email), now(0)).await })
        })
        .collect();
    let mut won = Vec::new();
    for attempt in tries {
        match attempt.await.unwrap() {
            Ok(session) => won.push(session),
            Err(error) => assert!(matches!(error, Error::EmailTaken), "{error}"),
        }
    }
    assert_eq!(won.len(), 1);
    // Account, address, login: nothing is left of those who lost.
    assert_eq!(world.table.items().await.len(), 3);
    assert_eq!(world.log_in("min@example.com", PASSWORD, 1).await.unwrap().user, won[0].user);
}

#[tokio::test]
async fn a_registration_that_failed_half_way_is_whole_or_absent() {
    for fault in Faults::every(1) {
        let world = World::new().await;
        let faults = Faults::one(fault);
        let failed = world.failing(&faults).sessions.register(registration("min@example.com"), now(0)).await;
        assert!(matches!(failed, Err(Error::Store(_))) && faults.struck(), "{fault:?}");

        // Trying again opens the account, or finds it there and logs in.
        match world.sessions.register(registration("min@example.com"), now(1)).await {
            Ok(_) => {}
            Err(error) => assert!(matches!(error, Error::EmailTaken), "{error}"),
        }
        let session = world.log_in("min@example.com", PASSWORD, 2).await.unwrap();
        assert!(world.sessions.refresh(&session.refresh_token, now(3)).await.is_ok());
    }
    let counted = Faults::none();
    let world = World::new().await;
    world.failing(&counted).sessions.register(registration("min@example.com"), now(0)).await.unwrap();
    assert_eq!(counted.calls(), 1);
}
