//! Values of the catalogue that are of the right type and wrong all the same.

use e2e::draft::Draft;
use e2e::hall::in_days;
use e2e::person::{Person, id_of};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::bad_values::changed;

#[tokio::test]
async fn announcements_that_cannot_be() {
    let admin = Person::admin().await;
    let good = json!({"title": "알림", "body": "내용"});
    let path =
        format!("/admin/announcements/{}", id_of(&admin.api.post("/admin/announcements", &good).await.expect(201)));
    let table = [
        ("title", json!("")),
        ("title", json!("  ")),
        ("title", json!("t".repeat(201))),
        ("title", json!("bell\u{7}")),
        ("body", json!("")),
        ("body", json!("b".repeat(20_001))),
        ("body", json!("bell\u{7}")),
        ("pinned", json!("yes")),
        ("visibleFrom", json!("tomorrow")),
        ("visibleFrom", json!("2026-13-01T00:00:00Z")),
        ("visibleFrom", json!(7)),
    ];
    for (name, value) in table {
        let new = admin.api.post("/admin/announcements", &changed(&good, name, value.clone())).await;
        let patch = admin.api.patch(&path, &changed(&json!({}), name, value)).await;
        for answer in [new, patch] {
            let problem = answer.refused(422, "validation_failed");
            assert_eq!(problem["errors"][0]["pointer"], format!("/{name}"), "{problem}");
        }
    }
    let longest = json!({"title": "가".repeat(200), "body": "나".repeat(20_000)});
    let made = admin.api.post("/admin/announcements", &longest).await.expect(201);
    assert_eq!(made["body"].as_str().unwrap().chars().count(), 20_000);
    admin.api.delete(format!("/admin/announcements/{}", id_of(&made))).await.expect(204);
    assert_eq!(admin.api.get(&path).await.expect(200)["version"], 1);
    admin.api.delete(&path).await.expect(204);
}

#[tokio::test]
async fn keywords_that_cannot_be() {
    let admin = Person::admin().await;
    let word = |name: &str| format!("{name}{}", Uuid::now_v7().simple());
    let good = json!({"term": word("t"), "aliases": [word("a")]});
    let made = admin.api.post("/admin/keywords", &good).await.expect(201);
    let path = format!("/admin/keywords/{}", id_of(&made));
    let many: Vec<_> = (0..21).map(|at| word(&format!("m{at}"))).collect();
    let table = [
        ("/term", "term", json!("")),
        ("/term", "term", json!("  ")),
        ("/term", "term", json!("t".repeat(5_000))),
        ("/term", "term", json!("bell\u{7}")),
        ("/aliases", "aliases", json!([])),
        ("/aliases", "aliases", json!(many)),
        ("/aliases/0", "aliases", json!([" "])),
        ("/aliases/1", "aliases", json!([word("a"), 7])),
    ];
    for (pointer, name, value) in table {
        let new = json!({"term": word("t"), "aliases": [word("a")]});
        let new = admin.api.post("/admin/keywords", &changed(&new, name, value.clone())).await;
        let patch = admin.api.patch(&path, &changed(&json!({}), name, value)).await;
        for answer in [new, patch] {
            let problem = answer.refused(422, "validation_failed");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
        }
    }
    // The same word twice, in other letters.
    let twice = json!({"term": word("t"), "aliases": ["Twice Said", "twicesaid"]});
    admin.api.post("/admin/keywords", &twice).await.refused(422, "validation_failed");
    let itself = json!({"term": "Said Itself", "aliases": ["saiditself"]});
    admin.api.post("/admin/keywords", &itself).await.refused(422, "validation_failed");
    let listed = admin.api.all("/admin/keywords", 100).await;
    assert_eq!(listed.iter().find(|each| each["id"] == made["id"]), Some(&made), "nothing of it was done");
    let most: Vec<_> = many[..20].to_vec();
    let full = admin.api.patch(&path, &json!({"aliases": most})).await.expect(200);
    assert_eq!(full["aliases"].as_array().unwrap().len(), 20);
    admin.api.delete(&path).await.expect(204);
}

#[tokio::test]
async fn uploads_that_cannot_be() {
    let organizer = Person::with_role("organizer").await;
    for (pointer, body) in [
        ("/contentType", json!({"contentType": "image/gif"})),
        ("/contentType", json!({"contentType": "image/svg+xml"})),
        ("/contentType", json!({"contentType": "text/html"})),
        ("/contentType", json!({"contentType": "IMAGE/PNG; charset=utf-8"})),
        ("/contentType", json!({"contentType": ""})),
        ("/size", json!({"contentType": "image/png", "size": 0})),
        ("/size", json!({"contentType": "image/png", "size": -1})),
        ("/size", json!({"contentType": "image/png", "size": 10 * 1024 * 1024 + 1})),
        ("/size", json!({"contentType": "image/png", "size": 1.5})),
    ] {
        let problem = organizer.api.post("/admin/images", &body).await.refused(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
    let largest = json!({"contentType": "image/webp", "size": 10 * 1024 * 1024});
    organizer.api.post("/admin/images", &largest).await.expect(201);
}

#[tokio::test]
async fn changes_of_performances_that_cannot_be() {
    let admin = Person::admin().await;
    let event = Draft::new(&admin, "T", &json!({})).await;
    let performance = event.performance(&in_days(9)).await;
    let path = event.path(&format!("/performances/{performance}"));
    let before = event.managed().await;
    let table = [
        ("/startsAt", json!({"startsAt": "tomorrow"})),
        ("/startsAt", json!({"startsAt": in_days(-1)})),
        ("/saleOpensAt", json!({"saleOpensAt": "soon"})),
        ("/saleClosesAt", json!({"saleClosesAt": 7})),
        ("/layoutId", json!({"layoutId": "lay_1"})),
        ("/version", json!({"startsAt": in_days(3), "version": -1})),
    ];
    for (pointer, body) in table {
        let problem = admin.api.patch(&path, &body).await.refused(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
    // A start cannot be taken away.
    let answer = admin.api.patch(&path, &json!({"startsAt": Value::Null})).await;
    assert!([200, 422].contains(&answer.status), "{answer}");
    assert_eq!(event.managed().await, before, "nothing of it was done");
}

#[tokio::test]
async fn orders_that_cannot_be() {
    let api = e2e::api::Api::anonymous();
    for (path, pointer) in [
        ("/events?sort=price", "/sort"),
        ("/events?status=DRAFT", "/status"),
        ("/events?category=Concert", "/category"),
        ("/events?from=2026-01-01", "/from"),
        ("/events/ranking?window=month", "/window"),
        ("/events/ranking?by=price", "/by"),
        ("/events/ranking?limit=0", "/limit"),
        ("/announcements?cursor=evil", "/cursor"),
    ] {
        let problem = api.get(path).await.refused(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
    let long = "가".repeat(101);
    let problem = api.get(format!("/events?q={long}")).await.refused(422, "validation_failed");
    assert_eq!(problem["errors"][0]["pointer"], "/q");
    api.get(format!("/events?q={}", "가".repeat(100))).await.expect(200);
}
