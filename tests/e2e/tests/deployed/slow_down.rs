//! Guessing passwords from one network address. All other tests log in from 127.0.0.1; these come from elsewhere.

use std::net::{IpAddr, Ipv4Addr};

use e2e::api::{Answer, Api};
use e2e::person::{PASSWORD, Person, address};
use e2e::wait::{SOON, eventually, when};
use futures_util::StreamExt as _;
use futures_util::future::join_all;
use futures_util::stream;
use serde_json::json;
use tokio::time::Instant;
use uuid::Uuid;

/// Failures that one address may have at once, and how many seconds later it may have the next.
const AT_ONCE: usize = 100;
const SECONDS_EACH: u64 = 5;

const ATTEMPTS: usize = AT_ONCE + 30;

/// An address of this machine that nobody else comes from.
fn elsewhere() -> Api {
    let [.., a, b, c] = Uuid::now_v7().into_bytes();
    Api::from_address(IpAddr::V4(Ipv4Addr::new(127, a.clamp(1, 254), b, c.clamp(1, 254))))
}

async fn log_in(api: &Api, email: &str, password: &str) -> Answer {
    api.post("/auth/login", &json!({"email": email, "password": password})).await
}

/// Another account each time: none of them is slowed down by itself.
async fn guess(api: &Api) -> Answer {
    log_in(api, &address(), "not the password").await
}

fn is_slowed_down(answer: &Answer) -> bool {
    let slowed = answer.status == 429;
    if slowed {
        answer.clone().refused(429, "too_many_attempts");
        assert!(answer.header("retry-after").parse().is_ok_and(|wait: u32| (1..=60).contains(&wait)), "{answer}");
    }
    slowed
}

#[tokio::test]
async fn guessing_at_many_accounts_from_one_address_is_slowed_down() {
    let (api, other) = (elsewhere(), elsewhere());
    let person = Person::register().await;
    let begun = Instant::now();
    let answers: Vec<_> = stream::iter(0..ATTEMPTS).map(|_| guess(&api)).buffer_unordered(4).collect().await;
    let (slowed, failed): (Vec<_>, Vec<_>) = answers.into_iter().partition(is_slowed_down);
    let meanwhile = usize::try_from(begun.elapsed().as_secs() / SECONDS_EACH + 1).unwrap();
    assert!((AT_ONCE..=AT_ONCE + meanwhile).contains(&failed.len()), "{} failures, {meanwhile}", failed.len());
    assert!(!slowed.is_empty(), "{:?}", begun.elapsed());
    for answer in failed {
        answer.refused(401, "invalid_credentials");
    }

    // The right password does not get through either, as long as the address has nothing left; nor does a header help.
    eventually("even the owner is slowed down", SOON, async || {
        while !is_slowed_down(&guess(&api).await) {}
        let body = json!({"email": person.email, "password": PASSWORD});
        let answer = api.post("/auth/login", &body).header("x-forwarded-for", "198.51.100.7").await;
        when(is_slowed_down(&answer), answer)
    })
    .await;
    log_in(&other, &person.email, PASSWORD).await.expect(200);
    person.log_in().await;
}

#[tokio::test]
async fn those_who_know_their_password_are_not_counted() {
    let api = elsewhere();
    let people = join_all((0..4).map(|_| Person::register())).await;
    // One after the other for each of them: attempts on one account at once are counted before they succeed.
    let all = people.iter().map(async |person| {
        for _ in 0..ATTEMPTS.div_ceil(people.len()) {
            log_in(&api, &person.email, PASSWORD).await.expect(200);
        }
    });
    join_all(all).await;
}
