//! A new generation from the event store equals the one that grew message by message.

use contracts::event::{Envelope, EventType};
use insights::domain::{By, Period};
use insights::sales::replay::{Phase, Progress, ReplayError};
use serde_json::json;
use testkit::{Faults, Pause};

use crate::history::{at, confirmed, on_sale, published, season};
use crate::world::{World, finish, news, no_failure};

async fn kept_and_delivered(history: &[Envelope]) -> World {
    let world = World::start().await;
    world.keep(history).await;
    world.deliver(history).await;
    world
}

#[tokio::test]
async fn a_rebuilt_generation_is_the_same_and_takes_the_place_of_the_old_one() {
    let history = season(3);
    let world = kept_and_delivered(&history).await;
    // What sales do not care about is in the store, too.
    let others = [EventType::ReservationHeld, EventType::UserRegistered].map(|event_type| Envelope {
        event_type,
        aggregate_id: event_type.to_string(),
        ..confirmed(1, 1, 1, 0)
    });
    world.keep(&others).await;
    let (before, told) = (world.model(1).await, world.told.latest());
    world.told.forget();

    let progress = world.rebuild().await;
    assert_eq!((progress.events, progress.differing), (history.len() as u64, 0), "{:?}", progress.differences);
    assert!(progress.unreadable.is_empty());
    assert_eq!(world.model(2).await, before);
    assert!(world.model(1).await.is_empty(), "the old generation is gone");
    let sold: Vec<_> = world.told.latest().into_iter().filter(|(_, tickets)| *tickets > 0).collect();
    assert_eq!(sold, told.into_iter().filter(|(_, tickets)| *tickets > 0).collect::<Vec<_>>());

    // Life goes on in the new one, and the catalogue takes what it says for newer.
    world.told.forget();
    world.deliver(&[confirmed(1_000, 2, 1, 0)]).await;
    assert!(world.model(1).await.is_empty());
    assert_ne!(world.model(2).await, before);
    assert_eq!(world.told.latest().len(), 1);
    assert_eq!(world.rebuild().await.differing, 1 + 1 + 1 + 3 - 1, "the sale that is not in the store is no more");
    assert_eq!(world.model(3).await, before);
}

#[tokio::test]
async fn whatever_fails_a_rebuild_that_is_begun_again_comes_to_the_same_end() {
    let history = [published(1), on_sale(1, 1, 3), confirmed(1, 1, 2, 10), confirmed(2, 1, 1, 20)];
    let expected = kept_and_delivered(&history).await.model(1).await;
    for in_events in [false, true] {
        let mut all_failed = false;
        for fault in Faults::every(100) {
            let world = kept_and_delivered(&history).await;
            let (faults, none) = (Faults::one(fault), Faults::none());
            let (ours, theirs) = if in_events { (&none, &faults) } else { (&faults, &none) };
            let replay = world.replay_by(world.table.failing_client(ours), world.events.failing_client(theirs));
            let mut progress = replay.begin().await;
            while let Ok(Progress { phase: Phase::Build(..) | Phase::Compare(_) | Phase::Sweep(_), .. }) = progress {
                progress = replay.step(progress.unwrap()).await;
            }
            // The parts of the event store are read side by side, so which of them loses its answer is a matter of timing.
            assert!(in_events || progress.is_err() == faults.struck(), "{fault:?}");
            if progress.is_err() {
                assert_eq!(world.rebuild().await.differing, 0, "{fault:?}");
            }
            // The crash may have come after the switch; then there is one generation more.
            let (second, third) = (world.model(2).await, world.model(3).await);
            assert!(second == expected && third.is_empty() || second.is_empty() && third == expected, "{fault:?}");
            assert!(world.model(1).await.is_empty(), "{fault:?}");
            if !faults.struck() {
                all_failed = true;
                break;
            }
        }
        assert!(all_failed, "there are more calls to fail");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn beside_live_traffic_nothing_is_missed_and_nothing_counted_twice() {
    for seed in 0..3 {
        let history = season(seed);
        let (old, new) = history.split_at(history.len() / 3);
        let world = kept_and_delivered(old).await;

        let live = {
            let (world, mut new) = (world.clone(), new.to_vec());
            tokio::spawn(async move {
                fastrand::Rng::with_seed(seed).shuffle(&mut new);
                for batch in new.chunks(3) {
                    // The event store first, then the queue, as append-events does it.
                    world.keep(batch).await;
                    while !world.project_by(world.table.client()).project(&news(batch)).await.is_empty() {}
                }
            })
        };
        let mut rebuilds = 0;
        while !live.is_finished() {
            finish(&world.replay()).await;
            rebuilds += 1;
        }
        live.await.unwrap();
        assert!(rebuilds > 0);

        let expected = World::start().await;
        expected.deliver(&history).await;
        assert_eq!(world.model(1 + rebuilds).await, expected.model(1).await, "seed {seed}");
        assert_eq!(world.rebuild().await.differing, 0, "seed {seed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_stood_still_over_a_whole_rebuild_loses_nothing() {
    let start = [published(1), on_sale(1, 1, 9)];
    let sale = [confirmed(1, 1, 2, 10)];
    for call in 2..=7 {
        let world = kept_and_delivered(&start).await;
        world.keep(&sale).await;
        let pause = Pause::before(call);
        let worker = {
            let (project, news) = (world.project_by(world.table.pausing_client(&pause)), news(&sale));
            tokio::spawn(async move { project.project(&news).await })
        };
        assert!(pause.reached_or(&worker).await, "{call}");
        assert_eq!(world.rebuild().await.generation.to_string(), "2");
        pause.end();
        // It may fail, as the generation it writes to is gone, or leave something there that nobody reads.
        let failed = worker.await.unwrap();
        if !failed.is_empty() {
            world.deliver(&sale).await;
        }
        assert_eq!(world.top(By::Sales, Period::All, 9, at(0)).await[0].score, 2, "{call}");
        let progress = world.rebuild().await;
        assert_eq!(progress.differing, 0, "{:?}", progress.differences);
        assert!(world.model(1).await.is_empty() && world.model(2).await.is_empty(), "{call}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_catalogue_hears_of_sales_that_were_being_counted_when_the_generations_were_switched() {
    let start = [published(1), on_sale(1, 1, 9), confirmed(1, 1, 1, 5)];
    let sale = [confirmed(2, 1, 2, 10)];
    // Before it is counted at all, when it is in the old generation only, and when it is in both.
    for call in [2, 8, 14] {
        let world = kept_and_delivered(&start).await;
        let replay = world.replay();
        let mut progress = replay.begin().await.unwrap();
        while matches!(progress.phase, Phase::Build(..)) {
            progress = replay.step(progress).await.unwrap();
        }
        world.keep(&sale).await;
        let pause = Pause::before(call);
        let worker = {
            let (project, news) = (world.project_by(world.table.pausing_client(&pause)), news(&sale));
            tokio::spawn(async move { project.project(&news).await })
        };
        assert!(pause.reached_or(&worker).await, "{call}");
        while progress.phase != Phase::Done {
            progress = replay.step(progress).await.unwrap();
        }
        pause.end();
        no_failure(&worker.await.unwrap());
        assert_eq!(world.top(By::Sales, Period::All, 9, at(0)).await[0].score, 3, "{call}");
        assert_eq!(world.told.latest().values().collect::<Vec<_>>(), [&3], "{call}");
    }
}

#[tokio::test]
async fn a_rebuild_meets_performances_before_their_sales() {
    // More than is read in one step, so that some performances are met late.
    let performances = (1..=20).map(|number| on_sale(1, number, 900));
    let sales = (1..=1_300).map(|number| confirmed(number, number % 20 + 1, 1, 10));
    let world = World::start().await;
    world.keep(&[published(1)].into_iter().chain(performances).chain(sales).collect::<Vec<_>>()).await;
    let replay = world.replay();
    let mut progress = replay.begin().await.unwrap();
    let mut steps = 0;
    while matches!(progress.phase, Phase::Build(..)) {
        progress = replay.step(progress).await.unwrap();
        steps += 1;
        assert!(world.model(2).await.keys().all(|(pk, _)| !pk.starts_with("WAIT")), "after step {steps}");
    }
    assert!(steps > 2, "all of it was read at once");
    assert_eq!(world.rebuild().await.generation.to_string(), "2");
    assert_eq!(world.top(By::Sales, Period::All, 9, at(0)).await[0].score, 1_300);
}

#[tokio::test]
async fn what_differs_is_told_and_mended() {
    let world = kept_and_delivered(&[published(1), on_sale(1, 1, 3), confirmed(1, 1, 2, 10)]).await;
    let right = world.model(1).await;
    let client = world.table.client();
    for item in world.table.items().await {
        if item["sk"].as_s().unwrap() == "RSV" {
            let key = |name: &str| item[name].clone();
            client.delete_item().table_name("table").key("pk", key("pk")).key("sk", key("sk")).send().await.unwrap();
        }
    }
    // And one that was counted for a sale that never was.
    world.deliver(&[confirmed(9, 1, 1, 20)]).await;

    let progress = world.rebuild().await;
    let told: Vec<_> =
        progress.differences.iter().map(|d| (d.item.split('/').next_back().unwrap(), &d.live, &d.built)).collect();
    let of = |name: &str| told.iter().filter(|(item, ..)| *item == name).collect::<Vec<_>>();
    assert_eq!(progress.differing as usize, told.len());
    assert_eq!(
        (of("EVT")[0].1.as_ref().unwrap()["tickets"].clone(), of("EVT")[0].2.as_ref().unwrap()["tickets"].clone()),
        (json!(3), json!(2))
    );
    let reservations: Vec<_> = of("RSV").iter().map(|(_, live, built)| (live.is_some(), built.is_some())).collect();
    assert!(reservations.len() == 2 && reservations.contains(&(true, false)) && reservations.contains(&(false, true)));
    assert!(!of("SELLOUT#ALL").is_empty(), "{told:?}");
    assert_eq!(world.model(2).await, right);
    assert_eq!(world.told.latest().values().collect::<Vec<_>>(), [&2]);
}

#[tokio::test]
async fn an_event_that_cannot_be_read_is_named_and_the_others_are_counted() {
    let world = kept_and_delivered(&[published(1), on_sale(1, 1, 3), confirmed(1, 1, 2, 10)]).await;
    let broken = Envelope { aggregate_id: "rsv_broken".into(), data: json!({"id": 1}), ..confirmed(2, 1, 1, 0) };
    world.keep(&[broken]).await;
    let progress = world.rebuild().await;
    assert_eq!((progress.unreadable, progress.events, progress.differing), (vec!["rsv_broken:3".to_owned()], 4, 0));
}

#[tokio::test]
async fn a_rebuild_that_is_over_is_not_gone_on_with() {
    let world = kept_and_delivered(&[published(1), on_sale(1, 1, 3), confirmed(1, 1, 2, 10)]).await;
    let replay = world.replay();
    let stale = replay.begin().await.unwrap();
    assert_eq!(replay.begin().await.unwrap(), stale, "one rebuild at a time");
    world.rebuild().await;

    // Somebody else finished it: what is left is done again, without harm.
    let late = replay.step(stale.clone()).await.unwrap();
    assert!(matches!(late.phase, Phase::Sweep(_)));
    assert_eq!(replay.step(late).await.unwrap().phase, Phase::Done);

    world.rebuild().await;
    assert!(matches!(replay.step(stale).await, Err(ReplayError::Over(_))));
    no_failure(&world.project_by(world.table.client()).project(&news(&[confirmed(1, 1, 2, 10)])).await);
    assert!(world.model(2).await.is_empty());
}
