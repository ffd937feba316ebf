//! Words that mean the same in searches, as administrators declare them.

use e2e::api::{Api, query_of};
use e2e::draft::Draft;
use e2e::hall::in_days;
use e2e::history::assert_history;
use e2e::person::{Person, id_of};
use e2e::wait::{SOON, eventually, when};
use serde_json::{Value, json};
use uuid::Uuid;

/// What makes words this test's own.
fn mark() -> String {
    Uuid::now_v7().simple().to_string()[16..].to_owned()
}

async fn on_sale(manager: &Person, title: &str) -> String {
    let event = Draft::new(manager, title, &json!({})).await;
    event.performance(&in_days(10)).await;
    event.standing("일반", 1_000, 5).await;
    event.publish().await;
    event.id
}

async fn finds(query: &str, expected: &[&String]) {
    let mut expected: Vec<_> = expected.iter().map(|id| (*id).clone()).collect();
    expected.sort();
    eventually(&format!("{query:?} finds {} events", expected.len()), SOON, async || {
        let listed = Api::anonymous().all(&format!("/events?{}", query_of(&[("q", query)])), 100).await;
        let mut ids: Vec<_> = listed.iter().map(id_of).collect();
        ids.sort();
        when(ids == expected, ids)
    })
    .await;
}

async fn declare(admin: &Person, term: &str, aliases: &[&str]) -> Value {
    let body = json!({"term": term, "aliases": aliases});
    admin.api.post("/admin/keywords", &body).await.expect(201)
}

#[tokio::test]
async fn whichever_word_is_typed_all_of_them_are_found() {
    let (admin, x) = (Person::admin().await, mark());
    let korean = on_sale(&admin, &format!("아이유{x} 콘서트")).await;
    let english = on_sale(&admin, &format!("IU{x} in Seoul")).await;
    let (title, nickname) = (format!("아이유{x}"), format!("이지금 {x}"));
    finds(&title, &[&korean]).await;
    finds(&nickname, &[]).await;
    let keyword = declare(&admin, &title, &[&format!("IU{x}"), &nickname]).await;
    assert_eq!((&keyword["version"], &keyword["term"]), (&json!(1), &json!(title)));
    assert_eq!(keyword["aliases"], json!([format!("IU{x}"), nickname]));
    let both = [&korean, &english];
    for word in [&title, &format!("iu{x}"), &format!("Iu{x}"), &nickname, &format!("이지금{x}"), &format!("ＩＵ{x}")]
    {
        finds(word, &both).await;
    }
    // A word of a longer query, and only that word.
    finds(&format!("iu{x} 콘서트"), &[&korean]).await;
    finds(&format!("seoul 아이유{x}"), &[&english]).await;
    // Part of a word means itself only.
    finds(&format!("iu{}", &x[..12]), &[&english]).await;
}

#[tokio::test]
async fn a_mapping_is_changed_and_taken_back() {
    let (admin, x) = (Person::admin().await, mark());
    let event = on_sale(&admin, &format!("햄릿{x}")).await;
    let id = id_of(&declare(&admin, &format!("햄릿{x}"), &[&format!("hamlet{x}")]).await);
    let path = format!("/admin/keywords/{id}");
    finds(&format!("hamlet{x}"), &[&event]).await;
    let patch = json!({"aliases": [format!("hemlet{x}"), format!("덴마크{x}")], "version": 1});
    let changed = admin.api.patch(&path, &patch).await.expect(200);
    assert_eq!((&changed["version"], &changed["term"]), (&json!(2), &json!(format!("햄릿{x}"))));
    finds(&format!("덴마크{x}"), &[&event]).await;
    finds(&format!("hamlet{x}"), &[]).await;
    let outdated = admin.api.patch(&path, &json!({"term": format!("다른{x}"), "version": 1})).await;
    assert_eq!(outdated.refused(409, "version_conflict")["version"], 2);
    let listed = admin.api.all("/admin/keywords", 50).await;
    assert_eq!(listed.iter().find(|keyword| keyword["id"] == id.as_str()), Some(&changed));

    admin.api.delete(&path).await.expect(204);
    finds(&format!("덴마크{x}"), &[]).await;
    finds(&format!("햄릿{x}"), &[&event]).await;
    admin.api.delete(&path).await.refused(404, "not_found");
    admin.api.patch(&path, &json!({})).await.refused(404, "not_found");
    assert!(admin.api.all("/admin/keywords", 50).await.iter().all(|keyword| keyword["id"] != id.as_str()));
    let kinds = ["created", "updated", "removed"].map(|what| format!("catalog.keyword-{what}.v1"));
    assert_history(&id, &kinds.iter().map(String::as_str).collect::<Vec<_>>()).await;
}

#[tokio::test]
async fn a_word_is_in_one_mapping_only() {
    let (admin, x) = (Person::admin().await, mark());
    let word = |name: &str| format!("{name}{x}");
    let first = id_of(&declare(&admin, &word("하나"), &[&word("one")]).await);
    let second = id_of(&declare(&admin, &word("둘"), &[&word("two")]).await);
    for (term, alias) in [("하나", "uno"), ("one", "uno"), ("uno", "하나"), ("uno", "ONE"), ("uno", "o ne")] {
        let body = json!({"term": word(term), "aliases": [word(alias)]});
        admin.api.post("/admin/keywords", &body).await.refused(409, "keyword_taken");
    }
    let path = format!("/admin/keywords/{second}");
    admin.api.patch(&path, &json!({"term": word("one")})).await.refused(409, "keyword_taken");
    admin.api.patch(&path, &json!({"aliases": [word("two"), word("하나")]})).await.refused(409, "keyword_taken");
    // Refused as a whole: what was not taken is still free, and so is what is given up.
    declare(&admin, &word("uno"), &[&word("eins")]).await;
    admin.api.patch(&path, &json!({"aliases": [word("zwei")]})).await.expect(200);
    declare(&admin, &word("deux"), &[&word("two")]).await;
    admin.api.delete(format!("/admin/keywords/{first}")).await.expect(204);
    declare(&admin, &word("하나"), &[&word("one")]).await;
    // Its own words are no obstacle.
    admin.api.patch(&path, &json!({"term": word("zwei"), "aliases": [word("둘")]})).await.expect(200);
}

#[tokio::test]
async fn of_many_at_once_one_gets_the_word() {
    let (admin, x) = (Person::admin().await, mark());
    let bodies: Vec<_> = (0..4)
        .map(|at| json!({"term": format!("t{at}{x}"), "aliases": [format!("same{x}"), format!("a{at}{x}")]}))
        .collect();
    let answers =
        futures_util::future::join_all(bodies.iter().map(|body| admin.api.post("/admin/keywords", body).into_future()));
    let (won, lost): (Vec<_>, Vec<_>) = answers.await.into_iter().partition(|answer| answer.status == 201);
    assert_eq!(won.len(), 1, "{lost:?}");
    for answer in lost {
        answer.refused(409, "keyword_taken");
    }
}
