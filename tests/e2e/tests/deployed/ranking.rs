//! What sells best, and what sells out fastest. All tests of a run are counted, so these sell more than any other.

use e2e::api::Api;
use e2e::draft::Draft;
use e2e::hall::in_days;
use e2e::person::{Person, id_of};
use e2e::wait::{LATER, eventually, when};
use jiff::Zoned;
use jiff::civil::Date;
use serde_json::{Value, json};
use uuid::Uuid;

/// The day in the zone that windows begin in.
fn today() -> Date {
    Zoned::now().in_tz("Asia/Seoul").unwrap().date()
}

/// A free event of so many places.
struct Show {
    event: Draft,
    performance: String,
    ticket_type: String,
}

impl Show {
    async fn open(title: &str, places: usize) -> Self {
        let event = Draft::new(&Person::admin().await, title, &json!({"category": "concert"})).await;
        let performance = event.performance(&in_days(30)).await;
        let ticket_type = event.standing("일반", 0, places).await;
        event.publish().await;
        Self { event, performance, ticket_type }
    }

    /// Somebody gets so many tickets.
    async fn sell(&self, quantity: usize) -> (Person, Value) {
        let buyer = Person::register().await;
        let items = json!([{"ticketTypeId": self.ticket_type, "quantity": quantity}]);
        let body = json!({"performanceId": self.performance, "items": items});
        let held = eventually("booking knows the performance", LATER, async || {
            let answer = buyer.api.post("/reservations", &body).await;
            when(answer.status != 404, answer)
        })
        .await
        .expect(201);
        buyer.pay_in_points(&id_of(&held)).await.expect(202);
        let confirmed = buyer.reservation_as(&id_of(&held), "CONFIRMED", "SUCCESS").await;
        (buyer, confirmed)
    }
}

/// The ranking, checked for what is true of every one.
async fn ranking(window: &str, by: &str) -> Vec<Value> {
    let body = Api::anonymous().get(format!("/events/ranking?window={window}&by={by}&limit=100")).await.expect(200);
    assert_eq!((&body["window"], &body["by"], &body["nextCursor"]), (&json!(window), &json!(by), &Value::Null));
    let items = body["items"].as_array().unwrap().clone();
    let ranks: Vec<_> = items.iter().map(|item| item["rank"].as_u64().unwrap()).collect();
    assert_eq!(ranks, (1..=ranks.len() as u64).collect::<Vec<_>>());
    let mut events: Vec<_> = items.iter().map(|item| item["event"]["id"].as_str().unwrap()).collect();
    events.sort_unstable();
    events.dedup();
    assert_eq!(events.len(), items.len(), "an event is ranked once");
    let scores = |name: &str| items.iter().map(|item| item[name].as_i64().unwrap()).collect::<Vec<_>>();
    match by {
        "sales" => assert!(scores("tickets").is_sorted_by(|one, next| one >= next), "{items:?}"),
        _ => assert!(scores("secondsToSellOut").is_sorted(), "{items:?}"),
    }
    items
}

fn place<'a>(ranking: &'a [Value], show: &Show) -> Option<&'a Value> {
    ranking.iter().find(|item| item["event"]["id"] == show.event.id.as_str())
}

/// Waits until each show has sold so many tickets in this window; `None` when it must not be ranked.
async fn sales_become(window: &str, expected: &[(&Show, Option<u64>)]) -> Vec<Value> {
    eventually(&format!("the sales of this {window}"), LATER, async || {
        let ranking = ranking(window, "sales").await;
        let sold = |show| place(&ranking, show).map(|item| item["tickets"].as_u64().unwrap());
        let seen: Vec<_> = expected.iter().map(|(show, _)| sold(show)).collect();
        if expected.iter().zip(&seen).all(|((_, wanted), seen)| wanted == seen) {
            Ok(ranking)
        } else {
            Err(format!("{seen:?}"))
        }
    })
    .await
}

#[tokio::test]
async fn what_sells_best_is_first_and_what_comes_back_does_not_count() {
    let mark = Uuid::now_v7().simple().to_string();
    let (best, second) = (Show::open(&format!("{mark} 으뜸"), 50).await, Show::open(&format!("{mark} 버금"), 50).await);
    let begun = today();
    let (buyer, bought) = best.sell(8).await;
    best.sell(8).await;
    second.sell(8).await;
    second.sell(4).await;
    for window in ["all", "week", "day"] {
        if begun != today() {
            // The day, and perhaps the week, ended over it.
            continue;
        }
        let ranking = sales_become(window, &[(&best, Some(16)), (&second, Some(12))]).await;
        let event = &place(&ranking, &best).unwrap()["event"];
        assert_eq!((&event["title"], &event["venue"]), (&json!(format!("{mark} 으뜸")), &json!("자리 홀")));
        assert_eq!((&event["category"], &event["status"]), (&json!("concert"), &json!("ON_SALE")));
        let rank = |show| place(&ranking, show).unwrap()["rank"].as_u64().unwrap();
        assert!(rank(&best) < rank(&second));
    }
    // Popular events come first in lists, too.
    let by_popularity = |mark: String| async move {
        let listed = Api::anonymous().all(&format!("/events?q={mark}&sort=popular"), 1).await;
        listed.iter().map(id_of).collect::<Vec<_>>()
    };
    let untouched = Show::open(&format!("{mark} 새것"), 5).await;
    let shown = |order: [&Show; 3]| order.map(|show| show.event.id.clone());
    let first_order = shown([&best, &second, &untouched]);
    eventually("the popular ones are first", LATER, async || {
        let seen = by_popularity(mark.clone()).await;
        when(seen == first_order, seen)
    })
    .await;

    buyer.cancel(&bought).await.expect(202);
    buyer.reservation_as(&id_of(&bought), "CANCELLED", "REFUNDED").await;
    sales_become("all", &[(&best, Some(8)), (&second, Some(12))]).await;
    let second_order = shown([&second, &best, &untouched]);
    eventually("the order follows what comes back", LATER, async || {
        let seen = by_popularity(mark.clone()).await;
        when(seen == second_order, seen)
    })
    .await;
}

#[tokio::test]
async fn what_is_not_public_or_called_off_is_not_ranked() {
    let (hidden, off) = (Show::open("숨은 공연", 50).await, Show::open("취소될 공연", 50).await);
    hidden.sell(8).await;
    off.sell(8).await;
    sales_become("all", &[(&hidden, Some(8)), (&off, Some(8))]).await;
    hidden.event.ask_to("unpublish").await.expect(200);
    off.event.ask_to("cancel").await.expect(200);
    sales_become("all", &[(&hidden, None), (&off, None)]).await;
    hidden.event.patch(&json!({"title": "다시 공연"})).await.expect(200);
    hidden.event.publish().await;
    let ranking = sales_become("all", &[(&hidden, Some(8)), (&off, None)]).await;
    assert_eq!(place(&ranking, &hidden).unwrap()["event"]["title"], "다시 공연");
}

#[tokio::test]
async fn what_is_sold_out_is_ranked_by_how_fast() {
    let show = Show::open("매진 공연", 10).await;
    let (buyer, bought) = show.sell(8).await;
    let sold_out = async || place(&ranking("all", "sellout").await, &show).cloned();
    assert_eq!(sold_out().await, None, "two places are left");
    show.sell(2).await;
    let entry = eventually("it is sold out", LATER, async || {
        let entry = sold_out().await;
        when(entry.is_some(), entry)
    })
    .await
    .unwrap();
    assert_eq!(entry["performanceId"], show.performance.as_str());
    let sold_out_at: jiff::Timestamp = entry["soldOutAt"].as_str().unwrap().parse().unwrap();
    let ago = jiff::Timestamp::now().as_second() - sold_out_at.as_second();
    assert!((0..300).contains(&ago) && entry["secondsToSellOut"].as_i64().unwrap() <= 300, "{entry}");

    buyer.cancel(&bought).await.expect(202);
    buyer.reservation_as(&id_of(&bought), "CANCELLED", "REFUNDED").await;
    eventually("it is not sold out any more", LATER, async || {
        let entry = sold_out().await;
        when(entry.is_none(), entry)
    })
    .await;
}

#[tokio::test]
async fn rankings_have_their_usual_form() {
    let api = Api::anonymous();
    let usual = api.get("/events/ranking").await;
    assert!(usual.header("cache-control").contains("max-age=10"), "{usual}");
    let usual = usual.expect(200);
    assert_eq!((&usual["window"], &usual["by"]), (&json!("week"), &json!("sales")));
    assert!(usual["items"].as_array().unwrap().len() <= 20);
    let short = api.get("/events/ranking?by=sellout&window=day&limit=1").await.expect(200);
    assert!(short["items"].as_array().unwrap().len() <= 1);
}
