//! Finding events, and what admins do for it.

use contracts::event::EventType;
use contracts::ids::{ImageId, KeywordId};
use contracts::insights::EventPopularity;
use kit::dynamo::attribute;
use serde_json::{Value, json};

use super::driver::{Driver, IMAGES, Sent};
use super::journey::{event, in_hours};
use crate::apply_popularity;

async fn on_sale(driver: &Driver, title: &str) -> Value {
    let mut body = event();
    body["title"] = json!(title);
    let id = driver.ok("create_event", driver.by_organizer().with(&body)).await["id"].clone();
    let to = || driver.by_organizer().at("eventId", &id);
    driver.ok("add_performance", to().with(&json!({"startsAt": in_hours(24)}))).await;
    let ticket_type = json!({"eventId": id, "name": "R", "price": 100, "quota": 10});
    driver.ok("create_ticket_type", to().with(&ticket_type)).await;
    driver.ok("publish_event", to()).await;
    id
}

fn ids(page: &Value) -> Vec<Value> {
    page["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect()
}

#[tokio::test]
async fn mapped_words_find_the_same_events() {
    let driver = Driver::start().await;
    let first = on_sale(&driver, "아이유 콘서트").await;
    let second = on_sale(&driver, "IU Live").await;
    let mapping = json!({"term": " 아이유 ", "aliases": ["IU", "이지은"]});
    let mapping = driver.ok("create_keyword", driver.by_admin().with(&mapping)).await;
    assert_eq!(
        (&mapping["version"], &mapping["term"], &mapping["aliases"]),
        (&json!(1), &json!("아이유"), &json!(["IU", "이지은"]))
    );
    for query in ["이지은", "iu", "아이유"] {
        let found = driver.ok("list_events", Sent::default().query("q", query).query("sort", "newest")).await;
        assert_eq!(ids(&found), [second.clone(), first.clone()], "{query}");
    }
    let typing = driver.ok("list_events", Sent::default().query("q", "ㅇㅇㅇ 콘섵")).await;
    assert_eq!(ids(&typing), [first]);

    let taken = driver.send("create_keyword", driver.by_admin().with(&json!({"term": "x", "aliases": ["iu"]}))).await;
    assert_eq!(
        (taken.status, &taken.body["code"], &taken.body["words"]),
        (409, &json!("keyword_taken"), &json!(["iu"]))
    );
    let to = || driver.by_admin().at("keywordId", &mapping["id"]);
    let patch = json!({"version": 1, "aliases": ["IU"]});
    let patched = driver.ok("update_keyword", to().with(&patch)).await;
    assert_eq!((&patched["version"], &patched["aliases"]), (&json!(2), &json!(["IU"])));
    let stale = driver.send("update_keyword", to().with(&json!({"version": 1, "term": "y"}))).await;
    assert_eq!(
        (stale.status, &stale.body["code"], &stale.body["version"]),
        (409, &json!("version_conflict"), &json!(2))
    );
    assert_eq!(driver.ok("list_keywords", driver.by_admin()).await, json!({"items": [patched], "nextCursor": null}));
    let gone = driver.send("remove_keyword", to()).await;
    assert_eq!((gone.status, gone.body), (204, Value::Null));
    for operation in ["remove_keyword", "update_keyword"] {
        assert_eq!(driver.send(operation, to().with(&json!({}))).await.status, 404);
    }
    assert_eq!(driver.ok("list_keywords", driver.by_admin()).await["items"], json!([]));
    let removed = EventType::KeywordRemoved.as_str();
    let announced = driver.table.items().await.into_iter().filter_map(|item| item.get("lastEvent").cloned());
    let types: Vec<_> = announced.filter_map(|last| last.as_m().ok()?["type"].as_s().ok().cloned()).collect();
    assert!(types.iter().any(|event_type| event_type == removed), "{types:?}");
}

#[tokio::test]
async fn keyword_mappings_are_for_admins() {
    let driver = Driver::start().await;
    let id = json!(KeywordId::generate());
    for operation in ["create_keyword", "list_keywords", "update_keyword", "remove_keyword"] {
        let body = json!({"term": "a", "aliases": ["b"]});
        let nobody = Sent::default().at("keywordId", &id).with(&body);
        assert_eq!(driver.send(operation, nobody.clone()).await.status, 401, "{operation}");
        let organizer = Sent { caller: driver.by_organizer().caller, ..nobody };
        assert_eq!(driver.send(operation, organizer).await.status, 403, "{operation}");
    }
    for bad in [&id, &json!("kwd_1"), &json!(driver.organizer)] {
        for operation in ["update_keyword", "remove_keyword"] {
            let sent = driver.by_admin().at("keywordId", bad).with(&json!({}));
            assert_eq!(driver.send(operation, sent).await.status, 404, "{operation} {bad}");
        }
    }
}

#[tokio::test]
async fn bad_keyword_mappings_are_refused_field_by_field() {
    let driver = Driver::start().await;
    let sound = json!({"term": "a", "aliases": ["b"]});
    let kept = driver.ok("create_keyword", driver.by_admin().with(&sound)).await;
    let wrong = [
        ("term", vec![json!(7), json!(""), json!("\u{7}"), json!("x".repeat(101)), json!([])]),
        ("aliases", vec![json!([]), json!("b"), json!([""]), json!(["c", "C"]), json!(vec!["x"; 21]), json!({})]),
        ("version", vec![json!(-1), json!("1"), json!(1.5)]),
    ];
    for (field, values) in wrong {
        for value in values {
            let mut body = json!({"term": "new", "aliases": ["other"]});
            body[field] = value.clone();
            let mut operations = vec![("update_keyword", driver.by_admin().at("keywordId", &kept["id"]))];
            if field != "version" {
                operations.push(("create_keyword", driver.by_admin()));
            }
            for (operation, sent) in operations {
                let answer = driver.send(operation, sent.with(&body)).await;
                let pointer = answer.body["errors"][0]["pointer"].as_str().unwrap_or_default().to_owned();
                assert_eq!(answer.status, 422, "{operation} {field} {value}: {}", answer.body);
                assert!(pointer.starts_with(&format!("/{field}")), "{operation} {field} {value}: {pointer}");
            }
        }
    }
    for (operation, body) in [("create_keyword", json!({"term": "x"})), ("create_keyword", json!({"aliases": ["x"]}))] {
        assert_eq!(driver.send(operation, driver.by_admin().with(&body)).await.status, 422);
    }
    for operation in ["create_keyword", "update_keyword"] {
        let sent = driver.by_admin().at("keywordId", &kept["id"]).raw("{".into());
        assert_eq!(driver.send(operation, sent).await.status, 400);
    }
    for (name, value) in [("limit", "0"), ("limit", "101"), ("cursor", "%%"), ("cursor", "e30")] {
        assert_eq!(driver.send("list_keywords", driver.by_admin().query(name, value)).await.status, 422);
    }
}

#[tokio::test]
async fn pages_are_full_and_in_the_order_that_was_asked_for() {
    let driver = Driver::start().await;
    let mut expected = Vec::new();
    for number in 0..5 {
        expected.push(on_sale(&driver, &format!("Show {number}")).await);
    }
    for (number, tickets) in [(1, 5), (3, 9)] {
        let event_id = serde_json::from_value(expected[number].clone()).unwrap();
        let popularity = EventPopularity { event_id, tickets, revision: 1 };
        apply_popularity::handle(&driver.app, popularity).await.unwrap();
    }
    let popular = [3, 1, 4, 2, 0].map(|number| expected[number].clone());
    let list = |cursor: Option<&Value>| {
        let sent = Sent::default().query("sort", "popular").query("q", "show").query("limit", "2");
        cursor.map_or(sent.clone(), |cursor| sent.query("cursor", cursor.as_str().unwrap()))
    };
    let (mut found, mut cursor) = (Vec::new(), None);
    loop {
        let page = driver.ok("list_events", list(cursor.as_ref())).await;
        assert!(ids(&page).len() == 2 || page["nextCursor"].is_null());
        found.extend(ids(&page));
        if page["nextCursor"].is_null() {
            break;
        }
        cursor = Some(page["nextCursor"].clone());
    }
    assert_eq!(found, popular);
    // The same cursor with other filters is none.
    for (name, value) in [("sort", "newest"), ("q", "shows"), ("category", "concert")] {
        let refused = driver.send("list_events", list(cursor.as_ref()).query(name, value)).await;
        assert_eq!((refused.status, &refused.body["errors"][0]["pointer"]), (422, &json!("/cursor")), "{name}");
    }
}

#[tokio::test]
async fn lists_show_posters_and_are_kept_for_a_second() {
    let driver = Driver::start().await;
    let id = on_sale(&driver, "봄 음악회").await;
    let image = ImageId::generate();
    let item = driver.table.items().await.into_iter().find(|item| item["sk"].as_s().is_ok_and(|sk| sk == "CARD"));
    let mut item = item.unwrap();
    // As a card is that was written with a poster.
    let mut card: Value = kit::dynamo::read(&item, "card").unwrap().unwrap();
    card["imageId"] = json!(image);
    item.insert("card".into(), attribute(&card).unwrap());
    driver.table.client().put_item().table_name(&driver.table.name).set_item(Some(item)).send().await.unwrap();
    let other = on_sale(&driver, "여름 음악회").await;

    let answer = driver.send("list_events", Sent::default()).await;
    assert_eq!(answer.headers["cache-control"], "public, max-age=1");
    assert_eq!(ids(&answer.body), [id, other]);
    assert_eq!(answer.body["items"][0]["imageUrl"], json!(format!("{IMAGES}/images/{image}/list.jpg")));
    assert_eq!(answer.body["items"][1]["imageUrl"], Value::Null);
    assert!(answer.body["items"][1].as_object().unwrap().contains_key("imageUrl"));
    let etag = answer.headers["etag"].to_str().unwrap();
    assert_eq!(driver.send("list_events", Sent::default().header("if-none-match", etag)).await.status, 304);
}
