//! What is counted is a function of the set of events.

use contracts::catalog::EventStatus;
use contracts::event::{Envelope, EventType};
use insights::domain::{By, Period};
use testkit::Faults;

use crate::history::{DAY, at, cancelled, confirmed, event, on_sale, published, reckoned, season};
use crate::world::{World, news, no_failure};

/// All of it twice, in any order, in batches of any size.
async fn deliver_somehow(world: &World, history: &[Envelope], seed: u64) {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut deliveries = [history, history].concat();
    random.shuffle(&mut deliveries);
    let mut rest = deliveries.as_slice();
    while !rest.is_empty() {
        let (batch, later) = rest.split_at(random.usize(1..=rest.len().min(30)));
        world.deliver(batch).await;
        rest = later;
    }
}

#[tokio::test]
async fn any_order_and_any_repetition_lead_to_the_same_counts_and_the_right_ones() {
    for seed in 0..3 {
        let history = season(seed);
        let world = World::start().await;
        for envelope in &history {
            world.deliver(std::slice::from_ref(envelope)).await;
        }
        let model = world.model(1).await;
        for by in [By::Sales, By::Sellout] {
            for (period, now) in (0..11).map(|day| (Period::Day, at(day * DAY))).chain([
                (Period::Week, at(0)),
                (Period::Week, at(7 * DAY)),
                (Period::All, at(0)),
            ]) {
                let expected = reckoned(&history, by, period, now);
                assert_eq!(world.places(by, period, now).await, expected, "seed {seed}, {by:?} of {period:?} at {now}");
            }
        }
        let other = World::start().await;
        deliver_somehow(&other, &history, seed + 100).await;
        assert_eq!(other.model(1).await, model, "seed {seed}");
        assert_eq!(other.told.latest(), world.told.latest(), "seed {seed}");
    }
}

#[tokio::test]
async fn sales_of_a_performance_that_is_not_known_yet_wait_for_it() {
    let world = World::start().await;
    world.deliver(&[confirmed(1, 1, 3, 10), confirmed(2, 1, 2, 20)]).await;
    world.deliver(&[confirmed(1, 1, 3, 10), cancelled(2, 1, 2, 30), cancelled(3, 1, 5, 30)]).await;
    world.deliver(&[published(1)]).await;
    assert!(world.places(By::Sales, Period::All, at(0)).await.is_empty());
    assert!(world.told.latest().is_empty());

    world.deliver(&[on_sale(1, 1, 3)]).await;
    assert_eq!(world.told.latest().values().collect::<Vec<_>>(), [&3]);
    assert_eq!(world.top(By::Sales, Period::All, 1, at(0)).await[0].score, 3);
    // Its latest confirmation is that of the tickets that came back.
    assert_eq!(world.top(By::Sellout, Period::Day, 1, at(0)).await[0].score, 20);
    assert!(world.model(1).await.keys().all(|(pk, _)| !pk.starts_with("WAIT")), "nothing waits any more");
}

#[tokio::test]
async fn an_event_is_ranked_while_it_is_public() {
    let world = World::start().await;
    world.deliver(&[on_sale(1, 1, 10), confirmed(1, 1, 2, 0)]).await;
    let shown = async || !world.places(By::Sales, Period::All, at(0)).await.is_empty();
    assert!(!shown().await, "nobody has said what it is");
    for (event_type, version, status, expected) in [
        (EventType::EventPublished, 2, EventStatus::OnSale, true),
        (EventType::EventUnpublished, 3, EventStatus::Draft, false),
        (EventType::EventPublished, 4, EventStatus::OnSale, true),
        (EventType::EventUpdated, 5, EventStatus::SoldOut, true),
        (EventType::EventUnpublished, 3, EventStatus::Draft, true),
        (EventType::EventUpdated, 6, EventStatus::Ended, true),
        (EventType::EventCancelled, 7, EventStatus::Cancelled, false),
    ] {
        world.deliver(&[event(event_type, 1, version, status)]).await;
        assert_eq!(shown().await, expected, "{event_type} {version}");
    }
}

#[tokio::test]
async fn a_batch_of_one_event_shares_its_transactions() {
    let world = World::start().await;
    world.deliver(&[published(1), on_sale(1, 1, 1_000)]).await;
    let sales: Vec<_> = (0..90_u8).map(|number| confirmed(number.into(), 1, 1, number.into())).collect();
    let calls = Faults::none();
    no_failure(&world.project_by(world.table.failing_client(&calls)).project(&news(&sales)).await);
    // The generations, whose performances, the tally, performances, reservations, windows; one transaction.
    assert_eq!(calls.calls(), 7);
    assert_eq!(world.top(By::Sales, Period::All, 1, at(0)).await[0].score, 90);

    // Ninety performances that all sell out are more than fits: 180 changes and more.
    let world = World::start().await;
    let performances: Vec<_> = (0..90).map(|number| on_sale(1, number, 1)).collect();
    world.deliver(&[vec![published(1)], performances].concat()).await;
    let sales: Vec<_> = (0..90_u8).map(|n| confirmed(n.into(), n.into(), 1, 100 - i64::from(n))).collect();
    world.deliver(&sales).await;
    assert_eq!(world.top(By::Sellout, Period::Week, 1, at(0)).await[0].score, 11);
    assert_eq!(world.told.latest().values().collect::<Vec<_>>(), [&90]);
}
