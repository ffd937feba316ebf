//! Joining, leaving, choosing.

use contracts::ids::{EventId, PerformanceId};
use contracts::live::{Room, RoomChange};
use realtime::LiveError;
use realtime::domain::connection::MOST_ROOMS;
use realtime::message::Body;
use serde_json::{Value, json};
use testkit::Faults;

use crate::world::{World, at};

fn json(body: &Body) -> Value {
    serde_json::to_value(body).unwrap()
}

#[tokio::test]
async fn joining_says_who_is_there_and_joining_again_changes_nothing() {
    let world = World::new().await;
    for viewers in 1..=3 {
        let connection = world.connect(&viewers.to_string(), None).await;
        for _ in 0..2 {
            let info = world.rooms().watch_event(&connection, world.event, at(0)).await.unwrap();
            let expected = json!({"type": "room-info", "eventId": world.event, "viewers": viewers});
            assert_eq!(json(&info), expected);
        }
    }
    assert_eq!(world.announced.0.take()[0], RoomChange::Viewers { event_id: world.event });
}

#[tokio::test]
async fn what_was_never_on_sale_cannot_be_watched() {
    let world = World::new().await;
    let connection = world.connect("a", None).await;
    let rooms = world.rooms();
    assert!(matches!(rooms.watch_event(&connection, EventId::generate(), at(0)).await, Err(LiveError::NotFound)));
    assert!(matches!(rooms.watch_seats(&connection, PerformanceId::generate(), at(0)).await, Err(LiveError::NotFound)));
    assert!(world.connection("a").await.rooms.is_empty());
}

#[tokio::test]
async fn a_connection_is_in_ten_rooms_and_may_leave_for_others() {
    let world = World::new().await;
    let store = world.store();
    world.connect("a", None).await;
    let events: Vec<_> = (0..=MOST_ROOMS).map(|_| EventId::generate()).collect();
    for event in &events {
        store.learn(*event, PerformanceId::generate()).await.unwrap();
    }
    let join = async |event| world.rooms().watch_event(&world.connection("a").await, event, at(0)).await;
    for event in &events[..MOST_ROOMS] {
        join(*event).await.unwrap();
    }
    assert!(matches!(join(events[MOST_ROOMS]).await, Err(LiveError::TooManyRooms)));
    join(events[0]).await.unwrap();
    let connection = world.connection("a").await;
    for _ in 0..2 {
        world.rooms().leave(&connection, Room::Event(events[0]), at(0)).await.unwrap();
    }
    join(events[MOST_ROOMS]).await.unwrap();
}

#[tokio::test]
async fn another_performance_takes_the_place_of_the_one_before() {
    let world = World::new().await;
    let other = PerformanceId::generate();
    world.store().learn(world.event, other).await.unwrap();
    world.watcher("a").await;
    world.rooms().watch_seats(&world.connection("a").await, other, at(0)).await.unwrap();
    assert!(world.store().members(Room::Performance(world.performance), at(0)).await.unwrap().is_empty());
    assert_eq!(world.connection("a").await.rooms, [Room::Performance(other).to_string()].into());
}

#[tokio::test]
async fn who_joins_sees_what_others_have_chosen() {
    let world = World::new().await;
    let first = world.watcher("a").await;
    let seats = ["R1-1", "R1-2"].map(str::to_owned);
    world.rooms().choose_seats(&first, world.performance, &seats, at(0)).await.unwrap();
    assert_eq!(world.announced.0.take(), [RoomChange::Selection { performance_id: world.performance }]);
    let second = world.connect("b", None).await;
    let told = world.rooms().watch_seats(&second, world.performance, at(7)).await.unwrap();
    let info = json!({
        "type": "room-info", "performanceId": world.performance, "viewers": 2, "version": at(7).as_millisecond(),
    });
    let chosen = json!({"type": "seat-selection", "performanceId": world.performance, "seats": seats});
    assert_eq!(told.iter().map(json).collect::<Vec<_>>(), [info, chosen]);
    world.rooms().leave(&first, Room::Performance(world.performance), at(8)).await.unwrap();
    assert_eq!(world.announced.0.take(), [RoomChange::Selection { performance_id: world.performance }]);
    world.rooms().leave(&world.connection("b").await, Room::Performance(world.performance), at(8)).await.unwrap();
    assert!(world.announced.0.take().is_empty(), "nobody saw anything of the second one");
}

#[tokio::test]
async fn only_who_is_there_chooses() {
    let world = World::new().await;
    let connection = world.connect("a", None).await;
    let outcome = world.rooms().choose_seats(&connection, world.performance, &["R1-1".into()], at(0)).await;
    assert!(matches!(outcome, Err(LiveError::NotInRoom)));
    assert!(world.announced.0.take().is_empty());
}

#[tokio::test]
async fn what_the_rooms_cost() {
    let world = World::new().await;
    let connection = world.connect("a", None).await;
    let faults = Faults::none();
    world.failing_rooms(&faults).watch_event(&connection, world.event, at(0)).await.unwrap();
    assert_eq!(faults.calls(), 4, "is it there, note the room, enter it, look around");
    let faults = Faults::none();
    world.failing_rooms(&faults).watch_seats(&connection, world.performance, at(0)).await.unwrap();
    assert_eq!(faults.calls(), 4);
    let faults = Faults::none();
    world.failing_rooms(&faults).choose_seats(&connection, world.performance, &[], at(0)).await.unwrap();
    assert_eq!(faults.calls(), 1);
    let faults = Faults::none();
    world.failing_rooms(&faults).leave(&connection, Room::Event(world.event), at(0)).await.unwrap();
    assert_eq!(faults.calls(), 2);
}
