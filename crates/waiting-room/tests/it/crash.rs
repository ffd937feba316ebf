//! A crash at any call, and the same step again.

use contracts::ids::UserId;
use contracts::waiting_room::{AdmissionEnd, EntryAnswer};
use testkit::Faults;
use waiting_room::dynamodb::Store;
use waiting_room::leave::leave;
use waiting_room::outbox::Round;
use waiting_room::steer::steer;

use crate::world::World;

/// More calls than any step makes; the loops end with the first fault that does not strike.
const MOST_CALLS: usize = 40;

#[tokio::test]
async fn somebody_who_comes_in_occupies_one_place_whatever_breaks() {
    for fault in Faults::every(MOST_CALLS) {
        let world = World::open(2).await;
        let (user, faults) = (UserId::generate(), Faults::one(fault));
        let _ = world.desk_with(&faults).check(world.request(user, None), world.now).await;
        if !faults.struck() {
            assert!(fault.call > 2);
            break;
        }
        let entry = world.enters(user, None).await;
        assert_eq!(world.claims(&entry).sub, user);
        assert_eq!(world.occupied().await, (1, 1), "{fault:?}");
    }
}

#[tokio::test]
async fn a_ticket_is_traded_once_whatever_breaks() {
    for fault in Faults::every(MOST_CALLS) {
        let mut world = World::open(1).await;
        let (inside, user) = (UserId::generate(), UserId::generate());
        world.enters(inside, None).await;
        let ticket = world.waits(user, None).await.ticket.unwrap();
        leave(&world.store, world.event, inside, world.now).await.unwrap();
        world.rounds(2).await;
        let faults = Faults::one(fault);
        let _ = world.desk_with(&faults).check(world.request(user, Some(&ticket)), world.now).await;
        if !faults.struck() {
            assert!(fault.call > 2);
            break;
        }
        world.enters(user, Some(&ticket)).await;
        assert_eq!(world.occupied().await, (1, 1), "{fault:?}");
    }
}

#[tokio::test]
async fn leaving_gives_the_place_on_once_whatever_breaks() {
    for fault in Faults::every(MOST_CALLS) {
        let mut world = World::open(1).await;
        let user = UserId::generate();
        world.enters(user, None).await;
        let faults = Faults::one(fault);
        let failing = Store::new(world.table.failing_client(&faults), &world.table.name);
        let _ = leave(&failing, world.event, user, world.now).await;
        if !faults.struck() {
            assert!(fault.call > 3);
            break;
        }
        leave(&world.store, world.event, user, world.now).await.unwrap();
        let state = world.store.admission(world.event, user).await.unwrap().unwrap().state;
        assert_eq!((state.ended, state.version), (Some(AdmissionEnd::Left), 2), "{fault:?}");
        world.rounds(2).await;
        assert_eq!(world.occupied().await, (0, 0), "{fault:?}");
    }
}

/// A round with everything in it: places of idle people and of those who left, a line, gates to set.
#[tokio::test]
async fn a_round_that_breaks_is_mended_by_the_next() {
    for fault in Faults::every(MOST_CALLS) {
        let mut world = World::open(3).await;
        let (idle, gone, busy, waits) =
            (UserId::generate(), UserId::generate(), UserId::generate(), UserId::generate());
        world.enters(idle, None).await;
        world.enters(gone, None).await;
        world.later(200);
        world.round().await;
        world.enters(busy, None).await;
        let ticket = world.waits(waits, None).await.ticket.unwrap();
        world.later(101);
        leave(&world.store, world.event, gone, world.now).await.ok();

        let faults = Faults::one(fault);
        let failing = Store::new(world.table.failing_client(&faults), &world.table.name);
        let round = world.store.room(world.event).await.unwrap().plan.unwrap().round;
        let _ = steer(&failing, &world.outbox, Round { event_id: world.event, round }, world.now).await;
        if !faults.struck() {
            assert!(fault.call > 6);
            break;
        }
        // Whoever asks finds the chain broken, or not.
        world.later(11);
        let _ = world.check(waits, Some(&ticket)).await.unwrap();
        let woken = world.outbox.rounds().pop().expect("the chain goes on");
        steer(&world.store, &world.outbox, woken, world.now).await.unwrap();
        world.later(1);
        let answer = world.check(waits, Some(&ticket)).await.unwrap();
        assert!(matches!(answer, EntryAnswer::Admitted(_)), "{fault:?}: {answer:?}");
        assert_eq!(world.occupied().await, (2, 2), "{fault:?}");
        let state = world.store.admission(world.event, idle).await.unwrap().unwrap().state;
        assert_eq!((state.ended, state.version), (Some(AdmissionEnd::Idle), 2), "{fault:?}");
    }
}
