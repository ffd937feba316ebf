//! Whose account it is that Google vouches for.

use contracts::event::EventType;
use contracts::identity::{Locale, Provider, Role, UserState};
use contracts::ids::UserId;
use identity::Error;
use identity::domain::{Email, GooglePerson, Password};
use identity::google::Proof;
use identity::sessions::Session;
use identity::store::Subject;
use testkit::{Faults, Pause};

use crate::world::{Desk, PASSWORD, World, now, registration};

const GOOGLE: &str = "https://accounts.google.com";
const PICTURE: &str = "https://lh3.googleusercontent.com/a/1";

fn proof(subject: &str, email: Option<(&str, bool)>) -> Proof {
    let person = GooglePerson::new(subject, email, Some("Kim Min"), Some(PICTURE)).unwrap();
    // Managed there by the Workspace of its domain: Google knows whose the address is.
    Proof { issuer: GOOGLE.into(), person: person.managed_by(Some("example.com".into())) }
}

/// Of somebody who opened a private account there with this address.
fn private(subject: &str, email: &str) -> Proof {
    let Proof { issuer, person } = proof(subject, Some((email, true)));
    Proof { issuer, person: person.managed_by(None) }
}

fn min() -> Proof {
    proof("108", Some(("min@example.com", true)))
}

async fn log_in(world: &World, proof: &Proof, seconds: i64) -> Result<Session, Error> {
    world.sessions.log_in_with_google(proof, UserId::generate(), Locale::En, now(seconds)).await
}

async fn assert_ended(world: &World, session: &Session) {
    let prolonged = world.sessions.refresh(&session.refresh_token, now(1_000)).await;
    assert!(matches!(prolonged, Err(Error::InvalidRefreshToken)), "{prolonged:?}");
}

#[tokio::test]
async fn a_first_log_in_opens_an_account_and_later_ones_find_it() {
    let world = World::new().await;
    let first = log_in(&world, &min(), 0).await.unwrap();
    let expected = UserState {
        id: first.user.id,
        version: 1,
        email: "min@example.com".into(),
        name: "Kim Min".into(),
        provider: Provider::Google,
        profile_image: Some(PICTURE.into()),
        role: Role::Buyer,
        locale: Locale::En,
    };
    assert_eq!(first.user, expected);
    let (event, state) = world.announced(first.user.id).await;
    assert_eq!((event.event_type, event.at), (EventType::UserRegistered, now(0).as_millisecond()));
    assert_eq!(state, expected);

    // Whatever becomes of the address at Google.
    for again in [min(), proof("108", None), proof("108", Some(("other@example.com", true)))] {
        assert_eq!(log_in(&world, &again, 1).await.unwrap().user, expected);
    }
    let session = world.sessions.refresh(&first.refresh_token, now(2)).await.unwrap();
    assert_eq!(session.user, expected);
    // There is no password, and the address is taken.
    assert!(matches!(world.log_in("min@example.com", PASSWORD, 3).await, Err(Error::InvalidCredentials)));
    let register = world.sessions.register(registration("MIN@example.com"), now(4)).await;
    assert!(matches!(register, Err(Error::EmailTaken)));

    // The same name at another provider is somebody else.
    let elsewhere = Proof { issuer: "https://other.example".into(), ..proof("108", Some(("lee@example.com", true))) };
    assert_ne!(log_in(&world, &elsewhere, 5).await.unwrap().user.id, first.user.id);
}

#[tokio::test]
async fn an_address_that_google_does_not_vouch_for_opens_nothing() {
    let world = World::new().await;
    world.register("min@example.com").await;
    for email in [None, Some(("min@example.com", false)), Some(("no address", true))] {
        let refused = log_in(&world, &proof("108", email), 0).await;
        assert!(matches!(refused, Err(Error::EmailNotVerified)), "{email:?}");
    }
    assert!(world.log_in("min@example.com", PASSWORD, 1).await.is_ok());
}

#[tokio::test]
async fn a_known_address_is_linked_and_whoever_had_it_before_is_out() {
    let world = World::new().await;
    // Somebody who need not own the address, logged in twice.
    let squatter = world.register("Min@Example.com").await;
    let elsewhere = world.log_in("min@example.com", PASSWORD, 1).await.unwrap();
    world.administration.set_role("min@example.com", Role::Organizer, now(2)).await.unwrap();

    let linked = log_in(&world, &min(), 3).await.unwrap();
    let expected = UserState {
        version: 3,
        provider: Provider::Google,
        profile_image: Some(PICTURE.into()),
        role: Role::Organizer,
        ..squatter.user.clone()
    };
    assert_eq!(linked.user, expected);
    let (event, state) = world.announced(linked.user.id).await;
    assert_eq!((event.event_type, state), (EventType::UserUpdated, expected.clone()));

    for session in [&squatter, &elsewhere] {
        assert_ended(&world, session).await;
    }
    assert_eq!(world.password_hash("min@example.com").await, None);
    assert!(matches!(world.log_in("min@example.com", PASSWORD, 4).await, Err(Error::InvalidCredentials)));
    assert_eq!(world.sessions.refresh(&linked.refresh_token, now(5)).await.unwrap().user, expected);
    // The second time nothing is left to link, and nobody is thrown out.
    let again = log_in(&world, &min(), 6).await.unwrap();
    assert_eq!(again.user, expected);
    assert!(world.sessions.refresh(&again.refresh_token, now(7)).await.is_ok());
}

#[tokio::test]
async fn an_account_that_is_somebodys_at_google_is_nobody_elses_there() {
    let world = World::new().await;
    let opened = log_in(&world, &min(), 0).await.unwrap();
    world.register("lee@example.com").await;
    let linked = log_in(&world, &proof("109", Some(("lee@example.com", true))), 1).await.unwrap();
    for (session, email) in [(&opened, "min@example.com"), (&linked, "lee@example.com")] {
        // The Workspace has given the address to somebody else.
        let successor = proof("200", Some((email, true)));
        let refused = log_in(&world, &successor, 2).await;
        assert!(matches!(refused, Err(Error::EmailTaken)), "{email}: {refused:?}");
        assert_eq!(world.announced(session.user.id).await.1, session.user, "{email}");
        assert!(world.sessions.refresh(&session.refresh_token, now(3)).await.is_ok(), "{email}");

        // The table refuses it as well, whoever asks.
        let next = UserState { version: session.user.version + 1, ..session.user.clone() };
        let (email, subject) = (Email::parse(email).unwrap(), Subject::new(GOOGLE, "200"));
        assert!(!world.store.link(&next, &email, &subject, now(4)).await.unwrap(), "{email:?}");
        assert_eq!(world.store.owner(&subject).await.unwrap(), None);
    }
}

#[tokio::test]
async fn an_address_that_google_does_not_hand_out_opens_an_account_and_links_none() {
    let world = World::new().await;
    let local = world.register("admin@example.com").await;
    let other_workspace = Proof {
        person: proof("108", Some(("admin@example.com", true))).person.managed_by(Some("example.org".into())),
        issuer: GOOGLE.into(),
    };
    for stranger in [private("108", "admin@example.com"), other_workspace] {
        let refused = log_in(&world, &stranger, 1).await;
        assert!(matches!(refused, Err(Error::EmailTaken)), "{stranger:?}: {refused:?}");
    }
    assert!(world.log_in("admin@example.com", PASSWORD, 2).await.is_ok());
    assert!(world.sessions.refresh(&local.refresh_token, now(3)).await.is_ok());

    let new = log_in(&world, &private("109", "new@example.com"), 4).await.unwrap();
    assert_eq!(log_in(&world, &private("109", "new@example.com"), 5).await.unwrap().user, new.user);
    // Gmail's own addresses, and everything that a provider of one's own says.
    for (n, (issuer, email)) in
        [(GOOGLE, "min@gmail.com"), ("https://login.example.com", "admin@example.com")].into_iter().enumerate()
    {
        let id = if n == 0 { world.register(email).await.user.id } else { local.user.id };
        let proof = Proof { issuer: issuer.into(), ..private("110", email) };
        assert_eq!(log_in(&world, &proof, 6).await.unwrap().user.id, id, "{email}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn first_log_ins_at_once_end_in_one_account() {
    for (known, proof) in [(false, min()), (true, min()), (false, private("108", "min@example.com"))] {
        let world = World::new().await;
        if known {
            world.register("min@example.com").await;
        }
        let log_ins: Vec<_> = (0..12)
            .map(|_| {
                let (sessions, proof) = (world.sessions.clone(), proof.clone());
                tokio::spawn(async move {
                    sessions.log_in_with_google(&proof, UserId::generate(), Locale::Ko, now(1)).await
                })
            })
            .collect();
        let mut sessions = Vec::new();
        for log_in in log_ins {
            sessions.push(log_in.await.unwrap().unwrap());
        }
        let user = &sessions[0].user;
        assert_eq!(user.version, if known { 2 } else { 1 });
        for session in &sessions {
            assert_eq!(session.user, *user);
            assert!(world.sessions.refresh(&session.refresh_token, now(2)).await.is_ok());
        }
        let accounts = world.table.items().await.iter().filter(|item| item.contains_key("lastEvent")).count();
        assert_eq!(accounts, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn registering_and_coming_through_google_at_once_is_one_account_without_a_password() {
    for call in 1..=3 {
        let world = World::new().await;
        let pause = Pause::before(call);
        let Desk { sessions, .. } = world.pausing(&pause);
        let google =
            tokio::spawn(
                async move { sessions.log_in_with_google(&min(), UserId::generate(), Locale::Ko, now(1)).await },
            );
        assert!(pause.reached_or(&google).await);
        let registered = world.register("min@example.com").await;
        pause.end();
        let session = google.await.unwrap().unwrap();
        assert_eq!((session.user.id, session.user.provider), (registered.user.id, Provider::Google), "{call}");
        assert_ended(&world, &registered).await;
        assert!(world.log_in("min@example.com", PASSWORD, 2).await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_in_by_password_that_is_under_way_does_not_survive_the_link() {
    // Between the calls of a log-in: attempt counted, password checked, account read, login written.
    for call in 2..=5 {
        let world = World::new().await;
        world.register("min@example.com").await;
        let pause = Pause::before(call);
        let Desk { sessions, .. } = world.pausing(&pause);
        let password = Password::new(PASSWORD.into());
        let by_password = tokio::spawn(async move { sessions.log_in("min@example.com", password, None, now(1)).await });
        assert!(pause.reached_or(&by_password).await);
        let linked = log_in(&world, &min(), 2).await.unwrap();
        pause.end();
        match by_password.await.unwrap() {
            Ok(session) => {
                assert_eq!(call, 5);
                assert_ended(&world, &session).await;
            }
            Err(error) => assert!(matches!(error, Error::InvalidCredentials) && call < 5, "{call}: {error}"),
        }
        assert!(world.sessions.refresh(&linked.refresh_token, now(3)).await.is_ok());
    }
}

#[tokio::test]
async fn a_log_in_that_failed_anywhere_can_be_repeated() {
    for (known, calls) in [(false, 6), (true, 7)] {
        let counted = Faults::none();
        let world = World::new().await;
        if known {
            world.register("min@example.com").await;
        }
        let Desk { sessions, .. } = world.failing(&counted);
        sessions.log_in_with_google(&min(), UserId::generate(), Locale::Ko, now(1)).await.unwrap();
        assert_eq!(counted.calls(), calls);

        for fault in Faults::every(calls) {
            let world = World::new().await;
            if known {
                world.register("min@example.com").await;
            }
            let faults = Faults::one(fault);
            let Desk { sessions, .. } = world.failing(&faults);
            let failed = sessions.log_in_with_google(&min(), UserId::generate(), Locale::Ko, now(1)).await;
            assert!(matches!(failed, Err(Error::Store(_))) && faults.struck(), "{fault:?}: {failed:?}");
            let session = log_in(&world, &min(), 2).await.unwrap();
            assert_eq!(session.user.version, if known { 2 } else { 1 }, "{fault:?}");
            assert_eq!(world.password_hash("min@example.com").await, None);
            assert!(world.sessions.refresh(&session.refresh_token, now(3)).await.is_ok());
        }
    }
}
