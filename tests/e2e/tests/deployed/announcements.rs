//! News from the people who run the platform.

use e2e::api::Api;
use e2e::history::assert_history;
use e2e::person::{Person, id_of};
use e2e::wait::{SOON, eventually, when};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

async fn announce(admin: &Person, body: &Value) -> Value {
    admin.api.post("/admin/announcements", body).await.expect(201)
}

/// Waits until anybody reads this; caches may be a second behind.
async fn reads(path: &str, expected: &Value) {
    eventually("the news is read", SOON, async || {
        let answer = Api::anonymous().get(path).await;
        when(answer.status == 200 && answer.body == *expected, answer)
    })
    .await;
}

/// Waits until anybody's list has these, in this order.
async fn lists(mark: &str, limit: usize, expected: &[&str]) {
    eventually(&format!("the list is {expected:?}, {limit} a page"), SOON, async || {
        let seen = listed(&Api::anonymous(), "/announcements", mark, limit).await;
        when(seen == expected, seen)
    })
    .await;
}

/// Those of a list whose title begins with this mark, in the list's order.
async fn listed(api: &Api, path: &str, mark: &str, limit: usize) -> Vec<String> {
    let all = api.all(path, limit).await;
    let mine = all.into_iter().filter(|news| news["title"].as_str().is_some_and(|title| title.starts_with(mark)));
    mine.map(|news| news["title"].as_str().unwrap()[mark.len()..].to_owned()).collect()
}

/// In whole seconds, so that it is answered as it was written.
fn seconds_from_now(seconds: i64) -> String {
    Timestamp::from_second(Timestamp::now().as_second() + seconds).unwrap().to_string()
}

fn time(value: &Value) -> Timestamp {
    value.as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn news_is_written_read_edited_and_taken_back() {
    let admin = Person::admin().await;
    let text = json!({"title": "점검 안내", "body": "새벽 2시부터 4시까지\n예매가 멈춥니다."});
    let written = announce(&admin, &text).await;
    assert_eq!((&written["title"], &written["body"]), (&text["title"], &text["body"]));
    assert_eq!((&written["pinned"], &written["version"]), (&json!(false), &json!(1)));
    assert!(
        Timestamp::now().duration_since(time(&written["publishedAt"])).abs() < SignedDuration::from_mins(1),
        "{written}"
    );

    let id = id_of(&written);
    let (path, managed, public) =
        (format!("/announcements/{id}"), format!("/admin/announcements/{id}"), Api::anonymous());
    reads(&path, &written).await;
    assert_eq!(admin.api.get(&managed).await.expect(200), written);
    let patch = json!({"body": "취소되었습니다.", "pinned": true, "version": 1});
    let edited = admin.api.patch(&managed, &patch).await.expect(200);
    assert_eq!((&edited["title"], &edited["body"]), (&text["title"], &patch["body"]));
    assert_eq!((&edited["pinned"], &edited["version"]), (&json!(true), &json!(2)));
    assert_eq!(edited["publishedAt"], written["publishedAt"]);
    assert!(time(&edited["updatedAt"]) > time(&written["updatedAt"]), "{edited}");
    reads(&path, &edited).await;
    let outdated = admin.api.patch(&managed, &json!({"title": "T", "version": 1})).await;
    assert_eq!(outdated.refused(409, "version_conflict")["version"], 2);

    admin.api.delete(&managed).await.expect(204);
    eventually("nobody reads it any more", SOON, async || {
        let answer = public.get(&path).await;
        when(answer.status == 404, answer)
    })
    .await
    .refused(404, "not_found");
    admin.api.get(&managed).await.refused(404, "not_found");
    admin.api.patch(&managed, &json!({"title": "T"})).await.refused(404, "not_found");
    admin.api.delete(&managed).await.refused(404, "not_found");
    for (api, list) in [(&public, "/announcements"), (&admin.api, "/admin/announcements")] {
        eventually(&format!("it is gone from {list}"), SOON, async || {
            let listed = api.all(list, 100).await;
            when(listed.iter().all(|news| news["id"] != id.as_str()), listed.len())
        })
        .await;
    }
    let kinds = ["created", "updated", "removed"].map(|what| format!("catalog.announcement-{what}.v1"));
    assert_history(&id, &kinds.iter().map(String::as_str).collect::<Vec<_>>()).await;
}

#[tokio::test]
async fn what_is_pinned_comes_first_and_then_the_newest() {
    let (admin, mark) = (Person::admin().await, Uuid::now_v7().simple().to_string());
    let mut ids = Vec::new();
    for (title, pinned, seconds) in
        [("c", false, -300), ("b", true, -500), ("d", false, -400), ("a", true, -100), ("e", false, -600)]
    {
        let body = json!({
            "title": format!("{mark}{title}"), "body": "…", "pinned": pinned, "visibleFrom": seconds_from_now(seconds),
        });
        ids.push(id_of(&announce(&admin, &body).await));
    }
    let public = Api::anonymous();
    for limit in [100, 2, 1] {
        lists(&mark, limit, &["a", "b", "c", "d", "e"]).await;
    }
    // Unpinned, and moved to the end of time so far.
    let patch = json!({"pinned": false, "visibleFrom": seconds_from_now(-700)});
    admin.api.patch(format!("/admin/announcements/{}", ids[3]), &patch).await.expect(200);
    lists(&mark, 100, &["b", "c", "d", "e", "a"]).await;
    let all = public.all("/announcements", 100).await;
    let first_not_pinned = all.iter().position(|news| news["pinned"] == false).unwrap();
    assert!(all[first_not_pinned..].iter().all(|news| news["pinned"] == false), "pinned ones are together");
}

#[tokio::test]
async fn news_of_tomorrow_is_for_administrators() {
    let (admin, mark) = (Person::admin().await, Uuid::now_v7().simple().to_string());
    let tomorrow = json!({"title": format!("{mark}내일"), "body": "…", "visibleFrom": seconds_from_now(86_400)});
    let later = announce(&admin, &tomorrow).await;
    assert_eq!(later["publishedAt"], tomorrow["visibleFrom"]);
    let visible_from = seconds_from_now(6);
    let soon = json!({"title": format!("{mark}곧"), "body": "…", "visibleFrom": visible_from, "pinned": true});
    let visible_from: Timestamp = visible_from.parse().unwrap();
    let soon = announce(&admin, &soon).await;
    let public = Api::anonymous();
    let path = |news: &Value| format!("/announcements/{}", id_of(news));

    assert_eq!(listed(&admin.api, "/admin/announcements", &mark, 100).await.len(), 2);
    assert_eq!(admin.api.get(format!("/admin{}", path(&later))).await.expect(200), later);
    public.get(path(&later)).await.refused(404, "not_found");
    let list = "/announcements?limit=100";
    eventually("its time comes", SOON, async || {
        let (news, listed) = (public.get(path(&soon)).await, public.get(list).await);
        let is_shown = news.status == 200 || listed.text.contains(&mark);
        assert!(!is_shown || Timestamp::now() >= visible_from, "before its time: {news}, {listed}");
        when(news.status == 200, news)
    })
    .await;
    lists(&mark, 100, &["곧"]).await;
    // Brought forward.
    let now = json!({"visibleFrom": seconds_from_now(-1)});
    admin.api.patch(format!("/admin{}", path(&later)), &now).await.expect(200);
    lists(&mark, 100, &["곧", "내일"]).await;
}
