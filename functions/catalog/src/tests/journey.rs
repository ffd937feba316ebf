use contracts::geometry::deflate;
use contracts::ids::UserId;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::driver::{Driver, Sent};

pub fn in_hours(hours: i64) -> String {
    let time = Timestamp::now() + SignedDuration::from_hours(hours);
    Timestamp::from_second(time.as_second()).unwrap().to_string()
}

fn sections(sections: usize, rows: usize, seats: usize) -> Value {
    let seat = |section: usize, row: usize, number: usize| {
        json!({"id": format!("{section}-{row}-{number}"), "label": number.to_string(), "row": row.to_string(),
               "x": (section * 60 + number) as f64 * 0.55, "y": row as f64 * 0.9, "accessible": number == 0})
    };
    let block = |section, row| {
        let seats: Vec<_> = (0..seats).map(|number| seat(section, row, number)).collect();
        json!({"id": format!("{section}-{row}"), "seats": seats})
    };
    let section = |section| {
        let blocks: Vec<_> = (0..rows).map(|row| block(section, row)).collect();
        json!({"id": format!("S{section}"), "name": format!("{section}구역"), "blocks": blocks})
    };
    (0..sections).map(section).collect()
}

pub fn event() -> Value {
    json!({"title": "봄 음악회", "category": "concert", "venue": "Hall", "timeZone": "Asia/Seoul"})
}

#[tokio::test]
async fn from_an_empty_hall_to_a_public_sale() {
    let driver = Driver::start().await;
    let by = || driver.by_organizer();
    let layout = driver.ok("create_layout", by().with(&json!({"name": "Hall", "sections": sections(2, 3, 10)}))).await;
    assert_eq!((&layout["version"], &layout["seatCount"]), (&json!(1), &json!(60)));
    let event = driver.ok("create_event", by().with(&event())).await;
    assert_eq!(
        (&event["status"], &event["currency"], &event["buyerLimit"]),
        (&json!("DRAFT"), &json!("KRW"), &json!(8))
    );
    assert_eq!(event["organizerId"], json!(driver.organizer));
    let id = &event["id"];
    assert_eq!(driver.send("get_event", Sent::default().at("eventId", id)).await.status, 404);

    let performance = json!({"startsAt": in_hours(48), "layoutId": layout["id"], "saleOpensAt": in_hours(1)});
    let performance = driver.ok("add_performance", by().at("eventId", id).with(&performance)).await;
    assert_eq!((&performance["published"], &performance["eventId"]), (&json!(false), id));
    let ticket_type = json!({"eventId": id, "name": "R", "price": 150_000, "sectionIds": ["S0", "S1"]});
    let ticket_type = driver.ok("create_ticket_type", by().with(&ticket_type)).await;
    assert_eq!((&ticket_type["currency"], &ticket_type["quota"]), (&json!("KRW"), &Value::Null));

    let published = driver.ok("publish_event", by().at("eventId", id)).await;
    assert_eq!((&published["status"], &published["performances"][0]["published"]), (&json!("ON_SALE"), &json!(true)));
    assert_eq!(driver.ok("get_managed_event", by().at("eventId", id)).await, published);

    let public = driver.send("get_event", Sent::default().at("eventId", id)).await;
    assert_eq!(public.headers["cache-control"], "public, max-age=1");
    assert_eq!(public.body["performances"][0]["layoutId"], layout["id"]);
    assert_eq!((&public.body["images"], &public.body["performances"][0]["cancelled"]), (&Value::Null, &json!(false)));
    let mut priced = ticket_type.clone();
    for internal in ["version", "published", "pending"] {
        priced.as_object_mut().unwrap().remove(internal).unwrap();
    }
    assert_eq!(public.body["ticketTypes"], json!([priced]));
    assert!(public.body.get("organizerId").is_none());
    let etag = public.headers["etag"].to_str().unwrap();
    let again = driver.send("get_event", Sent::default().at("eventId", id).header("if-none-match", etag)).await;
    assert_eq!(again.status, 304);

    let list = driver.ok("list_events", Sent::default().query("category", "concert").query("q", "음악")).await;
    assert_eq!(
        (&list["items"][0]["id"], &list["items"][0]["minPrice"], &list["nextCursor"]),
        (id, &json!(150_000), &Value::Null)
    );
    assert_eq!(list["items"][0]["startsAt"], performance["startsAt"]);
    let prices = driver.ok("list_ticket_types", Sent::default().at("eventId", id)).await;
    assert_eq!(prices, json!({"items": [priced], "nextCursor": null}));

    let patch = json!({"version": 2, "status": "SOLD_OUT", "title": "여름 음악회"});
    let patched = driver.ok("update_event", by().at("eventId", id).with(&patch)).await;
    assert_eq!((&patched["status"], &patched["version"]), (&json!("SOLD_OUT"), &json!(3)));
    let back = driver.send("update_event", by().at("eventId", id).with(&json!({"status": "DRAFT"}))).await;
    assert_eq!((back.status, &back.body["code"]), (409, &json!("invalid_transition")));
    let managed = driver.ok("list_managed_events", by()).await;
    assert_eq!((&managed["items"][0]["title"], &managed["items"][0]["version"]), (&patched["title"], &json!(3)));
}

#[tokio::test]
async fn a_layout_is_cached_for_ever() {
    let driver = Driver::start().await;
    let layout = json!({"name": "Hall", "sections": sections(1, 2, 5)});
    let layout = driver.ok("create_layout", driver.by_organizer().with(&layout)).await;
    let read = driver.send("get_layout", Sent::default().at("layoutId", &layout["id"])).await;
    assert_eq!(read.headers["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(read.body, layout);
    let etag = read.headers["etag"].to_str().unwrap();
    let known = Sent::default().at("layoutId", &layout["id"]).header("if-none-match", etag);
    assert_eq!(driver.send("get_layout", known).await.status, 304);
    let list = driver.ok("list_layouts", Sent::default()).await;
    assert_eq!((&list["items"][0]["id"], &list["items"][0]["seatCount"]), (&layout["id"], &json!(10)));
    assert!(list["items"][0].get("sections").is_none());
}

#[tokio::test]
async fn arenas_fit_when_compressed() {
    let driver = Driver::start().await;
    for (count, rows, seats) in [(12, 25, 40), (20, 25, 40)] {
        let sections = sections(count, rows, seats);
        let plain = driver.by_organizer().with(&json!({"name": "Arena", "sections": sections}));
        assert_eq!(driver.send("create_layout", plain).await.status, 413);
        let compressed = deflate(json!({"sections": sections}).to_string().as_bytes());
        let body = json!({"name": "Arena", "geometry": compressed});
        let layout = driver.ok("create_layout", driver.by_organizer().with(&body)).await;
        assert_eq!(layout["seatCount"], json!(count * rows * seats));
        let read = driver.ok("get_layout", Sent::default().at("layoutId", &layout["id"])).await;
        assert!(read == layout);
        assert_eq!(read["sections"][count - 1]["blocks"][1]["seats"][7]["y"], json!(0.9));
        assert!(read.to_string().len() < 6_000_000, "more than a function may answer");
    }
}

#[tokio::test]
async fn the_back_office_demands_its_scopes_and_hides_others_events() {
    let driver = Driver::start().await;
    let id = driver.ok("create_event", driver.by_organizer().with(&event())).await["id"].clone();
    let mine = || driver.by_organizer().at("eventId", &id);
    let performance = driver.ok("add_performance", mine().with(&json!({"startsAt": in_hours(2)}))).await["id"].clone();
    let ticket_type = json!({"eventId": id, "name": "R", "price": 1, "quota": 1});
    let kind = driver.ok("create_ticket_type", mine().with(&ticket_type)).await["id"].clone();
    let path = || Sent::default().at("eventId", &id).at("performanceId", &performance).at("ticketTypeId", &kind);
    let by = |scope| Sent { caller: Some((UserId::generate(), scope)), ..path() };
    let requests: [(&str, Value); 15] = [
        ("create_layout", json!({"name": "Hall", "sections": sections(1, 1, 1)})),
        ("create_event", event()),
        ("list_managed_events", Value::Null),
        ("get_managed_event", Value::Null),
        ("update_event", json!({"title": "Mine"})),
        ("add_performance", json!({"startsAt": in_hours(1)})),
        ("publish_event", Value::Null),
        ("unpublish_event", Value::Null),
        ("update_performance", json!({"startsAt": in_hours(3)})),
        ("update_ticket_type", json!({"price": 2})),
        ("create_ticket_type", ticket_type),
        ("remove_performance", Value::Null),
        ("remove_ticket_type", Value::Null),
        ("cancel_performance", Value::Null),
        ("cancel_event", Value::Null),
    ];
    for (operation, body) in &requests {
        assert_eq!(driver.send(operation, path().with(body)).await.status, 401, "{operation}");
        assert_eq!(driver.send(operation, by("buyer").with(body)).await.status, 403, "{operation}");
        let stranger = driver.send(operation, by("organizer").with(body)).await.status;
        let about_it = !matches!(*operation, "create_layout" | "create_event" | "list_managed_events");
        assert_eq!(stranger == 404, about_it, "{operation}: {stranger}");
        let admin = driver.send(operation, by("buyer admin").with(body)).await.status;
        // By then both have been on sale.
        let refused = matches!(*operation, "remove_performance" | "remove_ticket_type");
        assert!(if refused { admin == 409 } else { admin < 300 }, "{operation}: {admin}");
    }
}
