//! Going to a provider and coming back, and everything that can be wrong with what it says.

use std::sync::LazyLock;

use identity::Error;
use identity::google::{Arrival, Google, Proof};
use identity::keys::KeyRing;
use identity::provider::ProviderError;
use jiff::Timestamp;
use jsonwebtoken::Algorithm;
use kit::problem::Problem;
use serde_json::json;

use crate::oidc::{Oidc, SITE, Trouble, Twist};
use crate::world::now;

static RING: LazyLock<KeyRing> = LazyLock::new(|| KeyRing::generate(Timestamp::UNIX_EPOCH).unwrap());
static OTHER: LazyLock<KeyRing> = LazyLock::new(|| KeyRing::generate(Timestamp::UNIX_EPOCH).unwrap());

async fn round_trip(oidc: &Oidc, google: &Google) -> Result<Proof, Error> {
    let departure = google.depart(None, now(0)).await?;
    google.arrive(&oidc.visit(&departure).await, now(10)).await
}

fn refusal(error: Error) -> (u16, &'static str, Option<u32>) {
    let problem = Problem::from(error);
    (problem.status(), problem.code(), problem.wait_seconds())
}

const INVALID_CODE: (u16, &str, Option<u32>) = (401, "invalid_code", None);
const UNAVAILABLE: (u16, &str, Option<u32>) = (503, "service_unavailable", Some(1));

#[tokio::test]
async fn whoever_logged_in_there_is_known_here() {
    let oidc = Oidc::start(&RING).await;
    let google = oidc.google();
    let departure = google.depart(None, now(0)).await.unwrap();
    assert_eq!((departure.redirect_uri.as_str(), departure.expires_in), ("https://jari.example/login/google", 600));
    // The verifier is the client's secret; only its digest travels.
    assert!(!departure.authorization_url.contains(&departure.code_verifier));

    let arrival = oidc.visit(&departure).await;
    assert_eq!(arrival.state, departure.state);
    let Proof { issuer, person } = google.arrive(&arrival, now(599)).await.unwrap();
    assert_eq!((issuer.as_str(), person.subject.as_str(), person.name.as_str()), (oidc.url.as_str(), "108", "Kim Min"));
    assert_eq!(person.email.unwrap().as_given(), "min@example.com");
    assert_eq!(person.picture.as_deref(), Some("https://lh3.googleusercontent.com/a/1"));
    assert_eq!(person.workspace, None);
    // A code is good once.
    assert_eq!(refusal(google.arrive(&arrival, now(10)).await.unwrap_err()), INVALID_CODE);

    let page = format!("{SITE}/welcome?next=1");
    let departure = google.depart(Some(page.clone()), now(0)).await.unwrap();
    assert_eq!(departure.redirect_uri, page);
    assert!(google.arrive(&oidc.visit(&departure).await, now(1)).await.is_ok());
    let evil = google.depart(Some("https://evil.example/".into()), now(0)).await.unwrap_err();
    assert_eq!(Problem::from(evil).document("/", "")["errors"][0]["pointer"], "/redirectUri");
}

#[tokio::test]
async fn a_workspace_is_named_with_those_whom_it_manages() {
    let oidc = Oidc::start(&RING).await;
    oidc.set(|behaviour| behaviour.twist = |claims| claims["hd"] = json!("example.com"));
    let Proof { person, .. } = round_trip(&oidc, &oidc.google()).await.unwrap();
    assert_eq!(person.workspace.as_deref(), Some("example.com"));
}

#[tokio::test]
async fn nobody_arrives_who_did_not_depart_or_took_too_long() {
    let oidc = Oidc::start(&RING).await;
    let google = oidc.google();
    let departure = google.depart(None, now(0)).await.unwrap();
    let arrival = oidc.visit(&departure).await;
    let others = google.depart(None, now(0)).await.unwrap();
    let altered: [fn(Arrival, String) -> Arrival; 4] = [
        |arrival, state| Arrival { state, ..arrival },
        |arrival, _| Arrival { state: String::new(), ..arrival },
        |arrival, _| Arrival { code_verifier: "x".repeat(43), ..arrival },
        |arrival, _| Arrival { redirect_uri: format!("{SITE}/elsewhere"), ..arrival },
    ];
    for alter in altered {
        let forged = alter(arrival.clone(), others.state.clone());
        assert!(matches!(google.arrive(&forged, now(10)).await, Err(Error::InvalidState)));
    }
    assert!(matches!(google.arrive(&arrival, now(600)).await, Err(Error::InvalidState)));
    // Nothing of that has spent the code.
    assert!(google.arrive(&arrival, now(10)).await.is_ok());
    assert_eq!(refusal(Error::InvalidState), (401, "invalid_state", None));
}

#[tokio::test]
async fn an_id_token_that_does_not_hold_is_refused() {
    let twists: [(&str, Twist); 13] = [
        ("other nonce", |claims| claims["nonce"] = json!("another")),
        ("no nonce", |claims| claims["nonce"] = json!(null)),
        ("other audience", |claims| claims["aud"] = json!("somebody-else")),
        ("audience besides", |claims| claims["aud"] = json!(["jari-test", "somebody-else"])),
        ("no audience", |claims| claims["aud"] = json!([])),
        ("other issuer", |claims| claims["iss"] = json!("https://accounts.google.com")),
        ("expired", |claims| claims["exp"] = json!(1_800_000_010)),
        ("empty subject", |claims| claims["sub"] = json!("")),
        ("subject of nobody", |claims| claims["sub"] = json!("서")),
        ("long subject", |claims| claims["sub"] = json!("s".repeat(256))),
        ("empty nonce", |claims| claims["nonce"] = json!("")),
        ("expired long ago", |claims| claims["exp"] = json!(1)),
        ("issuer with a slash", |claims| claims["iss"] = json!(format!("{}/", claims["iss"].as_str().unwrap()))),
    ];
    let oidc = Oidc::start(&RING).await;
    let google = oidc.google();
    for (name, twist) in twists {
        oidc.set(|behaviour| behaviour.twist = twist);
        assert_eq!(refusal(round_trip(&oidc, &google).await.unwrap_err()), INVALID_CODE, "{name}");
    }
    oidc.set(|behaviour| behaviour.twist = |_| {});
    assert!(round_trip(&oidc, &google).await.is_ok());

    oidc.set(|behaviour| behaviour.algorithm = Algorithm::HS256);
    assert_eq!(refusal(round_trip(&oidc, &google).await.unwrap_err()), INVALID_CODE, "signed with the client's secret");
    oidc.set(|behaviour| (behaviour.algorithm, behaviour.without_id_token) = (Algorithm::RS256, true));
    assert_eq!(refusal(round_trip(&oidc, &google).await.unwrap_err()), INVALID_CODE, "no ID token");
}

#[tokio::test]
async fn keys_of_others_are_refused_and_new_ones_of_the_provider_found() {
    let oidc = Oidc::start(&RING).await;
    let google = oidc.google();
    assert!(round_trip(&oidc, &google).await.is_ok());
    assert_eq!(oidc.behaviour.lock().unwrap().reads, 1, "read once, kept");

    oidc.set(|behaviour| behaviour.signing = OTHER.clone());
    assert_eq!(refusal(round_trip(&oidc, &google).await.unwrap_err()), INVALID_CODE, "a key nobody published");
    assert_eq!(oidc.behaviour.lock().unwrap().reads, 2, "looked at again");
    // Another key under the name of the published one.
    let mut forged = serde_json::to_value(OTHER.write().unwrap().parse::<serde_json::Value>().unwrap()).unwrap();
    forged["current"] = json!(RING.current());
    forged["keys"][0]["kid"] = json!(RING.current());
    let forged = KeyRing::read(&forged.to_string()).unwrap().unwrap();
    oidc.set(|behaviour| behaviour.signing = forged);
    assert_eq!(refusal(round_trip(&oidc, &google).await.unwrap_err()), INVALID_CODE, "another key by that name");

    oidc.set(|behaviour| (behaviour.signing, behaviour.published) = (OTHER.clone(), OTHER.clone()));
    assert!(round_trip(&oidc, &google).await.is_ok(), "the provider has changed its keys");
}

#[tokio::test]
async fn a_provider_in_trouble_is_a_503_and_no_5xx_of_ours() {
    for trouble in [
        Trouble::ServerError,
        Trouble::TooBusy,
        Trouble::Nonsense,
        Trouble::Elsewhere,
        Trouble::Endless,
        Trouble::Silence,
    ] {
        let oidc = Oidc::start(&RING).await;
        let google = oidc.google();
        oidc.set(|behaviour| behaviour.documents = Some(trouble));
        let refused = google.depart(None, now(0)).await.unwrap_err();
        assert_eq!(refusal(refused), UNAVAILABLE, "documents, {trouble:?}");

        oidc.set(|behaviour| (behaviour.documents, behaviour.token) = (None, Some(trouble)));
        let departure = google.depart(None, now(0)).await.unwrap();
        let arrival = oidc.visit(&departure).await;
        assert_eq!(refusal(google.arrive(&arrival, now(10)).await.unwrap_err()), UNAVAILABLE, "token, {trouble:?}");
        // When it is well again, so are we.
        oidc.set(|behaviour| behaviour.token = None);
        assert!(google.arrive(&arrival, now(20)).await.is_ok());
    }
    let nobody = Oidc { url: "http://127.0.0.1:1".into(), ..Oidc::start(&RING).await };
    assert_eq!(refusal(nobody.google().depart(None, now(0)).await.unwrap_err()), UNAVAILABLE);
}

#[tokio::test]
async fn documents_are_read_again_after_an_hour_unless_the_provider_is_silent() {
    let oidc = Oidc::start(&RING).await;
    let google = oidc.google();
    let reads = || oidc.behaviour.lock().unwrap().reads;
    for (second, expected) in [(0, 1), (3_599, 1), (3_600, 2), (7_199, 2)] {
        google.depart(None, now(second)).await.unwrap();
        assert_eq!(reads(), expected, "{second}");
    }
    oidc.set(|behaviour| behaviour.documents = Some(Trouble::ServerError));
    // What is known goes on, and looking is not repeated with every request.
    for (second, expected) in [(7_200, 3), (7_259, 3), (7_260, 4)] {
        google.depart(None, now(second)).await.unwrap();
        assert_eq!(reads(), expected, "{second}");
    }
}

#[tokio::test]
async fn refusals_of_the_code_are_the_callers_and_refusals_of_us_are_ours() {
    let oidc = Oidc::start(&RING).await;
    let google = oidc.google();
    for (error, expected) in [
        ("invalid_grant", INVALID_CODE),
        ("invalid_request", INVALID_CODE),
        ("something_new", INVALID_CODE),
        ("invalid_client", (500, "internal_error", None)),
        ("unauthorized_client", (500, "internal_error", None)),
    ] {
        oidc.set(|behaviour| behaviour.refusal = Some(error));
        let refused = round_trip(&oidc, &google).await.unwrap_err();
        assert!(matches!(refused, Error::Provider(ProviderError::Refused(_) | ProviderError::Misconfigured(_))));
        assert_eq!(refusal(refused), expected, "{error}");
    }
}
