//! The draw among those who come before the opening: anybody can check it afterwards.

use std::collections::BTreeSet;
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use e2e::hall::Plan;
use e2e::queue::{Entrant, Rules, status};
use e2e::wait::{LATER, SOON, eventually, when};
use futures_util::future::join_all;
use serde_json::{Value, json};

/// The bytes behind hexadecimal digits.
fn from_hex(digits: &str) -> Vec<u8> {
    assert!(digits.len().is_multiple_of(2), "{digits}");
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The place of a ticket among so many entrants: score · entrants / 2^64, rounded down.
fn place(seed: &[u8], ticket_id: &str, entrants: u64) -> u64 {
    let tag = sign(&Key::new(HMAC_SHA256, seed), ticket_id.as_bytes());
    let score = u64::from_be_bytes(tag.as_ref()[..8].try_into().unwrap());
    u64::try_from((u128::from(score) * u128::from(entrants)) >> 64).unwrap()
}

#[tokio::test]
async fn the_draw_is_what_its_seed_says() {
    const ENTRANTS: usize = 12;
    const CAPACITY: usize = 3;
    let hall = Plan::standing(20).open().await;
    let queue = Rules::opening_in(25, CAPACITY).configure(&hall).await;
    let mut entrants = queue.crowd(ENTRANTS).await;
    for entrant in &mut entrants {
        let first = entrant.check().await;
        assert_eq!(first["status"], "PRE_QUEUE", "{first}");
        let chance = entrant.chance();
        entrant.check().await;
        assert_eq!(entrant.chance(), chance);
    }
    // In another window, without the ticket: one account, one chance.
    let mut elsewhere = queue.entrant(&entrants[0].person);
    elsewhere.check().await;
    assert_eq!(elsewhere.chance(), entrants[0].chance());

    let before = status(&hall).await;
    assert_eq!((&before["phase"], &before["seed"]), (&json!("PRE_QUEUE"), &Value::Null), "{before}");
    // Everybody goes on asking, until the room is full.
    let chances: Vec<_> = entrants.iter().map(Entrant::chance).collect();
    let mut inside = BTreeSet::new();
    eventually("the room is full", LATER, async || {
        let answers = join_all(entrants.iter_mut().map(Entrant::check)).await;
        let admitted = chances.iter().zip(&answers).filter(|(_, answer)| answer["status"] == "ADMITTED");
        inside.extend(admitted.map(|(chance, _)| chance.clone()));
        if inside.len() == CAPACITY { Ok(()) } else { Err(format!("{} are in", inside.len())) }
    })
    .await;

    let after = status(&hall).await;
    let seed = from_hex(after["seed"].as_str().unwrap());
    assert_eq!(after["seedHash"], before["seedHash"]);
    assert_eq!(to_hex(digest(&SHA256, &seed).as_ref()), before["seedHash"].as_str().unwrap(), "{after}");
    let entered = after["entrants"].as_u64().unwrap();
    assert!(entered >= ENTRANTS as u64, "{after}");
    // Who came in was called up, by the order of the draw. Of those who are called up, some may be slow to ask, and then more
    // are called up, who may ask first.
    eventually("everybody inside was called up", SOON, async || {
        let seen = status(&hall).await;
        let reached = seen["serving"]["limit"].as_u64().unwrap_or(0);
        let early = inside.iter().find(|chance| place(&seed, chance, entered) >= reached);
        when(early.is_none(), format!("{early:?} is in before its turn, {seen}"))
    })
    .await;
    for entrant in entrants.iter_mut().filter(|entrant| !inside.contains(&entrant.chance())) {
        entrant.waits().await;
        assert_eq!(entrant.place(), place(&seed, &entrant.chance(), entered));
    }
    // Whoever comes now is behind all of them.
    let mut late = queue.crowd(1).await.remove(0);
    late.waits().await;
    assert!(late.place() >= entered, "{} of {entered}", late.place());
}

#[tokio::test]
async fn before_the_pre_queue_there_is_nothing_to_wait_for() {
    let hall = Plan::standing(5).open().await;
    let queue = Rules::opening_in(7_200, 3).configure(&hall).await;
    let entrant = queue.crowd(1).await.remove(0);
    let answer = e2e::queue::check(&entrant.person, &hall.event, None).await;
    assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0), "{:?}", answer.headers);
    let problem = answer.refused(409, "queue_not_open");
    assert!(problem["opensAt"].is_string() && problem["preQueueOpensAt"].is_string(), "{problem}");
    assert_eq!(status(&hall).await["phase"], "SCHEDULED");
}

#[tokio::test]
async fn the_rules_of_a_draw_that_has_begun_stand() {
    let hall = Plan::standing(5).open().await;
    let queue = Rules::opening_in(600, 3).configure(&hall).await;
    queue.crowd(1).await.remove(0).check().await;
    let later = json!({"opensAt": e2e::hall::in_days(1), "capacity": 3});
    queue.put(&later).await.refused(409, "queue_running");
    let hash = status(&hall).await["seedHash"].clone();
    queue.clear().await;
    let anew = eventually("the queue is new", Duration::from_secs(10), async || {
        let seen = status(&hall).await;
        if seen["seedHash"] == hash { Err(seen.to_string()) } else { Ok(seen) }
    })
    .await;
    assert_eq!(anew["seed"], Value::Null, "{anew}");
}
