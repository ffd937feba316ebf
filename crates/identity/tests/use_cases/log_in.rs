use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, Version};
use identity::Error;
use identity::domain::attempts::FREE_ATTEMPTS;
use identity::domain::{Email, Password};
use testkit::{Fault, Faults, Moment};

use crate::world::{PASSWORD, World, now};

/// How many calls the failing log-in makes that ends without success, and the one that succeeds.
const CALLS_TO_FAIL: usize = 2;
const CALLS_TO_SUCCEED: usize = 5;

fn password(text: &str) -> Password {
    Password::new(text.to_owned())
}

#[tokio::test]
async fn an_unknown_address_costs_what_a_wrong_password_costs() {
    let world = World::new().await;
    world.register("min@example.com").await;
    for email in ["min@example.com", "nobody@example.com"] {
        let counted = Faults::none();
        let refused = world.failing(&counted).sessions.log_in(email, password("wrong password"), None, now(1)).await;
        assert!(matches!(refused, Err(Error::InvalidCredentials)), "{email}");
        assert_eq!(counted.calls(), CALLS_TO_FAIL, "{email}");
    }
    for email in ["", "no address", &"a".repeat(5_000), "min@example.com\0"] {
        assert!(matches!(world.log_in(email, PASSWORD, 2).await, Err(Error::InvalidCredentials)), "{email}");
    }
}

#[tokio::test]
async fn guessing_slows_down_alike_for_known_and_unknown_addresses() {
    let world = World::new().await;
    world.register("min@example.com").await;
    for email in ["min@example.com", "nobody@example.com"] {
        for _ in 0..FREE_ATTEMPTS {
            assert!(matches!(world.log_in(email, "wrong password", 10).await, Err(Error::InvalidCredentials)));
        }
        // Even the right password waits, or its not waiting would give it away.
        assert!(matches!(world.log_in(email, PASSWORD, 10).await, Err(Error::TooManyAttempts(1..=2))), "{email}");
        assert!(matches!(world.log_in(email, "wrong password", 11).await, Err(Error::InvalidCredentials)));
        assert!(matches!(world.log_in(email, PASSWORD, 12).await, Err(Error::TooManyAttempts(_))));
    }
    assert!(world.log_in("min@example.com", PASSWORD, 13).await.is_ok());
    // A success forgets them all.
    for _ in 0..FREE_ATTEMPTS {
        assert!(matches!(world.log_in("min@example.com", "wrong password", 14).await, Err(Error::InvalidCredentials)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_side_by_side_count_like_guesses_in_a_row() {
    let world = World::new().await;
    world.register("min@example.com").await;
    let guesses: Vec<_> = (0..24)
        .map(|_| {
            let sessions = world.sessions.clone();
            tokio::spawn(
                async move { sessions.log_in("min@example.com", password("wrong password"), None, now(1)).await },
            )
        })
        .collect();
    let mut looked_at = 0;
    for guess in guesses {
        match guess.await.unwrap() {
            Err(Error::InvalidCredentials) => looked_at += 1,
            Err(Error::TooManyAttempts(_)) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(looked_at, FREE_ATTEMPTS);
}

#[tokio::test]
async fn a_log_in_that_failed_anywhere_can_be_repeated() {
    let world = World::new().await;
    world.register("min@example.com").await;
    let counted = Faults::none();
    world.failing(&counted).sessions.log_in("min@example.com", password(PASSWORD), None, now(0)).await.unwrap();
    assert_eq!(counted.calls(), CALLS_TO_SUCCEED);

    for (n, fault) in Faults::every(CALLS_TO_SUCCEED).enumerate() {
        let at = 10_000 * i64::try_from(n + 1).unwrap();
        let faults = Faults::one(fault);
        let failed = world.failing(&faults).sessions.log_in("min@example.com", password(PASSWORD), None, now(at)).await;
        assert!(matches!(failed, Err(Error::Store(_))) && faults.struck(), "{fault:?}: {failed:?}");
        let session = world.log_in("min@example.com", PASSWORD, at + 1).await.unwrap();
        assert!(world.sessions.refresh(&session.refresh_token, now(at + 2)).await.is_ok());
    }
}

#[tokio::test]
async fn a_hash_of_other_days_is_replaced_when_its_owner_logs_in() {
    let world = World::new().await;
    world.register("min@example.com").await;
    let email = Email::parse("min@example.com").unwrap();
    let current = world.password_hash("min@example.com").await.unwrap();
    let params = Params::new(64, 1, 1, None).unwrap();
    let former = Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password(PASSWORD.as_bytes()).unwrap();
    world.store.rehash(&email, &current, &former.to_string()).await.unwrap();

    assert!(world.log_in("min@example.com", "wrong password", 1).await.is_err());
    assert_eq!(world.password_hash("min@example.com").await, Some(former.to_string()));
    for fault in [Fault { call: 4, moment: Moment::BeforeEffect }, Fault { call: 4, moment: Moment::AfterEffect }] {
        // The password was right: what becomes of its hash is for another day.
        let faults = Faults::one(fault);
        let session = world.failing(&faults).sessions.log_in("min@example.com", password(PASSWORD), None, now(2)).await;
        assert!(session.is_ok() && faults.struck(), "{fault:?}: {session:?}");
        assert!(world.log_in("min@example.com", PASSWORD, 3).await.is_ok());
        let replaced = world.password_hash("min@example.com").await.unwrap();
        assert!(replaced.starts_with(&current[..current.rfind('=').unwrap()]) && replaced != current, "{replaced}");
        world.store.rehash(&email, &replaced, &former.to_string()).await.unwrap();
    }
    // Somebody has changed the password meanwhile: it stays as it is.
    world.store.rehash(&email, "another hash", "yet another").await.unwrap();
    assert_eq!(world.password_hash("min@example.com").await, Some(former.to_string()));
}
