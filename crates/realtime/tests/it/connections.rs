//! Coming, going, and speaking too much.

use contracts::ids::UserId;
use contracts::live::{Room, RoomChange};
use futures_util::future::join_all;
use realtime::LiveError;
use realtime::connect::{connect, disconnect};
use realtime::domain::connection::{LIFETIME, MOST_CONNECTIONS};
use realtime::domain::pace::BURST;
use realtime::store::Act;
use testkit::Faults;

use crate::world::{World, at, granted};

#[tokio::test]
async fn a_connection_comes_and_goes_and_leaves_nothing() {
    let world = World::new().await;
    let before = world.table.items().await.len();
    let user = UserId::generate();
    let connection = world.connect("a", Some(user)).await;
    assert_eq!(world.store().connections_of(user, at(0)).await.unwrap(), ["a"]);
    world.rooms().watch_event(&connection, world.event, at(0)).await.unwrap();
    world.rooms().watch_seats(&connection, world.performance, at(0)).await.unwrap();
    world.announced.0.take();
    for _ in 0..2 {
        disconnect(&world.store(), &&world.announced, "a", at(1)).await.unwrap();
    }
    assert_eq!(world.table.items().await.len(), before);
    let told = world.announced.0.take();
    let expected =
        [RoomChange::Viewers { event_id: world.event }, RoomChange::Selection { performance_id: world.performance }];
    assert_eq!(told, expected, "once, by whoever found the connection");
}

#[tokio::test]
async fn an_account_has_ten_connections_however_fast_it_connects() {
    let world = World::new().await;
    let user = UserId::generate();
    let (store, names) = (world.store(), (0..30).map(|n| format!("c{n}")).collect::<Vec<_>>());
    let outcomes = join_all(names.iter().map(|name| connect(&store, name.clone(), Some(user), at(0)))).await;
    let refused = outcomes.iter().filter(|outcome| matches!(outcome, Err(LiveError::TooManyConnections))).count();
    let left = store.connections_of(user, at(0)).await.unwrap();
    assert!(left.len() <= MOST_CONNECTIONS && left.len() + refused == 30, "{} and {refused}", left.len());
    for name in names {
        disconnect(&store, &&world.announced, &name, at(0)).await.unwrap();
    }
    for n in 0..MOST_CONNECTIONS {
        connect(&store, format!("d{n}"), Some(user), at(0)).await.unwrap();
    }
    assert!(connect(&store, "e".into(), Some(user), at(0)).await.is_err());
    assert!(store.connection("e").await.unwrap().is_none(), "nothing is kept of it");
    connect(&store, "f".into(), Some(UserId::generate()), at(0)).await.unwrap();
    connect(&store, "g".into(), None, at(0)).await.unwrap();
}

#[tokio::test]
async fn connections_that_nobody_ended_stop_counting() {
    let world = World::new().await;
    let user = UserId::generate();
    for n in 0..MOST_CONNECTIONS {
        world.connect(&format!("c{n}"), Some(user)).await;
    }
    world.watcher("old").await;
    let later = at(LIFETIME.as_secs() * 1_000 + 1_000);
    assert!(world.store().connections_of(user, later).await.unwrap().is_empty());
    connect(&world.store(), "new".into(), Some(user), later).await.unwrap();
    let room = Room::Performance(world.performance);
    assert!(world.store().members(room, later).await.unwrap().is_empty());
    assert_eq!(world.store().glance(room, later).await.unwrap().viewers(), 0);
}

#[tokio::test]
async fn who_speaks_too_much_is_not_heard_for_a_while() {
    let world = World::new().await;
    let store = world.store();
    world.connect("a", None).await;
    for _ in 0..BURST {
        granted(store.act("a", at(0)).await.unwrap());
    }
    assert_eq!(store.act("a", at(0)).await.unwrap(), Act::TooSoon);
    assert_eq!(store.act("a", at(400)).await.unwrap(), Act::TooSoon);
    granted(store.act("a", at(500)).await.unwrap());
    assert_eq!(store.act("nobody", at(0)).await.unwrap(), Act::Gone);
}

#[tokio::test]
async fn a_message_of_a_quiet_connection_is_counted_in_one_call() {
    let world = World::new().await;
    world.connect("a", None).await;
    let counts = async |milliseconds| {
        let faults = Faults::none();
        granted(world.failing_store(&faults).act("a", at(milliseconds)).await.unwrap());
        faults.calls()
    };
    assert_eq!(counts(0).await, 1);
    assert_eq!(counts(100).await, 2, "the first one was not paid for yet");
    assert_eq!(counts(1_000).await, 1);
}

#[tokio::test]
async fn what_connecting_costs() {
    let world = World::new().await;
    for (user, calls) in [(None, 1), (Some(UserId::generate()), 2)] {
        let faults = Faults::none();
        connect(&world.failing_store(&faults), format!("{calls}"), user, at(0)).await.unwrap();
        assert_eq!(faults.calls(), calls);
        let faults = Faults::none();
        disconnect(&world.failing_store(&faults), &&world.announced, &format!("{calls}"), at(0)).await.unwrap();
        assert!(faults.calls() <= 3, "{}", faults.calls());
    }
}
