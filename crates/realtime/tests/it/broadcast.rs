//! What rooms are told.

use contracts::ids::TicketTypeId;
use contracts::live::SeatStatus::{Free, Held, Sold};
use contracts::live::{Room, RoomChange, TicketsLeft};
use realtime::broadcast::Outcome;
use realtime::domain::news::News;
use realtime::domain::room::Member;
use serde_json::json;
use testkit::Faults;

use crate::world::{World, at};

/// When holds of the tests end, in seconds since 1970.
const UNTIL: i64 = 1_800_000_420;

#[tokio::test]
async fn a_room_that_nobody_is_in_costs_one_read_and_no_write() {
    let world = World::new().await;
    let before = world.table.items().await.len();
    let faults = Faults::none();
    let news = world.heard(world.seats(&[("R1-1", Sold, None)], Vec::new()));
    let outcome = world.failing_broadcast(&faults).tell(Room::Performance(world.performance), &news).await.unwrap();
    assert_eq!((outcome, faults.calls()), (Outcome::default(), 1));
    assert_eq!(world.table.items().await.len(), before);
}

#[tokio::test]
async fn everybody_hears_of_everything_in_one_turn() {
    let world = World::new().await;
    for name in ["a", "b"] {
        world.watcher(name).await;
    }
    let mut news = News::default();
    news.hear(world.seats(&[("R1-1", Held, Some(UNTIL)), ("R1-2", Sold, None)], Vec::new()), at(0), false);
    news.hear(world.seats(&[("R1-1", Free, None), ("R1-3", Held, Some(UNTIL))], Vec::new()), at(0), false);
    world.pass(5_000);
    let faults = Faults::none();
    let outcome = world.failing_broadcast(&faults).tell(Room::Performance(world.performance), &news).await.unwrap();
    assert_eq!(outcome.reached, 2);
    assert_eq!(faults.calls(), 4, "is anybody there, the turn, the members, their number");
    let version = at(5_000).as_millisecond();
    let said = "2027-01-15T08:00:05Z";
    for name in ["a", "b"] {
        let expected = [
            json!({
                "type": "seat-locked", "performanceId": world.performance, "at": said, "previousVersion": 0,
                "version": version - 1, "seats": [{"id": "R1-3", "expiresAt": "2027-01-15T08:07:00Z"}],
            }),
            json!({
                "type": "seat-update", "performanceId": world.performance, "at": said, "previousVersion": version - 1,
                "version": version, "seats": [{"id": "R1-1", "status": "FREE"}, {"id": "R1-2", "status": "SOLD"}],
            }),
        ];
        assert_eq!(world.wire.take(name), expected);
    }
}

#[tokio::test]
async fn a_room_is_told_once_a_second_and_what_is_no_seat_breaks_no_chain() {
    let world = World::new().await;
    world.watcher("a").await;
    let room = Room::Performance(world.performance);
    let seats = world.heard(world.seats(&[("R1-1", Sold, None)], Vec::new()));
    let choices = world.heard(RoomChange::Selection { performance_id: world.performance });
    let mut times = Vec::new();
    for news in [&seats, &choices, &choices, &seats, &seats] {
        world.broadcast().tell(room, news).await.unwrap();
        times.push(world.clock.0.get());
    }
    assert_eq!(times, [0, 1_050, 2_050, 3_050, 4_050], "choices wait for the end of their second");
    let told = world.wire.take("a");
    let chain: Vec<_> = told
        .iter()
        .filter(|message| message["type"] == "seat-update")
        .map(|message| (message["previousVersion"].as_i64().unwrap(), message["version"].as_i64().unwrap()))
        .collect();
    let version = |time| at(time).as_millisecond();
    assert_eq!(chain, [(0, version(0)), (version(0), version(3_050)), (version(3_050), version(4_050))]);
}

#[tokio::test]
async fn whoever_comes_while_a_room_is_told_knows_a_version_that_leaves_nothing_out() {
    let world = World::new().await;
    world.watcher("a").await;
    let news = world.heard(world.seats(&[("R1-1", Sold, None)], Vec::new()));
    world.broadcast().tell(Room::Performance(world.performance), &news).await.unwrap();
    let late = world.connect("b", None).await;
    // A clock that is behind the one of whoever told the room.
    let told = world.rooms().watch_seats(&late, world.performance, at(-30)).await.unwrap();
    let info = serde_json::to_value(&told[0]).unwrap();
    assert_eq!(info["version"], at(0).as_millisecond(), "the news that it has missed is in a map of that version");
}

#[tokio::test]
async fn more_than_can_be_said_is_read_again() {
    let world = World::new().await;
    world.watcher("a").await;
    let RoomChange::Seats { event_id, performance_id, tickets, .. } = world.seats(&[], Vec::new()) else { panic!() };
    let news = world.heard(RoomChange::Seats { event_id, performance_id, seats: Vec::new(), too_many: true, tickets });
    world.broadcast().tell(Room::Performance(world.performance), &news).await.unwrap();
    let told = world.wire.take("a");
    assert_eq!((told.len(), &told[0]["seats"], &told[0]["reload"]), (1, &json!([]), &json!(true)));
    assert!(told[0]["version"].as_i64() > told[0]["previousVersion"].as_i64());
}

#[tokio::test]
async fn what_is_left_is_told_to_both_rooms_once_and_only_when_it_changes() {
    let world = World::new().await;
    world.watcher("seats").await;
    let both = world.watcher("both").await;
    let event = world.connect("event", None).await;
    for connection in [&both, &event] {
        world.rooms().watch_event(connection, world.event, at(0)).await.unwrap();
    }
    let [first, second] = [(); 2].map(|()| TicketTypeId::generate());
    let left = |ticket_type_id, available| TicketsLeft { ticket_type_id, available };
    let mut told = Vec::new();
    for counts in [vec![left(first, 9), left(second, 4)], vec![left(first, 8), left(second, 4)]] {
        let news = world.heard(world.seats(&[], counts));
        world.broadcast().tell(Room::Performance(world.performance), &news).await.unwrap();
        for name in ["seats", "both", "event"] {
            told.push((name, world.wire.take(name).len()));
        }
    }
    assert_eq!(told, [("seats", 2), ("both", 2), ("event", 2), ("seats", 1), ("both", 1), ("event", 1)]);

    world.rooms().leave(&world.connection("seats").await, Room::Performance(world.performance), at(0)).await.unwrap();
    world.rooms().leave(&world.connection("both").await, Room::Performance(world.performance), at(0)).await.unwrap();
    let news = world.heard(world.seats(&[("R1-1", Sold, None)], vec![left(first, 7)]));
    world.broadcast().tell(Room::Performance(world.performance), &news).await.unwrap();
    let message = &world.wire.take("event")[0];
    assert_eq!(
        (&message["type"], &message["performanceId"], &message["eventId"], &message["available"]),
        (&json!("ticket-updated"), &json!(world.performance), &json!(world.event), &json!(7))
    );
    assert!(world.wire.take("seats").is_empty());
}

#[tokio::test]
async fn an_event_hears_how_many_watch_it_when_that_has_changed() {
    let world = World::new().await;
    let room = Room::Event(world.event);
    let viewers = RoomChange::Viewers { event_id: world.event };
    for name in ["a", "b"] {
        let connection = world.connect(name, None).await;
        world.rooms().watch_event(&connection, world.event, world.now()).await.unwrap();
    }
    world.broadcast().tell(room, &world.heard(viewers.clone())).await.unwrap();
    assert_eq!(world.wire.take("a")[0]["viewers"], 2);
    world.wire.take("b");
    world.broadcast().tell(room, &world.heard(viewers.clone())).await.unwrap();
    assert!(world.wire.take("a").is_empty(), "the same number is no news");
    world.rooms().leave(&world.connection("b").await, room, world.now()).await.unwrap();
    world.broadcast().tell(room, &world.heard(viewers)).await.unwrap();
    assert_eq!((&world.wire.take("a")[0]["viewers"], world.wire.take("b").len()), (&json!(1), 0));
}

#[tokio::test]
async fn choices_are_shown_to_the_others() {
    let world = World::new().await;
    let (a, b) = (world.watcher("a").await, world.watcher("b").await);
    for (who, seat) in [(&a, "R1-1"), (&b, "R1-2")] {
        world.rooms().choose_seats(who, world.performance, &[seat.into()], at(0)).await.unwrap();
    }
    let news = world.heard(RoomChange::Selection { performance_id: world.performance });
    world.broadcast().tell(Room::Performance(world.performance), &news).await.unwrap();
    assert_eq!(world.wire.take("a")[0]["seats"], json!(["R1-2"]));
    assert_eq!(world.wire.take("b")[0]["seats"], json!(["R1-1"]));
}

#[tokio::test]
async fn whoever_cannot_be_reached_harms_nobody_else() {
    let world = World::new().await;
    for name in ["gone", "silent", "failing", "well"] {
        world.watcher(name).await;
    }
    world.wire.gone.borrow_mut().insert("gone".into());
    world.wire.silent.borrow_mut().insert("silent".into());
    world.wire.failing.borrow_mut().insert("failing".into());
    let room = Room::Performance(world.performance);
    let news = world.heard(world.seats(&[("R1-1", Held, Some(UNTIL)), ("R1-2", Sold, None)], Vec::new()));
    let outcome = world.broadcast().tell(room, &news).await.unwrap();
    assert_eq!(outcome, Outcome { reached: 1, gone: 1, missed: 2, admitted: 0 });
    assert_eq!(world.wire.take_types("well"), ["seat-locked", "seat-update"]);
    assert!(world.store().connection("gone").await.unwrap().is_none(), "it is forgotten");
    let left: Vec<_> =
        world.store().members(room, at(0)).await.unwrap().into_iter().map(|member| member.connection).collect();
    assert_eq!(left, ["failing", "silent", "well"]);

    world.wire.silent.borrow_mut().clear();
    world.broadcast().tell(room, &world.heard(world.seats(&[("R1-3", Sold, None)], Vec::new()))).await.unwrap();
    let told = world.wire.take("silent");
    assert!(told[0]["previousVersion"].as_i64().unwrap() > 0, "it notices what it has missed: {told:?}");
}

#[tokio::test]
async fn a_full_room_is_told_at_once() {
    let world = World::new().await;
    let room = Room::Performance(world.performance);
    for n in 0..300 {
        world.store().enter(room, &Member::new(format!("c{n}"), i64::MAX)).await.unwrap();
    }
    let faults = Faults::none();
    let news = world.heard(world.seats(&[("R1-1", Sold, None)], Vec::new()));
    let outcome = world.failing_broadcast(&faults).tell(room, &news).await.unwrap();
    assert_eq!((outcome.reached, faults.calls()), (300, 4));
    assert_eq!(world.store().glance(room, at(0)).await.unwrap().viewers(), 300);
}
