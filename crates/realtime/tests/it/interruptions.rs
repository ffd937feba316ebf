//! Whatever call fails, and whenever: what is done again ends well.

use contracts::ids::UserId;
use contracts::live::SeatStatus::Sold;
use contracts::live::{Room, RoomChange};
use realtime::connect::{connect, disconnect};
use testkit::Faults;

use crate::world::{World, at};

#[tokio::test]
async fn connecting_and_leaving_can_be_interrupted_anywhere() {
    for fault in Faults::every(4) {
        let world = World::new().await;
        let before = world.table.items().await.len();
        let faults = Faults::one(fault);
        let _ = connect(&world.failing_store(&faults), "a".into(), Some(UserId::generate()), at(0)).await;
        disconnect(&world.store(), &&world.announced, "a", at(0)).await.unwrap();
        // A connection that was refused before it was written down may leave the note of its owner: it ends by itself.
        assert!(world.table.items().await.len() <= before + 1, "{fault:?}");

        world.connect("b", Some(UserId::generate())).await;
        world.rooms().watch_event(&world.connection("b").await, world.event, at(0)).await.unwrap();
        let faults = Faults::one(fault);
        let _ = disconnect(&world.failing_store(&faults), &&world.announced, "b", at(0)).await;
        disconnect(&world.store(), &&world.announced, "b", at(0)).await.unwrap();
        assert!(world.table.items().await.len() <= before + 1, "{fault:?}");
    }
}

#[tokio::test]
async fn joining_and_leaving_rooms_can_be_interrupted_anywhere() {
    let mut struck = 0;
    for fault in Faults::every(8) {
        let world = World::new().await;
        let connection = world.connect("a", None).await;
        let before = world.table.items().await.len();
        let faults = Faults::one(fault);
        let _ = world.failing_rooms(&faults).watch_seats(&connection, world.performance, at(0)).await;
        struck += usize::from(faults.struck());
        let room = Room::Performance(world.performance);
        let connection = world.connection("a").await;
        world.rooms().watch_seats(&connection, world.performance, at(0)).await.unwrap();
        assert_eq!(world.store().members(room, at(0)).await.unwrap().len(), 1, "{fault:?}");
        assert!(world.connection("a").await.is_in(room));

        let faults = Faults::one(fault);
        let _ = world.failing_rooms(&faults).leave(&world.connection("a").await, room, at(0)).await;
        world.rooms().leave(&world.connection("a").await, room, at(0)).await.unwrap();
        assert_eq!(world.table.items().await.len(), before, "{fault:?}");
        assert!(!world.connection("a").await.is_in(room), "{fault:?}");
    }
    assert_eq!(struck, 2 * 4);
}

#[tokio::test]
async fn news_that_was_interrupted_is_told_again_and_who_missed_it_notices() {
    let mut struck = 0;
    for fault in Faults::every(8) {
        let world = World::new().await;
        for name in ["a", "gone"] {
            world.watcher(name).await;
        }
        world.wire.gone.borrow_mut().insert("gone".into());
        let room = Room::Performance(world.performance);
        let change = world.seats(&[("R1-1", Sold, None)], Vec::new());
        let faults = Faults::one(fault);
        let _ = world.failing_broadcast(&faults).tell(room, &world.heard(change.clone())).await;
        struck += usize::from(faults.struck());
        let mut again = world.heard(change);
        again.again = true;
        world.broadcast().tell(room, &again).await.unwrap();
        world.broadcast().tell(room, &again).await.unwrap();
        let told = world.wire.take("a");
        assert!(told.len() >= 2, "{fault:?}");
        let mut known = told[0]["version"].as_i64();
        for message in &told[1..] {
            assert!(message["previousVersion"].as_i64() <= known, "nothing between two messages is lost: {fault:?}");
            known = message["version"].as_i64();
        }
        let members = world.store().members(room, at(0)).await.unwrap();
        assert_eq!(members.len(), 1, "no room speaks to who is gone: {fault:?}");
    }
    assert_eq!(struck, 2 * 7, "is anybody there, turn, members, three to forget who is gone, number");
}

#[tokio::test]
async fn two_workers_that_speak_to_a_room_at_once_take_turns() {
    let world = World::new().await;
    world.watcher("a").await;
    let room = Room::Performance(world.performance);
    let news = world.heard(world.seats(&[("R1-1", Sold, None)], Vec::new()));
    let (first, second) = (world.broadcast(), world.broadcast());
    let (one, two) = futures_util::future::join(first.tell(room, &news), second.tell(room, &news)).await;
    assert_eq!(one.unwrap().reached + two.unwrap().reached, 2);
    let told = world.wire.take("a");
    let apart = told[1]["version"].as_i64().unwrap() - told[0]["version"].as_i64().unwrap();
    assert!(apart >= 1_000, "{told:?}");
}

#[tokio::test]
async fn telling_an_event_that_nobody_watches_any_more_is_harmless() {
    let world = World::new().await;
    let news = world.heard(RoomChange::Viewers { event_id: world.event });
    world.broadcast().tell(Room::Event(world.event), &news).await.unwrap();
    assert!(world.wire.got.take().is_empty());
}
