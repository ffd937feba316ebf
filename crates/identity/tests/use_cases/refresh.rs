use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use contracts::identity::Role;
use identity::Error;
use identity::sessions::Session;
use testkit::{Fault, Faults, Moment};

use crate::world::{PASSWORD, World, now};

const MONTH: i64 = 30 * 24 * 60 * 60;

fn assert_ended(result: Result<Session, Error>) {
    assert!(matches!(result, Err(Error::InvalidRefreshToken)), "{result:?}");
}

#[tokio::test]
async fn every_refresh_replaces_the_token_and_starts_its_month_anew() {
    let world = World::new().await;
    let mut session = world.register("min@example.com").await;
    for month in 1..=3 {
        let next = world.sessions.refresh(&session.refresh_token, now(month * (MONTH - 1))).await.unwrap();
        assert_ne!(next.refresh_token, session.refresh_token);
        assert_ne!(next.access_token, session.access_token);
        assert_eq!(next.user, session.user);
        session = next;
    }
    assert_ended(world.sessions.refresh(&session.refresh_token, now(3 * (MONTH - 1) + MONTH)).await);
}

#[tokio::test]
async fn a_token_used_twice_ends_its_family_and_no_other() {
    let world = World::new().await;
    let first = world.register("min@example.com").await;
    let elsewhere = world.log_in("min@example.com", PASSWORD, 1).await.unwrap();
    let second = world.sessions.refresh(&first.refresh_token, now(2)).await.unwrap();
    let third = world.sessions.refresh(&second.refresh_token, now(3)).await.unwrap();

    assert_ended(world.sessions.refresh(&first.refresh_token, now(4)).await);
    for session in [&first, &second, &third] {
        assert_ended(world.sessions.refresh(&session.refresh_token, now(5)).await);
    }
    assert!(world.sessions.refresh(&elsewhere.refresh_token, now(6)).await.is_ok());
}

/// Whoever comes second may have read the clock first, or read one that is behind.
#[tokio::test]
async fn an_earlier_time_does_not_make_a_spent_token_good() {
    let world = World::new().await;
    let first = world.register("min@example.com").await;
    let second = world.sessions.refresh(&first.refresh_token, now(10)).await.unwrap();
    assert_ended(world.sessions.refresh(&first.refresh_token, now(9)).await);
    assert_ended(world.sessions.refresh(&second.refresh_token, now(11)).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_at_once_one_wins_and_the_family_ends() {
    let world = World::new().await;
    let session = world.register("min@example.com").await;
    let tries: Vec<_> = (0..32)
        .map(|_| {
            let (sessions, token) = (world.sessions.clone(), session.refresh_token.clone());
            tokio::spawn(async move { sessions.refresh(&token, now(1)).await })
        })
        .collect();
    let mut won = Vec::new();
    for attempt in tries {
        match attempt.await.unwrap() {
            Ok(session) => won.push(session),
            Err(error) => assert!(matches!(error, Error::InvalidRefreshToken), "{error}"),
        }
    }
    assert_eq!(won.len(), 1);
    assert_ended(world.sessions.refresh(&won[0].refresh_token, now(2)).await);
}

#[tokio::test]
async fn a_browser_may_show_the_token_it_traded_last_again_for_a_moment() {
    let world = World::new().await;
    let first = world.register("min@example.com").await;
    let refresh =
        async |session: &Session, at| world.sessions.refresh_in_browser(&session.refresh_token, now(at)).await;
    let second = refresh(&first, 100).await.unwrap();
    let again = refresh(&first, 109).await.unwrap();
    assert_eq!(again.refresh_token, second.refresh_token, "one token is good, however often it was asked for");
    assert_ne!(again.access_token, second.access_token);

    // Only the latest trade can be repeated, and repeating does not prolong the time for it.
    let third = refresh(&second, 109).await.unwrap();
    assert_eq!(refresh(&second, 118).await.unwrap().refresh_token, third.refresh_token);
    assert_ended(refresh(&second, 119).await);
    assert_ended(refresh(&third, 119).await);

    let other = world.register("other@example.com").await;
    let next = refresh(&other, 100).await.unwrap();
    refresh(&next, 101).await.unwrap();
    assert_ended(refresh(&other, 102).await);

    // Whoever keeps their token themself has no such moment, and roles taken away leave none.
    let strict = world.register("strict@example.com").await;
    world.sessions.refresh(&strict.refresh_token, now(100)).await.unwrap();
    assert_ended(world.sessions.refresh(&strict.refresh_token, now(100)).await);
    world.administration.set_role("fallen@example.com", Role::Organizer, now(1)).await.unwrap_err();
    let fallen = world.register("fallen@example.com").await;
    world.administration.set_role("fallen@example.com", Role::Organizer, now(1)).await.unwrap();
    refresh(&fallen, 100).await.unwrap();
    world.administration.set_role("fallen@example.com", Role::Buyer, now(101)).await.unwrap();
    assert_ended(refresh(&fallen, 102).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn tabs_that_refresh_at_once_get_the_same_token() {
    let world = World::new().await;
    let session = world.register("min@example.com").await;
    let tabs: Vec<_> = (0..16)
        .map(|_| {
            let (sessions, token) = (world.sessions.clone(), session.refresh_token.clone());
            tokio::spawn(async move { sessions.refresh_in_browser(&token, now(1)).await })
        })
        .collect();
    let mut tokens = Vec::new();
    for tab in tabs {
        tokens.push(tab.await.unwrap().unwrap().refresh_token);
    }
    tokens.dedup();
    assert_eq!(tokens.len(), 1);
    assert!(world.sessions.refresh_in_browser(&tokens[0], now(20)).await.is_ok());
}

#[tokio::test]
async fn what_is_no_token_of_ours_changes_nothing() {
    let world = World::new().await;
    let session = world.register("min@example.com").await;
    let other = world.register("other@example.com").await;
    for text in ["", ".", "a.b", &session.access_token, &"x".repeat(10_000)] {
        assert_ended(world.sessions.refresh(text, now(1)).await);
    }
    // One person's login and secret in another person's name.
    let (family, secret) = session.refresh_token.split_once('.').unwrap();
    let family = BASE64.decode(family).unwrap();
    let forged = BASE64.encode([other.user.id.uuid().as_bytes().as_slice(), &family[16..]].concat());
    assert_ended(world.sessions.refresh(&format!("{forged}.{secret}"), now(1)).await);

    for session in [session, other] {
        assert!(world.sessions.refresh(&session.refresh_token, now(2)).await.is_ok());
    }
}

#[tokio::test]
async fn a_refresh_that_failed_before_its_write_can_be_repeated_and_after_it_ends_the_session() {
    let calls = 2;
    for fault in Faults::every(calls) {
        let world = World::new().await;
        let session = world.register("min@example.com").await;
        let faults = Faults::one(fault);
        let failed = world.failing(&faults).sessions.refresh(&session.refresh_token, now(1)).await;
        assert!(matches!(failed, Err(Error::Store(_))) && faults.struck(), "{fault:?}");

        let again = world.sessions.refresh(&session.refresh_token, now(2)).await;
        if fault == (Fault { call: calls, moment: Moment::AfterEffect }) {
            assert_ended(again);
            assert!(world.log_in("min@example.com", PASSWORD, 3).await.is_ok());
        } else {
            assert!(again.is_ok(), "{fault:?}");
        }
    }
}

#[tokio::test]
async fn a_reused_token_is_refused_even_if_its_family_could_not_be_ended_at_once() {
    for fault in Faults::every(3).skip(2) {
        let world = World::new().await;
        let session = world.register("min@example.com").await;
        let next = world.sessions.refresh(&session.refresh_token, now(1)).await.unwrap();
        let faults = Faults::one(fault);
        let failed = world.failing(&faults).sessions.refresh(&session.refresh_token, now(2)).await;
        assert!(matches!(failed, Err(Error::Store(_))) && faults.struck(), "{fault:?}");
        assert_ended(world.sessions.refresh(&session.refresh_token, now(3)).await);
        assert_ended(world.sessions.refresh(&next.refresh_token, now(4)).await);
    }
}

#[tokio::test]
async fn a_refresh_picks_up_a_new_role() {
    let world = World::new().await;
    let session = world.register("min@example.com").await;
    world.administration.set_role("MIN@example.com", Role::Organizer, now(1)).await.unwrap();
    let next = world.sessions.refresh(&session.refresh_token, now(2)).await.unwrap();
    assert_eq!(next.user.role, Role::Organizer);
}
