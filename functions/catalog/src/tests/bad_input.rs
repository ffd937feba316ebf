//! Whatever is sent, the answer is a problem with a stable code and a status from 400 to 499.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contracts::geometry::{MAX_INFLATED_BYTES, deflate};
use contracts::ids::{EventId, ImageId, LayoutId, PerformanceId, TicketTypeId, UserId};
use kit::page::cursor;
use serde_json::{Value, json};

use super::driver::{Driver, Sent};
use super::journey::event;

/// The operations with a body, and a sound body for each; the path's event exists.
fn bodies(event_id: &Value) -> Vec<(&'static str, Value)> {
    let seat = json!({"id": "1", "label": "1", "row": "A", "x": 1.0, "y": 1.0, "accessible": false});
    let section = json!({"id": "A", "name": "A", "blocks": [{"id": "A1", "seats": [seat]}]});
    vec![
        ("create_layout", json!({"name": "Hall", "sections": [section]})),
        ("create_event", {
            let mut body = event();
            body["description"] = json!("text");
            body["currency"] = json!("KRW");
            body["buyerLimit"] = json!(4);
            body
        }),
        ("update_event", json!({"version": 1, "title": "T", "buyerLimit": 3, "status": "DRAFT"})),
        ("add_performance", json!({"startsAt": "2031-01-01T10:00:00Z", "saleOpensAt": "2030-12-01T10:00:00Z"})),
        ("create_ticket_type", json!({"eventId": event_id, "name": "R", "price": 100, "quota": 10})),
        (
            "update_performance",
            json!({"version": 1, "startsAt": "2031-01-02T10:00:00Z", "saleClosesAt": "2031-01-01T10:00:00Z"}),
        ),
        ("update_ticket_type", json!({"version": 1, "name": "S", "price": 90, "quota": 20})),
    ]
}

/// A draft with a performance and a ticket type, and the path to all three.
async fn draft(driver: &Driver) -> (Value, Sent) {
    let id = driver.ok("create_event", driver.by_organizer().with(&event())).await["id"].clone();
    let performance = json!({"startsAt": "2031-01-01T10:00:00Z"});
    let to = || driver.by_organizer().at("eventId", &id);
    let performance = driver.ok("add_performance", to().with(&performance)).await;
    let ticket_type = json!({"eventId": id, "name": "R", "price": 100, "quota": 10});
    let ticket_type = driver.ok("create_ticket_type", to().with(&ticket_type)).await;
    let to = to().at("performanceId", &performance["id"]).at("ticketTypeId", &ticket_type["id"]);
    (id, to)
}

async fn refused(driver: &Driver, operation: &str, sent: Sent, code: &str) {
    let shown = format!("{sent:?}").chars().take(300).collect::<String>();
    let answer = driver.send(operation, sent).await;
    assert!((400..500).contains(&answer.status), "{operation} {shown}: {} {}", answer.status, answer.body);
    assert_eq!(answer.body["code"], code, "{operation} {shown}: {}", answer.body);
    assert_eq!(answer.headers["content-type"], "application/problem+json");
    if code == "validation_failed" {
        assert!(answer.body["errors"][0]["pointer"].is_string());
    }
    assert!(answer.body.to_string().len() < 50_000, "an answer of the size of the question");
}

#[tokio::test]
async fn bodies_that_are_no_bodies() {
    let driver = Driver::start().await;
    let (id, path) = draft(&driver).await;
    for (operation, _) in bodies(&id) {
        let to = || path.clone();
        refused(&driver, operation, to(), "malformed_request").await;
        refused(&driver, operation, to().raw("{\"name\": ".into()), "malformed_request").await;
        refused(&driver, operation, to().raw("\u{0}".into()), "malformed_request").await;
        refused(&driver, operation, to().raw("[".repeat(100_000)), "malformed_request").await;
        refused(&driver, operation, to().raw(format!("\"{}\"", "x".repeat(300_000))), "payload_too_large").await;
        for not_an_object in [json!(7), json!("x"), json!(null)] {
            refused(&driver, operation, to().with(&not_an_object), "validation_failed").await;
        }
    }
}

#[tokio::test]
async fn every_field_of_every_wrong_type() {
    let driver = Driver::start().await;
    let (id, path) = draft(&driver).await;
    for (operation, sound) in bodies(&id) {
        let answer = driver.send(operation, path.clone().with(&sound)).await;
        assert!(answer.status < 300, "{operation}: {}", answer.body);
        for field in sound.as_object().unwrap().keys() {
            for wrong in [json!({}), json!([[]]), json!(-1), json!(1.5), json!(1e300), json!(u64::MAX), json!("\u{7}")]
            {
                let mut body = sound.clone();
                body[field] = wrong;
                let sent = path.clone().with(&body);
                let code = if (field.as_str(), &body[field]) == ("version", &json!(u64::MAX)) {
                    "version_conflict"
                } else {
                    "validation_failed"
                };
                refused(&driver, operation, sent, code).await;
            }
        }
    }
}

#[tokio::test]
async fn required_fields_are_required() {
    let driver = Driver::start().await;
    let (id, path) = draft(&driver).await;
    let optional = ["description", "currency", "buyerLimit", "saleOpensAt"];
    for (operation, sound) in bodies(&id).into_iter().filter(|(operation, _)| !operation.starts_with("update")) {
        for field in sound.as_object().unwrap().keys().filter(|field| !optional.contains(&field.as_str())) {
            let mut body = sound.clone();
            body.as_object_mut().unwrap().remove(field);
            refused(&driver, operation, path.clone().with(&body), "validation_failed").await;
        }
    }
}

#[tokio::test]
async fn ids_of_nothing() {
    let driver = Driver::start().await;
    let (id, path) = draft(&driver).await;
    let bad = [
        json!(EventId::generate()),
        json!(PerformanceId::generate()),
        json!(TicketTypeId::generate()),
        json!(UserId::generate()),
        json!("evt_1"),
        json!(""),
        json!("../../etc"),
        json!("좌석"),
    ];
    for bad in &bad {
        let by_event = ["publish_event", "unpublish_event", "cancel_event"];
        for operation in ["get_event", "list_ticket_types", "get_managed_event"].into_iter().chain(by_event) {
            refused(&driver, operation, driver.by_organizer().at("eventId", bad), "not_found").await;
        }
        for (name, operations) in [
            ("performanceId", ["update_performance", "remove_performance", "cancel_performance"].as_slice()),
            ("ticketTypeId", &["update_ticket_type", "remove_ticket_type"]),
        ] {
            for operation in operations {
                let here = driver.by_organizer().at("eventId", &id).at(name, bad).with(&json!({}));
                refused(&driver, operation, here, "not_found").await;
                let (_, known) = path.path.iter().find(|(known, _)| *known == name).unwrap();
                let there = driver.by_organizer().at("eventId", bad).at(name, &json!(known)).with(&json!({}));
                refused(&driver, operation, there, "not_found").await;
            }
        }
        refused(&driver, "get_layout", Sent::default().at("layoutId", bad), "not_found").await;
        for (operation, sound) in bodies(bad) {
            let sent = driver.by_organizer().at("eventId", bad).with(&sound);
            match operation {
                "update_event" | "add_performance" => refused(&driver, operation, sent, "not_found").await,
                "create_ticket_type" if bad == &bad_event(&sound) => {
                    let code = if bad.as_str().is_some_and(|id| id.parse::<EventId>().is_ok()) {
                        "not_found"
                    } else {
                        "validation_failed"
                    };
                    refused(&driver, operation, sent, code).await;
                }
                _ => {}
            }
        }
    }
    refused(&driver, "get_layout", Sent::default().at("layoutId", &json!(LayoutId::generate())), "not_found").await;
    let body = json!({"startsAt": "2031-01-01T10:00:00Z", "layoutId": LayoutId::generate()});
    refused(&driver, "add_performance", path.clone().with(&body), "validation_failed").await;
    refused(&driver, "update_performance", path.clone().with(&body), "validation_failed").await;
    for image in [json!("img_1"), json!(7), json!(ImageId::generate())] {
        let mut body = event();
        body["imageId"] = image.clone();
        refused(&driver, "create_event", driver.by_organizer().with(&body), "validation_failed").await;
        refused(&driver, "update_event", path.clone().with(&json!({"imageId": image})), "validation_failed").await;
    }
}

fn bad_event(body: &Value) -> Value {
    body["eventId"].clone()
}

#[tokio::test]
async fn queries_that_are_not_understood() {
    let driver = Driver::start().await;
    let foreign = cursor(&json!({"newest": {"after": EventId::generate()}})).unwrap();
    let table = [
        ("limit", "0"),
        ("limit", "101"),
        ("limit", "-1"),
        ("limit", "1e1"),
        ("limit", ""),
        ("limit", "99999999999999999999"),
        ("cursor", "%%"),
        ("cursor", "e30"),
        ("cursor", ""),
        ("cursor", &foreign),
        ("sort", "price"),
        ("sort", ""),
        ("category", "CONCERT"),
        ("category", ""),
        ("status", "DRAFT"),
        ("status", "on_sale"),
        ("from", "yesterday"),
        ("from", "2026-01-01"),
        ("to", "-1"),
        ("q", "\u{0}"),
    ];
    for (name, value) in table {
        refused(&driver, "list_events", Sent::default().query(name, value), "validation_failed").await;
    }
    let long = "x".repeat(101);
    refused(&driver, "list_events", Sent::default().query("q", &long), "validation_failed").await;
    let reversed = Sent::default().query("from", "2026-02-01T00:00:00Z").query("to", "2026-01-01T00:00:00Z");
    refused(&driver, "list_events", reversed, "validation_failed").await;
    for (name, value) in table.into_iter().filter(|(name, _)| matches!(*name, "limit" | "cursor")) {
        refused(&driver, "list_layouts", Sent::default().query(name, value), "validation_failed").await;
        refused(&driver, "list_managed_events", driver.by_organizer().query(name, value), "validation_failed").await;
    }
}

#[tokio::test]
async fn extreme_but_readable_queries_are_answered() {
    let driver = Driver::start().await;
    for (name, value) in [
        ("from", "-009999-01-02T01:59:59Z"),
        ("from", "9999-12-30T22:00:00Z"),
        ("to", "-009999-01-02T01:59:59Z"),
        ("q", "   "),
        ("unknown", "x"),
    ] {
        for sort in ["date", "newest", "popular"] {
            driver.ok("list_events", Sent::default().query(name, value).query("sort", sort)).await;
        }
    }
    // A genuine cursor, moved to the ends of time.
    let mut ids = Vec::new();
    for _ in 0..2 {
        let (id, to) = draft(&driver).await;
        let to = || to.clone().at("eventId", &id);
        driver.ok("add_performance", to().with(&json!({"startsAt": "2031-01-01T10:00:00Z"}))).await;
        let ticket_type = json!({"eventId": id, "name": "R", "price": 100, "quota": 10});
        driver.ok("create_ticket_type", to().with(&ticket_type)).await;
        driver.ok("publish_event", to()).await;
        ids.push(id);
    }
    tokio::time::timeout(Duration::from_secs(10), async {
        while driver.ok("list_events", Sent::default()).await["items"].as_array().unwrap().len() < ids.len() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    })
    .await
    .expect("published events are listed");
    let page = driver.ok("list_events", Sent::default().query("limit", "1")).await;
    let genuine = URL_SAFE_NO_PAD.decode(page["nextCursor"].as_str().unwrap()).unwrap();
    let mut far: Value = serde_json::from_slice(&genuine).unwrap();
    far["from"] = json!("-009999-01-02T01:59:59Z");
    for time in ["-009999-01-02T01:59:59Z", "9999-12-30T22:00:00Z"] {
        far["after"]["date"][0] = json!(time);
        driver.ok("list_events", Sent::default().query("cursor", &cursor(&far).unwrap())).await;
    }
    for broken in [json!({"date": []}), json!({"date": [0, 0]}), json!({"newest": page["items"][0]["id"]}), json!(null)]
    {
        far["after"] = broken;
        let sent = Sent::default().query("cursor", &cursor(&far).unwrap());
        refused(&driver, "list_events", sent, "validation_failed").await;
    }
}

#[tokio::test]
async fn compressed_geometries_that_are_none() {
    let driver = Driver::start().await;
    let bomb = deflate(&vec![b' '; MAX_INFLATED_BYTES + 1]);
    let nested = deflate("[".repeat(1_000_000).as_bytes());
    for geometry in
        ["", "%", "aGVsbG8=", &bomb, &nested, &deflate(b"{}"), &deflate(b"{\"sections\": []}"), &deflate(&[0xff])]
    {
        let body = json!({"name": "Hall", "geometry": geometry});
        refused(&driver, "create_layout", driver.by_organizer().with(&body), "validation_failed").await;
    }
    let seats = |count: usize| -> Value {
        (0..count).map(|_| json!({"id": "1", "label": "1", "row": "1", "x": 0, "y": 0})).collect()
    };
    let sections = json!([{"id": "A", "name": "A", "blocks": [{"id": "A", "seats": seats(60_000)}]}]);
    let geometry = deflate(json!({"sections": sections}).to_string().as_bytes());
    let body = json!({"name": "Hall", "geometry": geometry});
    refused(&driver, "create_layout", driver.by_organizer().with(&body), "validation_failed").await;
    let both = json!({"name": "Hall", "geometry": geometry, "sections": []});
    refused(&driver, "create_layout", driver.by_organizer().with(&both), "validation_failed").await;
}
