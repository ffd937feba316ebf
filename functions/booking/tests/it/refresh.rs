use aws_lambda_events::dynamodb::Event;
use booking::dynamodb::Store;
use booking_functions::App;
use booking_functions::refresh_availability::{Counted, Input, handle};
use contracts::ids::{PerformanceId, UserId};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::world::World;

/// Records of these keys, in the form of the event file.
fn batch(keys: &[(String, String)]) -> Input {
    let file = include_str!("../../../../events/refresh-availability.json");
    let template: Value = serde_json::from_str(file).unwrap();
    let records: Vec<_> = keys
        .iter()
        .map(|(pk, sk)| {
            let mut record = template["Records"][0].clone();
            record["dynamodb"]["Keys"] = json!({"pk": {"S": pk}, "sk": {"S": sk}});
            record
        })
        .collect();
    serde_json::from_value(json!({"Records": records})).unwrap()
}

fn block(performance: PerformanceId, shard: u8) -> (String, String) {
    (format!("SEATS#{performance}#{shard}"), "A-1".to_owned())
}

fn book(performance: PerformanceId) -> (String, String) {
    (UserId::generate().to_string(), format!("BOOK#{performance}"))
}

async fn free(world: &World) -> u32 {
    let showings = world.app.store.showings(world.performance.event_id).await.unwrap();
    showings.stocks[0].tickets[&world.ticket_type()].free
}

#[tokio::test]
async fn seats_and_books_that_change_are_counted() {
    let world = World::new().await;
    let id = world.performance.id;
    for (record, left) in [(block(id, 3), 10), (book(id), 8)] {
        world.hold(UserId::generate()).await;
        handle(&world.app, batch(&[record]), Timestamp::now()).await.unwrap();
        assert_eq!(free(&world).await, left);
    }
}

#[tokio::test]
async fn what_cannot_be_counted_holds_nothing_up() {
    let world = World::new().await;
    world.hold(UserId::generate()).await;
    let unknown = PerformanceId::generate();
    let keys = [
        block(unknown, 0),
        (format!("LAY#{unknown}"), "LAY".to_owned()),
        ("SEATS#".to_owned(), "A-1".to_owned()),
        block(world.performance.id, 1),
        block(world.performance.id, 2),
    ];
    let counted = handle(&world.app, batch(&keys), Timestamp::now()).await.unwrap();
    assert_eq!(counted, Counted { performances: 2, refused: 1 });
    assert_eq!(free(&world).await, 10);
}

#[tokio::test]
async fn operators_have_an_event_counted() {
    let world = World::new().await;
    world.hold(UserId::generate()).await;
    assert_eq!(free(&world).await, 12, "nobody has counted the hold");
    let input = serde_json::from_value(json!({"eventId": world.performance.event_id})).unwrap();
    let counted = handle(&world.app, input, Timestamp::now()).await.unwrap();
    assert_eq!((counted, free(&world).await), (Counted { performances: 1, refused: 0 }, 10));
    assert!(serde_json::from_value::<Input>(json!({"eventId": "evt_1"})).is_err());
}

#[tokio::test]
async fn a_table_that_does_not_answer_is_asked_again() {
    let world = World::new().await;
    let client = world.table.refusing_client("ProvisionedThroughputExceededException").await;
    let app = App::new(Store::new(client, &world.table.name));
    let outcome = handle(&app, batch(&[block(world.performance.id, 0)]), Timestamp::now()).await;
    assert!(outcome.is_err());
}

/// The file says what the trigger's filters let through.
#[tokio::test]
async fn the_event_file_is_about_one_performance() {
    let file: Value = serde_json::from_str(include_str!("../../../../events/refresh-availability.json")).unwrap();
    let event: Event = serde_json::from_value(file).unwrap();
    let about: Vec<_> = event
        .records
        .iter()
        .map(|record| {
            let text = |name| serde_dynamo::from_attribute_value(record.change.keys[name].clone()).unwrap();
            let (pk, sk): (String, String) = (text("pk"), text("sk"));
            booking::dynamodb::performance_of(&pk, &sk).unwrap()
        })
        .collect();
    assert_eq!(about.len(), 2);
    assert_eq!(about[0], about[1]);
}
