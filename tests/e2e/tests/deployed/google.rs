//! Logging in with Google, at a provider that stands in for it.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use e2e::api::{Api, query_of};
use e2e::google::{Account, Attempt, parameter, with_parameter};
use e2e::history::assert_history;
use e2e::person::{PASSWORD, Person, address};
use e2e::stack::Stack;
use futures_util::future::join_all;
use serde_json::{Value, json};

/// The person of a Google log-in that succeeds.
async fn logged_in(account: &Account) -> Person {
    Person::of_session(&Api::anonymous(), account.log_in().await.await.expect(200))
}

#[tokio::test]
async fn the_way_to_the_provider_is_guarded() {
    let answer = Api::anonymous().get("/auth/google").await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let start = answer.expect(200);
    let text = |name: &str| start[name].as_str().unwrap_or_else(|| panic!("no {name} in {start}")).to_owned();
    let page = text("authorizationUrl");
    assert!(page.starts_with(Stack::get().google_url()), "{page}");
    let of_page = |name| parameter(&page, name).unwrap_or_else(|| panic!("no {name} in {page}"));
    assert_eq!(of_page("response_type"), "code");
    let scope = of_page("scope");
    assert!(
        ["openid", "email", "profile"].iter().all(|wanted| scope.split(' ').any(|word| word == *wanted)),
        "{scope}"
    );
    assert_eq!((of_page("state"), of_page("redirect_uri")), (text("state"), text("redirectUri")));
    let verifier = text("codeVerifier");
    assert!((43..=128).contains(&verifier.len()), "{verifier}");
    assert_eq!(of_page("code_challenge_method"), "S256");
    let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
    assert_eq!(of_page("code_challenge"), challenge);
    let nonce = of_page("nonce");
    assert!(!nonce.is_empty() && nonce != verifier && !page.contains(&verifier), "{page}");
    assert_eq!(start["expiresIn"], 600);
    assert!(text("redirectUri").ends_with("/login/google"));

    let other = Api::anonymous().get("/auth/google").await.expect(200);
    for name in ["state", "codeVerifier"] {
        assert_ne!(other[name], start[name]);
    }
    assert_ne!(parameter(other["authorizationUrl"].as_str().unwrap(), "nonce").unwrap(), nonce);
}

#[tokio::test]
async fn somebody_new_gets_an_account() {
    let account = Account::verified().await;
    let first = logged_in(&account).await;
    let user = &first.session["user"];
    assert_eq!((&user["email"], &user["name"]), (&json!(account.email), &json!("이두리")));
    assert_eq!((&user["provider"], &user["role"]), (&json!("GOOGLE"), &json!("buyer")));
    assert_eq!(user["profileImage"], "https://example.com/me.png");
    assert_eq!(first.api.get("/users/me").await.expect(200)["id"], first.id);
    first.refresh().await.expect(200);
    let again = logged_in(&account).await;
    assert_eq!(again.session["user"], first.session["user"]);
    assert_history(&first.id, &["identity.user-registered.v1"]).await;
    // Nobody else opens an account with the address, and there is no password to guess.
    let body = json!({"email": account.email, "password": PASSWORD, "name": "Other"});
    Api::anonymous().post("/auth/register", &body).await.refused(409, "email_taken");
    let body = json!({"email": account.email, "password": PASSWORD});
    Api::anonymous().post("/auth/login", &body).await.refused(401, "invalid_credentials");
}

#[tokio::test]
async fn an_account_is_known_by_its_subject_whatever_becomes_of_its_address() {
    let account = Account::verified().await;
    let first = logged_in(&account).await;
    let mut claims = account.good_claims();
    claims["email"] = json!(address());
    account.claims(&claims).await;
    assert_eq!(logged_in(&account).await.id, first.id);
    claims["email_verified"] = json!(false);
    account.claims(&claims).await;
    assert_eq!(logged_in(&account).await.id, first.id);
}

#[tokio::test]
async fn a_known_address_is_linked_and_its_password_and_sessions_end() {
    let local = Person::register().await;
    let other_device = local.log_in().await;
    let account = Account::with_email(&local.email.to_uppercase()).await;
    let linked = logged_in(&account).await;
    assert_eq!(linked.id, local.id);
    let user = &linked.session["user"];
    assert_eq!((&user["provider"], &user["email"]), (&json!("GOOGLE"), &json!(local.email)));
    assert_eq!((&user["name"], &user["profileImage"]), (&json!("김하나"), &json!("https://example.com/me.png")));

    // Whoever opened the account never proved that the address was theirs.
    let body = json!({"email": local.email, "password": PASSWORD});
    Api::anonymous().post("/auth/login", &body).await.refused(401, "invalid_credentials");
    for before in [&local, &other_device] {
        before.refresh().await.refused(401, "invalid_refresh_token");
    }
    linked.refresh().await.expect(200);
    assert_history(&local.id, &["identity.user-registered.v1", "identity.user-updated.v1"]).await;
    assert_eq!(logged_in(&account).await.session["user"], *user);
}

#[tokio::test]
async fn an_address_that_is_not_verified_opens_and_links_nothing() {
    let local = Person::register().await;
    for (email, verified) in [(address(), json!(false)), (address(), Value::Null), (local.email.clone(), json!(false))]
    {
        let account = Account::with_email(&email).await;
        let mut claims = account.good_claims();
        match verified {
            Value::Null => drop(claims.as_object_mut().unwrap().remove("email_verified")),
            verified => claims["email_verified"] = verified,
        }
        account.claims(&claims).await;
        account.log_in().await.await.refused(403, "email_not_verified");
        if email != local.email {
            let body = json!({"email": email, "password": PASSWORD, "name": "Min"});
            Api::anonymous().post("/auth/register", &body).await.expect(201);
        }
    }
    assert_eq!(local.log_in().await.session["user"]["provider"], "LOCAL");
    local.refresh().await.expect(200);
}

#[tokio::test]
async fn first_log_ins_at_once_open_one_account() {
    let account = Account::verified().await;
    let mut ready = Vec::new();
    for _ in 0..4 {
        let attempt = Attempt::start().await;
        let (code, _) = account.consent(&attempt.page).await;
        ready.push((attempt, code));
    }
    let answers = join_all(ready.iter().map(|(attempt, code)| attempt.finish(code).into_future())).await;
    let ids: Vec<_> = answers.into_iter().map(|answer| answer.expect(200)["user"]["id"].clone()).collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_history(ids[0].as_str().unwrap(), &["identity.user-registered.v1"]).await;
}

#[tokio::test]
async fn what_was_begun_must_be_what_is_finished() {
    let account = Account::verified().await;
    let (mine, other) = (Attempt::start().await, Attempt::start().await);
    let (code, state) = account.consent(&mine.page).await;
    assert_eq!(mine.start["state"], state);
    let good = mine.body(&code);
    // Not at its very end, where several characters may stand for the same bits.
    let (start, rest) = state.split_at(state.len() - 5);
    let other_letter = if rest.starts_with('A') { 'B' } else { 'A' };
    let tampered = [
        ("state", json!(format!("{start}{other_letter}{}", &rest[1..]))),
        ("state", json!(format!("9{state}"))),
        ("state", json!("nonsense")),
        ("state", other.start["state"].clone()),
        ("codeVerifier", other.start["codeVerifier"].clone()),
        ("redirectUri", json!(format!("{}/more", good["redirectUri"].as_str().unwrap()))),
    ];
    for (name, value) in tampered {
        let body = crate::bad_values::changed(&good, name, value);
        Api::anonymous().post("/auth/google", &body).await.refused(401, "invalid_state");
    }
    // None of that has spent the code.
    Api::anonymous().post("/auth/google", &good).await.expect(200);
}

#[tokio::test]
async fn a_code_is_good_once() {
    let account = Account::verified().await;
    let attempt = Attempt::start().await;
    let (code, _) = account.consent(&attempt.page).await;
    attempt.finish(&code).await.expect(200);
    attempt.finish(&code).await.refused(401, "invalid_code");
    attempt.finish("no-code-of-the-provider").await.refused(401, "invalid_code");
}

#[tokio::test]
async fn a_code_of_another_log_in_is_refused() {
    let account = Account::verified().await;
    let (mine, other) = (Attempt::start().await, Attempt::start().await);
    // Somebody slips in a code that was made for another log-in: state and verifier are right, its nonce is not.
    let (code, _) = account.consent(&other.page).await;
    mine.finish(&code).await.refused(401, "invalid_code");
    let (code, _) = account.consent(&with_parameter(&mine.page, "nonce", "another")).await;
    mine.finish(&code).await.refused(401, "invalid_code");
}

#[tokio::test]
async fn only_our_own_pages_are_returned_to() {
    let home = Attempt::start().await.start["redirectUri"].as_str().unwrap().to_owned();
    let origin = home.strip_suffix("/login/google").unwrap();
    let page = format!("{origin}/tickets/login?then=seats");
    let attempt = Attempt::returning_to(&page).await;
    assert_eq!(attempt.start["redirectUri"], page);
    for strange in [
        "https://example.com/login/google".to_owned(),
        format!("{origin}.example.com/login/google"),
        format!("{origin}@example.com/login/google"),
        format!("{}/login/google", origin.replace("http", "ftp")),
        format!("{origin}0/login/google"),
        "//example.com/login/google".to_owned(),
        "/login/google".to_owned(),
        "javascript:alert(1)".to_owned(),
        String::new(),
    ] {
        let query = query_of(&[("redirectUri", &strange)]);
        let problem = Api::anonymous().get(format!("/auth/google?{query}")).await.refused(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], "/redirectUri", "{strange}");
    }
    let account = Account::verified().await;
    let address = parameter(&attempt.page, "redirect_uri").unwrap();
    assert_eq!(address, page);
    // The provider adds its code to a query that is there already.
    let plain = Attempt::returning_to(&format!("{origin}/tickets/login")).await;
    let (code, _) = account.consent(&plain.page).await;
    plain.finish(&code).await.expect(200);
}
