//! The rooms of queues.

use std::collections::BTreeSet;

use contracts::ids::{EventId, UserId};
use contracts::live::{Room, RoomChange};
use contracts::waiting_room::{Entry, EntryAnswer, Pointer, TICKET_AUDIENCE, TicketClaims, Wait};
use kit::signed::Secret;
use realtime::LiveError;
use realtime::domain::connection::Connection;
use realtime::domain::news::News;
use realtime::domain::room::MOST_WAITING;
use realtime::message::Body;
use serde_json::json;
use testkit::Faults;

use crate::world::{START, World, at};

fn secret() -> Secret {
    Secret::new(&[7; 32], None).unwrap()
}

fn claims(user: UserId, event: EventId, place: Option<u64>) -> TicketClaims {
    TicketClaims {
        aud: TICKET_AUDIENCE.into(),
        sub: user,
        jti: format!("ticket {place:?}"),
        evt: event,
        era: 1,
        place,
        iat: START / 1_000,
        exp: START / 1_000 + 3_600,
    }
}

fn plan(world: &World, era: u32, base: u64) -> News {
    let at = world.now().as_millisecond();
    let pointer = Pointer { base, rate_per_second: 0.0, limit: base, at, pace: 2.0 };
    world.heard(RoomChange::Queue { event_id: world.event, era, pointer, entrants: 0 })
}

/// Somebody with a ticket, in the room.
async fn waits(world: &World, name: &str, place: Option<u64>) -> (Connection, String) {
    let user = UserId::generate();
    let connection = world.connect(name, Some(user)).await;
    let ticket = secret().sign(&claims(user, world.event, place)).unwrap();
    world.rooms().wait(&connection, world.event, &ticket, &secret(), world.now()).await.unwrap();
    (world.connection(name).await, ticket)
}

fn entry(token: &str) -> EntryAnswer {
    let admission_token = token.to_owned();
    EntryAnswer::Admitted(Entry { admission_token, expires_at: at(300_000), seats_left: None, notice: None })
}

fn wait(ticket: &str, place: u64, position: u64) -> EntryAnswer {
    EntryAnswer::Waiting(Wait {
        ticket: Some(ticket.into()),
        ticket_id: None,
        place: Some(place),
        position: Some(position),
        ahead: Some(position - 1),
        estimated_wait_seconds: Some(9),
        poll_after_seconds: 2,
        opens_at: at(0),
        seats_left: None,
        notice: None,
    })
}

#[tokio::test]
async fn only_ones_own_ticket_for_this_line_counts() {
    let world = World::new().await;
    let user = UserId::generate();
    let mine = world.connect("a", Some(user)).await;
    let nobody = world.connect("b", None).await;
    let sign = |claims: &TicketClaims| secret().sign(claims).unwrap();
    let good = claims(user, world.event, Some(3));
    let forged = Secret::new(&[8; 32], None).unwrap().sign(&good).unwrap();
    let refused = [
        (sign(&claims(UserId::generate(), world.event, Some(3))), "other_account"),
        (sign(&claims(user, EventId::generate(), Some(3))), "other_event"),
        (sign(&TicketClaims { exp: START / 1_000, ..good.clone() }), "expired"),
        (sign(&TicketClaims { aud: "jari-admission".into(), ..good.clone() }), "malformed"),
        (forged, "malformed"),
        (String::new(), "malformed"),
    ];
    for (ticket, reason) in refused {
        let outcome = world.rooms().wait(&mine, world.event, &ticket, &secret(), at(0)).await;
        assert!(matches!(outcome, Err(LiveError::Ticket(said)) if said == reason), "{reason}: {outcome:?}");
    }
    let outcome = world.rooms().wait(&nobody, world.event, &sign(&good), &secret(), at(0)).await;
    assert!(matches!(outcome, Err(LiveError::Anonymous)));
    assert!(world.store().members(Room::Queue(world.event), at(0)).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_line_hears_where_it_stands_and_lets_in_who_is_next() {
    let world = World::new().await;
    let room = Room::Queue(world.event);
    let mut tickets = Vec::new();
    for (name, place) in [("third", 12), ("first", 10), ("second", 11)] {
        tickets.push(waits(&world, name, Some(place)).await.1);
    }
    world.broadcast().tell(room, &plan(&world, 1, 10)).await.unwrap();
    for (name, position) in [("first", 1), ("second", 2), ("third", 3)] {
        let told = world.wire.take(name);
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!((&told[0]["type"], &told[0]["position"]), (&json!("queue-updated"), &json!(position)));
        assert_eq!(told[0]["ahead"], position - 1);
    }
    let (late, _) = (world.connect("late", None).await, ());
    let user = UserId::generate();
    let late = Connection { user: Some(user), ..late };
    let ticket = secret().sign(&claims(user, world.event, Some(14))).unwrap();
    let told = world.rooms().wait(&late, world.event, &ticket, &secret(), world.now()).await.unwrap();
    assert!(matches!(told, Some(Body::QueueUpdated { position: 5, ahead: 4, .. })), "{told:?}");

    world.gate.answers.borrow_mut().insert(tickets[1].clone(), entry("token of the first"));
    let outcome = world.broadcast().tell(room, &plan(&world, 1, 11)).await.unwrap();
    assert_eq!(outcome.admitted, 1);
    let told = world.wire.take("first");
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(
        (&told[0]["type"], &told[0]["admissionToken"]),
        (&json!("queue-entry-allowed"), &json!("token of the first"))
    );
    assert_eq!(told[0]["expiresAt"], "2027-01-15T08:05:00Z");
    assert!(!world.connection("first").await.is_in(room));
    assert_eq!(world.wire.take("second")[0]["position"], 1);
    assert_eq!(world.store().room(room).await.unwrap().members, 3);
    world.wire.got.take();
    world.broadcast().tell(room, &plan(&world, 1, 11)).await.unwrap();
    assert!(world.wire.got.take().is_empty(), "nobody has moved");
}

#[tokio::test]
async fn whoever_is_not_let_in_stays_and_is_asked_about_again() {
    let world = World::new().await;
    let room = Room::Queue(world.event);
    let (_, broken) = waits(&world, "broken", Some(0)).await;
    let (_, refused) = waits(&world, "refused", Some(1)).await;
    let (_, traded) = waits(&world, "traded", Some(2)).await;
    let (_, drawn) = waits(&world, "drawn", None).await;
    let answers = [
        (refused, EntryAnswer::Refused { code: "sale_over".into() }),
        (traded, wait("another ticket", 40, 31)),
        (drawn, wait("a drawn ticket", 17, 8)),
    ];
    world.gate.answers.borrow_mut().extend(answers);
    world.broadcast().tell(room, &plan(&world, 1, 10)).await.unwrap();
    let told = world.wire.take("refused");
    assert_eq!((&told[0]["code"], &told[0]["reason"]), (&json!("queue_refused"), &json!("sale_over")));
    for (name, ticket, position) in [("traded", "another ticket", 31), ("drawn", "a drawn ticket", 8)] {
        let told = world.wire.take(name);
        assert_eq!((&told[0]["ticket"], &told[0]["position"]), (&json!(ticket), &json!(position)));
    }
    let members = world.store().members(room, world.now()).await.unwrap();
    let names: BTreeSet<_> = members.iter().map(|member| member.connection.as_str()).collect();
    assert_eq!(names, ["broken", "drawn", "traded"].into());

    world.gate.asked.take();
    world.gate.answers.borrow_mut().insert(broken.clone(), entry("at last"));
    world.broadcast().tell(room, &plan(&world, 1, 10)).await.unwrap();
    assert_eq!(world.gate.asked.take(), [broken], "the others have places further back");
    let types = world.wire.take_types("broken");
    assert_eq!(types, ["queue-updated", "queue-entry-allowed"], "that it is their turn, and then the door opens");
}

#[tokio::test]
async fn a_token_that_did_not_arrive_is_sent_again() {
    let world = World::new().await;
    let room = Room::Queue(world.event);
    let (_, ticket) = waits(&world, "a", Some(0)).await;
    world.gate.answers.borrow_mut().insert(ticket, entry("token"));
    world.wire.failing.borrow_mut().insert("a".into());
    assert_eq!(world.broadcast().tell(room, &plan(&world, 1, 1)).await.unwrap().admitted, 0);
    world.wire.failing.borrow_mut().clear();
    assert_eq!(world.broadcast().tell(room, &plan(&world, 1, 1)).await.unwrap().admitted, 1);
    assert_eq!(world.wire.take_types("a"), ["queue-entry-allowed"]);
}

#[tokio::test]
async fn a_room_takes_only_so_many_and_counts_those_who_leave() {
    let world = World::new().await;
    let room = Room::Queue(world.event);
    world.store().note_members(room, MOST_WAITING - 1).await.unwrap();
    let (last, ticket) = waits(&world, "last", Some(1)).await;
    let user = UserId::generate();
    let connection = world.connect("late", Some(user)).await;
    let late = secret().sign(&claims(user, world.event, Some(2))).unwrap();
    let join = async || world.rooms().wait(&connection, world.event, &late, &secret(), world.now()).await;
    assert!(matches!(join().await, Err(LiveError::RoomFull)));
    assert!(!world.connection("late").await.is_in(room), "nothing is left of the try");
    world.rooms().wait(&last, world.event, &ticket, &secret(), world.now()).await.unwrap();
    world.rooms().leave(&last, room, world.now()).await.unwrap();
    join().await.unwrap();
    assert_eq!(world.store().room(room).await.unwrap().members, MOST_WAITING);
    world.broadcast().tell(room, &plan(&world, 1, 0)).await.unwrap();
    assert_eq!(world.store().room(room).await.unwrap().members, 1, "a turn counts anew");
}

#[tokio::test]
async fn what_a_round_costs() {
    let world = World::new().await;
    let room = Room::Queue(world.event);
    for place in 0..40 {
        waits(&world, &format!("c{place}"), Some(place)).await;
    }
    let faults = Faults::none();
    let outcome = world.failing_broadcast(&faults).tell(room, &plan(&world, 1, 0)).await.unwrap();
    assert_eq!((outcome.reached, faults.calls()), (40, 3), "is anybody there, the turn, the members");
}
