//! Guessing passwords from one network.

use e2e::function::{Direct, log_in_from};
use e2e::person::{PASSWORD, Person, address};
use e2e::wait::{SOON, eventually, when};
use futures_util::StreamExt as _;
use futures_util::stream;
use tokio::time::Instant;
use uuid::Uuid;

/// Failures that one network may have at once, and how many seconds later it may have the next.
const AT_ONCE: usize = 100;
const SECONDS_EACH: u64 = 5;

const ATTEMPTS: usize = AT_ONCE + 30;

/// An IPv6 network of 64 bits for this test alone, from the range for documentation.
fn network() -> String {
    let random = Uuid::now_v7().as_u128();
    format!("2001:db8:{:x}:{:x}", random & 0xffff, random >> 16 & 0xffff)
}

async fn guess(network: &str, host: usize) -> Direct {
    // Another account each time: none of them is slowed down by itself.
    log_in_from(&format!("{network}:0:0:{host:x}:1"), &address(), "not the password").await
}

fn is_slowed_down(answer: &Direct) -> bool {
    let slowed = answer.status == 429;
    if slowed {
        assert_eq!(answer.body["code"], "too_many_attempts", "{answer:?}");
        assert!(answer.retry_after.is_some_and(|seconds| (1..=60).contains(&seconds)), "{answer:?}");
    }
    slowed
}

#[tokio::test]
async fn guessing_at_many_accounts_from_one_network_is_slowed_down() {
    let (network, elsewhere) = (network(), network());
    let person = Person::register().await;
    let begun = Instant::now();
    let answers: Vec<_> =
        stream::iter(0..ATTEMPTS).map(|host| guess(&network, host)).buffer_unordered(4).collect().await;
    let (slowed, failed): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| is_slowed_down(answer));
    for answer in &failed {
        assert_eq!((answer.status, &answer.body["code"]), (401, &"invalid_credentials".into()), "{answer:?}");
    }
    let meanwhile = usize::try_from(begun.elapsed().as_secs() / SECONDS_EACH + 1).unwrap();
    assert!((AT_ONCE..=AT_ONCE + meanwhile).contains(&failed.len()), "{} failures, {meanwhile}", failed.len());
    assert!(!slowed.is_empty(), "{:?}", begun.elapsed());

    // The right password does not get through either, as long as the network has nothing left.
    eventually("even the owner is slowed down", SOON, async || {
        while !is_slowed_down(&guess(&network, ATTEMPTS).await) {}
        let answer = log_in_from(&format!("{network}:0:0:0:2"), &person.email, PASSWORD).await;
        when(is_slowed_down(&answer), answer)
    })
    .await;
    assert_eq!(log_in_from(&format!("{elsewhere}:0:0:0:2"), &person.email, PASSWORD).await.status, 200);
    person.log_in().await;
}

#[tokio::test]
async fn those_who_know_their_password_are_not_counted() {
    let network = network();
    let person = Person::register().await;
    let answers: Vec<_> = stream::iter(0..ATTEMPTS)
        .map(|host| log_in(format!("{network}:0:0:{host:x}:3"), &person.email))
        .buffer_unordered(4)
        .collect()
        .await;
    assert!(answers.iter().all(|answer| answer.status == 200), "{answers:?}");
}

async fn log_in(address: String, email: &str) -> Direct {
    log_in_from(&address, email, PASSWORD).await
}
