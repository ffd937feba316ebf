//! A crash between any two calls, and the delivery after it.

use contracts::event::Envelope;
use testkit::Faults;

use crate::history::{cancelled, confirmed, on_sale, published};
use crate::world::{Told, World, news, no_failure};

/// More calls than any of the batches makes.
const TOO_MANY_CALLS: usize = 100;

fn batches() -> Vec<(&'static str, Vec<Envelope>)> {
    vec![
        ("sales and returns", vec![confirmed(1, 1, 3, 10), confirmed(2, 1, 1, 20), cancelled(1, 1, 3, 30)]),
        ("the last tickets", vec![confirmed(3, 2, 2, 40)]),
        ("a sale that waits", vec![confirmed(4, 3, 2, 50)]),
        ("what it waits for", vec![on_sale(1, 3, 2)]),
        ("what was sold out", vec![cancelled(3, 2, 2, 60)]),
    ]
}

#[tokio::test]
async fn whatever_fails_the_next_delivery_completes_the_batch() {
    let start = [published(1), on_sale(1, 1, 9), on_sale(1, 2, 2)];
    let expected = World::start().await;
    expected.deliver(&start).await;
    for (_, batch) in batches() {
        expected.deliver(&batch).await;
    }
    let (expected, told) = (expected.model(1).await, expected.told.latest());

    for fault in Faults::every(TOO_MANY_CALLS) {
        let mut struck = false;
        let world = World::start().await;
        world.deliver(&start).await;
        for (name, batch) in batches() {
            let faults = Faults::one(fault);
            let failed = world.project_by(world.table.failing_client(&faults)).project(&news(&batch)).await;
            struck |= faults.struck();
            if faults.struck() {
                assert!(!failed.is_empty(), "{name}: {fault:?} was not told");
                world.deliver(&batch).await;
            } else {
                no_failure(&failed);
            }
        }
        assert_eq!(world.model(1).await, expected, "{fault:?}");
        assert_eq!(world.told.latest(), told, "{fault:?}");
        if !struck {
            return;
        }
    }
    panic!("there are more calls to fail");
}

#[tokio::test]
async fn the_catalogue_hears_of_sales_that_were_counted_by_somebody_who_was_stopped() {
    let mut world = World::start().await;
    world.told = Told::failing(1);
    let batch = [published(1), on_sale(1, 1, 9), confirmed(1, 1, 3, 10)];
    let failed = world.project_by(world.table.client()).project(&news(&batch)).await;
    assert_eq!(failed.iter().map(|failed| failed.news.len()).sum::<usize>(), batch.len());
    let counted = world.model(1).await;

    world.deliver(&batch).await;
    assert_eq!(world.model(1).await, counted);
    assert_eq!(world.told.latest().values().collect::<Vec<_>>(), [&3]);
}
