use contracts::event::EventType;
use contracts::ids::{EventId, TicketTypeId, UserId};
use jiff::tz::TimeZone;
use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn days_come_with_what_is_left_on_them() {
    let world = World::new().await;
    let event = world.performance.event_id.to_string();
    let held = world.hold(UserId::generate()).await;
    assert_eq!(held.0, 201, "{}", held.1);

    let starts_at = world.performance.starts_at;
    let date = starts_at.to_zoned(TimeZone::get("Asia/Seoul").unwrap()).date();
    let performances = json!([{"id": world.performance.id, "startsAt": starts_at, "available": 10}]);
    let listed = json!({"items": [{"date": date, "performances": performances}]});
    let ticket_type = world.ticket_type().to_string();
    assert_eq!(world.dates(&event, None).await, (200, listed.clone()));
    assert_eq!(world.dates(&event, Some(&ticket_type)).await, (200, listed));
    let nothing = json!({"items": []});
    let other = TicketTypeId::generate().to_string();
    assert_eq!(world.dates(&event, Some(&other)).await, (200, nothing.clone()), "nothing of this type is left");

    world.tell(EventType::PerformanceCancelled, &called_off(&world)).await.unwrap();
    assert_eq!(world.dates(&event, None).await, (200, nothing));
}

#[tokio::test]
async fn what_is_not_there_is_not_found_and_what_is_no_id_is_invalid() {
    let world = World::new().await;
    let event = world.performance.event_id.to_string();
    for unknown in ["evt_1", "prf_018f0000-0000-7000-8000-000000000000", &EventId::generate().to_string()] {
        let (status, problem) = world.dates(unknown, None).await;
        assert_eq!((status, &problem["code"]), (404, &json!("not_found")), "{unknown}");
    }
    for bad in ["", "tkt_1", &event] {
        let (status, problem) = world.dates(&event, Some(bad)).await;
        assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!("/ticketTypeId")), "{bad}");
    }
    let mut withdrawn = world.performance.clone();
    (withdrawn.version, withdrawn.terms) = (3, None);
    world.tell(EventType::PerformanceWithdrawn, &withdrawn).await.unwrap();
    assert_eq!(world.dates(&event, None).await.0, 404);
    assert_eq!(world.hold(UserId::generate()).await.0, 404);
}

fn called_off(world: &World) -> contracts::catalog::PerformanceState {
    let mut called_off = world.performance.clone();
    (called_off.version, called_off.cancelled) = (3, true);
    called_off
}
