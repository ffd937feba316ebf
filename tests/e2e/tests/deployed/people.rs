//! Accounts, as administrators manage them.

use e2e::api::{Answer, query_of};
use e2e::history::assert_history;
use e2e::person::Person;
use serde_json::{Value, json};

async fn become_(admin: &Person, person: &Person, role: &str) -> Answer {
    admin.api.patch(format!("/admin/users/{}", person.id), &json!({"role": role})).await
}

async fn found(admin: &Person, query: &[(&str, &str)]) -> Vec<Value> {
    admin.api.all(&format!("/admin/users?{}", query_of(query)), 100).await
}

#[tokio::test]
async fn an_account_is_found_by_its_address() {
    let (admin, person) = (Person::admin().await, Person::register().await);
    let by_address = found(&admin, &[("email", &person.email)]).await;
    let managed = admin.api.get(format!("/admin/users/{}", person.id)).await.expect(200);
    assert_eq!(by_address, std::slice::from_ref(&managed));
    assert_eq!((&managed["id"], &managed["role"]), (&json!(person.id), &json!("buyer")));
    assert_eq!((&managed["locale"], &managed["version"]), (&json!("ko"), &json!(1)));
    assert_eq!(found(&admin, &[("email", "nobody@example.com")]).await, Vec::<Value>::new());
    // The whole address, not a part of it.
    assert_eq!(found(&admin, &[("email", &person.email[1..])]).await, Vec::<Value>::new());
}

#[tokio::test]
async fn accounts_are_listed_newest_first_and_by_role() {
    let admin = Person::admin().await;
    let (older, newer) = (Person::with_role("staff").await, Person::with_role("staff").await);
    for (query, limit) in [("", 100), ("?role=staff", 10)] {
        let listed = admin.api.all(&format!("/admin/users{query}"), limit).await;
        let ids: Vec<_> = listed.iter().map(|user| user["id"].as_str().unwrap()).collect();
        assert!(ids.is_sorted_by(|one, next| one > next), "newest first, each once: {ids:?}");
        assert!(ids.contains(&older.id.as_str()) && ids.contains(&newer.id.as_str()));
        assert!(query.is_empty() || listed.iter().all(|user| user["role"] == "staff"), "{listed:?}");
    }
    let admins = found(&admin, &[("role", "admin"), ("email", &older.email)]).await;
    assert_eq!(admins, Vec::<Value>::new());
}

#[tokio::test]
async fn a_role_is_given() {
    let (admin, person) = (Person::admin().await, Person::register().await);
    let changed = become_(&admin, &person, "organizer").await.expect(200);
    assert_eq!((&changed["role"], &changed["version"]), (&json!("organizer"), &json!(2)));
    person.log_in().await.api.get("/admin/events").await.expect(200);
    assert_eq!(become_(&admin, &person, "organizer").await.expect(200), changed);
    let path = format!("/admin/users/{}", person.id);
    let outdated = admin.api.patch(&path, &json!({"role": "staff", "version": 1})).await;
    assert_eq!(outdated.refused(409, "version_conflict")["version"], 2);
    assert_eq!(admin.api.get(&path).await.expect(200), changed);
    assert_history(&person.id, &["identity.user-registered.v1", "identity.user-role-changed.v1"]).await;
}

#[tokio::test]
async fn whoever_loses_a_role_loses_their_sessions() {
    let admin = Person::admin().await;
    let person = Person::with_role("organizer").await;
    let other_device = person.log_in().await;
    let kept = Person::with_role("organizer").await;
    become_(&admin, &person, "buyer").await.expect(200);
    for device in [&person, &other_device] {
        device.refresh().await.refused(401, "invalid_refresh_token");
    }
    let anew = person.log_in().await;
    assert_eq!(anew.session["user"]["role"], "buyer");
    assert_eq!(anew.api.get("/admin/events").await.status, 403);
    anew.refresh().await.expect(200);
    kept.refresh().await.expect(200);
}

#[tokio::test]
async fn nobody_changes_their_own_role() {
    let admin = Person::admin().await;
    for role in ["buyer", "organizer"] {
        become_(&admin, &admin, role).await.refused(409, "own_role");
    }
    admin.refresh().await.expect(200);
    assert_eq!(admin.log_in().await.session["user"]["role"], "admin");
    let other = Person::admin().await;
    become_(&other, &admin, "buyer").await.expect(200);
    admin.refresh().await.refused(401, "invalid_refresh_token");
}
