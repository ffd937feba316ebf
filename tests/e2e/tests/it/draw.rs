//! The draw among those who come before the opening: anybody can check it afterwards.

use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use e2e::hall::Plan;
use e2e::queue::{Rules, status};
use e2e::wait::{LATER, SOON, eventually};
use futures_util::future::join_all;
use serde_json::Value;

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
    u64::try_from(u128::from(score) * u128::from(entrants) >> 64).unwrap()
}

#[tokio::test]
async fn the_draw_is_what_its_seed_says() {
    const ENTRANTS: usize = 12;
    let hall = Plan::standing(20).open().await;
    let queue = Rules::opening_in(15, 3).configure(&hall).await;
    let mut entrants = queue.crowd(ENTRANTS).await;
    for entrant in &mut entrants {
        let first = entrant.check().await;
        assert_eq!(first["status"], "PRE_QUEUE", "{first}");
        let chance = entrant.claims()["jti"].clone();
        // With the ticket, and in another window without it: one account, one chance.
        entrant.check().await;
        assert_eq!(entrant.claims()["jti"], chance);
        let mut elsewhere = queue.entrant(&entrant.person);
        elsewhere.check().await;
        assert_eq!(elsewhere.claims()["jti"], chance);
    }
    let before = status(&hall).await;
    assert_eq!((&before["phase"], &before["seed"]), (&Value::from("PRE_QUEUE"), &Value::Null), "{before}");
    let seed_hash = before["seedHash"].as_str().unwrap().to_owned();

    let after = eventually("the sale is open", LATER, async || {
        let seen = status(&hall).await;
        if seen["phase"] == "OPEN" && seen["seed"].is_string() { Ok(seen) } else { Err(seen.to_string()) }
    })
    .await;
    let seed = from_hex(after["seed"].as_str().unwrap());
    assert_eq!(to_hex(digest(&SHA256, &seed).as_ref()), seed_hash, "the seed was fixed before the sale opened");
    assert_eq!(after["seedHash"], seed_hash);
    let entered = after["entrants"].as_u64().unwrap();
    assert!(entered >= ENTRANTS as u64, "{after}");

    let mut line: Vec<_> = entrants
        .into_iter()
        .map(|entrant| {
            let id = entrant.claims()["jti"].as_str().unwrap().to_owned();
            (place(&seed, &id, entered), entrant)
        })
        .collect();
    line.sort_by_key(|(place, _)| *place);

    // Those with the first places come in, although the others ask as often.
    let asked = join_all(line.iter_mut().map(|(_, entrant)| entrant.check())).await;
    for ((expected, entrant), answer) in line.iter().zip(&asked) {
        if answer["status"] == "WAITING" {
            assert_eq!(entrant.claims()["place"], *expected, "{answer}");
        }
    }
    let limit = line[2].0;
    let (first, rest) = line.split_at_mut(3);
    for (_, entrant) in first {
        entrant.enters(SOON).await;
    }
    for (place, entrant) in rest.iter_mut().filter(|(place, _)| *place > limit) {
        let answer = entrant.waits().await;
        assert!(answer["ahead"].as_u64().unwrap() <= *place, "{answer}");
    }
    // Whoever comes now is behind all of them.
    let mut late = queue.crowd(1).await.remove(0);
    let behind = late.waits().await["position"].as_u64().unwrap();
    let last = rest.last_mut().unwrap().1.waits().await["position"].as_u64().unwrap();
    assert!(behind > last, "{behind} is not behind {last}");
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
    let later = serde_json::json!({"opensAt": e2e::hall::in_days(1), "capacity": 3});
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
