//! The workers, and the call of others.

use contracts::booking::SeatsLeft;
use contracts::event::EventType;
use contracts::ids::{PerformanceId, UserId};
use contracts::waiting_room::{AdmitBuyer, EntryAnswer, Notice};
use serde_json::json;
use waiting_room_functions::{admit_buyer, apply_seats_left, check_queue};

use crate::world::{Event, World};

#[tokio::test]
async fn somebody_at_a_connection_is_answered_as_if_they_asked() {
    let world = World::new().await;
    world.queue(-10, 1).await;
    world.round().await;
    let (first, second) = (UserId::generate(), UserId::generate());
    let desk = world.desk();
    for user in [first, second] {
        Event::by(user, "buyer").at(world.event).send(|call| check_queue::handle(&desk, call)).await;
    }
    let answer = Event::by(second, "buyer").at(world.event).send(|call| check_queue::handle(&desk, call)).await;
    let ticket = answer.body["ticket"].as_str().unwrap().to_owned();
    let call = |user_id, ticket: &str| AdmitBuyer { event_id: world.event, user_id, ticket: ticket.to_owned() };
    let waits = admit_buyer::handle(&desk, call(second, &ticket)).await.unwrap();
    assert!(matches!(waits, EntryAnswer::Waiting(_)));
    let refused = admit_buyer::handle(&desk, call(first, &ticket)).await.unwrap();
    assert_eq!(refused, EntryAnswer::Refused { code: "ticket_invalid".into() });
}

#[tokio::test]
async fn counts_of_seats_reach_those_who_wait() {
    let world = World::new().await;
    world.queue(-10, 1).await;
    let left = SeatsLeft { event_id: world.event, performance_id: PerformanceId::generate(), free: 0, counted_at: 5 };
    apply_seats_left::handle(&world.store(), left).await.unwrap();
    let desk = world.desk();
    let request = Event::by(UserId::generate(), "buyer").at(world.event);
    let answer = request.send(|call| check_queue::handle(&desk, call)).await;
    assert_eq!((&answer.body["seatsLeft"], &answer.body["notice"]), (&json!(0), &json!(Notice::SoldOut)));
}

#[tokio::test]
async fn what_is_no_news_of_a_sale_is_refused() {
    let world = World::new().await;
    assert!(world.tell(EventType::UserRegistered, 1, json!({})).await.is_err());
    assert!(world.tell(EventType::EventUpdated, 1, json!({"id": 7})).await.is_err());
}
