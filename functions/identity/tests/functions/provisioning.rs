//! The custom resource, asked by CloudFormation.

use std::time::SystemTime;

use identity::keys::KeyRing;
use identity_functions::provision_signing_key::Settings;
use serde_json::json;

use crate::cloud::{Cloud, World};

fn settings() -> Settings {
    let text = |text: &str| Some(text.to_owned());
    Settings { secret: text("arn:secret"), issuer: text("https://issuer.example"), bucket: text("bucket") }
}

const FIRST: &str = "11111111-1111-1111-1111-111111111111";
const SECOND: &str = "22222222-2222-2222-2222-222222222222";

#[tokio::test]
async fn the_first_key_is_made_once_and_published() {
    let cloud = Cloud::new(World { answers_to_refuse: 2, ..World::default() }).await;
    let created = cloud.request(settings(), FIRST, json!({"RequestType": "Create"})).await;
    assert_eq!((&created["Status"], &created["PhysicalResourceId"]), (&json!("SUCCESS"), &json!("bucket")));
    assert!(created.get("Reason").is_none());

    let stored = cloud.world.lock().unwrap().text().unwrap().to_owned();
    let ring = KeyRing::read(&stored).unwrap().unwrap();
    let configuration = cloud.object("bucket/.well-known/openid-configuration");
    assert_eq!(configuration["issuer"], "https://issuer.example");
    assert_eq!(configuration["jwks_uri"], "https://issuer.example/.well-known/jwks.json");
    let keys = cloud.object("bucket/.well-known/jwks.json");
    assert_eq!(keys, serde_json::to_value(ring.public().unwrap()).unwrap());
    assert!(!keys.to_string().contains("PRIVATE") && keys["keys"][0].get("d").is_none());

    // The same request again, another one, a move to another issuer and bucket: the key stays.
    for (id, change) in [
        (FIRST, json!({"RequestType": "Create"})),
        (SECOND, json!({"RequestType": "Update", "PhysicalResourceId": "bucket"})),
        (
            SECOND,
            json!({
                "RequestType": "Update", "PhysicalResourceId": "bucket",
                "ResourceProperties": {"Issuer": "https://new.example/", "Bucket": "new"},
            }),
        ),
    ] {
        assert_eq!(cloud.request(settings(), id, change).await["Status"], "SUCCESS");
        assert_eq!(cloud.world.lock().unwrap().text(), Some(stored.as_str()));
    }
    assert_eq!(
        cloud.object("new/.well-known/openid-configuration")["jwks_uri"],
        "https://new.example/.well-known/jwks.json"
    );
    assert_eq!(cloud.object("new/.well-known/jwks.json"), keys);

    // CloudFormation then deletes what it calls the old resource, with its old properties.
    let old =
        json!({"RequestType": "Delete", "PhysicalResourceId": "bucket", "ResourceProperties": {"Bucket": "bucket"}});
    assert_eq!(cloud.request(settings(), SECOND, old).await["Status"], "SUCCESS");
    let left: Vec<_> = cloud.world.lock().unwrap().objects.keys().cloned().collect();
    assert_eq!(left, ["new/.well-known/jwks.json", "new/.well-known/openid-configuration"]);
    assert!(cloud.world.lock().unwrap().secret.is_some());
}

#[tokio::test]
async fn a_request_delivered_twice_at_once_publishes_the_key_that_was_stored() {
    let stored = KeyRing::generate(jiff::Timestamp::UNIX_EPOCH).unwrap();
    // The secret looks empty, yet this very request has stored a key in the meantime.
    let mut world = World::holding("");
    world.versions.insert(FIRST.into(), stored.write().unwrap());
    let cloud = Cloud::new(world).await;
    let answer = cloud.request(settings(), FIRST, json!({"RequestType": "Create"})).await;
    assert_eq!(answer["Status"], "FAILED", "nothing is stored, so nothing is published");
    assert!(cloud.world.lock().unwrap().objects.is_empty());
    cloud.world.lock().unwrap().secret = Some((FIRST.into(), stored.write().unwrap()));
    assert_eq!(cloud.request(settings(), FIRST, json!({"RequestType": "Create"})).await["Status"], "SUCCESS");
    assert_eq!(cloud.object("bucket/.well-known/jwks.json"), serde_json::to_value(stored.public().unwrap()).unwrap());
}

#[tokio::test]
async fn whatever_goes_wrong_is_answered() {
    let create = || json!({"RequestType": "Create"});
    for (missing, word) in [
        (Settings { secret: None, ..settings() }, "secret"),
        (Settings { issuer: None, ..settings() }, "issuer"),
        (Settings { bucket: None, ..settings() }, "bucket"),
    ] {
        let cloud = Cloud::new(World::default()).await;
        let answer = cloud.request(missing, FIRST, create()).await;
        assert_eq!(answer["Status"], "FAILED");
        assert!(answer["Reason"].as_str().unwrap().contains(word), "{answer}");
        assert!(!answer["PhysicalResourceId"].as_str().unwrap().is_empty());
    }

    let cloud = Cloud::new(World { s3_is_down: true, ..World::default() }).await;
    let answer = cloud.request(settings(), FIRST, create()).await;
    assert_eq!((&answer["Status"], &answer["PhysicalResourceId"]), (&json!("FAILED"), &json!("bucket")));
    let update = json!({
        "RequestType": "Update", "PhysicalResourceId": "bucket", "ResourceProperties": {"Bucket": "new"},
    });
    let answer = cloud.request(settings(), FIRST, update).await;
    assert_eq!((&answer["Status"], &answer["PhysicalResourceId"]), (&json!("FAILED"), &json!("bucket")));
    // Once S3 is back, the key that was stored by then is used.
    cloud.world.lock().unwrap().s3_is_down = false;
    assert_eq!(cloud.request(settings(), SECOND, create()).await["Status"], "SUCCESS");
    assert_eq!(cloud.world.lock().unwrap().versions.keys().collect::<Vec<_>>(), [FIRST]);

    let cloud = Cloud::new(World::holding("somebody's password")).await;
    let answer = cloud.request(settings(), FIRST, create()).await;
    assert_eq!(answer["Status"], "FAILED");
    assert!(!answer.to_string().contains("somebody"));
    assert_eq!(cloud.world.lock().unwrap().text(), Some("somebody's password"));
}

#[tokio::test]
async fn deleting_what_is_gone_or_never_was_succeeds() {
    let delete = || json!({"RequestType": "Delete", "PhysicalResourceId": "bucket"});
    for (world, settings) in [
        (World::default(), settings()),
        (World { bucket_is_gone: true, ..World::default() }, settings()),
        (World::default(), Settings::default()),
    ] {
        let answer = Cloud::new(world).await.request(settings, FIRST, delete()).await;
        assert_eq!(answer["Status"], "SUCCESS");
    }
}

#[tokio::test]
async fn running_out_of_time_is_answered_too() {
    let cloud = Cloud::new(World::default()).await;
    let request = json!({
        "RequestType": "Create", "ResponseURL": format!("{}/cloudformation", cloud.endpoint),
        "StackId": "s", "RequestId": FIRST, "LogicalResourceId": "SigningKey",
    });
    let provisioner = cloud.provisioner(settings()).await;
    provisioner.handle(serde_json::from_value(request).unwrap(), SystemTime::now()).await.unwrap();
    let answers = cloud.world.lock().unwrap().answers.clone();
    assert_eq!(
        (&answers[0]["Status"], &answers[0]["Reason"]),
        (&json!("FAILED"), &json!("the function's time ran out"))
    );
}
