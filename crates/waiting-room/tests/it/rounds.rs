//! Rounds, chains of them, and waking.

use contracts::ids::UserId;
use contracts::live::RoomChange;
use waiting_room::domain::queue::Rules;
use waiting_room::outbox::Round;
use waiting_room::steer::{Steered, steer};

use crate::world::World;

#[tokio::test]
async fn of_two_chains_one_survives() {
    let mut world = World::open(1).await;
    world.outbox.rounds();
    let start = world.store.room(world.event).await.unwrap().plan.unwrap().round;
    let mut waiting = vec![Round { event_id: world.event, round: start }; 2];
    for _ in 0..5 {
        world.later(1);
        for round in std::mem::take(&mut waiting) {
            steer(&world.store, &world.outbox, round, world.now).await.unwrap();
        }
        waiting = world.outbox.rounds();
        assert_eq!(waiting.len(), 1);
    }
    assert_eq!(waiting[0].round, start + 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_rounds_at_the_same_moment_make_one_plan() {
    let mut world = World::open(1).await;
    world.later(1);
    world.outbox.rounds();
    let round = Round { event_id: world.event, round: 1 };
    let both = tokio::join!(
        steer(&world.store, &world.outbox, round, world.now),
        steer(&world.store, &world.outbox, round, world.now)
    );
    let planned = [both.0.unwrap(), both.1.unwrap()].into_iter().filter(|did| *did != Steered::Void).count();
    assert_eq!((planned, world.outbox.rounds().len()), (1, 1));
    assert_eq!(world.store.room(world.event).await.unwrap().plan.unwrap().round, 2);
}

#[tokio::test]
async fn a_broken_chain_is_mended_by_the_next_who_asks_and_by_nobody_twice() {
    let mut world = World::new(1).await;
    world.now = world.opens_at;
    for _ in 0..20 {
        world.waits(UserId::generate(), None).await;
    }
    let woken = world.outbox.rounds();
    assert_eq!(woken, [Round { event_id: world.event, round: 0 }]);
    steer(&world.store, &world.outbox, woken[0], world.now).await.unwrap();
    // The message of the next round is lost.
    assert_eq!(world.outbox.rounds().len(), 1);
    world.later(9);
    world.check(UserId::generate(), None).await.unwrap();
    assert!(world.outbox.rounds().is_empty(), "it may just be late");
    world.later(2);
    world.check(UserId::generate(), None).await.unwrap();
    world.check(UserId::generate(), None).await.unwrap();
    let woken = world.outbox.rounds();
    assert_eq!(woken.len(), 1);
    assert_ne!(steer(&world.store, &world.outbox, woken[0], world.now).await.unwrap(), Steered::Void);
}

#[tokio::test]
async fn an_empty_sale_sleeps_and_lets_the_next_one_in_at_once() {
    let mut world = World::open(1).await;
    world.later(1);
    world.rounds(61).await;
    let rounds = world.outbox.rounds().len();
    assert!((60..=61).contains(&rounds), "{rounds}");
    world.later(3_600);
    world.enters(UserId::generate(), None).await;
    let woken = world.outbox.rounds();
    assert_eq!(woken.len(), 1);
    steer(&world.store, &world.outbox, woken[0], world.now).await.unwrap();
    assert_eq!(world.outbox.rounds().len(), 1, "the chain goes on while somebody buys");
}

#[tokio::test]
async fn the_room_of_those_who_wait_hears_of_every_round() {
    let mut world = World::open(1).await;
    world.outbox.told();
    world.enters(UserId::generate(), None).await;
    world.waits(UserId::generate(), None).await;
    // Once everybody has been called up, too: a place that comes free is theirs who were called up in vain.
    for _ in 0..3 {
        world.later(1);
        let plan = world.round().await;
        let told = world.outbox.told();
        assert_eq!(
            told,
            [RoomChange::Queue { event_id: world.event, era: 1, pointer: plan.pointer, entrants: plan.entrants }]
        );
    }
    world.later(600);
    world.rounds(62).await;
    world.outbox.told();
    world.later(1);
    world.round().await;
    assert!(world.outbox.told().is_empty(), "it sleeps");
}

#[tokio::test]
async fn a_smaller_capacity_throws_nobody_out_and_a_larger_one_lets_more_in() {
    let mut world = World::open(130).await;
    for _ in 0..130 {
        world.check(UserId::generate(), None).await.unwrap();
    }
    world.later(1);
    let inside = world.round().await.occupied;
    // Three gates; a newcomer tries each.
    assert_eq!(inside, 130);
    let rules =
        Rules { enabled: true, opens_at: world.opens_at, capacity: 10, session_seconds: 300, pre_queue_minutes: 30 };
    world.configure(rules).await.unwrap();
    let plan = world.rounds(2).await;
    assert_eq!((plan.occupied, plan.with_room.len()), (130, 0));
    let people: Vec<_> = (0..20).map(|_| UserId::generate()).collect();
    let mut tickets = Vec::new();
    for user in &people {
        tickets.push(world.waits(*user, None).await.ticket.unwrap());
    }
    world.later(301);
    let plan = world.rounds(3).await;
    assert_eq!((plan.occupied, plan.pointer.limit), (0, 10));
    for (user, ticket) in people.iter().zip(&tickets).take(10) {
        world.enters(*user, Some(ticket)).await;
    }
    world.waits(people[10], Some(&tickets[10])).await;
    assert_eq!(world.occupied().await, (10, 10));

    world.configure(Rules { capacity: 200, ..rules }).await.unwrap();
    world.rounds(2).await;
    for (user, ticket) in people.iter().zip(&tickets).skip(10) {
        world.enters(*user, Some(ticket)).await;
    }
    assert_eq!(world.occupied().await, (20, 20));
}
