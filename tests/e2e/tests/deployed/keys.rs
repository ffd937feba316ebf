//! The signing key is changed while people are logged in. Other tests run beside this one, so the old key is never
//! retired here.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use e2e::api::Api;
use e2e::forge::{Forge, published_kids};
use e2e::function::invoke;
use e2e::person::Person;
use e2e::stack::Stack;
use e2e::wait::{LATER, SOON, eventually, when};
use serde_json::{Value, json};

async fn rotate(payload: Value) -> Value {
    let answer = invoke(Stack::get().output("RotateSigningKeyFunction"), &payload).await;
    assert!(answer["stage"].is_string() && answer["keys"].is_array(), "{answer}");
    assert!(!answer.to_string().contains("PRIVATE"), "{answer}");
    answer
}

/// The name of the key that signed this token.
fn signer(token: &str) -> String {
    let header = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    header["kid"].as_str().unwrap().to_owned()
}

/// Waits until tokens signed with this key let people in.
async fn honoured(kid: &str, person: &Person) {
    let forge = Forge::open().await;
    eventually(&format!("tokens signed with {kid} are honoured"), LATER, async || {
        let answer = Api::anonymous().bearing(&forge.token_of(kid, &forge.claims(&person.id))).get("/users/me").await;
        when(answer.status == 200, answer)
    })
    .await;
}

#[tokio::test]
async fn a_new_signing_key_logs_nobody_out() {
    let before = Person::register().await;
    let old = Forge::open().await.current;
    // A stack that this test has seen within the last hour is past the next lines: its change is under way.
    let is_first_run = Forge::open().await.kids().len() == 1;
    if is_first_run {
        assert_eq!(rotate(json!({"start": true})).await["current"], old.as_str());
    }
    let ring = Forge::open().await;
    assert_eq!(ring.kids().len(), 2, "{ring:?}");
    let next = ring.kids().into_iter().find(|kid| *kid != old).unwrap().to_owned();
    let mut published = published_kids().await;
    let mut known: Vec<_> = ring.kids().into_iter().map(str::to_owned).collect();
    published.sort();
    known.sort();
    assert_eq!(published, known);

    // Announced first: whoever checks tokens knows the new key before the first token is signed with it.
    for kid in &known {
        honoured(kid, &before).await;
    }
    // Starting again starts nothing.
    rotate(json!({"start": true})).await;
    assert_eq!(Forge::open().await.kids().len(), 2);

    let current = eventually("the new key signs", SOON, async || {
        let answer = rotate(json!({})).await;
        let current = answer["current"].as_str().unwrap().to_owned();
        when(!is_first_run || current == next, current)
    })
    .await;
    let after = eventually("log-ins are signed with the new key", SOON, async || {
        let person = before.log_in().await;
        when(signer(person.access_token()) == current, person)
    })
    .await;
    after.api.get("/users/me").await.expect(200);
    eventually("all that signs has taken the new key", SOON, async || {
        let anew = Person::register().await;
        let refreshed = anew.refresh().await.expect(200);
        let signers = [signer(anew.access_token()), signer(refreshed["accessToken"].as_str().unwrap())];
        when(signers.iter().all(|kid| *kid == current), signers)
    })
    .await;

    // The old key is not retired before the last of its tokens has run out.
    rotate(json!({})).await;
    let mut still_published = published_kids().await;
    still_published.sort();
    assert_eq!(still_published, known);
    before.api.get("/users/me").await.expect(200);
    let refreshed = Person::of_session(&before.api, before.refresh().await.expect(200));
    refreshed.api.get("/users/me").await.expect(200);
    for kid in &known {
        honoured(kid, &before).await;
    }
}
