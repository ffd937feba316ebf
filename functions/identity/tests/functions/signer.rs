//! Functions that live for hours sign with the key of the day.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use contracts::identity::Locale;
use contracts::ids::UserId;
use identity::Signer;
use identity::domain::{Email, account};
use identity::keys::KeyRing;
use identity::provisioning::ProvisioningError;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use testkit::Faults;

use crate::cloud::{Cloud, World};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

async fn start(cloud: &Cloud, faults: &Faults) -> Result<Signer, ProvisioningError> {
    let (keys, _) = cloud.places(faults).await;
    let max_age = SignedDuration::from_mins(5);
    Signer::start(keys, "https://issuer.example".into(), "jari".into(), max_age, at(0)).await
}

/// The name of the key that signs at that second.
async fn kid(signer: &Signer, second: i64) -> String {
    let email = Email::parse("min@example.com").unwrap();
    let user = account::open(UserId::generate(), &email, "Min", Locale::Ko);
    let token = signer.tokens(at(second)).await.issue(&user, user.id.uuid(), at(second)).unwrap();
    let header = BASE64.decode(token.split('.').next().unwrap()).unwrap();
    serde_json::from_slice::<Value>(&header).unwrap()["kid"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_new_key_signs_five_minutes_after_it_was_stored_at_the_latest() {
    let (first, second) = (KeyRing::generate(at(0)).unwrap(), KeyRing::generate(at(0)).unwrap());
    let cloud = Cloud::new(World::holding(&first.write().unwrap())).await;
    let counted = Faults::none();
    let signer = start(&cloud, &counted).await.unwrap();
    cloud.world.lock().unwrap().secret = Some(("second-version".into(), second.write().unwrap()));
    for (now, expected, calls) in
        [(0, &first, 1), (299, &first, 1), (300, &second, 2), (599, &second, 2), (600, &second, 3)]
    {
        assert_eq!((kid(&signer, now).await.as_str(), counted.calls()), (expected.current(), calls), "{now}");
    }
}

#[tokio::test]
async fn the_key_at_hand_goes_on_while_there_is_no_newer_one_to_be_had() {
    let (first, second) = (KeyRing::generate(at(0)).unwrap(), KeyRing::generate(at(0)).unwrap());
    let cloud = Cloud::new(World::holding(&first.write().unwrap())).await;
    let counted = Faults::none();
    let signer = start(&cloud, &counted).await.unwrap();
    // No answer, then nothing in the secret, then something else.
    cloud.world.lock().unwrap().secrets_manager_is_down = true;
    assert_eq!((kid(&signer, 300).await.as_str(), counted.calls()), (first.current(), 2));
    // Not asked again with every request.
    assert_eq!((kid(&signer, 329).await.as_str(), counted.calls()), (first.current(), 2));
    for (now, text) in [(330, ""), (360, "somebody's password"), (390, r#"{"current":"a","keys":[]}"#)] {
        let mut world = World::holding(text);
        std::mem::swap(&mut *cloud.world.lock().unwrap(), &mut world);
        assert_eq!(kid(&signer, now).await, first.current(), "{text}");
    }
    cloud.world.lock().unwrap().secret = Some(("later".into(), second.write().unwrap()));
    assert_eq!((kid(&signer, 420).await.as_str(), counted.calls()), (second.current(), 6));
}

#[tokio::test]
async fn a_function_without_a_key_does_not_start() {
    for world in [World::default(), World::holding(""), World { secrets_manager_is_down: true, ..World::default() }] {
        assert!(start(&Cloud::new(world).await, &Faults::none()).await.is_err());
    }
}
