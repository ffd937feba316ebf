//! The dates that can be booked.

use e2e::api::Api;
use e2e::draft::Draft;
use e2e::hall::Plan;
use e2e::person::{Person, id_of};
use e2e::wait::{LATER, eventually, when};
use jiff::civil::Time;
use jiff::{SignedDuration, ToSpan as _, Zoned};
use serde_json::{Value, json};

/// So many days from today in Seoul, at this hour there.
fn in_seoul(days: i64, hour: i8) -> Zoned {
    let day = Zoned::now().in_tz("Asia/Seoul").unwrap().date() + days.days();
    day.to_datetime(Time::constant(hour, 0, 0, 0)).in_tz("Asia/Seoul").unwrap()
}

/// `(date, [(performance, available)])`, in order.
type Dates = Vec<(String, Vec<(String, i64)>)>;

fn dates_in(body: &Value) -> Dates {
    let performance = |each: &Value| (id_of(each), each["available"].as_i64().unwrap());
    let date = |each: &Value| {
        let performances = each["performances"].as_array().unwrap().iter().map(performance).collect();
        (each["date"].as_str().unwrap().to_owned(), performances)
    };
    body["items"].as_array().unwrap().iter().map(date).collect()
}

/// The dates as soon as there are any: booking hears of what was published a moment later.
async fn first_dates(path: &str) -> Dates {
    let answer = eventually("the event has dates", LATER, async || {
        let answer = Api::anonymous().get(path).await;
        when(answer.status != 404, answer)
    });
    dates_in(&answer.await.expect(200))
}

async fn dates_become(path: &str, expected: &[(String, Vec<(String, i64)>)]) {
    eventually("the dates", LATER, async || {
        let answer = Api::anonymous().get(path).await;
        // For a second one environment may answer 404 after another has answered 200.
        let seen = if answer.status == 404 { Dates::new() } else { dates_in(&answer.expect(200)) };
        when(seen == expected, seen)
    })
    .await;
}

/// Somebody holds so many tickets.
async fn hold(performance: &str, ticket_type: &str, quantity: usize) -> (Person, String) {
    let buyer = Person::crowd(1).await.remove(0);
    let items = json!([{"ticketTypeId": ticket_type, "quantity": quantity}]);
    let body = json!({"performanceId": performance, "items": items});
    let held = eventually("booking knows the performance", LATER, async || {
        let answer = buyer.api.post("/reservations", &body).await;
        when(answer.status != 404, answer)
    })
    .await
    .expect(201);
    (buyer, id_of(&held))
}

/// A year-end run of these showings, with two ticket types of so many tickets each.
async fn run(showings: &[Zoned], quotas: [usize; 2]) -> (String, Vec<String>, [String; 2]) {
    let event = Draft::new(&Person::admin().await, "연말 공연", &json!({"category": "musical"})).await;
    let mut performances = Vec::new();
    for showing in showings {
        performances.push(event.performance(&showing.timestamp().to_string()).await);
    }
    let types = [event.standing("R석", 1_000, quotas[0]).await, event.standing("S석", 500, quotas[1]).await];
    event.publish().await;
    (event.id, performances, types)
}

async fn assert_dates_follow_the_seats(showings: &[Zoned]) {
    let (event, performances, [first, second]) = run(showings, [5, 3]).await;
    let path = format!("/events/{event}/dates");
    let all = |available: &dyn Fn(usize) -> i64| {
        let mut dates = Dates::new();
        for (at, (showing, performance)) in showings.iter().zip(&performances).enumerate() {
            let entry = (performance.clone(), available(at));
            let date = showing.date().to_string();
            match dates.last_mut() {
                Some((known, entries)) if *known == date => entries.push(entry),
                _ => dates.push((date, vec![entry])),
            }
        }
        // A date is listed as long as one of its performances has a free seat.
        dates.retain(|(_, entries)| entries.iter().any(|(_, available)| *available > 0));
        dates
    };
    dates_become(&path, &all(&|_| 8)).await;

    let (_, one) = hold(&performances[0], &first, 5).await;
    assert!(one.starts_with("rsv_"));
    dates_become(&path, &all(&|at| if at == 0 { 3 } else { 8 })).await;
    let of_first = format!("{path}?ticketTypeId={first}");
    let of_second = format!("{path}?ticketTypeId={second}");
    dates_become(&of_first, &all(&|at| if at == 0 { 0 } else { 5 })).await;
    dates_become(&of_second, &all(&|_| 3)).await;

    // The last showing is sold out, and the only one of its day.
    let last = showings.len() - 1;
    let (buyer, reservation) = hold(&performances[last], &first, 5).await;
    hold(&performances[last], &second, 3).await;
    dates_become(
        &path,
        &all(&|at| {
            if at == 0 {
                3
            } else if at == last {
                0
            } else {
                8
            }
        }),
    )
    .await;
    buyer.api.delete(format!("/seats/reservation/{reservation}")).await.expect(204);
    dates_become(
        &path,
        &all(&|at| match at {
            0 => 3,
            _ if at == last => 5,
            _ => 8,
        }),
    )
    .await;

    let stock = format!("/tickets/availability/{first}");
    eventually("the stock says the same", LATER, async || {
        let stock = Api::anonymous().get(&stock).await.expect(200);
        let items = stock["items"].as_array().unwrap();
        let of = |performance: &String| items.iter().find(|item| item["performanceId"] == *performance);
        let fits = performances.iter().enumerate().all(|(at, performance)| {
            let (free, held) = if at == 0 { (0, 5) } else { (5, 0) };
            of(performance).is_some_and(|item| {
                (&item["total"], &item["available"], &item["held"], &item["sold"])
                    == (&json!(5), &json!(free), &json!(held), &json!(0))
            })
        });
        when(fits && items.len() == performances.len(), stock.clone())
    })
    .await;
}

#[tokio::test]
async fn dates_of_a_short_run_follow_its_seats() {
    // Two showings on one day and one on the next in Seoul; the last two are on one day in London.
    assert_dates_follow_the_seats(&[in_seoul(20, 14), in_seoul(20, 23), in_seoul(21, 1)]).await;
}

#[tokio::test]
async fn dates_of_a_long_run_follow_its_seats() {
    let matinee_and_evening = |day| [in_seoul(day, 14), in_seoul(day, 19)];
    let mut showings: Vec<_> = (30..33).flat_map(matinee_and_evening).collect();
    showings.push(in_seoul(33, 0));
    assert_dates_follow_the_seats(&showings).await;
}

#[tokio::test]
async fn what_is_not_sold_now_is_not_listed() {
    let admin = Person::admin().await;
    let event = Draft::new(&admin, "기간", &json!({})).await;
    let open = in_seoul(10, 19);
    let open_id = event.performance(&open.timestamp().to_string()).await;
    let closing = in_seoul(11, 19);
    let soon = (Zoned::now() + SignedDuration::from_secs(15)).timestamp().to_string();
    let body = json!({"startsAt": closing.timestamp().to_string(), "saleClosesAt": soon});
    let closing_id = id_of(&event.add_performance(&body).await.expect(201));
    event.standing("일반", 1_000, 4).await;
    let path = format!("/events/{}/dates", event.id);
    Api::anonymous().get(&path).await.refused(404, "not_found");
    event.publish().await;
    // Added, and not published.
    event.performance(&in_seoul(12, 19).timestamp().to_string()).await;
    let date = |day: &Zoned, id: &String| (day.date().to_string(), vec![(id.clone(), 4)]);
    let seen = first_dates(&path).await;
    assert!(seen.iter().all(|each| *each == date(&open, &open_id) || *each == date(&closing, &closing_id)), "{seen:?}");
    dates_become(&path, &[date(&open, &open_id)]).await;
}

#[tokio::test]
async fn numbered_seats_have_dates_too() {
    let hall = Plan::seated(1, 6).open().await;
    let path = format!("/events/{}/dates", hall.event);
    let date = first_dates(&path).await[0].0.clone();
    let left = |free| [(date.clone(), vec![(hall.performance.clone(), free)])];
    dates_become(&path, &left(6)).await;
    let buyer = Person::register().await;
    buyer.buy(&hall, &["R1-1", "R1-2"]).await;
    dates_become(&path, &left(4)).await;
    dates_become(&format!("{path}?ticketTypeId={}", hall.ticket_type), &left(4)).await;
    let nobody = "evt_01890000-0000-7000-8000-000000000000";
    Api::anonymous().get(format!("/events/{nobody}/dates")).await.refused(404, "not_found");
}
