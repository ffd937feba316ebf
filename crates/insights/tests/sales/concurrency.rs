//! Many workers at once on the same events.

use contracts::event::Envelope;
use insights::domain::{By, Period};
use testkit::Pause;

use crate::history::{at, cancelled, confirmed, on_sale, published, season};
use crate::world::{World, news};

/// Delivers batch after batch, again and again as SQS does, until none of it fails.
async fn work(world: World, batches: Vec<Vec<Envelope>>) -> usize {
    let mut repeated = 0;
    for batch in batches {
        while !world.project_by(world.table.client()).project(&news(&batch)).await.is_empty() {
            repeated += 1;
            assert!(repeated < 100, "no progress");
        }
    }
    repeated
}

/// As many workers as shares, all at once.
async fn at_once(world: &World, shares: Vec<Vec<Vec<Envelope>>>) {
    let workers: Vec<_> = shares.into_iter().map(|batches| tokio::spawn(work(world.clone(), batches))).collect();
    for worker in workers {
        worker.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn workers_on_one_event_count_every_ticket_once() {
    let world = World::start().await;
    world.deliver(&[published(1), on_sale(1, 1, 100)]).await;
    let sales: Vec<_> = (0..100_u8).map(|number| confirmed(number.into(), 1, 1, number.into())).collect();
    let returns: Vec<_> = (0..10_u8).map(|number| cancelled(number.into(), 1, 1, 200)).collect();
    let again: Vec<_> = (100..110_u8).map(|number| confirmed(number.into(), 1, 1, 300)).collect();
    let all = [sales, returns, again].concat();

    // Every worker hears of everything, each in another order.
    let shares = (0..4).map(|seed| {
        let mut share = all.clone();
        fastrand::Rng::with_seed(seed).shuffle(&mut share);
        share.chunks(10).map(<[Envelope]>::to_vec).collect()
    });
    at_once(&world, shares.collect()).await;

    let expected = World::start().await;
    expected.deliver(&[vec![published(1), on_sale(1, 1, 100)], all].concat()).await;
    assert_eq!(world.model(1).await, expected.model(1).await);
    assert_eq!(world.told.latest().values().collect::<Vec<_>>(), [&100]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_season_dealt_out_among_workers_is_the_same_season() {
    let expected = World::start().await;
    expected.deliver(&season(7)).await;
    let expected = expected.model(1).await;

    let world = World::start().await;
    let mut history = season(7);
    fastrand::Rng::with_seed(8).shuffle(&mut history);
    let shares = history.chunks(history.len().div_ceil(4)).map(|share| share.chunks(5).map(<[_]>::to_vec).collect());
    at_once(&world, shares.collect()).await;
    assert_eq!(world.model(1).await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sale_whose_performance_becomes_known_while_it_is_looked_for_does_not_wait_for_ever() {
    // Which generations there are, which event the performance is of, and the transaction that lets the sale wait.
    for call in 1..=3 {
        let world = World::start().await;
        let pause = Pause::before(call);
        let worker = {
            let (project, news) =
                (world.project_by(world.table.pausing_client(&pause)), news(&[confirmed(1, 1, 2, 0)]));
            tokio::spawn(async move { project.project(&news).await })
        };
        assert!(pause.reached_or(&worker).await);
        world.deliver(&[published(1), on_sale(1, 1, 9)]).await;
        pause.end();
        assert!(worker.await.unwrap().is_empty());
        assert_eq!(world.places(By::Sales, Period::All, at(0)).await[0].1, 2, "{call}");
        assert!(world.model(1).await.keys().all(|(pk, _)| !pk.starts_with("WAIT")), "{call}");
    }
}
