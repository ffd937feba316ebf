//! Standing in the line.

use contracts::catalog::EventStatus;
use contracts::ids::{EventId, PerformanceId, UserId};
use contracts::waiting_room::Notice;
use waiting_room::look::{PublicPhase, numbers, status};
use waiting_room::{QueueError, leave};

use crate::world::{TICKETS, World};

async fn line(world: &mut World, people: usize) -> Vec<(UserId, String)> {
    let mut line = Vec::new();
    for _ in 0..people {
        let user = UserId::generate();
        line.push((user, world.waits(user, None).await.ticket.unwrap()));
    }
    world.later(1);
    line
}

#[tokio::test]
async fn people_come_in_in_the_order_of_their_places() {
    let mut world = World::open(2).await;
    let inside = [UserId::generate(), UserId::generate()];
    for user in inside {
        world.enters(user, None).await;
    }
    let people = line(&mut world, 6).await;
    world.round().await;
    for (ahead, (user, ticket)) in (0..).zip(&people) {
        let wait = world.waits(*user, Some(ticket)).await;
        assert_eq!((wait.ahead, wait.position, wait.place), (Some(ahead), Some(ahead + 1), Some(ahead)));
    }
    leave::leave(&world.store, world.event, inside[0], world.now).await.unwrap();
    world.rounds(2).await;
    // The last one asks first.
    for (user, ticket) in people[1..].iter().rev() {
        world.waits(*user, Some(ticket)).await;
    }
    world.enters(people[0].0, Some(&people[0].1)).await;
    assert_eq!(world.waits(people[1].0, Some(&people[1].1)).await.position, Some(1));
}

#[tokio::test]
async fn nobody_who_walks_in_overtakes_those_who_wait() {
    let mut world = World::open(1).await;
    let inside = UserId::generate();
    world.enters(inside, None).await;
    let people = line(&mut world, 1).await;
    leave::leave(&world.store, world.event, inside, world.now).await.unwrap();
    // An environment that still believes that newcomers may walk in.
    let behind = world.desk();
    behind.check(world.request(UserId::generate(), None), world.now).await.unwrap();
    world.round().await;
    let newcomer = behind.check(world.request(UserId::generate(), None), world.now).await.unwrap();
    assert!(matches!(newcomer, contracts::waiting_room::EntryAnswer::Waiting(_)), "{newcomer:?}");
    world.later(1);
    world.enters(people[0].0, Some(&people[0].1)).await;
}

#[tokio::test]
async fn people_are_told_when_waiting_is_in_vain_and_the_line_stops_until_seats_come_back() {
    let mut world = World::open(1).await;
    world.enters(UserId::generate(), None).await;
    let people = line(&mut world, 5).await;
    let performance = PerformanceId::generate();
    world.seats(performance, 3, 10).await;
    let (user, ticket) = &people[4];
    let wait = world.waits(*user, Some(ticket)).await;
    assert_eq!((wait.seats_left, wait.notice), (Some(3), Some(Notice::FewerSeatsThanPeopleAhead)));
    assert_eq!(world.waits(people[3].0, Some(&people[3].1)).await.notice, None);

    world.seats(performance, 0, 20).await;
    world.seats(performance, 9, 15).await;
    assert_eq!(world.waits(*user, Some(ticket)).await.notice, Some(Notice::SoldOut));
    world.later(400);
    let plan = world.rounds(3).await;
    assert_eq!((plan.pointer.limit, plan.occupied), (0, 0));
    world.seats(performance, 1, 30).await;
    let plan = world.rounds(2).await;
    assert_eq!(plan.pointer.limit, 1);
    world.enters(people[0].0, Some(&people[0].1)).await;
}

#[tokio::test]
async fn everybody_sees_the_line_and_admins_its_numbers() {
    let mut world = World::open(2).await;
    let secret = kit::signed::Secret::new(TICKETS, None).unwrap();
    for _ in 0..2 {
        world.enters(UserId::generate(), None).await;
    }
    let people = line(&mut world, 4).await;
    world.round().await;
    let room = world.store.room(world.event).await.unwrap();
    let public = status(world.event, &room, &secret, None, world.now).unwrap();
    assert_eq!((public.phase, public.waiting, public.entrants), (PublicPhase::Open, Some(4), Some(0)));
    let own = status(world.event, &room, &secret, Some(&people[2].1), world.now).unwrap().ticket.unwrap();
    assert_eq!((own.position, own.ahead), (3, 2));
    assert!(matches!(status(world.event, &room, &secret, Some("paper"), world.now), Err(QueueError::TicketInvalid(_))));
    let admin = numbers(&world.store, world.event, world.now).await.unwrap();
    assert_eq!((admin.active, admin.numbers, admin.waiting, admin.served), (2, 4, 4, 0));
    assert!(matches!(numbers(&world.store, EventId::generate(), world.now).await, Err(QueueError::NoQueue)));

    world.event_is(5, EventStatus::Draft).await;
    let room = world.store.room(world.event).await.unwrap();
    assert!(matches!(status(world.event, &room, &secret, None, world.now), Err(QueueError::NotFound)));
}
