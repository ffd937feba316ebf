//! Before the opening, and what comes of it.

use contracts::catalog::EventStatus;
use contracts::ids::UserId;
use contracts::waiting_room::{EntryAnswer, TICKET_AUDIENCE, TicketClaims};
use jiff::SignedDuration;
use kit::signed::Secret;
use waiting_room::domain::draw;
use waiting_room::domain::queue::{Refusal, Rules};
use waiting_room::look::{PublicPhase, status};
use waiting_room::{QueueError, TicketFlaw};

use crate::world::{TICKETS, World, keys};

async fn pre_queue(capacity: u32) -> World {
    let mut world = World::new(capacity).await;
    world.now = world.opens_at - SignedDuration::from_mins(10);
    world
}

#[tokio::test]
async fn nobody_enters_before_the_pre_queue() {
    let mut world = World::new(10).await;
    match world.check(UserId::generate(), None).await {
        Err(QueueError::NotOpen { opens_at, pre_queue_opens_at, wait_seconds }) => {
            assert_eq!(opens_at, world.opens_at);
            assert_eq!(pre_queue_opens_at, world.opens_at - SignedDuration::from_mins(30));
            assert_eq!(wait_seconds, 1_801);
        }
        other => panic!("{other:?}"),
    }
    world.later(1_800);
    assert!(matches!(world.check(UserId::generate(), None).await, Ok(EntryAnswer::PreQueue(_))));
}

#[tokio::test]
async fn an_account_has_one_ticket_however_often_it_asks() {
    let mut world = pre_queue(10).await;
    let user = UserId::generate();
    let first = world.waits(user, None).await;
    assert_eq!((first.place, first.position), (None, None));
    world.later(60);
    assert_eq!(world.waits(user, None).await.ticket_id, first.ticket_id);
    let again = world.waits(user, first.ticket.as_deref()).await;
    assert_eq!(again.ticket_id, first.ticket_id);
    assert_ne!(world.waits(UserId::generate(), None).await.ticket_id, first.ticket_id);
}

#[tokio::test]
async fn places_follow_from_seed_and_ticket_and_newcomers_stand_behind() {
    let mut world = pre_queue(1).await;
    let mut entrants = Vec::new();
    for _ in 0..40 {
        let user = UserId::generate();
        entrants.push((user, world.waits(user, None).await));
    }
    world.now = world.opens_at;
    // Before the first round nobody knows; tickets are kept.
    let early = world.waits(entrants[0].0, entrants[0].1.ticket.as_deref()).await;
    assert_eq!((early.ticket_id.as_ref(), early.position), (entrants[0].1.ticket_id.as_ref(), None));
    let nobody = world.waits(UserId::generate(), None).await;
    assert_eq!((nobody.ticket, nobody.poll_after_seconds), (None, 1));

    let plan = world.round().await;
    assert_eq!(plan.entrants, 40);
    world.later(1);
    let secret = Secret::new(TICKETS, None).unwrap();
    let room = world.store.room(world.event).await.unwrap();
    let public = status(world.event, &room, &secret, None, world.now).unwrap();
    assert_eq!((public.phase, public.entrants), (PublicPhase::Open, Some(40)));
    assert_eq!(public.seed, Some(keys(1).seed.reveal()));
    assert_eq!(public.seed_hash, Some(keys(1).seed.hash()));

    let mut admitted = 0;
    for (user, wait) in &entrants {
        let expected = draw::place(draw::score(&keys(1).seed, wait.ticket_id.as_deref().unwrap()), 40);
        match world.check(*user, wait.ticket.as_deref()).await.unwrap() {
            EntryAnswer::Waiting(stands) => assert_eq!(stands.place, Some(expected)),
            EntryAnswer::Admitted(_) => {
                admitted += 1;
                assert_eq!(expected, 0);
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(admitted <= 1);
    assert!(world.waits(UserId::generate(), None).await.place.unwrap() >= 40);
}

#[tokio::test]
async fn the_seed_is_secret_until_the_draw_is_over() {
    let world = pre_queue(1).await;
    let secret = Secret::new(TICKETS, None).unwrap();
    let room = world.store.room(world.event).await.unwrap();
    let public = status(world.event, &room, &secret, None, world.now).unwrap();
    assert_eq!((public.phase, public.seed), (PublicPhase::PreQueue, None));
    assert_eq!(public.seed_hash, Some(keys(1).seed.hash()));
    let published = world.table.items().await.into_iter().filter_map(|item| item.get("state").cloned());
    for state in published {
        assert!(!format!("{state:?}").contains(&keys(1).seed.reveal()));
    }
}

#[tokio::test]
async fn tickets_that_are_not_ones_own_place_in_this_line_are_refused() {
    let world = pre_queue(10).await;
    let user = UserId::generate();
    let ticket = world.waits(user, None).await.ticket.unwrap();
    let flaw = |answer: Result<EntryAnswer, QueueError>| match answer {
        Err(QueueError::TicketInvalid(flaw)) => flaw,
        other => panic!("{other:?}"),
    };
    let ours = Secret::new(TICKETS, None).unwrap();
    let claims: TicketClaims = ours.verify(&ticket, TICKET_AUDIENCE, world.now).unwrap();
    let sign = |claims: TicketClaims| ours.sign(&claims).unwrap();

    assert_eq!(flaw(world.check(UserId::generate(), Some(&ticket)).await), TicketFlaw::OtherAccount);
    assert_eq!(flaw(world.check(user, Some("paper")).await), TicketFlaw::Malformed);
    let other = Secret::new(&[7; 32], None).unwrap();
    let better = TicketClaims { place: Some(0), ..claims.clone() };
    assert_eq!(flaw(world.check(user, Some(&other.sign(&better).unwrap())).await), TicketFlaw::Forged);
    // {"alg":"none"}
    let unsigned = format!("eyJhbGciOiJub25lIn0.{}.", ticket.split('.').nth(1).unwrap());
    assert_eq!(flaw(world.check(user, Some(&unsigned)).await), TicketFlaw::Malformed);
    let elsewhere = TicketClaims { evt: contracts::ids::EventId::generate(), ..claims.clone() };
    assert_eq!(flaw(world.check(user, Some(&sign(elsewhere))).await), TicketFlaw::OtherEvent);
    let admission = TicketClaims { aud: "jari-admission".into(), ..claims.clone() };
    assert_eq!(flaw(world.check(user, Some(&sign(admission))).await), TicketFlaw::Malformed);
    // One whose time is over is as good as none.
    let old = TicketClaims { exp: world.now.as_second(), ..claims.clone() };
    assert_eq!(world.waits(user, Some(&sign(old))).await.ticket_id, Some(claims.jti));
}

#[tokio::test]
async fn emptying_a_queue_voids_every_ticket() {
    let mut world = pre_queue(1).await;
    let user = UserId::generate();
    let before = world.waits(user, None).await;
    let behind = world.desk();
    behind.rooms.get(&world.store, world.event, world.now).await.unwrap();
    world.clear().await;
    let after = world.waits(user, before.ticket.as_deref()).await;
    assert_ne!(after.ticket_id, before.ticket_id);
    // An environment that still knows the old era asks the table when it sees a newer ticket.
    match behind.check(world.request(user, after.ticket.as_deref()), world.now).await.unwrap() {
        EntryAnswer::PreQueue(wait) => assert_eq!(wait.ticket_id, after.ticket_id),
        other => panic!("{other:?}"),
    }
    world.now = world.opens_at;
    assert_eq!(world.round().await.entrants, 1);
}

#[tokio::test]
async fn the_opening_does_not_move_once_people_may_have_entered() {
    let world = pre_queue(1).await;
    let opens_at = world.opens_at + SignedDuration::from_hours(1);
    let later = Rules { enabled: true, opens_at, capacity: 1, session_seconds: 300, pre_queue_minutes: 30 };
    assert!(matches!(world.configure(later).await, Err(QueueError::Refused(Refusal::Running))));
    let wider = Rules { opens_at: world.opens_at, capacity: 5, ..later };
    let queue = world.configure(wider).await.unwrap();
    assert_eq!((queue.version, queue.capacity), (2, 5));
    assert_eq!(world.configure(wider).await.unwrap().version, 2, "nothing has changed");
}

#[tokio::test]
async fn sales_without_a_queue_are_open_and_those_that_are_over_are_closed() {
    let world = World::new(1).await;
    let off =
        Rules { enabled: false, opens_at: world.opens_at, capacity: 1, session_seconds: 300, pre_queue_minutes: 30 };
    world.configure(off).await.unwrap();
    let before = world.table.items().await;
    let user = UserId::generate();
    let entry = world.enters(user, None).await;
    assert_eq!((world.claims(&entry).sub, world.claims(&entry).evt), (user, world.event));
    assert_eq!(world.table.items().await.len(), before.len());

    world.event_is(2, EventStatus::Cancelled).await;
    world.event_is(1, EventStatus::OnSale).await;
    assert!(matches!(world.check(user, None).await, Err(QueueError::SaleOver)));
    world.event_is(3, EventStatus::Draft).await;
    assert!(matches!(world.check(user, None).await, Err(QueueError::NotFound)));
}
