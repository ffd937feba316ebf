//! Values that are of the right type and wrong all the same: each refused with a pointer to it.

use e2e::api::Api;
use e2e::hall::{Plan, in_days};
use e2e::person::{PASSWORD, Person, address};
use serde_json::{Value, json};

/// `example` with another value in this place.
pub fn changed(example: &Value, name: &str, value: Value) -> Value {
    let mut changed = example.clone();
    changed[name] = value;
    changed
}

#[tokio::test]
async fn people_who_cannot_be() {
    let api = Api::anonymous();
    let good = json!({"email": address(), "password": PASSWORD, "name": "Min"});
    let table = [
        ("/email", "email", json!("no address")),
        ("/email", "email", json!("a@b.co\r\nBcc: c@d.ef")),
        ("/password", "password", json!("short")),
        ("/password", "password", json!("x".repeat(129))),
        ("/name", "name", json!("  ")),
        ("/name", "name", json!("n".repeat(101))),
        ("/name", "name", json!("two\nlines")),
    ];
    for (pointer, name, value) in table {
        let problem = api.post("/auth/register", &changed(&good, name, value)).await.refused(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
    api.post("/auth/refresh", &json!({"refreshToken": "a.b"})).await.refused(401, "invalid_refresh_token");
}

#[tokio::test]
async fn seats_that_cannot_be() {
    let hall = Plan::seated(1, 9).open().await;
    let buyer = Person::register().await;
    let nine: Vec<_> = (1..=9).map(|seat| format!("R1-{seat}")).collect();
    let table: [(&str, Vec<&str>); 4] = [
        ("/seatIds", vec![]),
        ("/seatIds", nine.iter().map(String::as_str).collect()),
        ("/seatIds/1", vec!["R1-1", "R1-1"]),
        ("/seatIds/1", vec!["R1-1", "R9-9"]),
    ];
    for (pointer, seats) in table {
        let problem = buyer.reserve(&hall, &seats).await.refused(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
    let body = json!({"performanceId": "prf_01890000-0000-7000-8000-000000000000", "seatIds": ["R1-1"]});
    buyer.api.post("/seats/reserve", &body).await.refused(404, "not_found");
}

#[tokio::test]
async fn quantities_that_cannot_be() {
    let hall = Plan::standing(20).open().await;
    let buyer = Person::register().await;
    let item = |quantity: i64| json!({"ticketTypeId": hall.ticket_type, "quantity": quantity});
    let unknown = json!({"ticketTypeId": "tkt_01890000-0000-7000-8000-000000000000", "quantity": 1});
    let table = [
        ("/items", json!([])),
        ("/items/0/quantity", json!([item(0)])),
        ("/items/0/quantity", json!([item(-1)])),
        ("/items/0/quantity", json!([item(9)])),
        ("/items/0/quantity", json!([item(i64::MIN)])),
        ("/items/1/ticketTypeId", json!([item(1), item(1)])),
        ("/items/0/ticketTypeId", json!([unknown])),
    ];
    for (pointer, items) in table {
        let body = json!({"performanceId": hall.performance, "items": items});
        let problem = buyer.api.post("/reservations", &body).await.refused(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
}

#[tokio::test]
async fn payments_that_cannot_be() {
    let buyer = Person::register().await;
    let reservation = "rsv_01890000-0000-7000-8000-000000000000";
    let table = [
        ("/paymentKey", json!({"method": "CARD"})),
        ("/paymentKey", json!({"method": "CARD", "paymentKey": ""})),
        ("/paymentKey", json!({"method": "CARD", "paymentKey": "with blank"})),
        ("/paymentKey", json!({"method": "CARD", "paymentKey": "k".repeat(201)})),
        ("/pointAmount", json!({"method": "CARD", "paymentKey": "ok_1", "pointAmount": 1})),
        ("/paymentKey", json!({"method": "POINT", "paymentKey": "ok_1"})),
        ("/pointAmount", json!({"method": "POINT", "pointAmount": -1})),
        ("/pointAmount", json!({"method": "MIXED", "paymentKey": "ok_1"})),
        ("/pointAmount", json!({"method": "MIXED", "paymentKey": "ok_1", "pointAmount": 0})),
        ("/pointAmount", json!({"method": "MIXED", "paymentKey": "ok_1", "pointAmount": -5})),
        ("/method", json!({"method": "CASH"})),
    ];
    for (pointer, mut body) in table {
        body["reservationId"] = json!(reservation);
        let problem = buyer.api.post("/payments", &body).await.refused(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
    for amount in [json!(0), json!(-1), json!(10_000_001), json!(1.5), json!(1e300)] {
        let body = json!({"amount": amount, "paymentKey": "ok_1"});
        buyer.api.post("/points/charge", &body).await.refused(422, "validation_failed");
    }
}

#[tokio::test]
async fn events_that_cannot_be() {
    let admin = Person::admin().await;
    let event = json!({"title": "T", "category": "film", "venue": "V", "timeZone": "Asia/Seoul"});
    let table = [
        ("/title", "title", json!(" ")),
        ("/title", "title", json!("t".repeat(201))),
        ("/category", "category", json!("circus")),
        ("/timeZone", "timeZone", json!("Mars/Olympus")),
        ("/currency", "currency", json!("won")),
        ("/buyerLimit", "buyerLimit", json!(0)),
        ("/buyerLimit", "buyerLimit", json!(-1)),
        ("/buyerLimit", "buyerLimit", json!(51)),
    ];
    let made = admin.api.post("/admin/events", &event).await.expect(201);
    let path = format!("/admin/events/{}", made["id"].as_str().unwrap());
    for (pointer, name, value) in table {
        let new = admin.api.post("/admin/events", &changed(&event, name, value.clone())).await;
        let patch = admin.api.patch(&path, &changed(&json!({}), name, value)).await;
        for answer in [new, patch] {
            let problem = answer.refused(422, "validation_failed");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
        }
    }
    assert_eq!(admin.api.get(&path).await.expect(200)["version"], 1);

    let ticket_type = |more: Value| {
        let mut body = json!({"eventId": made["id"], "name": "N", "price": 1});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    for more in [
        json!({}),
        json!({"quota": 1, "sectionIds": ["a"]}),
        json!({"quota": 0}),
        json!({"quota": -1}),
        json!({"quota": 100_001}),
        json!({"quota": 1, "price": -1}),
        json!({"quota": 1, "price": 100_000_001}),
        json!({"quota": 1, "name": ""}),
        json!({"sectionIds": []}),
        json!({"sectionIds": ["a", "a"]}),
    ] {
        admin.api.post("/admin/ticket-types", &ticket_type(more)).await.refused(422, "validation_failed");
    }
    for performance in [
        json!({"startsAt": "tomorrow"}),
        json!({"startsAt": in_days(1), "layoutId": "lay_01890000-0000-7000-8000-000000000000"}),
        json!({"startsAt": in_days(1), "saleOpensAt": in_days(3), "saleClosesAt": in_days(2)}),
    ] {
        admin.api.post(format!("{path}/performances"), &performance).await.refused(422, "validation_failed");
    }
}

#[tokio::test]
async fn layouts_that_cannot_be() {
    let admin = Person::admin().await;
    let seat = |id: &str, x: f64| json!({"id": id, "label": "1", "row": "A", "x": x, "y": 0});
    let of = |seats: Vec<Value>| json!([{"id": "s", "name": "S", "blocks": [{"id": "b", "seats": seats}]}]);
    let many: Vec<_> = (0..51).map(|at| seat(&format!("A{at}"), f64::from(at))).collect();
    for sections in [
        json!([]),
        of(vec![]),
        of(many),
        of(vec![seat("A1", 0.0), seat("A1", 1.0)]),
        of(vec![seat("A1", 0.0), seat("A2", 0.0)]),
        of(vec![seat("with blank", 0.0)]),
        of(vec![seat("A1", 1e300)]),
    ] {
        let body = json!({"name": "L", "sections": sections});
        admin.api.post("/admin/layouts", &body).await.refused(422, "validation_failed");
    }
    for geometry in ["", "%%%", "bm90IGd6aXA="] {
        let body = json!({"name": "L", "geometry": geometry});
        admin.api.post("/admin/layouts", &body).await.refused(422, "validation_failed");
    }
    admin.api.post("/admin/layouts", &json!({"name": "L"})).await.refused(422, "validation_failed");
}

#[tokio::test]
async fn versions_that_cannot_be() {
    let hall = Plan::seated(1, 1).open().await;
    let buyer = Person::register().await;
    let reservation = buyer.hold(&hall, &["R1-1"]).await;
    for version in [json!(-1), json!(1.5), json!(1e30), json!("1"), json!(true)] {
        let body = json!({"version": version});
        let problem = buyer.api.post(format!("/reservations/{reservation}/cancel"), &body).await;
        assert_eq!(problem.refused(422, "validation_failed")["errors"][0]["pointer"], "/version");
    }
    assert_eq!(buyer.reservation(&reservation).await["status"], "PENDING");
}
