//! What caches may keep of what anybody may read, and for how long.

use std::collections::BTreeMap;

use e2e::api::{Api, query_of};
use e2e::contract::{Access, Contract};
use e2e::hall::Plan;
use e2e::person::{Person, id_of};
use e2e::queue::known;
use e2e::wait::{SOON, eventually, when};
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

const FOR_EVER: &str = "public, max-age=31536000, immutable";

#[tokio::test]
async fn every_public_answer_says_how_long_it_is_good() {
    let admin = Person::admin().await;
    let hall = Plan::seated(1, 2).open_as(&admin).await;
    let api = Api::anonymous();
    let detail = api.get(format!("/events/{}", hall.event)).await.expect(200);
    let layout = detail["performances"][0]["layoutId"].as_str().unwrap();
    let news = json!({"title": "알림", "body": "내용"});
    let news = id_of(&admin.api.post("/admin/announcements", &news).await.expect(201));
    known(&hall).await;
    // Lists that other tests do not change meanwhile, as far as there are some.
    let mine = query_of(&[("q", &Uuid::now_v7().simple().to_string())]);
    let second = "public, max-age=1";
    let table = BTreeMap::from([
        ("listEvents", (format!("/events?{mine}"), second)),
        ("getEvent", (format!("/events/{}", hall.event), second)),
        ("getBookableDates", (format!("/events/{}/dates", hall.event), second)),
        ("getRanking", ("/events/ranking?window=all".to_owned(), "public, max-age=10")),
        ("listTicketTypes", (format!("/tickets/event/{}", hall.event), second)),
        ("getTicketAvailability", (format!("/tickets/availability/{}", hall.ticket_type), second)),
        ("listLayouts", ("/seats/layouts".to_owned(), "public, max-age=60")),
        ("getLayout", (format!("/seats/layouts/{layout}"), FOR_EVER)),
        ("getSeatMap", (hall.map_path(), second)),
        ("getPushKey", ("/notifications/push-key".to_owned(), "public, max-age=300")),
        ("getQueueStatus", (format!("/queue/status/{}", hall.event), second)),
        ("listAnnouncements", ("/announcements".to_owned(), second)),
        ("getAnnouncement", (format!("/announcements/{news}"), second)),
        ("getHealth", ("/health".to_owned(), "no-store")),
        ("startGoogleLogIn", ("/auth/google".to_owned(), "no-store")),
    ]);
    let is_public_get = |access: &Access, method: &Method| *access == Access::Public && *method == Method::GET;
    for operation in Contract::get().operations() {
        if is_public_get(&operation.access, &operation.method) {
            assert!(table.contains_key(operation.id.as_str()), "how long is {} good?", operation.id);
        }
    }
    for (operation, (path, expected)) in table {
        let first = api.get(&path).await;
        assert_eq!(first.status, 200, "{operation}: {first}");
        assert_eq!(first.header("cache-control"), expected, "{operation}");
        if expected == "no-store" {
            assert_eq!(first.header("etag"), "", "{operation}");
            continue;
        }
        // Maps are read anew every second, and lists of all tests change: the answer may be another one in between.
        eventually(&format!("{operation} is not sent again"), SOON, async || {
            let first = api.get(&path).await;
            let etag = first.header("etag").to_owned();
            assert!(etag.starts_with('"') && etag.len() > 4, "{first}");
            let again = api.get(&path).header("if-none-match", &format!("\"other\", {etag}")).await;
            when(again.status == 304 && again.text.is_empty() && again.header("etag") == etag, again)
        })
        .await;
        assert_eq!(api.get(&path).header("if-none-match", "\"other\"").await.status, 200, "{operation}");
    }
}

#[tokio::test]
async fn what_is_somebodys_own_or_a_refusal_is_not_kept() {
    let (admin, buyer) = (Person::admin().await, Person::register().await);
    let hall = Plan::seated(1, 2).open_as(&admin).await;
    let reservation = buyer.hold(&hall, &["R1-1"]).await;
    let answers = [
        buyer.api.get("/users/me").await,
        buyer.api.get("/reservations/my").await,
        buyer.api.get(format!("/reservations/{reservation}")).await,
        buyer.api.get("/points").await,
        admin.api.get("/admin/users").await,
        admin.api.get("/admin/keywords").await,
        admin.api.get("/admin/announcements").await,
        admin.api.get(format!("/admin/events/{}", hall.event)).await,
        buyer.api.get("/events/evt_01890000-0000-7000-8000-000000000000").await,
        buyer.api.get("/events?sort=nonsense").await,
    ];
    for answer in answers {
        assert_eq!(answer.header("cache-control"), "no-store", "{answer}");
    }
}

#[tokio::test]
async fn a_changed_event_is_sent_again() {
    let admin = Person::admin().await;
    let hall = Plan::standing(5).open_as(&admin).await;
    let (api, path) = (Api::anonymous(), format!("/events/{}", hall.event));
    let etag = api.get(&path).await.header("etag").to_owned();
    let body = json!({"title": "다른 음악회"});
    admin.api.patch(format!("/admin{path}"), &body).await.expect(200);
    let answer = eventually("the change is sent", SOON, async || {
        let answer = api.get(&path).header("if-none-match", &etag).await;
        when(answer.status == 200, answer)
    })
    .await;
    assert_eq!(answer.body["title"], "다른 음악회");
    assert_ne!(answer.header("etag"), etag);
}
