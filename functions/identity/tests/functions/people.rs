//! Profiles and accounts over HTTP: their owners change them, admins look after them.

use std::collections::HashMap;

use contracts::identity::Role;
use jiff::Timestamp;
use lambda_http::{Request, RequestExt as _};
use serde_json::{Value, json};

use crate::api::{Answer, Api, asking, at, by, of, post, raw};

const ADMIN: &str = "buyer staff organizer admin";

/// A body for somebody's account.
fn patch(user: &Value, body: &Value) -> Request {
    let parameters = HashMap::from([("userId".to_owned(), user["id"].as_str().unwrap().to_owned())]);
    post(body).with_path_parameters(parameters)
}

async fn admin(api: &Api) -> Value {
    let user = api.register("admin@example.com").await["user"].clone();
    api.administration.set_role("admin@example.com", Role::Admin, Timestamp::now()).await.unwrap();
    user
}

fn pointers(answer: &Answer) -> Vec<&str> {
    assert_eq!(answer.refusal(), (422, "validation_failed"), "{}", answer.body);
    answer.body["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_profile_is_changed_by_its_owner() {
    let api = Api::new().await;
    let user = api.register("min@example.com").await["user"].clone();
    let change = async |body: Value| api.call("update-my-profile", by(&user, "buyer", post(&body))).await;

    let changed = change(json!({"name": " 김민지 ", "locale": "en", "version": 1})).await;
    let mut expected = user.clone();
    (expected["name"], expected["locale"], expected["version"]) = (json!("김민지"), json!("en"), json!(2));
    assert_eq!((changed.status, &changed.body), (200, &expected));
    assert_eq!(api.call("get-my-profile", by(&user, "buyer", Request::default())).await.body, expected);
    // Nothing to change, by any way of saying so; who they are and what they may do is not theirs to say.
    for body in [
        json!({}),
        json!({"name": null, "locale": null, "version": null}),
        json!({"name": "김민지"}),
        json!({"role": "admin", "email": "other@example.com", "id": "x", "provider": "GOOGLE"}),
    ] {
        assert_eq!(change(body).await.body, expected);
    }
    let stale = change(json!({"name": "Other", "version": 1})).await;
    assert_eq!((stale.refusal(), &stale.body["version"]), ((409, "version_conflict"), &json!(2)));

    for (body, wrong) in [
        (json!({"name": " "}), vec!["/name"]),
        (json!({"name": "n".repeat(101)}), vec!["/name"]),
        (json!({"name": "two\nlines"}), vec!["/name"]),
        (json!({"name": 7}), vec!["/name"]),
        (json!({"locale": "fr"}), vec!["/locale"]),
        (json!({"version": -1}), vec!["/version"]),
        (json!({"version": "1"}), vec!["/version"]),
        (json!([]), vec![""]),
    ] {
        assert_eq!(pointers(&change(body.clone()).await), wrong, "{body}");
    }
    let nobody = api.call("update-my-profile", post(&json!({"name": "x"}))).await;
    assert_eq!(nobody.refusal(), (401, "unauthenticated"));
}

#[tokio::test]
async fn admins_look_people_up() {
    let api = Api::new().await;
    let admin = admin(&api).await;
    let mut people = Vec::new();
    for n in 0..3 {
        people.push(api.register(&format!("user{n}@example.com")).await["user"].clone());
    }
    let list = async |query: &[(&str, &str)]| api.call("list-users", by(&admin, ADMIN, asking(query))).await;

    let all = list(&[]).await.body;
    assert_eq!((all["items"].as_array().unwrap().len(), &all["nextCursor"]), (4, &Value::Null));
    assert_eq!((&all["items"][0], &all["items"][2]), (&people[2], &people[0]), "newest first");
    let first = list(&[("limit", "3")]).await.body;
    let rest = list(&[("limit", "3"), ("cursor", first["nextCursor"].as_str().unwrap())]).await.body;
    assert_eq!((rest["items"][0]["id"].clone(), &rest["nextCursor"]), (admin["id"].clone(), &Value::Null));

    for (query, expected) in [
        (vec![("email", "USER1@example.com")], vec![&people[1]]),
        (vec![("email", "user1@example.com"), ("role", "admin")], vec![]),
        (vec![("email", "nobody@example.com")], vec![]),
        (vec![("role", "staff")], vec![]),
        (vec![("role", "buyer"), ("limit", "2")], vec![&people[2], &people[1]]),
    ] {
        assert_eq!(list(&query).await.body["items"], json!(expected), "{query:?}");
    }
    for (query, wrong) in [
        ([("email", "no address")], "/email"),
        ([("role", "emperor")], "/role"),
        ([("limit", "0")], "/limit"),
        ([("cursor", "%")], "/cursor"),
        // A cursor of another list.
        ([("cursor", "ImV2dF8xIg")], "/cursor"),
    ] {
        assert_eq!(pointers(&list(&query).await), [wrong], "{query:?}");
    }

    let one = api.call("get-managed-user", by(&admin, ADMIN, of(&people[0]))).await;
    assert_eq!((one.status, &one.body), (200, &people[0]));
    for id in ["me", "", "evt_019a0000-0000-7000-8000-000000000000", "usr_019a0000-0000-7000-8000-000000000000"] {
        let absent = api.call("get-managed-user", by(&admin, ADMIN, at(id))).await;
        assert_eq!(absent.refusal(), (404, "not_found"), "{id}");
    }
}

#[tokio::test]
async fn admins_give_roles_to_others() {
    let api = Api::new().await;
    let admin = admin(&api).await;
    let session = api.register("min@example.com").await;
    let user = session["user"].clone();
    let give = async |user: &Value, body: Value| api.call("update-user", by(&admin, ADMIN, patch(user, &body))).await;

    let staff = give(&user, json!({"role": "staff", "version": 1})).await;
    assert_eq!((staff.status, &staff.body["role"], &staff.body["version"]), (200, &json!("staff"), &json!(2)));
    let refreshed = api.call("refresh-session", post(&json!({"refreshToken": session["refreshToken"]}))).await;
    assert_eq!((refreshed.status, &refreshed.body["user"]["role"]), (200, &json!("staff")));
    assert_eq!(give(&user, json!({"role": "buyer"})).await.body["version"], 3);
    let ended = api.call("refresh-session", post(&json!({"refreshToken": refreshed.body["refreshToken"]}))).await;
    assert_eq!(ended.refusal(), (401, "invalid_refresh_token"));

    let stale = give(&user, json!({"role": "staff", "version": 2})).await;
    assert_eq!((stale.refusal(), &stale.body["version"]), ((409, "version_conflict"), &json!(3)));
    assert_eq!(give(&admin, json!({"role": "buyer"})).await.refusal(), (409, "own_role"));
    assert_eq!(give(&admin, json!({"role": "admin"})).await.status, 200);
    let nobody = json!({"id": "usr_019a0000-0000-7000-8000-000000000000"});
    assert_eq!(give(&nobody, json!({"role": "staff"})).await.refusal(), (404, "not_found"));
    for (body, wrong) in [
        (json!({}), ""),
        (json!({"role": "emperor"}), "/role"),
        (json!({"role": null}), "/role"),
        (json!({"role": "staff", "version": 1.5}), "/version"),
    ] {
        assert_eq!(pointers(&give(&user, body.clone()).await), [wrong], "{body}");
    }
    let broken = by(
        &admin,
        ADMIN,
        raw("application/json", "{")
            .with_path_parameters(HashMap::from([("userId".to_owned(), user["id"].as_str().unwrap().to_owned())])),
    );
    assert_eq!(api.call("update-user", broken).await.refusal(), (400, "malformed_request"));
}

#[tokio::test]
async fn an_admins_token_gives_no_roles_when_its_owner_is_none_any_more() {
    let api = Api::new().await;
    let (admin, user) = (admin(&api).await, api.register("min@example.com").await["user"].clone());
    api.administration.set_role("admin@example.com", Role::Buyer, Timestamp::now()).await.unwrap();
    for (whose, role) in [(&user, "admin"), (&user, "buyer"), (&admin, "admin"), (&admin, "buyer")] {
        let refused = api.call("update-user", by(&admin, ADMIN, patch(whose, &json!({"role": role})))).await;
        assert_eq!(refused.refusal(), (403, "forbidden"), "{role}");
    }
}

#[tokio::test]
async fn nobody_else_administrates() {
    let api = Api::new().await;
    let user = api.register("min@example.com").await["user"].clone();
    for function in ["list-users", "get-managed-user", "update-user"] {
        let request = || patch(&user, &json!({"role": "admin"}));
        assert_eq!(api.call(function, request()).await.refusal(), (401, "unauthenticated"), "{function}");
        for scope in ["", "buyer", "buyer staff", "buyer organizer", "administrator"] {
            let refused = api.call(function, by(&user, scope, request())).await;
            assert_eq!(refused.refusal(), (403, "forbidden"), "{function} {scope}");
        }
    }
    let unchanged = api.call("get-my-profile", by(&user, "buyer", Request::default())).await;
    assert_eq!(unchanged.body, user);
}
