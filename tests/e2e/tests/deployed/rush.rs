//! Hundreds who want to enter at once.

use std::collections::BTreeSet;

use e2e::api::Answer;
use e2e::hall::Plan;
use e2e::queue::{Entrant, Rules, check};
use e2e::wait::{LATER, eventually};
use futures_util::future::join_all;

/// Everybody asks at once, and keeps the ticket. Answers with those who are in.
async fn all_ask(hall: &str, crowd: &mut [Entrant]) -> BTreeSet<String> {
    let asking = crowd.iter().map(|entrant| check(&entrant.person, hall, entrant.ticket.as_deref()).into_future());
    let answers: Vec<Answer> = join_all(asking).await;
    let mut inside = BTreeSet::new();
    for (entrant, answer) in crowd.iter_mut().zip(answers) {
        let answer = answer.expect(200);
        if answer["status"] == "ADMITTED" {
            inside.insert(entrant.person.id.clone());
        } else if let Some(ticket) = answer["ticket"].as_str() {
            entrant.ticket = Some(ticket.to_owned());
        }
    }
    inside
}

#[tokio::test]
async fn five_hundred_at_once_fill_the_room_and_never_more() {
    const CAPACITY: usize = 40;
    let hall = Plan::standing(500).open().await;
    let queue = Rules::open(CAPACITY).configure(&hall).await;
    let mut crowd = queue.crowd(500).await;
    // Nobody leaves and nobody's time runs out, so whoever was once let in is in.
    let mut inside = all_ask(&hall.event, &mut crowd).await;
    assert!(inside.len() <= CAPACITY, "{} are in", inside.len());
    eventually("the room is full", LATER, async || {
        inside.extend(all_ask(&hall.event, &mut crowd).await);
        assert!(inside.len() <= CAPACITY, "{} are in", inside.len());
        if inside.len() == CAPACITY { Ok(()) } else { Err(format!("{} are in", inside.len())) }
    })
    .await;
    inside.extend(all_ask(&hall.event, &mut crowd).await);
    assert_eq!(inside.len(), CAPACITY);
    let places: BTreeSet<_> =
        crowd.iter().filter(|entrant| !inside.contains(&entrant.person.id)).map(Entrant::place).collect();
    assert_eq!(places.len(), crowd.len() - CAPACITY, "everybody has a place of their own");
}
