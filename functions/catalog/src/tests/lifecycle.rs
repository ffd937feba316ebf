use contracts::catalog::{ImageState, ImageStatus};
use contracts::ids::ImageId;
use kit::dynamo::{attribute, key};
use serde_json::{Value, json};

use super::driver::{Driver, IMAGES, Sent};
use super::journey::{event, in_hours};

/// A general admission event on sale in 24 and 48 hours.
async fn on_sale(driver: &Driver) -> Value {
    let id = driver.ok("create_event", driver.by_organizer().with(&event())).await["id"].clone();
    let to = || driver.by_organizer().at("eventId", &id);
    for hours in [24, 48] {
        driver.ok("add_performance", to().with(&json!({"startsAt": in_hours(hours)}))).await;
    }
    let ticket_type = json!({"eventId": id, "name": "Standing", "price": 100, "quota": 10});
    driver.ok("create_ticket_type", to().with(&ticket_type)).await;
    driver.ok("publish_event", to()).await
}

fn to(driver: &Driver, event: &Value) -> Sent {
    let (performance, ticket_type) = (&event["performances"][0]["id"], &event["ticketTypes"][0]["id"]);
    driver.by_organizer().at("eventId", &event["id"]).at("performanceId", performance).at("ticketTypeId", ticket_type)
}

fn public(event: &Value) -> Sent {
    Sent::default().at("eventId", &event["id"])
}

async fn refusal(driver: &Driver, operation: &str, sent: Sent) -> Value {
    let answer = driver.send(operation, sent).await;
    assert_eq!(answer.status, 409, "{operation}: {}", answer.body);
    answer.body["code"].clone()
}

#[tokio::test]
async fn off_sale_and_on_again() {
    let driver = Driver::start().await;
    let event = on_sale(&driver).await;
    let off = driver.ok("unpublish_event", to(&driver, &event)).await;
    assert_eq!((&off["status"], &off["version"]), (&json!("DRAFT"), &json!(3)));
    let performance = &off["performances"][0];
    assert_eq!((&performance["published"], &performance["withdrawn"]), (&json!(false), &json!(true)));
    assert_eq!((&off["ticketTypes"][0]["published"], &off["ticketTypes"][0]["pending"]), (&json!(true), &json!(true)));
    assert_eq!(driver.send("get_event", public(&event)).await.status, 404);
    assert_eq!(driver.ok("unpublish_event", to(&driver, &event)).await, off);
    for operation in ["remove_performance", "remove_ticket_type"] {
        assert_eq!(refusal(&driver, operation, to(&driver, &event)).await, "already_published");
    }
    let euro = to(&driver, &event).with(&json!({"currency": "EUR"}));
    assert_eq!(refusal(&driver, "update_event", euro).await, "already_published");
    let on = driver.ok("publish_event", to(&driver, &event)).await;
    assert_eq!((&on["status"], &on["performances"][0]["withdrawn"]), (&json!("ON_SALE"), &json!(false)));
    driver.ok("get_event", public(&event)).await;
}

#[tokio::test]
async fn called_off_for_good() {
    let driver = Driver::start().await;
    let event = on_sale(&driver).await;
    let one = driver.ok("cancel_performance", to(&driver, &event)).await;
    assert_eq!(
        (&one["id"], &one["cancelled"], &one["version"]),
        (&event["performances"][0]["id"], &json!(true), &json!(3))
    );
    assert_eq!(driver.ok("cancel_performance", to(&driver, &event)).await, one);
    let told = driver.ok("get_event", public(&event)).await;
    assert_eq!(told["performances"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&told["performances"][0]["cancelled"], &told["performances"][1]["cancelled"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(told["startsAt"], event["performances"][1]["startsAt"]);
    let later = to(&driver, &event).with(&json!({"startsAt": in_hours(30)}));
    assert_eq!(refusal(&driver, "update_performance", later).await, "performance_cancelled");

    let off = driver.ok("cancel_event", to(&driver, &event)).await;
    assert_eq!((&off["status"], &off["performances"][1]["cancelled"]), (&json!("CANCELLED"), &json!(true)));
    assert_eq!(driver.ok("cancel_event", to(&driver, &event)).await, off);
    let told = driver.ok("get_event", public(&event)).await;
    assert_eq!((&told["status"], &told["minPrice"]), (&json!("CANCELLED"), &json!(100)));
    assert_eq!(refusal(&driver, "unpublish_event", to(&driver, &event)).await, "invalid_transition");
    assert_eq!(refusal(&driver, "publish_event", to(&driver, &event)).await, "invalid_transition");
    let price = to(&driver, &event).with(&json!({"price": 1}));
    assert_eq!(refusal(&driver, "update_ticket_type", price).await, "event_over");
    let listed = driver.ok("list_events", Sent::default().query("status", "CANCELLED")).await;
    assert_eq!(listed["items"][0]["id"], event["id"]);
}

#[tokio::test]
async fn what_never_was_on_sale_is_taken_back_and_not_called_off() {
    let driver = Driver::start().await;
    let event = on_sale(&driver).await;
    let added = to(&driver, &event).with(&json!({"startsAt": in_hours(72)}));
    let added = driver.ok("add_performance", added).await;
    let kind = json!({"eventId": event["id"], "name": "Seat", "price": 200, "sectionIds": ["A"]});
    let kind = driver.ok("create_ticket_type", driver.by_organizer().with(&kind)).await;
    let path = || {
        driver
            .by_organizer()
            .at("eventId", &event["id"])
            .at("performanceId", &added["id"])
            .at("ticketTypeId", &kind["id"])
    };
    assert_eq!(refusal(&driver, "cancel_performance", path()).await, "never_published");
    let taken = path().with(&json!({"sectionIds": ["B"], "version": 1}));
    assert_eq!(driver.ok("update_ticket_type", taken).await["sectionIds"], json!(["B"]));
    for operation in ["remove_performance", "remove_ticket_type"] {
        let gone = driver.send(operation, path()).await;
        assert_eq!((gone.status, gone.body), (204, Value::Null));
        assert_eq!(driver.send(operation, path()).await.status, 404);
    }
    let left = driver.ok("get_managed_event", path()).await;
    assert_eq!(left["performances"].as_array().unwrap().len(), 2);
    assert_eq!(left["ticketTypes"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn times_are_set_moved_and_taken_off() {
    let driver = Driver::start().await;
    let event = on_sale(&driver).await;
    let patch = async |body: Value| driver.ok("update_performance", to(&driver, &event).with(&body)).await;
    let (opens, closes) = (in_hours(1), in_hours(20));
    let set = patch(json!({"version": 2, "saleOpensAt": opens, "saleClosesAt": closes})).await;
    assert_eq!((&set["saleOpensAt"], &set["saleClosesAt"]), (&json!(opens), &json!(closes)));
    let stale = to(&driver, &event).with(&json!({"version": 2, "saleOpensAt": null}));
    let stale = driver.send("update_performance", stale).await;
    assert_eq!((stale.status, &stale.body["version"]), (409, &json!(3)));
    let off = patch(json!({"version": 3, "saleOpensAt": null})).await;
    assert_eq!((&off["saleOpensAt"], &off["saleClosesAt"]), (&Value::Null, &json!(closes)));
    let same = patch(json!({"startsAt": null, "layoutId": null})).await;
    assert_eq!((&same["startsAt"], &same["version"]), (&event["performances"][0]["startsAt"], &json!(4)));
    let moved = patch(json!({"startsAt": in_hours(26)})).await;
    let told = driver.ok("get_event", public(&event)).await;
    assert_eq!((&told["performances"][0]["startsAt"], &moved["published"]), (&moved["startsAt"], &json!(true)));
    let past = to(&driver, &event).with(&json!({"startsAt": in_hours(-1)}));
    let past = driver.send("update_performance", past).await;
    assert_eq!((past.status, &past.body["errors"][0]["pointer"]), (422, &json!("/startsAt")));
}

#[tokio::test]
async fn a_price_is_on_sale_once_published() {
    let driver = Driver::start().await;
    let event = on_sale(&driver).await;
    assert_eq!(event["ticketTypes"][0]["pending"], json!(false));
    let cheaper = to(&driver, &event).with(&json!({"version": 1, "price": 80, "quota": 12}));
    let cheaper = driver.ok("update_ticket_type", cheaper).await;
    assert_eq!((&cheaper["version"], &cheaper["pending"], &cheaper["quota"]), (&json!(2), &json!(true), &json!(12)));
    assert_eq!(driver.ok("get_managed_event", to(&driver, &event)).await["ticketTypes"], json!([cheaper]));
    let price = async || driver.ok("list_ticket_types", public(&event)).await["items"][0]["price"].clone();
    assert_eq!(price().await, json!(100));
    let published = driver.ok("publish_event", to(&driver, &event)).await;
    assert_eq!((price().await, &published["ticketTypes"][0]["pending"]), (json!(80), &json!(false)));
    let seated = driver.send("update_ticket_type", to(&driver, &event).with(&json!({"sectionIds": ["A"]}))).await;
    assert_eq!((seated.status, &seated.body["errors"][0]["pointer"]), (422, &json!("/sectionIds")));
}

#[tokio::test]
async fn posters_are_shown_where_they_are() {
    let driver = Driver::start().await;
    let (id, owner_id) = (ImageId::generate(), driver.organizer);
    let content_type = "image/png".to_owned();
    let image = ImageState { id, version: 2, owner_id, content_type, status: ImageStatus::Ready, reason: None };
    let mut item = key(format!("IMG#{id}"), "IMG");
    item.insert("state".into(), attribute(&image).unwrap());
    driver.table.client().put_item().table_name(&driver.table.name).set_item(Some(item)).send().await.unwrap();

    let url = |size: &str| format!("{IMAGES}/images/{id}/{size}.jpg");
    let urls = json!({"list": url("list"), "detail": url("detail")});
    let mut body = event();
    body["imageId"] = json!(id);
    let drafted = driver.ok("create_event", driver.by_organizer().with(&body)).await;
    assert_eq!((&drafted["imageId"], &drafted["images"]), (&json!(id), &urls));

    let event = on_sale(&driver).await;
    assert_eq!((&event["imageId"], &event["images"]), (&Value::Null, &Value::Null));
    let patched = driver.ok("update_event", to(&driver, &event).with(&json!({"imageId": id}))).await;
    assert_eq!(patched["images"], urls);
    assert_eq!(driver.ok("get_event", public(&event)).await["images"], urls);
    assert_eq!(driver.ok("get_managed_event", to(&driver, &event)).await["images"], urls);
    let bare = driver.ok("update_event", to(&driver, &event).with(&json!({"imageId": null}))).await;
    assert_eq!(bare["images"], Value::Null);
}
