//! What people and admins are answered, bad input included.

use contracts::ids::{EventId, UserId};
use serde_json::{Value, json};
use waiting_room_functions::{check_queue, clear_queue, get_queue, get_queue_status, leave_queue};

use crate::world::{Answer, Event, Nowhere, World};

async fn check(world: &World, event: Event) -> Answer {
    let desk = world.desk();
    event.at(world.event).send(|call| check_queue::handle(&desk, call)).await
}

async fn status(world: &World, event: Event) -> Answer {
    let watch = world.watch();
    event.at(world.event).send(|call| get_queue_status::handle(&watch, call)).await
}

fn buyer() -> Event {
    Event::by(UserId::generate(), "buyer")
}

#[tokio::test]
async fn a_sale_without_a_queue_lets_everybody_in() {
    let world = World::new().await;
    let answer = check(&world, buyer()).await;
    assert_eq!((answer.status, &answer.body["status"]), (200, &json!("ADMITTED")));
    assert!(answer.body["admissionToken"].is_string() && answer.body["expiresAt"].is_string());
    assert_eq!(answer.header("retry-after"), None);
    assert_eq!(status(&world, Event::anonymous()).await.body["phase"], "NONE");
}

#[tokio::test]
async fn from_the_draw_to_the_sale() {
    let world = World::new().await;
    world.queue(10, 1).await;
    let (first, second) = (UserId::generate(), UserId::generate());
    let drawn = check(&world, Event::by(first, "buyer")).await;
    assert_eq!((drawn.status, &drawn.body["status"]), (200, &json!("PRE_QUEUE")));
    assert_eq!((&drawn.body["place"], &drawn.body["position"]), (&Value::Null, &Value::Null));
    assert_eq!(drawn.header("retry-after"), Some(drawn.body["pollAfterSeconds"].to_string().as_str()));

    // Emptied, and open at once.
    let store = world.store();
    let clear = Event::by(first, "admin").at(world.event).body(&json!({"opensAt": "2026-01-01T00:00:00Z"}));
    assert_eq!(clear.send(|call| clear_queue::handle(&store, &Nowhere, call)).await.body["era"], 2);
    assert_eq!(check(&world, Event::by(first, "buyer")).await.body["status"], "ADMITTED");
    let waits = check(&world, Event::by(second, "buyer")).await;
    assert_eq!((&waits.body["status"], &waits.body["place"]), (&json!("WAITING"), &json!(0)));

    let ticket = waits.body["ticket"].as_str().unwrap();
    for request in [
        Event::by(second, "buyer").header("x-queue-ticket", ticket),
        Event::by(second, "buyer").body(&json!({"ticket": ticket})),
    ] {
        let again = check(&world, request).await;
        assert_eq!((again.body["ticketId"].as_str(), &again.body["position"]), (Some("number-0"), &json!(1)));
    }
    let stolen = check(&world, Event::by(first, "buyer").header("x-queue-ticket", ticket)).await;
    assert_eq!(
        (stolen.status, stolen.code(), &stolen.body["reason"]),
        (403, "ticket_invalid", &json!("OTHER_ACCOUNT"))
    );

    let public = status(&world, Event::anonymous()).await;
    assert_eq!((public.status, &public.body["phase"]), (200, &json!("OPEN")));
    assert_eq!(public.header("cache-control"), Some("public, max-age=1"));
    assert_eq!(public.header("vary"), Some("x-queue-ticket"));
    assert_eq!(public.body.get("position"), None);
    let own = status(&world, Event::anonymous().header("x-queue-ticket", ticket)).await;
    assert_eq!((own.header("cache-control"), &own.body["position"]), (Some("no-store"), &json!(1)));

    let numbers = Event::by(first, "admin").at(world.event).send(|call| get_queue::handle(&store, call)).await;
    assert_eq!((&numbers.body["active"], &numbers.body["numbers"]), (&json!(1), &json!(1)));
    let left = Event::by(first, "buyer").at(world.event).send(|call| leave_queue::handle(&store, call)).await;
    assert_eq!(left.status, 204);
}

#[tokio::test]
async fn too_early_too_late_and_not_there() {
    let world = World::new().await;
    world.queue(120, 10).await;
    let early = check(&world, buyer()).await;
    assert_eq!((early.status, early.code()), (409, "queue_not_open"));
    assert!(early.body["opensAt"].is_string() && early.body["preQueueOpensAt"].is_string());
    let wait: u32 = early.header("retry-after").unwrap().parse().unwrap();
    assert!((5_390..=5_401).contains(&wait), "{wait}");

    world.event_is(2, "CANCELLED").await.unwrap();
    assert_eq!(check(&world, buyer()).await.code(), "sale_over");
    world.event_is(3, "DRAFT").await.unwrap();
    assert_eq!(check(&world, buyer()).await.status, 404);
    assert_eq!(status(&world, Event::anonymous()).await.status, 404);

    let (desk, store, watch) = (world.desk(), world.store(), world.watch());
    for id in [json!(EventId::generate()), json!("evt_1"), json!("x")] {
        assert_eq!(buyer().at(&id).send(|call| check_queue::handle(&desk, call)).await.status, 404);
        let ticket = json!({"ticket": "no ticket"});
        assert_eq!(buyer().at(&id).body(&ticket).send(|call| check_queue::handle(&desk, call)).await.status, 404);
        assert_eq!(buyer().at(&id).send(|call| leave_queue::handle(&store, call)).await.status, 404);
        assert_eq!(Event::anonymous().at(&id).send(|call| get_queue_status::handle(&watch, call)).await.status, 404);
        let admin = || Event::by(UserId::generate(), "admin").at(&id);
        assert_eq!(admin().send(|call| get_queue::handle(&store, call)).await.status, 404);
        assert_eq!(admin().send(|call| clear_queue::handle(&store, &Nowhere, call)).await.status, 404);
    }
}

#[tokio::test]
async fn bad_input_is_refused_and_changes_nothing() {
    let world = World::new().await;
    let pointers = |answer: &Answer| -> Vec<String> {
        let errors = answer.body["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|error| error["pointer"].as_str().unwrap().to_owned()).collect()
    };
    let many = json!({"opensAt": "2026-11-20T11:00:00Z", "capacity": 0, "sessionSeconds": 4, "preQueueMinutes": 1441});
    let answer = world.configure(&many).await;
    assert_eq!(answer.status, 422);
    assert_eq!(pointers(&answer), ["/capacity", "/sessionSeconds", "/preQueueMinutes"]);
    for (body, pointer) in [
        (json!({"capacity": 10}), ""),
        (json!({"opensAt": "tomorrow", "capacity": 10}), "/opensAt"),
        (json!({"opensAt": "2026-11-20T11:00:00Z", "capacity": "ten"}), "/capacity"),
        (json!({"opensAt": "2026-11-20T11:00:00Z", "capacity": 10, "enabled": 1}), "/enabled"),
    ] {
        let answer = world.configure(&body).await;
        assert_eq!(answer.status, 422, "{body}");
        assert!(pointers(&answer)[0].starts_with(pointer), "{}", answer.body);
    }
    assert!(world.store().room(world.event).await.unwrap().queue.is_none());

    assert_eq!(check(&world, buyer().text("{")).await.status, 400);
    assert_eq!(check(&world, buyer().body(&json!({"ticket": 7}))).await.status, 422);
    assert_eq!(check(&world, buyer().header("x-queue-ticket", "paper")).await.code(), "ticket_invalid");
    assert_eq!(status(&world, Event::anonymous().header("x-queue-ticket", "paper")).await.code(), "ticket_invalid");
    assert_eq!(check(&world, Event::anonymous()).await.status, 401);

    let store = world.store();
    for scope in ["buyer", "organizer", "staff"] {
        let by = || Event::by(UserId::generate(), scope).at(world.event);
        assert_eq!(by().send(|call| get_queue::handle(&store, call)).await.status, 403);
        assert_eq!(by().send(|call| clear_queue::handle(&store, &Nowhere, call)).await.status, 403);
    }
}

#[tokio::test]
async fn versions_and_running_queues_are_respected() {
    let world = World::new().await;
    let queue = world.queue(10, 5).await;
    assert_eq!(
        (&queue["version"], &queue["sessionSeconds"], &queue["preQueueMinutes"]),
        (&json!(1), &json!(300), &json!(30))
    );
    assert_eq!(queue.get("seed"), None);
    let opens_at = queue["opensAt"].clone();
    let stale = world.configure(&json!({"opensAt": opens_at, "capacity": 6, "version": 7})).await;
    assert_eq!((stale.status, stale.code(), &stale.body["version"]), (409, "version_conflict", &json!(1)));
    let moved = world.configure(&json!({"opensAt": "2030-01-01T00:00:00Z", "capacity": 5, "version": 1})).await;
    assert_eq!((moved.status, moved.code()), (409, "queue_running"));
    let wider = world.configure(&json!({"opensAt": opens_at, "capacity": 6, "version": 1})).await;
    assert_eq!((wider.status, &wider.body["version"]), (200, &json!(2)));
}
