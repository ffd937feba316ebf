//! What is left: kept, counted, and the two compared.

use std::sync::Arc;

use booking::domain::admission::Entry;
use booking::hold::{self, HoldRequest};
use booking::look::Snapshots;
use booking::sales::Sales;
use booking::stock::{self, MOST_LIVE};
use contracts::catalog::{LayoutState, PerformanceState};
use contracts::ids::{LayoutId, PerformanceId, UserId};
use testkit::{Fault, Faults, Moment, Pause};
use tokio::task::JoinSet;

use crate::hall::{Hall, size};

/// Free tickets of the performance and how many calls it took to know, in an environment that remembers nothing.
async fn free(hall: &Hall, seconds: i64) -> (u32, usize) {
    let faults = Faults::none();
    let store = hall.store_over(hall.table.failing_client(&faults));
    let (sales, snapshots) = (Sales::default(), Snapshots::default());
    let all = stock::availability(&store, &sales, &snapshots, hall.ticket_type(0), hall.at(seconds)).await.unwrap();
    let own = all.iter().find(|(id, _)| *id == hall.performance.id).unwrap();
    (own.1.free, faults.calls())
}

async fn days(hall: &Hall, seconds: i64) -> (Vec<(String, PerformanceId, u32)>, usize) {
    let faults = Faults::none();
    let store = hall.store_over(hall.table.failing_client(&faults));
    let (sales, snapshots, event) = (Sales::default(), Snapshots::default(), hall.performance.event_id);
    let days = stock::dates(&store, &sales, &snapshots, event, None, hall.at(seconds)).await.unwrap();
    let flat = days.into_iter().flat_map(|day| {
        let date = day.date.to_string();
        day.performances.into_iter().map(move |(id, _, free)| (date.clone(), id, free))
    });
    (flat.collect(), faults.calls())
}

/// The figures of decision 0012.
#[tokio::test]
async fn few_performances_are_counted_and_many_are_read() {
    let hall = Hall::open(1, 1, 0).await;
    hall.refresh(0).await;
    for day in 1..MOST_LIVE as i64 {
        hall.another(day).await;
    }
    hall.hold(UserId::generate(), &["S0R0-0"], 0).await.unwrap();
    // Index; for each performance its listing, its layout and its eight partitions.
    assert_eq!(free(&hall, 1).await, (19, 1 + MOST_LIVE * 10));
    let (counted, calls) = days(&hall, 1).await;
    assert_eq!((counted.len(), calls), (MOST_LIVE, 1 + MOST_LIVE * 10));
    assert_eq!(counted[0], ("2026-06-02".into(), hall.performance.id, 19));
    assert_eq!(counted[1].2, 20);

    hall.another(9).await;
    assert_eq!(free(&hall, 1).await, (20, 2), "as it was when the performance was published");
    hall.refresh(1).await;
    assert_eq!(free(&hall, 1).await, (19, 2));
    let (read, calls) = days(&hall, 1).await;
    assert_eq!((read.len(), calls), (MOST_LIVE + 1, 1));
    assert_eq!(read[..MOST_LIVE], counted);
    assert_eq!(read[MOST_LIVE].0, "2026-06-11");

    let kept = hall.table.items().await.into_iter().filter(|item| item["sk"].as_s().unwrap().starts_with("AVL#"));
    for item in kept {
        let size = size(&aws_sdk_dynamodb::types::AttributeValue::M(item));
        assert!(size <= 500, "{size} bytes with two ticket types: 200 performances are one query of 100 KB");
    }
}

/// A hold that died between its seats and its book ends without anybody noticing: kept counts are not believed for ever.
#[tokio::test]
async fn a_hold_that_ends_unnoticed_is_counted_free_all_the_same() {
    let hall = Hall::open(1, 1, 0).await;
    for day in 1..=MOST_LIVE as i64 {
        hall.another(day).await;
    }
    let faults = Faults::one(Fault { call: 2, moment: Moment::BeforeEffect });
    let dying = hall.store_over(hall.table.failing_client(&faults));
    hall.hold_with(&dying, UserId::generate(), None, &["S0R0-0"], 0).await.unwrap_err();
    hall.refresh(1).await;
    assert_eq!(hall.kept().await.unwrap().lapses_at, Some(hall.at(300).as_second()));
    assert_eq!(free(&hall, 299).await.0, 19);
    let (free, calls) = free(&hall, 361).await;
    assert_eq!((free, calls), (20, 2 + 10), "of all the performances this one is counted");
}

/// News whose message has failed before the counting, or is not done with it yet.
#[tokio::test]
async fn what_was_never_counted_is_counted_for_whoever_asks() {
    let hall = Hall::open(1, 1, 0).await;
    hall.hold(UserId::generate(), &["S0R0-0"], 0).await.unwrap();
    for day in 1..=MOST_LIVE as i64 {
        hall.another(day).await;
    }
    assert!(hall.kept().await.is_none());
    assert_eq!(free(&hall, 1).await, (19, 2 + 10));
    let (read, calls) = days(&hall, 1).await;
    assert_eq!((read.len(), calls), (MOST_LIVE + 1, 1 + 10));
    assert_eq!((read[0].1, read[0].2), (hall.performance.id, 19));

    // Of those whose layout is missing nothing can be told, and nobody else's counts suffer for it.
    let id = PerformanceId::generate();
    let unready = PerformanceState { id, layout_id: Some(LayoutId::generate()), ..hall.performance.clone() };
    hall.store.learn(&unready).await.unwrap();
    assert_eq!(days(&hall, 1).await.0, read);
    let layout = LayoutState { id: unready.layout_id.unwrap(), ..hall.layout.clone() };
    hall.store.put_layout(&layout).await.unwrap();
    assert_eq!(days(&hall, 1).await.0.len(), read.len() + 1);
}

/// When nobody counts, all performances are overdue together: that must not become eight queries for each of 200.
#[tokio::test]
async fn of_many_overdue_performances_the_next_ones_are_counted_and_the_others_read() {
    let hall = Hall::open(1, 1, 0).await;
    let mut showings = vec![hall.performance.id];
    for day in 1..MOST_LIVE as i64 + 3 {
        showings.push(hall.another(day).await.id);
    }
    for &id in &showings {
        let sale = hall.sales.open(&hall.store, id, hall.at(0)).await.unwrap();
        let request = HoldRequest { user: UserId::generate(), key: None, entry: Entry::Open };
        hold::seats(&hall.store, &sale, &request, &["S0R0-0".to_owned()], hall.at(0)).await.unwrap();
        stock::refresh(&hall.store, &hall.sales, id, hall.at(1)).await.unwrap();
    }
    let (read, calls) = days(&hall, 361).await;
    assert_eq!(read.iter().map(|&(_, id, _)| id).collect::<Vec<_>>(), showings);
    let left: Vec<_> = read.iter().map(|&(.., free)| free).collect();
    assert_eq!((&left[..MOST_LIVE], &left[MOST_LIVE..]), (&[20; MOST_LIVE][..], &[19; 3][..]));
    assert_eq!(calls, 1 + MOST_LIVE * 10);
    assert_eq!(free(&hall, 361).await, (20, 2 + MOST_LIVE * 10));
}

/// A refresh stops before each of its calls while seats are taken and another refresh counts them.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_refreshes_at_once_the_later_reading_stays() {
    for call in 1..40 {
        let hall = Hall::open(1, 2, 5).await;
        hall.refresh(0).await;
        hall.hold(UserId::generate(), &["S0R0-0"], 0).await.unwrap();
        let pause = Pause::before(call);
        let slow = hall.store_over(hall.table.pausing_client(&pause));
        let (id, now) = (hall.performance.id, hall.at(2));
        let refreshing = tokio::spawn(async move { stock::refresh(&slow, &Sales::default(), id, now).await });
        let was_held_up = pause.reached_or(&refreshing).await;
        if was_held_up {
            hall.hold(UserId::generate(), &["S0R1-0", "S0R1-1"], 1).await.unwrap();
            hall.refresh(2).await;
            hall.hold(UserId::generate(), &["S0R1-2"], 1).await.unwrap();
            hall.refresh(2).await;
            pause.end();
        }
        refreshing.await.unwrap().unwrap();
        assert_eq!(hall.kept().await.unwrap(), hall.counted(2).await, "call {call}");
        if !was_held_up {
            assert!(call > 13, "a refresh alone makes 13 calls");
            return;
        }
    }
    panic!("a refresh counts at most twice");
}

/// Every hold is followed by a refresh, as the stream does it, all at once.
#[tokio::test(flavor = "multi_thread")]
async fn a_rush_is_counted_to_the_last_seat() {
    let hall = Arc::new(Hall::open(2, 2, 0).await);
    let mut buyers = JoinSet::new();
    for seat in 0..40 {
        let hall = Arc::clone(&hall);
        buyers.spawn(async move {
            let seat = format!("S{}R{}-{}", seat % 2, seat / 2 % 2, seat / 4);
            hall.hold(UserId::generate(), &[&seat], 0).await.unwrap();
            stock::refresh(&hall.store, &Sales::default(), hall.performance.id, hall.at(1)).await.unwrap();
        });
    }
    buyers.join_all().await;
    let kept = hall.kept().await.unwrap();
    assert_eq!(kept, hall.counted(1).await);
    assert_eq!(kept.tickets.values().map(|tickets| tickets.held).sum::<u32>(), 40);
}

#[tokio::test]
async fn a_refresh_that_dies_anywhere_is_made_good_by_the_next() {
    for fault in Faults::every(40) {
        let hall = Hall::open(1, 1, 0).await;
        hall.refresh(0).await;
        hall.buy(UserId::generate(), &["S0R0-0", "S0R0-1"], 0).await;
        let faults = Faults::one(fault);
        let dying = hall.store_over(hall.table.failing_client(&faults));
        let died = stock::refresh(&dying, &Sales::default(), hall.performance.id, hall.at(3)).await;
        assert_eq!(died.is_err(), faults.struck(), "{fault:?}");
        hall.refresh(3).await;
        assert_eq!(hall.kept().await.unwrap(), hall.counted(3).await, "{fault:?}");
        if !faults.struck() {
            assert_eq!(fault.call, 14, "thirteen calls have failed once");
            return;
        }
    }
    panic!("a refresh makes fewer calls");
}
