//! Events, layouts and ticket types, in front of the counter and behind it.

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use e2e::api::{Answer, Api};
use e2e::hall::{PRICE, Plan, in_days, layout};
use e2e::person::{Person, id_of};
use e2e::wait::{SOON, eventually, when};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use uuid::Uuid;

/// A draft of this title and category.
async fn draft(manager: &Person, title: &str, category: &str) -> String {
    let body = json!({"title": title, "category": category, "venue": "자리 홀", "timeZone": "Asia/Seoul"});
    id_of(&manager.api.post("/admin/events", &body).await.expect(201))
}

/// Gives a draft a performance and general admission, and publishes it.
async fn publish(manager: &Person, event: &str, starts_at: &str, price: i64) {
    let performance = json!({"startsAt": starts_at});
    manager.api.post(format!("/admin/events/{event}/performances"), &performance).await.expect(201);
    let ticket_type = json!({"eventId": event, "name": "Standing", "price": price, "quota": 10});
    manager.api.post("/admin/ticket-types", &ticket_type).await.expect(201);
    manager.api.post(format!("/admin/events/{event}/publish"), &json!({})).await.expect(200);
}

#[tokio::test]
async fn drafts_are_for_their_managers() {
    let organizer = Person::with_role("organizer").await;
    let title = Uuid::now_v7().to_string();
    let event = draft(&organizer, &title, "film").await;
    let public = Api::anonymous();
    public.get(format!("/events/{event}")).await.refused(404, "not_found");
    public.get(format!("/tickets/event/{event}")).await.refused(404, "not_found");
    public.get(format!("/seats/events/{event}")).await.refused(404, "not_found");
    assert_eq!(public.all(&format!("/events?q={title}"), 100).await, Vec::<Value>::new());
    let managed = organizer.api.get(format!("/admin/events/{event}")).await.expect(200);
    assert_eq!((&managed["status"], &managed["organizerId"]), (&json!("DRAFT"), &json!(organizer.id)));
    assert_eq!(organizer.api.all("/admin/events", 100).await.iter().map(id_of).collect::<Vec<_>>(), [event]);
}

#[tokio::test]
async fn only_what_can_be_sold_is_published() {
    let admin = Person::admin().await;
    let event = draft(&admin, "Nothing yet", "other").await;
    let path = format!("/admin/events/{event}");
    let reasons = async || {
        let problem = admin.api.post(format!("{path}/publish"), &json!({})).await.refused(409, "not_publishable");
        let reasons = problem["reasons"].as_array().unwrap().clone();
        reasons.iter().map(|reason| reason["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(reasons().await, ["no_performance", "no_ticket_type"]);
    let layout = admin.api.post("/admin/layouts", &layout(1, 2)).await.expect(201);
    let performance = json!({"startsAt": in_days(9), "layoutId": layout["id"]});
    admin.api.post(format!("{path}/performances"), &performance).await.expect(201);
    assert_eq!(reasons().await, ["no_ticket_type"]);
    let balcony = json!({"eventId": event, "name": "Balcony", "price": 1, "sectionIds": ["balcony"]});
    admin.api.post("/admin/ticket-types", &balcony).await.expect(201);
    assert_eq!(reasons().await, ["unknown_sections"]);
    Api::anonymous().get(format!("/events/{event}")).await.refused(404, "not_found");
}

#[tokio::test]
async fn publishing_again_is_harmless_and_announces_what_was_added() {
    let admin = Person::admin().await;
    let hall = Plan::standing(5).open_as(&admin).await;
    let publish =
        async || admin.api.post(format!("/admin/events/{}/publish", hall.event), &json!({})).await.expect(200);
    let before = admin.api.get(format!("/admin/events/{}", hall.event)).await.expect(200);
    assert_eq!(publish().await, before);

    let path = format!("/admin/events/{}/performances", hall.event);
    let added = id_of(&admin.api.post(path, &json!({"startsAt": in_days(40)})).await.expect(201));
    let map = format!("/seats/events/{}?performanceId={added}", hall.event);
    Api::anonymous().get(&map).await.refused(404, "not_found");
    publish().await;
    eventually("the new performance is on sale", SOON, async || {
        let answer = Api::anonymous().get(&map).await;
        when(answer.status == 200, answer)
    })
    .await;
}

#[tokio::test]
async fn a_change_reaches_the_counter() {
    let admin = Person::admin().await;
    let hall = Plan::standing(9).open_as(&admin).await;
    let path = format!("/admin/events/{}", hall.event);
    let event = admin.api.get(&path).await.expect(200);
    let patch = json!({"version": event["version"], "title": "가을 음악회", "buyerLimit": 1});
    let changed = admin.api.patch(&path, &patch).await.expect(200);
    assert_eq!((&changed["title"], &changed["venue"]), (&json!("가을 음악회"), &event["venue"]));
    let outdated = json!({"version": event["version"], "title": "겨울 음악회"});
    let problem = admin.api.patch(&path, &outdated).await.refused(409, "version_conflict");
    assert_eq!(problem["version"], changed["version"]);

    eventually("booking knows the new limit and title", SOON, async || {
        let buyer = Person::crowd(1).await.remove(0);
        let refused = buyer.reserve_any(&hall, 2).await;
        let held = buyer.reserve_any(&hall, 1).await;
        let knows = refused.code() == "buyer_limit_exceeded" && held.body["performance"]["title"] == "가을 음악회";
        when(knows, (refused, held))
    })
    .await;
}

#[tokio::test]
async fn an_event_ends_for_good() {
    let admin = Person::admin().await;
    let hall = Plan::standing(9).open_as(&admin).await;
    let path = format!("/admin/events/{}", hall.event);
    let become_ = async |status: &str| admin.api.patch(&path, &json!({"status": status})).await;
    become_("DRAFT").await.refused(409, "invalid_transition");
    assert_eq!(become_("SOLD_OUT").await.expect(200)["status"], "SOLD_OUT");
    assert_eq!(become_("ON_SALE").await.expect(200)["status"], "ON_SALE");
    assert_eq!(become_("ENDED").await.expect(200)["status"], "ENDED");
    become_("ON_SALE").await.refused(409, "invalid_transition");
    admin.api.post(format!("{path}/publish"), &json!({})).await.refused(409, "invalid_transition");
    admin.api.post(format!("{path}/performances"), &json!({"startsAt": in_days(3)})).await.refused(409, "event_over");
    assert_eq!(Api::anonymous().get(format!("/events/{}", hall.event)).await.expect(200)["status"], "ENDED");
}

#[tokio::test]
async fn what_is_known_is_not_sent_again() {
    let hall = Plan::seated(1, 2).open().await;
    let api = Api::anonymous();
    let detail = api.get(format!("/events/{}", hall.event)).await;
    let layout_id = detail.body["performances"][0]["layoutId"].as_str().unwrap().to_owned();
    for path in [format!("/events/{}", hall.event), format!("/seats/layouts/{layout_id}")] {
        let first = api.get(&path).await;
        let etag = first.header("etag").to_owned();
        assert!(etag.starts_with('"') && first.header("cache-control").contains("max-age"), "{first}");
        let second = api.get(&path).header("if-none-match", &etag).await;
        assert_eq!((second.status, second.text.as_str()), (304, ""));
        assert_eq!(second.header("etag"), etag);
        assert_eq!(api.get(&path).header("if-none-match", "\"other\"").await.status, 200);
    }
    let layout = api.get(format!("/seats/layouts/{layout_id}")).await;
    assert!(layout.header("cache-control").contains("immutable"));
    assert_eq!(layout.body["sections"], e2e::hall::layout(1, 2)["sections"].clone().with_defaults());
    assert!(api.all("/seats/layouts", 100).await.iter().any(|known| known["id"] == layout_id));
    let ticket_types = api.get(format!("/tickets/event/{}", hall.event)).await.expect(200);
    assert_eq!(
        (&ticket_types["items"][0]["id"], &ticket_types["items"][0]["price"]),
        (&json!(hall.ticket_type), &json!(PRICE))
    );
}

trait Defaults {
    fn with_defaults(self) -> Value;
}

impl Defaults for Value {
    /// The sections of a layout as they are answered: positions as decimals, what was left out filled in.
    fn with_defaults(mut self) -> Value {
        for seat in
            self.as_array_mut().unwrap().iter_mut().flat_map(|section| section["blocks"].as_array_mut().unwrap())
        {
            for seat in seat["seats"].as_array_mut().unwrap() {
                seat["accessible"] = json!(false);
                for axis in ["x", "y"] {
                    seat[axis] = json!(seat[axis].as_f64().unwrap());
                }
            }
        }
        self
    }
}

#[tokio::test]
async fn events_are_found_by_text_category_time_and_status_page_by_page() {
    let admin = Person::admin().await;
    // Makes this test's events findable among those of all others.
    let mark = Uuid::now_v7().simple().to_string();
    let plans = [("film", 10, 9_000), ("concert", 20, 50_000), ("film", 30, 8_000), ("theatre", 40, 1_000)];
    let mut events = Vec::new();
    for (category, days, price) in plans {
        let event = draft(&admin, &format!("{mark} {category}"), category).await;
        publish(&admin, &event, &in_days(days), price).await;
        events.push(event);
    }
    draft(&admin, &format!("{mark} draft"), "film").await;
    admin.api.patch(format!("/admin/events/{}", events[3]), &json!({"status": "SOLD_OUT"})).await.expect(200);

    let api = Api::anonymous();
    let found = async |filter: &str, limit| {
        let cards = api.all(&format!("/events?q={}{filter}", mark.to_uppercase()), limit).await;
        cards.iter().map(|card| events.iter().position(|event| card["id"] == *event).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(found("", 100).await, [0, 1, 2, 3]);
    assert_eq!(found("", 1).await, [0, 1, 2, 3]);
    assert_eq!(found("&sort=date", 3).await, [0, 1, 2, 3]);
    assert_eq!(found("&sort=newest", 3).await, [3, 2, 1, 0]);
    assert_eq!(found("&category=film", 100).await, [0, 2]);
    assert_eq!(found("&status=SOLD_OUT", 100).await, [3]);
    assert_eq!(found("&status=ON_SALE&category=theatre", 100).await, Vec::<usize>::new());
    assert_eq!(found(&format!("&from={}&to={}", in_days(15), in_days(35)), 100).await, [1, 2]);
    let cards = api.all(&format!("/events?q={mark}&category=concert"), 100).await;
    assert_eq!((&cards[0]["minPrice"], &cards[0]["currency"]), (&json!(50_000), &json!("KRW")));
}

#[tokio::test]
async fn an_arena_of_twelve_thousand_seats_is_sold() {
    let admin = Person::admin().await;
    let block = |section: usize, block: usize| {
        let seat = |at: usize| {
            let (x, y) = (block % 8 * 30 + at % 25, section * 100 + block / 8 * 4 + at / 25);
            json!({"id": format!("{section}-{block}-{at}"), "label": at.to_string(), "row": block.to_string(), "x": x, "y": y})
        };
        json!({"id": format!("{section}-{block}"), "seats": (1..=50).map(seat).collect::<Vec<_>>()})
    };
    let section = |section: usize| {
        let blocks: Vec<_> = (0..40).map(|at| block(section, at)).collect();
        json!({"id": format!("s{section}"), "name": format!("{section}구역"), "blocks": blocks})
    };
    let geometry = json!({"sections": (0..6).map(section).collect::<Vec<_>>()});
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(geometry.to_string().as_bytes()).unwrap();
    let body = json!({"name": "자리 아레나", "geometry": STANDARD.encode(gzip.finish().unwrap())});
    let layout = admin.api.post("/admin/layouts", &body).await.expect(201);
    assert_eq!(layout["seatCount"], 12_000);

    let event = draft(&admin, "아레나", "concert").await;
    let performance = json!({"startsAt": in_days(50), "layoutId": layout["id"]});
    admin.api.post(format!("/admin/events/{event}/performances"), &performance).await.expect(201);
    let ticket_type =
        json!({"eventId": event, "name": "All", "price": 1_000, "sectionIds": ["s0", "s1", "s2", "s3", "s4", "s5"]});
    admin.api.post("/admin/ticket-types", &ticket_type).await.expect(201);
    admin.api.post(format!("/admin/events/{event}/publish"), &json!({})).await.expect(200);
    let map = eventually("the arena is on sale", SOON, async || {
        let answer = Api::anonymous().get(format!("/seats/events/{event}")).await;
        when(answer.status == 200, answer)
    })
    .await
    .body;
    assert_eq!(map["counts"], json!({"total": 12_000, "free": 12_000, "held": 0, "sold": 0, "notForSale": 0}));
    assert_eq!(map["availability"]["blocks"].as_object().unwrap().len(), 240);
    let buyer = Person::crowd(1).await.remove(0);
    let seats = ["0-0-1", "5-39-50"];
    let body = json!({"performanceId": map["performanceId"], "seatIds": seats});
    assert_eq!(buyer.api.post("/seats/reserve", &body).await.expect(201)["totalAmount"], 2_000);
}

#[tokio::test]
async fn sales_open_and_close() {
    let admin = Person::admin().await;
    let event = draft(&admin, "Later", "other").await;
    let opens_at = in_days(1);
    let performance = json!({"startsAt": in_days(9), "saleOpensAt": opens_at, "saleClosesAt": in_days(2)});
    let path = format!("/admin/events/{event}/performances");
    let performance = id_of(&admin.api.post(path, &performance).await.expect(201));
    let ticket_type = json!({"eventId": event, "name": "Standing", "price": 0, "quota": 10});
    let ticket_type = id_of(&admin.api.post("/admin/ticket-types", &ticket_type).await.expect(201));
    admin.api.post(format!("/admin/events/{event}/publish"), &json!({})).await.expect(200);
    let buyer = Person::crowd(1).await.remove(0);
    let body = json!({"performanceId": performance, "items": [{"ticketTypeId": ticket_type, "quantity": 1}]});
    let answer = eventually("booking knows the performance", SOON, async || {
        let answer = buyer.api.post("/reservations", &body).await;
        when(answer.status != 404, answer)
    })
    .await;
    assert_eq!(answer.refused(409, "sale_not_open")["opensAt"], opens_at);
}

/// Books a ticket of an event with these more particulars, as soon as it is on sale.
async fn ticket(particulars: &Value, price: i64) -> (Person, Answer) {
    let admin = Person::admin().await;
    let mut event = json!({"title": "T", "category": "other", "venue": "V", "timeZone": "Asia/Seoul"});
    event.as_object_mut().unwrap().extend(particulars.as_object().unwrap().clone());
    let event = id_of(&admin.api.post("/admin/events", &event).await.expect(201));
    publish(&admin, &event, &in_days(5), price).await;
    let detail = admin.api.get(format!("/events/{event}")).await.expect(200);
    let items = json!([{"ticketTypeId": detail["ticketTypes"][0]["id"], "quantity": 1}]);
    let body = json!({"performanceId": detail["performances"][0]["id"], "items": items});
    let buyer = Person::register().await;
    let answer = eventually("booking knows the performance", SOON, async || {
        let answer = buyer.api.post("/reservations", &body).await;
        when(answer.status != 404, answer)
    })
    .await;
    (buyer, answer)
}

#[tokio::test]
async fn free_tickets_are_booked_in_points() {
    let (buyer, held) = ticket(&json!({}), 0).await;
    let reservation = id_of(&held.expect(201));
    buyer.pay_in_points(&reservation).await.expect(202);
    buyer.reservation_as(&reservation, "CONFIRMED", "SUCCESS").await;
}

#[tokio::test]
async fn points_do_not_pay_in_another_currency() {
    let (buyer, held) = ticket(&json!({"currency": "USD"}), 5_000).await;
    buyer.buy_points(5_000).await;
    let answer = buyer.pay_in_points(&id_of(&held.expect(201))).await;
    answer.refused(422, "currency_mismatch");
    assert_eq!(buyer.points().await, 5_000);
}

#[tokio::test]
async fn where_nothing_is_says_so() {
    let api = Api::anonymous();
    for path in ["/nothing", "/events/a/b/c", "/admin/nothing", "/users/me/too", "/events%2F..%2Fhealth"] {
        api.get(path).await.refused(404, "not_found");
    }
    api.call(reqwest::Method::PUT, "/events").json(&json!({})).await.refused(404, "not_found");
    let health = api.get("/health").await.expect(200);
    assert_eq!(health["status"], "ok");
}
