//! A whole rotation, interrupted anywhere and run beside itself: at no moment may a key sign that is not published.

use std::collections::BTreeSet;

use identity::keys::KeyRing;
use identity::provisioning::ProvisioningError;
use identity::rotation::{Report, Rotation};
use identity_functions::rotate_signing_key::{Request, handle};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use testkit::{Faults, Pause};

use crate::cloud::{Cloud, World};

const GRACE: SignedDuration = SignedDuration::from_hours(2);
const HOUR: i64 = 3_600;
const KEY_SET: &str = "bucket/.well-known/jwks.json";

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

/// The most calls of one step. First a ring from before times were kept is looked at and gets some, then: look at both
/// places, store a key; look, publish it, say so; look.
const MOST_CALLS: usize = 3 + 3 + 4 + 2;

/// A deployment that has signed with its first key for a day.
async fn deployed() -> Cloud {
    let ring = KeyRing::generate(at(-24 * HOUR)).unwrap();
    let cloud = Cloud::new(World::holding(&ring.write().unwrap())).await;
    let keys = serde_json::to_string(&ring.public().unwrap()).unwrap();
    cloud.world.lock().unwrap().objects.insert(KEY_SET.into(), ("application/json".into(), keys));
    cloud
}

async fn rotation(cloud: &Cloud, faults: &Faults) -> Rotation {
    let (keys, discovery) = cloud.places(faults).await;
    Rotation::new(keys, discovery, GRACE)
}

async fn advance(cloud: &Cloud, start: bool, second: i64) -> Report {
    rotation(cloud, &Faults::none()).await.advance(start, at(second)).await.unwrap()
}

fn published(cloud: &Cloud) -> BTreeSet<String> {
    let set = cloud.object(KEY_SET);
    set["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}

fn stored(cloud: &Cloud) -> (String, BTreeSet<String>) {
    let ring = cloud.world.lock().unwrap().ring();
    (ring.current().to_owned(), ring.times().into_iter().map(|key| key.kid).collect())
}

/// What anybody who verifies a token relies on.
fn assert_verifiable(cloud: &Cloud) {
    let (current, _) = stored(cloud);
    assert!(published(cloud).contains(&current));
}

fn summary(report: &Report) -> (Value, usize, i64) {
    let report = serde_json::to_value(report).unwrap();
    let next: Timestamp = report["nextStepAt"].as_str().unwrap().parse().unwrap();
    (report["stage"].clone(), report["keys"].as_array().unwrap().len(), next.as_second() - at(0).as_second())
}

#[tokio::test]
async fn a_key_is_announced_signs_and_the_old_one_goes() {
    let cloud = deployed().await;
    let (old, _) = stored(&cloud);
    let in_90_days = (90 - 1) * 24 * HOUR;
    for (start, second, stage, keys, next) in [
        (false, 0, "steady", 1, in_90_days),
        (true, 10, "announced", 2, 10 + 2 * HOUR),
        (true, 20, "announced", 2, 10 + 2 * HOUR),
        (false, 9 + 2 * HOUR, "announced", 2, 10 + 2 * HOUR),
        (false, 10 + 2 * HOUR, "switched", 2, 10 + 3 * HOUR),
        (true, 9 + 3 * HOUR, "switched", 2, 10 + 3 * HOUR),
        (false, 10 + 3 * HOUR, "steady", 1, 10 + 2 * HOUR + 90 * 24 * HOUR),
        (false, 11 + 3 * HOUR, "steady", 1, 10 + 2 * HOUR + 90 * 24 * HOUR),
    ] {
        let report = advance(&cloud, start, second).await;
        assert_eq!(summary(&report), (json!(stage), keys, next), "{second}");
        assert_eq!(published(&cloud).len(), keys);
        assert_eq!(report.current == old, second < 10 + 2 * HOUR, "{second}");
        assert_verifiable(&cloud);
    }
    // Nobody has to ask for the next one.
    let report = advance(&cloud, false, 10 + 2 * HOUR + 90 * 24 * HOUR).await;
    assert_eq!(summary(&report).0, "announced");
}

#[tokio::test]
async fn whatever_interrupts_a_step_the_next_call_goes_on_from_there() {
    let counted = Faults::none();
    rotation(&deployed().await, &counted).await.advance(true, at(0)).await.unwrap();
    assert_eq!(counted.calls(), MOST_CALLS);

    for fault in Faults::every(MOST_CALLS) {
        let cloud = deployed().await;
        let (old, _) = stored(&cloud);
        for (start, second) in [(true, 0), (false, 3 * HOUR), (false, 5 * HOUR)] {
            let faults = Faults::one(fault);
            let result = rotation(&cloud, &faults).await.advance(start, at(second)).await;
            assert!(matches!(result, Err(ProvisioningError::Aws { .. })) == faults.struck(), "{fault:?}: {result:?}");
            assert_verifiable(&cloud);
            advance(&cloud, start && stored(&cloud).1.len() == 1, second + 60).await;
            assert_verifiable(&cloud);
            assert_eq!(stored(&cloud).1, published(&cloud), "{fault:?} {second}");
        }
        let (current, all) = stored(&cloud);
        assert!(current != old && all.len() == 1, "{fault:?}: one rotation, all of it");
    }
}

#[tokio::test]
async fn a_key_found_missing_where_it_should_be_public_waits_anew() {
    let cloud = deployed().await;
    let before = cloud.world.lock().unwrap().objects[KEY_SET].clone();
    advance(&cloud, true, 0).await;
    // Somebody slow has published what was true before.
    cloud.world.lock().unwrap().objects.insert(KEY_SET.into(), before);
    let report = advance(&cloud, false, 3 * HOUR).await;
    assert_eq!(summary(&report), (json!("announced"), 2, 5 * HOUR), "signing now would be signing with a secret key");
    assert_eq!(published(&cloud).len(), 2);
    // All gone, even: published again at once, the signing key first of all.
    cloud.world.lock().unwrap().objects.clear();
    assert_eq!(summary(&advance(&cloud, false, 4 * HOUR).await), (json!("announced"), 2, 6 * HOUR));
    assert_verifiable(&cloud);
    assert_eq!(summary(&advance(&cloud, false, 6 * HOUR).await).0, "switched");
}

#[tokio::test(flavor = "multi_thread")]
async fn any_number_at_once_do_one_rotation() {
    let cloud = deployed().await;
    for (start, second, stage, keys) in
        [(true, 0, "announced", 2), (false, 3 * HOUR, "switched", 2), (false, 5 * HOUR, "steady", 1)]
    {
        let mut calls = Vec::new();
        for _ in 0..6 {
            let rotation = rotation(&cloud, &Faults::none()).await;
            calls.push(tokio::spawn(async move { rotation.advance(start, at(second)).await }));
        }
        for call in calls {
            match call.await.unwrap() {
                Ok(report) => assert_eq!((summary(&report).0, summary(&report).1), (json!(stage), keys)),
                Err(error) => assert!(matches!(error, ProvisioningError::Contended), "{error}"),
            }
        }
        assert_eq!((stored(&cloud).1, published(&cloud).len()), (published(&cloud), keys), "{stage}");
        assert_verifiable(&cloud);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_held_up_anywhere_overwrites_nothing_newer() {
    for call in 1..=MOST_CALLS {
        let cloud = deployed().await;
        let config = cloud.config().await;
        let pause = Pause::before(call);
        let secrets = aws_sdk_secretsmanager::config::Builder::from(&config).interceptor(pause.clone()).build();
        let objects = aws_sdk_s3::config::Builder::from(&config).interceptor(pause.clone()).build();
        let keys = aws_sdk_secretsmanager::Client::from_conf(secrets);
        let slow = Rotation::new(
            identity::provisioning::KeyStore::new(keys, "arn:secret".into()),
            identity::provisioning::Discovery::new(aws_sdk_s3::Client::from_conf(objects), "bucket".into()),
            GRACE,
        );
        let slow = tokio::spawn(async move { slow.advance(true, at(0)).await });
        assert!(pause.reached_or(&slow).await, "{call}");
        let fast = advance(&cloud, true, 1).await;
        pause.end();
        let slow = slow.await.unwrap().unwrap();
        assert_eq!((summary(&slow).0, summary(&slow).1), (json!("announced"), 2), "{call}");
        assert_eq!(
            serde_json::to_value(&slow.keys).unwrap()[1]["kid"],
            serde_json::to_value(&fast.keys).unwrap()[1]["kid"]
        );
        assert_eq!(stored(&cloud).1, published(&cloud), "{call}");
    }
}

#[tokio::test]
async fn the_function_reads_its_payload_and_answers_names_only() {
    let cloud = deployed().await;
    let rotation = rotation(&cloud, &Faults::none()).await;
    let request = |payload: Value| serde_json::from_value::<Request>(payload).unwrap();
    assert!(!request(json!({})).start && request(json!({"start": true})).start);
    assert!(serde_json::from_value::<Request>(json!({"start": "yes"})).is_err());
    let report = serde_json::to_value(handle(&rotation, request(json!({"start": true}))).await.unwrap()).unwrap();
    let members: BTreeSet<_> = report.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, BTreeSet::from(["stage", "current", "keys", "nextStepAt"]));
    assert_eq!((&report["stage"], &report["current"]), (&json!("announced"), &report["keys"][0]["kid"]));
    assert!(!report.to_string().contains("PRIVATE"));

    let empty = Cloud::new(World::default()).await;
    let (keys, discovery) = empty.places(&Faults::none()).await;
    let nothing = handle(&Rotation::new(keys, discovery, GRACE), Request::default()).await;
    assert!(matches!(nothing, Err(ProvisioningError::NoKey)));
}
