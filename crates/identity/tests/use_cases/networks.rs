use identity::Error;
use identity::domain::attempts::{FREE_ATTEMPTS, TooEarly};
use identity::domain::network::BURST;
use identity::domain::{Email, Password};
use identity::sessions::Session;
use jiff::SignedDuration;
use testkit::Faults;

use crate::world::{PASSWORD, World, network, now};

const HOME: &str = "203.0.113.7";

/// One attempt as a log-in counts it.
async fn count(world: &World, from: &str, millis: i64) -> Result<(), u32> {
    let at = now(0) + SignedDuration::from_millis(millis);
    let counted = world.store.count_from(network(from).unwrap(), at).await.unwrap();
    counted.map_err(|TooEarly { wait }| wait)
}

async fn log_in(world: &World, password: &str, from: &str) -> Result<Session, Error> {
    world.sessions.log_in("min@example.com", Password::new(password.into()), network(from), now(0)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_burst_from_one_place_counts_in_full_however_it_is_sent() {
    let world = World::new().await;
    let attempts: Vec<_> = (0..BURST + 20)
        .map(|_| {
            let store = world.store.clone();
            tokio::spawn(async move { store.count_from(network(HOME).unwrap(), now(0)).await.unwrap() })
        })
        .collect();
    let mut passed = 0;
    for attempt in attempts {
        passed += i32::from(attempt.await.unwrap().is_ok());
    }
    assert_eq!(passed, BURST);

    assert_eq!(count(&world, HOME, 4_999).await, Err(1));
    assert_eq!(count(&world, HOME, 5_000).await, Ok(()));
    assert_eq!(count(&world, HOME, 5_000).await, Err(5));
    assert_eq!(count(&world, "203.0.113.8", 5_000).await, Ok(()));
    // Left alone for long enough, all is forgotten.
    for _ in 0..BURST {
        assert_eq!(count(&world, HOME, 1_000_000).await, Ok(()));
    }
    assert_eq!(count(&world, HOME, 1_000_000).await, Err(5));
}

#[tokio::test]
async fn a_place_that_guessed_too_often_waits_and_no_other() {
    let world = World::new().await;
    world.register("min@example.com").await;
    for _ in 1..BURST {
        count(&world, HOME, 0).await.unwrap();
    }
    // Those who know their passwords use nothing up.
    for _ in 0..3 {
        log_in(&world, PASSWORD, HOME).await.unwrap();
    }
    assert!(matches!(log_in(&world, "wrong password", HOME).await, Err(Error::InvalidCredentials)));
    for password in ["wrong password", PASSWORD] {
        assert!(matches!(log_in(&world, password, HOME).await, Err(Error::TooManyAttempts(5))), "{password}");
    }
    let no_address = world.sessions.log_in("none", Password::new("x".into()), network(HOME), now(0)).await;
    assert!(matches!(no_address, Err(Error::TooManyAttempts(5))));
    // Whoever is elsewhere, or of whom it is not known where, is not concerned; refused attempts did not count there.
    assert!(log_in(&world, PASSWORD, "2001:db8::1").await.is_ok());
    assert!(world.log_in("min@example.com", PASSWORD, 0).await.is_ok());
}

#[tokio::test]
async fn a_lone_log_in_takes_two_calls_more_and_can_be_repeated_wherever_it_failed() {
    let world = World::new().await;
    world.register("min@example.com").await;
    let counted = Faults::none();
    let password = || Password::new(PASSWORD.into());
    world.failing(&counted).sessions.log_in("min@example.com", password(), network(HOME), now(0)).await.unwrap();
    assert_eq!(counted.calls(), 7);
    for (n, fault) in Faults::every(7).enumerate() {
        let at = 10_000 * i64::try_from(n + 1).unwrap();
        let faults = Faults::one(fault);
        let sessions = world.failing(&faults).sessions;
        let outcome = sessions.log_in("min@example.com", password(), network(HOME), now(at)).await;
        assert!(faults.struck(), "{fault:?}");
        match outcome {
            // Giving the attempt back is the last of it, and nothing that somebody should wait for.
            Ok(_) => assert_eq!(fault.call, 7),
            Err(error) => assert!(matches!(error, Error::Store(_)) && fault.call < 7, "{fault:?}: {error}"),
        }
        assert!(world.sessions.log_in("min@example.com", password(), network(HOME), now(at + 1)).await.is_ok());
    }
}

#[tokio::test]
async fn only_guesses_use_up_what_a_place_has() {
    let world = World::new().await;
    world.register("min@example.com").await;
    for _ in 1..BURST {
        count(&world, HOME, 0).await.unwrap();
    }
    // One is left. A table that fails anywhere after the attempt was counted does not take it.
    for fault in Faults::every(7).skip(4) {
        let faults = Faults::one(fault);
        let sessions = world.failing(&faults).sessions;
        let failed = sessions.log_in("min@example.com", Password::new(PASSWORD.into()), network(HOME), now(0)).await;
        assert!(matches!(failed, Err(Error::Store(_))) && faults.struck(), "{fault:?}: {failed:?}");
        world.store.forget_attempts(&Email::parse("min@example.com").unwrap()).await.unwrap();
    }
    // Nor does an address that has to wait.
    for _ in 0..FREE_ATTEMPTS {
        assert!(matches!(world.log_in("min@example.com", "wrong password", 0).await, Err(Error::InvalidCredentials)));
    }
    for _ in 0..3 {
        assert!(matches!(log_in(&world, PASSWORD, HOME).await, Err(Error::TooManyAttempts(1..=2))));
    }
    let no_address = || world.sessions.log_in("none", Password::new("x".into()), network(HOME), now(0));
    assert!(matches!(no_address().await, Err(Error::InvalidCredentials)));
    assert!(matches!(no_address().await, Err(Error::TooManyAttempts(5))), "that was the last");
}
