//! Values of accounts that are of the right type and wrong all the same.

use e2e::api::Api;
use e2e::person::Person;
use serde_json::{Value, json};

use crate::bad_values::changed;

#[tokio::test]
async fn profiles_that_cannot_be() {
    let person = Person::register().await;
    let table = [
        ("/name", json!({"name": ""})),
        ("/name", json!({"name": "  "})),
        ("/name", json!({"name": "n".repeat(101)})),
        ("/name", json!({"name": "two\nlines"})),
        ("/name", json!({"name": "bell\u{7}"})),
        ("/locale", json!({"locale": "fr"})),
        ("/locale", json!({"locale": "KO"})),
        ("/locale", json!({"locale": ""})),
        ("/version", json!({"name": "Min", "version": -1})),
        ("/version", json!({"name": "Min", "version": 1.5})),
    ];
    for (pointer, body) in table {
        let problem = person.api.patch("/users/me", &body).await.refused(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
    let problem = person.api.patch("/users/me", &json!({"name": "", "locale": "en"})).await;
    problem.refused(422, "validation_failed");
    let profile = person.api.get("/users/me").await.expect(200);
    assert_eq!((&profile["version"], &profile["locale"]), (&json!(1), &json!("ko")), "nothing of it was done");
}

#[tokio::test]
async fn roles_that_cannot_be() {
    let (admin, person) = (Person::admin().await, Person::register().await);
    let path = format!("/admin/users/{}", person.id);
    for role in [json!("king"), json!("ADMIN"), json!(""), json!(["admin"]), Value::Null] {
        let problem = admin.api.patch(&path, &json!({"role": role})).await.refused(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], "/role", "{problem}");
    }
    admin.api.patch(&path, &json!({})).await.refused(422, "validation_failed");
    let problem = admin.api.patch(&path, &json!({"role": "admin", "version": "1"})).await;
    assert_eq!(problem.refused(422, "validation_failed")["errors"][0]["pointer"], "/version");
    assert_eq!(admin.api.get(&path).await.expect(200)["role"], "buyer");
    let nobody = "/admin/users/usr_01890000-0000-7000-8000-000000000000";
    admin.api.patch(nobody, &json!({"role": "staff"})).await.refused(404, "not_found");
}

#[tokio::test]
async fn google_log_ins_that_cannot_be() {
    let api = Api::anonymous();
    let start = api.get("/auth/google").await.expect(200);
    let good = json!({
        "code": "c", "state": start["state"], "codeVerifier": start["codeVerifier"], "redirectUri": start["redirectUri"],
    });
    for name in ["code", "state", "codeVerifier", "redirectUri"] {
        for value in [json!(7), Value::Null, json!(["a"])] {
            let problem =
                api.post("/auth/google", &changed(&good, name, value)).await.refused(422, "validation_failed");
            assert_eq!(problem["errors"][0]["pointer"], format!("/{name}"), "{problem}");
        }
        // Of any length and of any characters: refused, and no fault of ours.
        for value in [String::new(), "\u{0}".into(), "x".repeat(5_000), "한글 \r\n".into(), "a&b=c#d".into()] {
            let answer = api.post("/auth/google", &changed(&good, name, json!(value))).await;
            assert!([401, 422].contains(&answer.status), "{name}: {answer}");
            answer.assert_problem();
        }
    }
}
