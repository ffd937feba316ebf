//! Accounts and sessions.

use e2e::api::Api;
use e2e::person::{PASSWORD, Person, address};
use serde_json::{Value, json};

fn refresh_token(session: &Value) -> Value {
    json!({"refreshToken": session["refreshToken"]})
}

#[tokio::test]
async fn an_address_has_one_account_in_any_case() {
    let person = Person::register().await;
    assert_eq!(person.session["user"]["role"], "buyer");
    assert_eq!(person.session["user"]["provider"], "LOCAL");
    let again = json!({"email": person.email.to_uppercase(), "password": PASSWORD, "name": "Other"});
    Api::anonymous().post("/auth/register", &again).await.refused(409, "email_taken");
    let log_in = json!({"email": person.email.to_uppercase(), "password": PASSWORD});
    assert_eq!(Api::anonymous().post("/auth/login", &log_in).await.expect(200)["user"]["id"], person.id);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_look_the_same() {
    let person = Person::register().await;
    let attempt = async |email: &str| {
        let body = json!({"email": email, "password": "not the password"});
        let mut problem = Api::anonymous().post("/auth/login", &body).await.refused(401, "invalid_credentials");
        problem["requestId"] = Value::Null;
        problem
    };
    assert_eq!(attempt(&person.email).await, attempt(&address()).await);
}

#[tokio::test]
async fn guessing_is_slowed_down_after_five_failures() {
    let person = Person::register().await;
    let api = Api::anonymous();
    let wrong = json!({"email": person.email, "password": "not the password"});
    for _ in 0..5 {
        api.post("/auth/login", &wrong).await.refused(401, "invalid_credentials");
    }
    let right = json!({"email": person.email, "password": PASSWORD});
    let answer = api.post("/auth/login", &right).await;
    assert!(answer.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0), "{answer}");
    answer.refused(429, "too_many_attempts");
}

#[tokio::test]
async fn a_refresh_token_buys_one_session() {
    let person = Person::register().await;
    let api = Api::anonymous();
    let second = api.post("/auth/refresh", &refresh_token(&person.session)).await.expect(200);
    assert_eq!(second["user"], person.session["user"]);
    assert_ne!(second["refreshToken"], person.session["refreshToken"]);
    api.bearing(second["accessToken"].as_str().unwrap()).get("/users/me").await.expect(200);

    // Somebody has a copy of the first one: nobody may go on.
    api.post("/auth/refresh", &refresh_token(&person.session)).await.refused(401, "invalid_refresh_token");
    api.post("/auth/refresh", &refresh_token(&second)).await.refused(401, "invalid_refresh_token");
    // Another log-in is another family.
    let other = person.log_in().await;
    api.post("/auth/refresh", &refresh_token(&other.session)).await.expect(200);
}

#[tokio::test]
async fn of_many_at_once_one_refresh_succeeds() {
    let person = Person::register().await;
    let api = Api::anonymous();
    let attempts = (0..6).map(|_| api.post("/auth/refresh", &refresh_token(&person.session)).into_future());
    let answers = futures_util::future::join_all(attempts).await;
    let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
    assert_eq!(won.len(), 1);
    for answer in lost {
        answer.refused(401, "invalid_refresh_token");
    }
}

#[tokio::test]
async fn logging_out_ends_the_session_named_or_all() {
    let first = Person::register().await;
    let (second, third) = (first.log_in().await, first.log_in().await);
    let ended = async |person: &Person| {
        first
            .api
            .without_token()
            .post("/auth/refresh", &refresh_token(&person.session))
            .await
            .refused(401, "invalid_refresh_token")
    };
    first.api.post("/auth/logout", &refresh_token(&second.session)).await.expect(204);
    ended(&second).await;
    third.api.post("/auth/logout", &json!({})).await.expect(204);
    ended(&first).await;
    ended(&third).await;
}

#[tokio::test]
async fn a_profile_is_for_its_owner_and_administrators() {
    let (person, other, admin) = (Person::register().await, Person::register().await, Person::admin().await);
    let path = format!("/users/{}", person.id);
    let mine = person.api.get("/users/me").await.expect(200);
    assert_eq!((&mine["id"], &mine["email"]), (&json!(person.id), &json!(person.email)));
    assert_eq!(person.api.get(&path).await.expect(200), mine);
    assert_eq!(admin.api.get(&path).await.expect(200), mine);
    other.api.get(&path).await.refused(404, "not_found");
}

#[tokio::test]
async fn no_answer_tells_a_password() {
    let person = Person::register().await;
    let profile = person.api.get("/users/me").await;
    for text in [person.session.to_string(), profile.text] {
        assert!(!text.contains(PASSWORD) && !text.contains("argon2"), "{text}");
    }
}
