//! What managers change of their events: performances and ticket types, before and after they were on sale.

use e2e::api::Api;
use e2e::draft::{Draft, entry};
use e2e::hall::{Plan, in_days, layout};
use e2e::person::{Person, id_of};
use e2e::wait::{LATER, eventually, when};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

/// A reservation of one ticket, as soon as booking answers as `is_expected` wants. Every attempt is somebody else's.
async fn reserved_as(performance: &str, ticket_type: &str, is_expected: impl Fn(u16, &Value) -> bool) -> Value {
    let body = json!({"performanceId": performance, "items": [{"ticketTypeId": ticket_type, "quantity": 1}]});
    eventually("booking has heard of it", LATER, async || {
        let buyer = Person::crowd(1).await.remove(0);
        let answer = buyer.api.post("/reservations", &body).await;
        when(is_expected(answer.status, &answer.body), answer.body)
    })
    .await
}

#[tokio::test]
async fn a_performance_is_changed_before_it_is_on_sale() {
    let organizer = Person::with_role("organizer").await;
    let event = Draft::new(&organizer, "초안", &json!({})).await;
    let performance = event.performance(&in_days(9)).await;
    let path = event.path(&format!("/performances/{performance}"));
    let hall = organizer.api.post("/admin/layouts", &layout(1, 2)).await.expect(201);
    let (starts, opens, closes) = (in_days(20), in_days(1), in_days(19));
    let patch =
        json!({"startsAt": starts, "saleOpensAt": opens, "saleClosesAt": closes, "layoutId": hall["id"], "version": 1});
    let changed = organizer.api.patch(&path, &patch).await.expect(200);
    assert_eq!((&changed["id"], &changed["version"]), (&json!(performance), &json!(2)));
    assert_eq!((&changed["startsAt"], &changed["layoutId"]), (&json!(starts), &hall["id"]));
    assert_eq!((&changed["saleOpensAt"], &changed["saleClosesAt"]), (&json!(opens), &json!(closes)));
    assert_eq!(changed["published"], false);
    assert_eq!(*entry(&event.managed().await["performances"], &performance), changed);

    let outdated = organizer.api.patch(&path, &json!({"saleOpensAt": null, "version": 1})).await;
    assert_eq!(outdated.refused(409, "version_conflict")["version"], 2);
    let open = organizer.api.patch(&path, &json!({"saleOpensAt": null, "saleClosesAt": null})).await.expect(200);
    assert_eq!((&open["saleOpensAt"], &open["saleClosesAt"]), (&Value::Null, &Value::Null));
    assert_eq!((&open["startsAt"], &open["layoutId"]), (&json!(starts), &hall["id"]), "what was not named stays");
    let fault = json!({"saleOpensAt": in_days(3), "saleClosesAt": in_days(2)});
    organizer.api.patch(&path, &fault).await.refused(422, "validation_failed");
    let nowhere = json!({"layoutId": "lay_01890000-0000-7000-8000-000000000000"});
    organizer.api.patch(&path, &nowhere).await.refused(422, "validation_failed");
}

#[tokio::test]
async fn a_performance_on_sale_takes_other_times_with_it() {
    let admin = Person::admin().await;
    // Enough for everybody who tries while environments sell on older terms.
    let hall = Plan::standing(5_000).open_as(&admin).await;
    let path = format!("/admin/events/{}/performances/{}", hall.event, hall.performance);
    let change = async |body: Value| admin.api.patch(&path, &body).await.expect(200);
    let before = change(json!({})).await;
    assert_eq!(before["published"], true);

    let opens = in_days(2);
    let later = change(json!({"saleOpensAt": opens})).await;
    assert_eq!(later["version"].as_i64().unwrap(), before["version"].as_i64().unwrap() + 1);
    let refused = reserved_as(&hall.performance, &hall.ticket_type, |status, body| {
        status == 409 && body["code"] == "sale_not_open"
    });
    assert_eq!(refused.await["opensAt"], opens);

    let starts = in_days(40);
    change(json!({"saleOpensAt": null, "startsAt": starts})).await;
    let held = reserved_as(&hall.performance, &hall.ticket_type, |status, body| {
        status == 201 && body["performance"]["startsAt"] == starts.as_str()
    });
    held.await;
    let public = Api::anonymous().get(format!("/events/{}", hall.event)).await.expect(200);
    let shown = entry(&public["performances"], &hall.performance);
    assert_eq!((&shown["startsAt"], &shown["cancelled"]), (&json!(starts), &json!(false)));

    let closes = Timestamp::now() + SignedDuration::from_secs(2);
    change(json!({"saleClosesAt": closes.to_string()})).await;
    reserved_as(&hall.performance, &hall.ticket_type, |status, body| status == 409 && body["code"] == "sale_closed")
        .await;
}

#[tokio::test]
async fn what_was_ever_on_sale_keeps_its_hall_and_its_place() {
    let admin = Person::admin().await;
    let hall = Plan::seated(1, 4).open_as(&admin).await;
    let other = admin.api.post("/admin/layouts", &layout(1, 2)).await.expect(201);
    let performance = format!("/admin/events/{}/performances/{}", hall.event, hall.performance);
    let ticket_type = format!("/admin/events/{}/ticket-types/{}", hall.event, hall.ticket_type);
    for state in ["on sale", "taken off sale"] {
        let patch = json!({"layoutId": other["id"]});
        admin.api.patch(&performance, &patch).await.refused(409, "already_published");
        admin.api.delete(&performance).await.refused(409, "already_published");
        admin.api.delete(&ticket_type).await.refused(409, "already_published");
        let managed = admin.api.get(format!("/admin/events/{}", hall.event)).await.expect(200);
        assert_eq!(managed["performances"].as_array().unwrap().len(), 1, "{state}");
        assert_eq!(managed["ticketTypes"].as_array().unwrap().len(), 1, "{state}");
        admin.api.post(format!("/admin/events/{}/unpublish", hall.event), &json!({})).await.expect(200);
    }
}

#[tokio::test]
async fn what_was_never_on_sale_is_taken_back() {
    let organizer = Person::with_role("organizer").await;
    let event = Draft::new(&organizer, "초안", &json!({})).await;
    let (kept, gone) = (event.performance(&in_days(9)).await, event.performance(&in_days(10)).await);
    let (ticket, mistake) = (event.standing("일반", 1_000, 5).await, event.standing("실수", 0, 5).await);
    let paths = [format!("/performances/{gone}"), format!("/ticket-types/{mistake}")].map(|rest| event.path(&rest));
    for path in &paths {
        organizer.api.delete(path).await.expect(204);
        organizer.api.delete(path).await.refused(404, "not_found");
        organizer.api.patch(path, &json!({})).await.refused(404, "not_found");
    }
    event.publish().await;
    let public = Api::anonymous().get(format!("/events/{}", event.id)).await.expect(200);
    let ids = |list: &Value| list.as_array().unwrap().iter().map(id_of).collect::<Vec<_>>();
    assert_eq!((ids(&public["performances"]), ids(&public["ticketTypes"])), (vec![kept], vec![ticket]));
    // Added to an event that is on sale, and not on sale itself.
    let added = event.performance(&in_days(11)).await;
    organizer.api.delete(event.path(&format!("/performances/{added}"))).await.expect(204);
    let offer = event.standing("늦은", 5, 5).await;
    organizer.api.delete(event.path(&format!("/ticket-types/{offer}"))).await.expect(204);
}

#[tokio::test]
async fn a_price_is_charged_once_it_is_published() {
    let admin = Person::admin().await;
    let event = Draft::new(&admin, "가격", &json!({})).await;
    let performance = event.performance(&in_days(9)).await;
    let ticket = event.standing("일반", 1_000, 50).await;
    let path = event.path(&format!("/ticket-types/{ticket}"));
    let cheaper = admin.api.patch(&path, &json!({"name": "얼리버드", "price": 900, "quota": 40})).await.expect(200);
    assert_eq!((&cheaper["name"], &cheaper["price"], &cheaper["quota"]), (&json!("얼리버드"), &json!(900), &json!(40)));
    event.publish().await;
    reserved_as(&performance, &ticket, |status, body| status == 201 && body["totalAmount"] == 900).await;

    let dearer = admin.api.patch(&path, &json!({"price": 1_500})).await.expect(200);
    assert_eq!((&dearer["name"], &dearer["price"]), (&json!("얼리버드"), &json!(1_500)));
    assert_eq!(entry(&event.managed().await["ticketTypes"], &ticket)["price"], 1_500, "managers see what comes");
    let of_event = format!("/tickets/event/{}", event.id);
    let public = async || Api::anonymous().get(&of_event).await.expect(200)["items"][0]["price"].clone();
    assert_eq!(public().await, 900, "buyers see what is on sale");
    reserved_as(&performance, &ticket, |status, body| status == 201 && body["totalAmount"] == 900).await;
    event.publish().await;
    reserved_as(&performance, &ticket, |status, body| status == 201 && body["totalAmount"] == 1_500).await;
    let repriced = async || {
        let price = public().await;
        when(price == 1_500, price)
    };
    eventually("buyers see the new price", LATER, repriced).await;
}

#[tokio::test]
async fn ticket_types_stay_what_they_are() {
    let admin = Person::admin().await;
    let event = Draft::new(&admin, "구역", &json!({})).await;
    let seated = |sections: Value| event.add_ticket_type(json!({"name": "N", "price": 1, "sectionIds": sections}));
    let stalls = id_of(&seated(json!(["stalls"])).await.expect(201));
    let closed = id_of(&seated(json!(["closed"])).await.expect(201));
    let standing = event.standing("일반", 1, 5).await;
    let patch = async |id: &str, body: Value| admin.api.patch(event.path(&format!("/ticket-types/{id}")), &body).await;
    let taken = patch(&closed, json!({"sectionIds": ["closed", "stalls"]})).await.refused(409, "sections_taken");
    assert_eq!(taken["sectionIds"], json!(["stalls"]));
    patch(&stalls, json!({"quota": 5})).await.refused(422, "validation_failed");
    patch(&standing, json!({"sectionIds": ["balcony"]})).await.refused(422, "validation_failed");
    for (pointer, body) in [
        ("/price", json!({"price": -1})),
        ("/price", json!({"price": 100_000_001})),
        ("/name", json!({"name": " "})),
        ("/name", json!({"name": "n".repeat(81)})),
        ("/quota", json!({"quota": 0})),
        ("/quota", json!({"quota": 100_001})),
    ] {
        let problem = patch(&standing, body).await.refused(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
    let problem = patch(&stalls, json!({"sectionIds": []})).await.refused(422, "validation_failed");
    assert_eq!(problem["errors"][0]["pointer"], "/sectionIds", "{problem}");
    let outdated = patch(&standing, json!({"price": 2, "version": 9})).await;
    assert_eq!(outdated.refused(409, "version_conflict")["version"], 1);
    let freed = patch(&stalls, json!({"sectionIds": ["balcony"]})).await.expect(200);
    assert_eq!(freed["sectionIds"], json!(["balcony"]));
    patch(&closed, json!({"sectionIds": ["closed", "stalls"]})).await.expect(200);
}

#[tokio::test]
async fn parts_are_found_under_their_own_event_only() {
    let admin = Person::admin().await;
    let (mine, other) = (Draft::new(&admin, "하나", &json!({})).await, Draft::new(&admin, "둘", &json!({})).await);
    let (performance, ticket) = (mine.performance(&in_days(9)).await, mine.standing("일반", 1, 5).await);
    for rest in [format!("/performances/{performance}"), format!("/ticket-types/{ticket}")] {
        let path = other.path(&rest);
        admin.api.patch(&path, &json!({})).await.refused(404, "not_found");
        admin.api.delete(&path).await.refused(404, "not_found");
    }
    let cancel = other.path(&format!("/performances/{performance}/cancel"));
    admin.api.post(cancel, &json!({})).await.refused(404, "not_found");
    assert_eq!(mine.managed().await["performances"].as_array().unwrap().len(), 1);
}
