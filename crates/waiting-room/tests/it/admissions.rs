//! Coming in, staying, going.

use contracts::booking::{Admission, PaymentOutcome, ReservationState, ReservationStatus};
use contracts::event::EventType;
use contracts::ids::{AdmissionId, PerformanceId, ReservationId, UserId};
use contracts::waiting_room::AdmissionEnd;
use waiting_room::leave::leave;
use waiting_room::news::reservation_changed;

use crate::world::World;

fn reservation(world: &World, user: UserId, admission: AdmissionId, expires_at: i64) -> ReservationState {
    ReservationState {
        id: ReservationId::generate(),
        version: 1,
        user_id: user,
        performance_id: PerformanceId::generate(),
        status: ReservationStatus::Pending,
        payment_status: PaymentOutcome::None,
        lines: Vec::new(),
        currency: "KRW".into(),
        expires_at,
        attempt: 0,
        payment_id: None,
        cancelled_by: None,
        paid: None,
        admission: Some(Admission { id: admission, event_id: world.event }),
    }
}

#[tokio::test]
async fn who_asks_again_stays_and_writes_only_now_and_then() {
    let mut world = World::open(1).await;
    let user = UserId::generate();
    let first = world.enters(user, None).await;
    let claims = world.claims(&first);
    assert_eq!(claims.exp, world.now.as_second() + 300);

    world.later(5);
    let soon = world.enters(user, None).await;
    assert_eq!((world.claims(&soon).jti, world.claims(&soon).exp), (claims.jti, claims.exp));
    world.later(60);
    let later = world.enters(user, None).await;
    assert_eq!((world.claims(&later).jti, world.claims(&later).exp), (claims.jti, world.now.as_second() + 300));
    let state = world.store.admission(world.event, user).await.unwrap().unwrap().state;
    assert_eq!((state.version, state.ended), (2, None));
    assert_eq!(world.occupied().await, (1, 1));
}

#[tokio::test]
async fn the_place_of_somebody_idle_is_given_on() {
    let mut world = World::open(1).await;
    let (idle, next) = (UserId::generate(), UserId::generate());
    world.enters(idle, None).await;
    let ticket = world.waits(next, None).await.ticket.unwrap();
    world.later(299);
    world.rounds(2).await;
    let state = world.store.admission(world.event, idle).await.unwrap().unwrap().state;
    assert_eq!(state.ended, Some(AdmissionEnd::Idle));
    world.enters(next, Some(&ticket)).await;
    assert_eq!(world.occupied().await, (1, 1));
    // Whoever was idle has to stand at the end.
    assert!(world.waits(idle, None).await.place.is_some());
}

#[tokio::test]
async fn who_leaves_makes_room_and_their_ticket_is_used_up() {
    let mut world = World::open(1).await;
    let (first, second) = (UserId::generate(), UserId::generate());
    world.enters(first, None).await;
    let ticket = world.waits(second, None).await.ticket.unwrap();
    let other_device = world.waits(second, None).await.ticket.unwrap();
    world.later(1);
    leave(&world.store, world.event, first, world.now).await.unwrap();
    leave(&world.store, world.event, first, world.now).await.unwrap();
    world.rounds(2).await;
    world.enters(second, Some(&ticket)).await;

    leave(&world.store, world.event, second, world.now).await.unwrap();
    world.later(1);
    world.rounds(5).await;
    assert_eq!(world.occupied().await, (0, 0));
    for used in [&ticket, &other_device] {
        let wait = world.waits(second, Some(used)).await;
        assert!(wait.place.unwrap() > 1, "{wait:?}");
        assert_ne!(wait.ticket.as_ref(), Some(used));
    }
}

#[tokio::test]
async fn leaving_is_nothing_for_those_outside() {
    let world = World::open(1).await;
    let before = world.table.items().await.len();
    leave(&world.store, world.event, UserId::generate(), world.now).await.unwrap();
    assert_eq!(world.table.items().await.len(), before);
    assert!(leave(&world.store, contracts::ids::EventId::generate(), UserId::generate(), world.now).await.is_err());
}

#[tokio::test]
async fn holding_prolongs_buying_ends_and_other_admissions_are_left_alone() {
    let world = World::open(2).await;
    let user = UserId::generate();
    let admission = world.claims(&world.enters(user, None).await).jti;
    let held_until = world.now.as_second() + 900;
    let held = reservation(&world, user, admission, held_until);
    let told = |reservation: ReservationState, because| {
        let (store, now) = (world.store.clone(), world.now);
        async move { reservation_changed(&store, &reservation, because, now).await.unwrap() }
    };
    let state = || async { world.store.admission(world.event, user).await.unwrap().unwrap().state };

    told(held.clone(), EventType::ReservationHeld).await;
    told(held.clone(), EventType::ReservationHeld).await;
    assert_eq!((state().await.expires_at, state().await.version), (held_until, 2));
    let earlier = ReservationState { expires_at: held_until - 600, ..held.clone() };
    told(earlier, EventType::ReservationHeld).await;
    assert_eq!(state().await.expires_at, held_until);

    let foreign = reservation(&world, user, AdmissionId::generate(), held_until + 1);
    told(foreign.clone(), EventType::ReservationHeld).await;
    told(foreign, EventType::ReservationConfirmed).await;
    let unguarded = ReservationState { admission: None, ..held.clone() };
    told(unguarded, EventType::ReservationConfirmed).await;
    assert_eq!((state().await.expires_at, state().await.ended), (held_until, None));

    told(held.clone(), EventType::ReservationConfirmed).await;
    told(held, EventType::ReservationConfirmed).await;
    let ended = state().await;
    assert_eq!((ended.ended, ended.version), (Some(AdmissionEnd::Purchased), 3));
}

#[tokio::test]
async fn emptying_the_queue_voids_admissions_and_ends_them_one_by_one() {
    let mut world = World::open(3).await;
    let users: Vec<_> = (0..3).map(|_| UserId::generate()).collect();
    for user in &users {
        world.enters(*user, None).await;
    }
    world.later(1);
    world.clear().await;
    assert_eq!(world.round().await.era, 2);
    world.later(1);
    // The new era is open at once; nobody of the old one counts.
    let again = world.enters(users[0], None).await;
    assert_eq!(world.claims(&again).era, 2);
    assert_eq!(world.occupied().await, (1, 1));
    world.rounds(3).await;
    for user in &users[1..] {
        let admission = world.store.admission(world.event, *user).await.unwrap().unwrap();
        assert_eq!((admission.state.ended, admission.gate), (Some(AdmissionEnd::Cleared), None));
    }
}
