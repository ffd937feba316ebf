//! Waiting in a queue without asking again and again.

use std::time::Duration;

use e2e::hall::{Hall, Plan};
use e2e::person::Person;
use e2e::queue::{Entrant, Queue, Rules};
use e2e::socket::{A_WHILE, Socket};
use e2e::wait::{LATER, SOON};
use serde_json::{Value, json};

/// A sale with one place, which is taken; the token is of whoever is in.
async fn full(hall: &Hall) -> (Queue, Entrant, String) {
    let queue = Rules::open(1).guard(hall).await;
    let mut inside = queue.entrant(&Person::register().await);
    let token = inside.enters(SOON).await;
    (queue, inside, token)
}

/// Somebody who waits, connected and in the room of the queue.
async fn waiting(queue: &Queue, hall: &Hall) -> (Entrant, Socket) {
    let mut entrant = queue.entrant(&Person::register().await);
    entrant.waits().await;
    let mut socket = Socket::of(&entrant.person).await;
    socket.send(&join(hall, entrant.ticket.as_deref().unwrap())).await;
    (entrant, socket)
}

fn join(hall: &Hall, ticket: &str) -> Value {
    json!({"action": "join-queue", "eventId": hall.event, "ticket": ticket})
}

#[tokio::test]
async fn those_who_wait_hear_how_they_stand_and_when_they_may_enter() {
    let hall = Plan::seated(1, 4).open().await;
    let (queue, inside, _) = full(&hall).await;
    let (first, mut at_first) = waiting(&queue, &hall).await;
    let (_, mut at_second) = waiting(&queue, &hall).await;
    let stand = |position: u64| move |told: &Value| told["position"] == position;
    at_second.expect_where("queue-updated", SOON, stand(2)).await;
    at_first.nothing_of(&["queue-entry-allowed"], Duration::ZERO).await;

    inside.leave().await;
    let entry = at_first.expect_where("queue-entry-allowed", SOON, |told| told["eventId"] == *hall.event).await;
    first.reserve(entry["admissionToken"].as_str().unwrap(), &["R1-1"]).await.expect(201);
    let moved = at_second.expect_where("queue-updated", SOON, stand(1)).await;
    assert_eq!(moved["ahead"], 0, "{moved}");
    at_second.nothing_of(&["queue-entry-allowed"], A_WHILE).await;
}

#[tokio::test]
async fn a_cleared_queue_is_told_to_those_who_wait() {
    let hall = Plan::seated(1, 4).open().await;
    let (queue, ..) = full(&hall).await;
    let (_, mut waiting) = waiting(&queue, &hall).await;
    waiting.expect("queue-updated").await;
    queue.clear().await;
    let told = waiting.expect_where("queue-cleared", LATER, |told| told["eventId"] == *hall.event).await;
    assert_eq!(told["type"], "queue-cleared");
}

#[tokio::test]
async fn only_ones_own_ticket_opens_the_room() {
    let hall = Plan::seated(1, 4).open().await;
    let (queue, ..) = full(&hall).await;
    let (entrant, _connected) = waiting(&queue, &hall).await;
    let ticket = entrant.ticket.clone().unwrap();
    let mut stranger = Socket::of(&Person::register().await).await;
    let mut nobody = Socket::anonymous().await;
    for socket in [&mut stranger, &mut nobody] {
        for stolen in [ticket.as_str(), "nonsense", ""] {
            socket.send(&join(&hall, stolen)).await;
            let problem = socket.expect("error").await;
            let status = problem["status"].as_u64().unwrap();
            assert!([401, 403, 422].contains(&status), "{problem}");
        }
        socket.nothing_of(&["queue-updated", "queue-entry-allowed"], Duration::ZERO).await;
    }
}
