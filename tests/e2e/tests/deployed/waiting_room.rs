//! Waiting for one's turn, and being in.

use std::time::Duration;

use e2e::api::Answer;
use e2e::hall::Plan;
use e2e::person::{Person, id_of};
use e2e::queue::{Entrant, Queue, Rules, check, denied, known, status};
use e2e::wait::{LATER, SOON, eventually, when};
use serde_json::{Value, json};
use tokio::time::sleep;
use uuid::Uuid;

/// For a place that has become free to be given on.
const A_FEW_SECONDS: Duration = Duration::from_secs(10);

/// That seats are refused for want of an admission, and why.
#[track_caller]
fn assert_not_admitted(answer: Answer, reason: &str) {
    let problem = answer.refused(403, "admission_required");
    assert_eq!(problem["reason"], reason, "{problem}");
}

/// The same, of a refusal that booking may have to hear of first.
async fn becomes_not_admitted(entrant: &Entrant, token: &str, reason: &str) {
    eventually(&format!("the admission is {reason}"), SOON, async || {
        let seen = denied(&entrant.person, entrant.reserve(token, &["R1-4"])).await?;
        when(seen == reason, seen)
    })
    .await;
}

/// Fills a room of this many places; answers with those inside and their admissions.
async fn fill(queue: &Queue, places: usize) -> Vec<(Entrant, String)> {
    let mut inside = Vec::new();
    for mut entrant in queue.crowd(places).await {
        let token = entrant.enters(SOON).await;
        inside.push((entrant, token));
    }
    inside
}

#[tokio::test]
async fn a_sale_without_a_waiting_room_lets_everybody_in() {
    let hall = Plan::seated(1, 2).open().await;
    assert_eq!(known(&hall).await["phase"], "NONE");
    let buyer = Person::register().await;
    let entry = check(&buyer, &hall.event, None).await.expect(200);
    assert_eq!(entry["status"], "ADMITTED", "{entry}");
    let token = entry["admissionToken"].as_str().unwrap();
    buyer.reserve(&hall, &["R1-1"]).header("x-admission-token", token).await.expect(201);
    Person::register().await.hold(&hall, &["R1-2"]).await;
    buyer.api.post(format!("/queue/leave/{}", hall.event), &json!({})).await.expect(204);
}

#[tokio::test]
async fn events_that_are_not_there_have_no_waiting_room() {
    let nobody = "evt_01890000-0000-7000-8000-000000000000";
    let (buyer, admin) = (Person::register().await, Person::admin().await);
    check(&buyer, nobody, None).await.refused(404, "not_found");
    buyer.api.get(format!("/queue/status/{nobody}")).await.refused(404, "not_found");
    buyer.api.post(format!("/queue/leave/{nobody}"), &json!({})).await.refused(404, "not_found");
    admin.api.get(format!("/queue/admin/{nobody}")).await.refused(404, "not_found");
}

#[tokio::test]
async fn as_many_as_there_are_places_are_in_and_the_others_wait_in_their_order() {
    let hall = Plan::seated(1, 8).open().await;
    let queue = Rules::open(2).configure(&hall).await;
    let inside = fill(&queue, 2).await;
    let mut line = queue.crowd(4).await;
    let mut positions = Vec::new();
    for entrant in &mut line {
        let answer = entrant.waits().await;
        assert_eq!(answer["position"].as_u64(), answer["ahead"].as_u64().map(|ahead| ahead + 1), "{answer}");
        assert!(answer["pollAfterSeconds"].as_u64().is_some_and(|seconds| (1..=60).contains(&seconds)), "{answer}");
        positions.push(answer["position"].as_u64().unwrap());
    }
    positions.sort_unstable();
    assert!(positions.is_sorted_by(|earlier, later| earlier < later), "a position of their own each: {positions:?}");
    // Two of them may have been served by one environment from a run of numbers: within a run, the order may be lost.
    line.sort_by_key(Entrant::place);
    assert_eq!(status(&hall).await["phase"], "OPEN");

    sleep(Duration::from_secs(3)).await;
    for entrant in &mut line {
        entrant.waits().await;
    }
    // One goes, one comes: the first of the line, however eagerly the others ask.
    let (left, _) = &inside[0];
    left.leave().await;
    left.leave().await;
    line.remove(0).enters(A_FEW_SECONDS).await;
    for entrant in &mut line {
        entrant.waits().await;
    }
    // Whoever left comes back to the end of the line.
    let mut returned = queue.entrant(&left.person);
    returned.waits().await;
    let last = line.last().unwrap();
    assert!(returned.place() > last.place(), "{} is not behind {}", returned.place(), last.place());
}

#[tokio::test]
async fn whoever_buys_makes_room_and_buys_no_more() {
    let hall = Plan::seated(1, 4).open().await;
    let queue = Rules::open(1).guard(&hall).await;
    let mut buyer = queue.entrant(&Person::register().await);
    let token = buyer.enters(SOON).await;
    let mut next = queue.crowd(1).await.remove(0);
    next.waits().await;

    let key = Uuid::now_v7().to_string();
    let reservation = id_of(&buyer.reserve(&token, &["R1-1"]).key(&key).await.expect(201));
    let payment = id_of(&buyer.person.pay_by_card(&reservation, "ok").await.expect(202));
    buyer.person.settled_as(&payment, "SUCCESS").await;
    next.enters(SOON).await;
    becomes_not_admitted(&buyer, &token, "ended").await;
    // Whoever did not hear the answer to the hold hears it still.
    let again = buyer.reserve(&token, &["R1-1"]).key(&key).await.expect(201);
    assert_eq!(id_of(&again), reservation);
    assert_eq!(buyer.person.reservation(&reservation).await["status"], "CONFIRMED");
    buyer.waits().await;
}

#[tokio::test]
async fn whoever_does_nothing_loses_the_place() {
    let hall = Plan::seated(1, 4).open().await;
    let queue = Rules::open(1).idle_after(5).guard(&hall).await;
    let mut idle = queue.crowd(1).await.remove(0);
    let token = idle.enters(SOON).await;
    let mut next = queue.crowd(1).await.remove(0);
    next.waits().await;
    next.enters(LATER).await;
    let answer = idle.reserve(&token, &["R1-1"]).await;
    let reason = answer.body["reason"].clone();
    assert!(["expired", "ended"].iter().any(|known| reason == *known), "{answer}");
    answer.refused(403, "admission_required");
}

#[tokio::test]
async fn a_hold_keeps_the_place_as_long_as_it_lasts() {
    let hall = Plan::seated(1, 4).open().await;
    let queue = Rules::open(1).idle_after(10).guard(&hall).await;
    let mut buyer = queue.crowd(1).await.remove(0);
    let token = buyer.enters(SOON).await;
    buyer.reserve(&token, &["R1-1"]).await.expect(201);
    let mut next = queue.crowd(1).await.remove(0);
    for _ in 0..9 {
        next.waits().await;
        sleep(Duration::from_secs(2)).await;
    }
}

#[tokio::test]
async fn clearing_voids_every_place_and_admission() {
    let hall = Plan::seated(1, 4).open().await;
    let queue = Rules::open(1).guard(&hall).await;
    let (inside, token) = fill(&queue, 1).await.remove(0);
    let mut line = queue.crowd(2).await;
    for entrant in &mut line {
        entrant.waits().await;
    }
    let era = line[0].claims()["era"].as_u64();
    queue.clear().await;
    becomes_not_admitted(&inside, &token, "cleared").await;
    // The places are there again, for whoever comes first now.
    line[1].enters(SOON).await;
    line[0].waits().await;
    assert!(line[0].claims()["era"].as_u64() > era, "a place of before is no place");
}

#[tokio::test]
async fn those_who_went_away_never_stall_the_line() {
    let hall = Plan::seated(1, 4).open().await;
    let queue = Rules::open(2).idle_after(5).configure(&hall).await;
    for mut entrant in queue.crowd(30).await {
        entrant.check().await;
    }
    let mut last = queue.crowd(1).await.remove(0);
    last.enters(LATER).await;
}

#[tokio::test]
async fn holds_need_an_admission_of_ones_own_to_this_very_sale() {
    let (hall, other_hall) = (Plan::seated(1, 4).open().await, Plan::seated(1, 4).open().await);
    let queue = Rules::open(10).guard(&hall).await;
    let other_queue = Rules::open(10).configure(&other_hall).await;
    let mut buyer = queue.crowd(1).await.remove(0);
    let token = buyer.enters(SOON).await;
    let stranger = queue.crowd(1).await.remove(0);
    let foreign = other_queue.entrant(&buyer.person).enters(SOON).await;

    assert_not_admitted(buyer.person.reserve(&hall, &["R1-1"]).await, "missing");
    assert_not_admitted(buyer.person.reserve_any(&hall, 1).await, "missing");
    assert_not_admitted(stranger.reserve(&token, &["R1-1"]).await, "other_account");
    assert_not_admitted(buyer.reserve(&foreign, &["R1-1"]).await, "other_event");
    for forged in forgeries(&token) {
        assert_not_admitted(buyer.reserve(&forged, &["R1-1"]).await, "malformed");
    }
    assert_eq!(hall.seat("R1-1").await, "FREE");
    buyer.reserve(&token, &["R1-1"]).await.expect(201);

    let mut left = queue.crowd(1).await.remove(0);
    let token = left.enters(SOON).await;
    left.leave().await;
    becomes_not_admitted(&left, &token, "ended").await;
}

/// Tokens that look like this one and are not ours.
fn forgeries(token: &str) -> Vec<String> {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let parts: Vec<_> = token.split('.').collect();
    let unsigned = URL_SAFE_NO_PAD.encode(json!({"alg": "none", "typ": "JWT"}).to_string());
    let mut claims = e2e::queue::claims(token);
    claims["exp"] = json!(claims["exp"].as_i64().unwrap() + 3_600);
    let longer = URL_SAFE_NO_PAD.encode(claims.to_string());
    vec![
        "nonsense".into(),
        format!("{}.{}.", parts[0], parts[1]),
        format!("{unsigned}.{}.", parts[1]),
        format!("{}.{longer}.{}", parts[0], parts[2]),
    ]
}

#[tokio::test]
async fn tickets_of_others_and_of_other_sales_are_refused() {
    let (hall, other_hall) = (Plan::standing(5).open().await, Plan::standing(5).open().await);
    let queue = Rules::open(1).configure(&hall).await;
    let other_queue = Rules::open(1).configure(&other_hall).await;
    fill(&queue, 1).await;
    fill(&other_queue, 1).await;
    let (mut waiting, mut elsewhere) = (queue.crowd(1).await.remove(0), other_queue.crowd(1).await.remove(0));
    waiting.waits().await;
    elsewhere.waits().await;
    let ticket = waiting.ticket.clone().unwrap();
    check(&elsewhere.person, &hall.event, Some(&ticket)).await.refused(403, "ticket_invalid");
    let foreign = elsewhere.ticket.clone().unwrap();
    check(&elsewhere.person, &hall.event, Some(&foreign)).await.refused(403, "ticket_invalid");
    for forged in forgeries(&ticket) {
        check(&waiting.person, &hall.event, Some(&forged)).await.refused(403, "ticket_invalid");
    }
    // The ticket may come in the body, too.
    let path = format!("/queue/check/{}", hall.event);
    let answer = waiting.person.api.post(path, &json!({"ticket": ticket})).await.expect(200);
    assert_eq!((&answer["status"], &answer["ahead"]), (&json!("WAITING"), &json!(0)), "{answer}");
}

#[tokio::test]
async fn whoever_waits_for_seats_that_are_gone_hears_it() {
    let hall = Plan::seated(1, 2).open().await;
    let queue = Rules::open(1).guard(&hall).await;
    let mut buyer = queue.entrant(&Person::register().await);
    let token = buyer.enters(SOON).await;
    let mut waiting = queue.crowd(1).await.remove(0);
    waiting.waits().await;
    let reservation = id_of(&buyer.reserve(&token, &["R1-1", "R1-2"]).await.expect(201));
    let payment = id_of(&buyer.person.pay_by_card(&reservation, "ok").await.expect(202));
    buyer.person.settled_as(&payment, "SUCCESS").await;
    eventually("it is sold out for those who wait", SOON, async || {
        let answer = waiting.check().await;
        when(answer["notice"] == "SOLD_OUT" && answer["seatsLeft"] == 0, answer)
    })
    .await;
}

#[tokio::test]
async fn rules_that_make_no_sense_are_refused_and_change_nothing() {
    let hall = Plan::standing(5).open().await;
    let queue = Rules::open(3).configure(&hall).await;
    let good = json!({"opensAt": "2026-01-01T00:00:00Z", "capacity": 3});
    for (name, value) in [
        ("opensAt", json!("soon")),
        ("capacity", json!(0)),
        ("capacity", json!(100_001)),
        ("sessionSeconds", json!(4)),
        ("sessionSeconds", json!(3_601)),
        ("preQueueMinutes", json!(-1)),
        ("preQueueMinutes", json!(1_441)),
    ] {
        let rules = crate::bad_values::changed(&good, name, value.clone());
        let answer = queue.put(&rules).await;
        assert!([400, 422].contains(&answer.status), "{name} {value}: {answer}");
        answer.assert_problem();
    }
    queue.put(&json!([])).await.refused(422, "validation_failed");
    assert_eq!(queue.numbers().await["queue"]["capacity"], 3);
}

#[tokio::test]
async fn what_everybody_may_know_is_cacheable_and_ones_own_place_is_not() {
    let hall = Plan::standing(5).open().await;
    let queue = Rules::open(1).configure(&hall).await;
    fill(&queue, 1).await;
    let mut waiting = queue.crowd(1).await.remove(0);
    waiting.waits().await;
    let api = waiting.person.api.without_token();
    let path = format!("/queue/status/{}", hall.event);
    let public = api.get(&path).await;
    assert!(public.header("cache-control").contains("public"), "{:?}", public.headers);
    assert_eq!(public.body["position"], Value::Null, "{public}");
    let own = api.get(&path).header("x-queue-ticket", &waiting.ticket.clone().unwrap()).await;
    assert!(!own.header("cache-control").contains("public"), "{:?}", own.headers);
    assert_eq!(own.body["position"], 1, "{own}");
}
