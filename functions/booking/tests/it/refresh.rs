use aws_lambda_events::dynamodb::Event;
use booking::domain::mark::Mark;
use booking::dynamodb::Store;
use booking_functions::App;
use booking_functions::refresh_availability::{Counted, Input, handle};
use contracts::ids::{PerformanceId, ReservationId, UserId};
use contracts::live::RoomChange;
use jiff::Timestamp;
use serde_json::{Value, json};
use testkit::Faults;

use crate::world::{TestOutlets, World};

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
        handle(&world.app, &TestOutlets::default(), batch(&[record]), Timestamp::now()).await.unwrap();
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
    let counted = handle(&world.app, &TestOutlets::default(), batch(&keys), Timestamp::now()).await.unwrap();
    assert_eq!(counted, Counted { performances: 2, refused: 1 });
    assert_eq!(free(&world).await, 10);
}

#[tokio::test]
async fn operators_have_an_event_counted() {
    let world = World::new().await;
    world.hold(UserId::generate()).await;
    assert_eq!(free(&world).await, 12, "nobody has counted the hold");
    let input = serde_json::from_value(json!({"eventId": world.performance.event_id})).unwrap();
    let outlets = TestOutlets::default();
    let counted = handle(&world.app, &outlets, input, Timestamp::now()).await.unwrap();
    assert_eq!((counted, free(&world).await), (Counted { performances: 1, refused: 0 }, 10));
    assert_eq!(told(&outlets)[0].0, (vec![], 10), "whoever watches is told too");
    assert!(serde_json::from_value::<Input>(json!({"eventId": "evt_1"})).is_err());
}

#[tokio::test]
async fn a_table_that_does_not_answer_is_asked_again() {
    let world = World::new().await;
    let client = world.table.refusing_client("ProvisionedThroughputExceededException").await;
    let app = App::new(Store::new(client, &world.table.name));
    let outcome =
        handle(&app, &TestOutlets::default(), batch(&[block(world.performance.id, 0)]), Timestamp::now()).await;
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

type Told = (Vec<String>, u32);

/// What rooms were told: the seats that have changed, with their status, and what is left; and the message's name.
fn told(outlets: &TestOutlets) -> Vec<(Told, String)> {
    let rooms = outlets.rooms.lock().unwrap();
    let told = rooms.iter().map(|(change, name)| {
        let RoomChange::Seats { seats, tickets, too_many: false, .. } = change else { panic!("{change:?}") };
        let seats = seats.iter().map(|seat| format!("{} {:?} {:?}", seat.id, seat.status, seat.expires_at));
        ((seats.collect(), tickets[0].available), name.clone())
    });
    told.collect()
}

/// A record of a block whose slots had and have these marks.
fn changed(at: u64, (pk, sk): &(String, String), before: &[(usize, Mark)], after: &[(usize, Mark)]) -> Value {
    let image = |marks: &[(usize, Mark)]| {
        let mut image = json!({"pk": {"S": pk}, "sk": {"S": sk}});
        for (slot, mark) in marks {
            image[format!("s{slot}")] = json!({"N": mark.to_string()});
        }
        image
    };
    json!({
        "eventID": at.to_string(), "eventName": "MODIFY", "eventVersion": "1.1", "eventSource": "aws:dynamodb",
        "awsRegion": "us-east-1", "eventSourceARN": "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/s",
        "dynamodb": {
            "ApproximateCreationDateTime": 1_795_168_800, "SequenceNumber": at.to_string(), "SizeBytes": 600,
            "StreamViewType": "NEW_AND_OLD_IMAGES", "Keys": {"pk": {"S": pk}, "sk": {"S": sk}},
            "OldImage": image(before), "NewImage": image(after),
        },
    })
}

fn records(records: &[Value]) -> Input {
    serde_json::from_value(json!({"Records": records})).unwrap()
}

#[tokio::test]
async fn watchers_are_told_once_of_all_that_changed_and_in_the_order_of_the_writes() {
    let world = World::seated().await;
    let now = Timestamp::now();
    let (id, row) = (ReservationId::generate(), (format!("SEATS#{}#3", world.performance.id), "A1".to_owned()));
    let until = now.as_second() + 300;
    let (held, sold) = (Mark::held(id, until), Mark::sold(id));
    let batch = [
        changed(1, &row, &[], &[(0, held), (1, held)]),
        changed(2, &row, &[(0, held), (1, held)], &[(0, held)]),
        changed(3, &row, &[(0, held)], &[(0, sold)]),
    ];
    let outlets = TestOutlets::default();
    handle(&world.app, &outlets, records(&batch[..1]), now).await.unwrap();
    handle(&world.app, &outlets, records(&batch[1..]), now).await.unwrap();
    let expected = [
        vec![format!("A1-1 Held Some({until})"), format!("A1-2 Held Some({until})")],
        vec!["A1-1 Sold None".to_owned(), "A1-2 Free None".to_owned()],
    ];
    let all = told(&outlets);
    assert_eq!(all.iter().map(|((seats, _), _)| seats.clone()).collect::<Vec<_>>(), expected);
    assert_ne!(all[0].1, all[1].1);
    let rooms: Vec<_> = outlets.rooms.lock().unwrap().iter().map(|(change, _)| change.room().to_string()).collect();
    assert_eq!(rooms[0], format!("performance#{}", world.performance.id));
    assert!(outlets.waiting_rooms.lock().unwrap().is_empty(), "nobody guards the sale");
}

#[tokio::test]
async fn a_batch_that_could_not_be_told_is_told_again_under_the_same_name() {
    let world = World::new().await;
    world.guard(1, 0, true).await;
    world.hold_with(UserId::generate(), Some(&world.token(UserId::generate(), 0).await)).await;
    let keys = [block(world.performance.id, 0), book(world.performance.id)];
    for failures in 1..3 {
        let outlets = TestOutlets { failures: failures.into(), ..TestOutlets::default() };
        let now = Timestamp::now();
        for _ in 0..failures {
            assert!(handle(&world.app, &outlets, batch(&keys), now).await.is_err());
        }
        handle(&world.app, &outlets, batch(&keys), now).await.unwrap();
        let all = told(&outlets);
        assert_eq!(all[0], ((vec![], 12), all[0].1.clone()), "admissions of a quota are no seats");
        assert!(all[0].1.len() == 64 && all.iter().all(|each| each == &all[0]), "{all:?}");
        let left = *outlets.waiting_rooms.lock().unwrap().last().unwrap();
        assert_eq!((left.performance_id, left.free), (world.performance.id, 12));
        assert_eq!((left.event_id, left.counted_at), (world.performance.event_id, now.as_millisecond()));
    }
    // The second failure is the waiting room's: the room had been told by then, and is told again.
    let outlets = TestOutlets::default();
    handle(&world.app, &outlets, batch(&keys[..1]), Timestamp::now()).await.unwrap();
    let one = told(&outlets);
    handle(&world.app, &outlets, batch(&keys), Timestamp::now()).await.unwrap();
    assert_ne!(told(&outlets)[1].1, one[0].1, "other records are other news");
}

/// A hold that ends writes no seat: watchers have its end, and are told what is left.
#[tokio::test]
async fn the_end_of_a_hold_is_told_as_a_count() {
    let world = World::seated().await;
    let outlets = TestOutlets::default();
    handle(&world.app, &outlets, batch(&[book(world.performance.id)]), Timestamp::now()).await.unwrap();
    assert_eq!(told(&outlets)[0].0, (vec![], 2));
}

/// Whichever call to the table fails: nothing is told before it is counted, and the next delivery makes it good.
#[tokio::test]
async fn a_batch_that_dies_anywhere_is_made_good_by_its_next_delivery() {
    let world = World::new().await;
    world.guard(1, 0, true).await;
    let keys = [block(world.performance.id, 0)];
    for fault in Faults::every(40) {
        let faults = Faults::one(fault);
        let app = App::new(Store::new(world.table.failing_client(&faults), &world.table.name));
        let outlets = TestOutlets::default();
        let now = Timestamp::now();
        let died = handle(&app, &outlets, batch(&keys), now).await.is_err();
        assert_eq!(died, faults.struck(), "{fault:?}");
        let first = told(&outlets).first().cloned();
        handle(&world.app, &outlets, batch(&keys), now).await.unwrap();
        let all = told(&outlets);
        assert!(first.is_none_or(|first| all.iter().all(|each| *each == first)), "{fault:?}");
        assert_eq!(outlets.waiting_rooms.lock().unwrap().last().unwrap().free, 12, "{fault:?}");
        if !died {
            assert!(fault.call > 10, "a count alone makes more calls");
            return;
        }
    }
    panic!("a batch of one performance makes fewer calls");
}
