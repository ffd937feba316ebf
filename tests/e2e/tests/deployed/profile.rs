//! What people change of their own accounts.

use e2e::hall::Plan;
use e2e::history::assert_history;
use e2e::mailbox::mail_about;
use e2e::person::{Person, id_of};
use serde_json::json;

#[tokio::test]
async fn a_name_and_a_language_are_changed() {
    let person = Person::register().await;
    let before = person.api.get("/users/me").await.expect(200);
    assert_eq!((&before["locale"], &before["version"]), (&json!("ko"), &json!(1)));
    let patch = json!({"name": "  박세나 ", "locale": "en", "version": 1});
    let after = person.api.patch("/users/me", &patch).await.expect(200);
    assert_eq!((&after["name"], &after["locale"], &after["version"]), (&json!("박세나"), &json!("en"), &json!(2)));
    assert_eq!((&after["email"], &after["role"]), (&before["email"], &before["role"]));
    assert_eq!(person.api.get("/users/me").await.expect(200), after);
    assert_eq!(person.log_in().await.session["user"]["name"], "박세나");

    let outdated = person.api.patch("/users/me", &json!({"name": "최네나", "version": 1})).await;
    assert_eq!(outdated.refused(409, "version_conflict")["version"], 2);
    assert_eq!(person.api.patch("/users/me", &json!({})).await.expect(200), after);
    let only_name = person.api.patch("/users/me", &json!({"name": "최네나"})).await.expect(200);
    assert_eq!((&only_name["locale"], &only_name["version"]), (&json!("en"), &json!(3)));
    let updated = "identity.user-updated.v1";
    assert_history(&person.id, &["identity.user-registered.v1", updated, updated]).await;
}

#[tokio::test]
async fn nobody_changes_what_is_not_theirs_to_change() {
    let person = Person::register().await;
    let before = person.api.get("/users/me").await.expect(200);
    let patch = json!({"role": "admin", "email": "other@example.com", "provider": "GOOGLE", "id": "usr_1"});
    assert_eq!(person.api.patch("/users/me", &patch).await.expect(200), before);
    assert_eq!(person.log_in().await.session["user"]["role"], "buyer");
}

#[tokio::test]
async fn mails_are_in_the_language_that_was_chosen_last() {
    let hall = Plan::seated(1, 2).open().await;
    let buyer = Person::register().await;
    buyer.api.patch("/users/me", &json!({"locale": "en"})).await.expect(200);
    // The choice and a payment take different ways to the writer of mails. By the second payment it has arrived.
    buyer.buy(&hall, &["R1-1"]).await;
    let second = id_of(&buyer.buy(&hall, &["R1-2"]).await);
    let mail = mail_about(&buyer.email, "Booking confirmed", &second).await;
    assert!(mail.html.contains("lang=\"en\""), "{mail:?}");
}
