//! What people are told of their own things.

use contracts::event::{Envelope, EventType};
use contracts::ids::{EventId, PaymentId, PerformanceId, QueueId, ReservationId, UserId};
use contracts::live::Room;
use realtime::domain::room::{Member, Waiting};
use realtime::news::NewsError;
use serde_json::{Value, json};
use testkit::Faults;

use crate::world::{World, at};

fn event(event_type: EventType, data: Value) -> Envelope {
    Envelope { event_type, aggregate_id: "any".into(), version: 1, at: at(0), data }
}

fn reservation(world: &World, user: UserId, id: ReservationId, status: &str) -> Value {
    json!({
        "id": id, "version": 3, "userId": user, "performanceId": world.performance, "status": status,
        "paymentStatus": "SUCCESS", "lines": [], "currency": "KRW", "expiresAt": at(0).as_second() + 60,
    })
}

fn payment(user: UserId, id: PaymentId, purpose: Value, status: &str, failure_code: Option<&str>) -> Value {
    json!({
        "id": id, "version": 2, "userId": user, "purpose": purpose, "method": "CARD", "pointUsed": 0,
        "cardAmount": 1, "currency": "KRW", "status": status, "failureCode": failure_code,
    })
}

#[tokio::test]
async fn owners_hear_of_their_reservations_on_all_their_connections_and_nobody_else_does() {
    let world = World::new().await;
    let (owner, other) = (UserId::generate(), UserId::generate());
    for (name, user) in [("phone", Some(owner)), ("laptop", Some(owner)), ("other", Some(other)), ("nobody", None)] {
        world.connect(name, user).await;
        world.rooms().watch_seats(&world.connection(name).await, world.performance, at(0)).await.unwrap();
    }
    let id = ReservationId::generate();
    let shown = [
        (EventType::ReservationConfirmed, "CONFIRMED", "CONFIRMED"),
        (EventType::ReservationReopened, "PENDING", "PENDING"),
        (EventType::ReservationExpired, "EXPIRED", "EXPIRED"),
        (EventType::ConfirmationRejected, "REJECTED", "CANCELLED"),
        (EventType::ReservationCancelled, "CANCELLED", "CANCELLED"),
    ];
    for (event_type, status, public) in shown {
        let told = event(event_type, reservation(&world, owner, id, status));
        world.news(&Faults::none()).tell(&told, at(0)).await.unwrap();
        for name in ["phone", "laptop"] {
            let expected = json!({
                "type": "reservation-updated", "at": "2027-01-15T08:00:00Z", "eventId": world.event,
                "performanceId": world.performance, "reservationId": id, "status": public,
                "paymentStatus": "SUCCESS", "version": 3,
            });
            assert_eq!(world.wire.take(name), [expected]);
        }
    }
    assert!(world.wire.got.take().is_empty());
}

#[tokio::test]
async fn owners_hear_what_came_of_their_payments() {
    let world = World::new().await;
    let owner = UserId::generate();
    world.connect("a", Some(owner)).await;
    let (id, reservation) = (PaymentId::generate(), ReservationId::generate());
    let seats = json!({"kind": "reservation", "reservationId": reservation, "performanceId": world.performance});
    let points = json!({"kind": "points"});
    let told = [
        (EventType::PaymentSucceeded, payment(owner, id, seats.clone(), "SUCCESS", None)),
        (EventType::PaymentFailed, payment(owner, id, seats, "FAILED", Some("card_declined"))),
        (EventType::PaymentRefunded, payment(owner, id, points, "REFUNDED", None)),
    ];
    for (event_type, data) in told {
        world.news(&Faults::none()).tell(&event(event_type, data), at(0)).await.unwrap();
    }
    let said = "2027-01-15T08:00:00Z";
    let result = |status: &str, failure_code: Option<&str>| {
        json!({
            "type": "payment-result", "at": said, "eventId": world.event, "performanceId": world.performance,
            "paymentId": id, "reservationId": reservation, "status": status, "failureCode": failure_code,
        })
    };
    let refund = json!({
        "type": "payment-result", "at": said, "paymentId": id, "reservationId": null, "status": "REFUNDED",
        "failureCode": null,
    });
    assert_eq!(world.wire.take("a"), [result("SUCCESS", None), result("FAILED", Some("card_declined")), refund]);
}

#[tokio::test]
async fn a_connection_that_is_gone_is_forgotten_and_the_others_hear() {
    let world = World::new().await;
    let owner = UserId::generate();
    for name in ["gone", "well"] {
        world.connect(name, Some(owner)).await;
    }
    world.wire.gone.borrow_mut().insert("gone".into());
    let told =
        event(EventType::ReservationConfirmed, reservation(&world, owner, ReservationId::generate(), "CONFIRMED"));
    world.news(&Faults::none()).tell(&told, at(0)).await.unwrap();
    assert_eq!(world.wire.take("well").len(), 1);
    assert_eq!(world.store().connections_of(owner, at(0)).await.unwrap(), ["well"]);
}

/// A queue that was cleared for the second time.
fn cleared(event: EventId) -> Value {
    json!({
        "id": QueueId::of(event), "version": 4, "eventId": event, "enabled": true, "era": 2, "opensAt": at(0),
        "capacity": 10, "sessionSeconds": 300, "preQueueMinutes": 30, "seedHash": "00",
    })
}

pub async fn wait_in_eras(world: &World) {
    for (name, era) in [("old", 0), ("older", 1), ("new", 2)] {
        let connection = world.connect(name, Some(UserId::generate())).await;
        let waiting = Waiting { user: connection.user.unwrap(), ticket: name.into(), era, place: Some(1) };
        let member = Member { waiting: Some(waiting), ..Member::new(name.into(), connection.ends_at) };
        let room = Room::Queue(world.event);
        world.store().note_room(name, room).await.unwrap();
        world.store().enter(room, &member).await.unwrap();
        world.store().count_in(room, at(0)).await.unwrap();
    }
}

#[tokio::test]
async fn who_waits_hears_that_the_queue_was_cleared_whichever_call_fails() {
    let mut struck = 0;
    for fault in Faults::every(12) {
        let world = World::new().await;
        wait_in_eras(&world).await;
        let told = event(EventType::QueueCleared, cleared(world.event));
        let faults = Faults::one(fault);
        let _ = world.news(&faults).tell(&told, at(0)).await;
        struck += usize::from(faults.struck());
        for _ in 0..2 {
            world.news(&Faults::none()).tell(&told, at(0)).await.unwrap();
        }
        for name in ["old", "older"] {
            assert!(world.wire.take_types(name).contains(&"queue-cleared".to_owned()), "{fault:?}");
        }
        assert!(world.wire.take("new").is_empty(), "their ticket is of the new era");
        let members = world.store().members(Room::Queue(world.event), at(0)).await.unwrap();
        assert_eq!(members.iter().map(|member| member.connection.as_str()).collect::<Vec<_>>(), ["new"], "{fault:?}");
    }
    assert_eq!(struck, 2 * 7, "the members, and three calls for each of two");
}

#[tokio::test]
async fn what_can_be_watched_is_learned_in_whatever_order() {
    let world = World::new().await;
    let (event_id, performance) = (EventId::generate(), PerformanceId::generate());
    let published = json!({
        "id": performance, "version": 1, "eventId": event_id, "startsAt": "2026-12-24T10:30:00Z",
    });
    for fault in Faults::every(1) {
        let told = event(EventType::PerformancePublished, published.clone());
        assert!(world.news(&Faults::one(fault)).tell(&told, at(0)).await.is_err());
        world.news(&Faults::none()).tell(&told, at(0)).await.unwrap();
    }
    assert_eq!(world.store().event_of(performance).await.unwrap(), Some(event_id));
    assert!(world.store().knows_event(event_id).await.unwrap());
}

#[tokio::test]
async fn what_makes_no_sense_is_an_error() {
    let world = World::new().await;
    let news = world.news(&Faults::none());
    let unexpected = news.tell(&event(EventType::PointsMoved, Value::Null), at(0)).await;
    assert!(matches!(unexpected, Err(NewsError::Unexpected(EventType::PointsMoved))));
    let unreadable = news.tell(&event(EventType::PaymentFailed, json!({})), at(0)).await;
    assert!(matches!(unreadable, Err(NewsError::Unreadable(_))));
}
