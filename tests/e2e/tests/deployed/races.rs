//! Many buyers, few seats.

use std::collections::{BTreeMap, BTreeSet};

use e2e::api::Answer;
use e2e::hall::{Hall, Plan};
use e2e::person::{Person, id_of};
use e2e::pg;
use futures_util::future::join_all;
use serde_json::Value;

/// Which reservation got which seats.
fn winners(answers: &[Answer]) -> BTreeMap<String, Vec<String>> {
    let seats = |body: &Value| {
        body["seats"].as_array().unwrap().iter().map(|seat| seat["id"].as_str().unwrap().to_owned()).collect()
    };
    answers
        .iter()
        .filter(|answer| answer.status == 201)
        .map(|answer| (id_of(&answer.body), seats(&answer.body)))
        .collect()
}

async fn assert_map_agrees(hall: &Hall, owners: &BTreeMap<String, Vec<String>>) {
    let map = hall.fresh_map().await;
    let held = map["seats"].as_array().unwrap().iter().filter(|seat| seat["status"] == "HELD");
    let held: BTreeSet<_> = held.map(|seat| seat["id"].as_str().unwrap()).collect();
    assert_eq!(held, owners.values().flatten().map(String::as_str).collect());
}

#[tokio::test]
async fn one_of_two_hundred_gets_the_seat() {
    let hall = Plan::seated(1, 1).open().await;
    let crowd = Person::crowd(200).await;
    let answers = join_all(crowd.iter().map(|buyer| buyer.reserve(&hall, &["R1-1"]).into_future())).await;
    let owners = winners(&answers);
    assert_eq!(owners.len(), 1);
    for answer in answers.into_iter().filter(|answer| answer.status != 201) {
        let problem = answer.refused(409, "seats_unavailable");
        assert_eq!(problem["seatIds"], serde_json::json!(["R1-1"]));
    }
    assert_map_agrees(&hall, &owners).await;
}

#[tokio::test]
async fn overlapping_groups_never_share_a_seat() {
    const ROWS: usize = 4;
    const SEATS: usize = 10;
    let hall = Plan::seated(ROWS, SEATS).open().await;
    let crowd = Person::crowd(200).await;
    // Runs of one to four seats, beginning anywhere and going on in the next row: some span two blocks.
    let wanted = |buyer: usize| -> Vec<String> {
        let place = |at: usize| format!("R{}-{}", at / SEATS % ROWS + 1, at % SEATS + 1);
        (0..=buyer % 4).map(|offset| place(buyer * 7 + offset)).collect()
    };
    let groups: Vec<_> = (0..crowd.len()).map(wanted).collect();
    let attempts = crowd.iter().zip(&groups).map(|(buyer, group)| {
        let seats: Vec<_> = group.iter().map(String::as_str).collect();
        buyer.reserve(&hall, &seats).into_future()
    });
    let answers = join_all(attempts).await;

    let owners = winners(&answers);
    let mut sold: Vec<_> = owners.values().flatten().collect();
    let count = sold.len();
    sold.sort();
    sold.dedup();
    assert_eq!(sold.len(), count, "a seat has two owners");
    assert!(count > 0);
    for (answer, group) in answers.iter().zip(&groups).filter(|(answer, _)| answer.status != 201) {
        let problem = answer.clone().refused(409, "seats_unavailable");
        let lost = problem["seatIds"].as_array().unwrap();
        assert!(!lost.is_empty() && lost.iter().all(|seat| group.iter().any(|wanted| seat == wanted)), "{problem}");
    }
    assert_map_agrees(&hall, &owners).await;
    // Whoever wanted one seat only and did not get it lost it to an owner.
    for (answer, group) in
        answers.iter().zip(&groups).filter(|(answer, group)| answer.status == 409 && group.len() == 1)
    {
        assert!(sold.contains(&&group[0]), "{answer}: {} went to nobody", group[0]);
    }
}

#[tokio::test]
async fn general_admission_is_not_oversold() {
    let hall = Plan::standing(25).open().await;
    let crowd = Person::crowd(60).await;
    let answers = join_all(crowd.iter().map(|buyer| buyer.reserve_any(&hall, 1).into_future())).await;
    let owners = winners(&answers);
    let places: BTreeSet<_> = owners.values().flatten().collect();
    assert_eq!((owners.len(), places.len()), (25, 25));
    for answer in answers.into_iter().filter(|answer| answer.status != 201) {
        answer.refused(409, "sold_out");
    }
}

#[tokio::test]
async fn a_buyer_in_a_hurry_holds_one_reservation() {
    let hall = Plan::seated(1, 10).open().await;
    let buyer = Person::crowd(1).await.remove(0);
    let seats: Vec<_> = (1..=10).map(|seat| format!("R1-{seat}")).collect();
    let answers = join_all(seats.iter().map(|seat| buyer.reserve(&hall, &[seat]).into_future())).await;
    let owners = winners(&answers);
    assert_eq!(owners.len(), 1);
    for answer in answers.into_iter().filter(|answer| answer.status != 201) {
        let problem = answer.refused(409, "reservation_pending");
        assert!(owners.contains_key(problem["reservationId"].as_str().unwrap()), "{problem}");
    }
    assert_map_agrees(&hall, &owners).await;
}

#[tokio::test]
async fn a_reservation_that_is_paid_many_times_at_once_is_charged_once() {
    let hall = Plan::seated(1, 1).open().await;
    let buyer = Person::register().await;
    let reservation = buyer.hold(&hall, &["R1-1"]).await;
    let answers = join_all((0..8).map(|_| buyer.pay_by_card(&reservation, "ok").into_future())).await;
    let accepted: Vec<_> = answers.iter().filter(|answer| answer.status == 202).collect();
    assert_eq!(accepted.len(), 1);
    for answer in answers.iter().filter(|answer| answer.status != 202) {
        assert_eq!(answer.status, 409, "{answer}");
        assert!(["payment_in_progress", "already_paid"].contains(&answer.code()), "{answer}");
    }
    let payment = id_of(&accepted[0].body);
    buyer.settled_as(&payment, "SUCCESS").await;
    assert_eq!(pg::order(&payment).await.approvals, 1);
}
