//! Rushes: whatever happens at once, a seat has one owner.

use std::collections::HashMap;
use std::sync::Arc;

use booking::BookingError;
use booking::domain::mark::Mark;
use booking::dynamodb::Change;
use contracts::booking::{BeginPayment, ReservationStatus};
use contracts::ids::{PaymentId, UserId};
use kit::dynamo::StoreError;
use tokio::task::JoinSet;

use crate::hall::{Hall, key, seat_ids};

#[tokio::test(flavor = "multi_thread")]
async fn of_200_buyers_of_one_seat_one_gets_it() {
    let hall = Arc::new(Hall::open(1, 1, 0).await);
    let mut buyers = JoinSet::new();
    for _ in 0..200 {
        let hall = Arc::clone(&hall);
        buyers.spawn(async move { hall.hold(UserId::generate(), &["S0R0-7"], 0).await });
    }
    let mut winners = 0;
    while let Some(outcome) = buyers.join_next().await {
        match outcome.unwrap() {
            Ok(_) => winners += 1,
            Err(BookingError::SeatsUnavailable(lost)) => assert_eq!(lost, ["S0R0-7"]),
            Err(error) => panic!("{error:?}"),
        }
    }
    assert_eq!(winners, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn overlapping_groups_get_all_of_their_seats_or_none() {
    let hall = Arc::new(Hall::open(1, 2, 0).await);
    let mut buyers = JoinSet::new();
    for buyer in 0..200_usize {
        let hall = Arc::clone(&hall);
        buyers.spawn(async move {
            // Neighbours on a ring of both rows' 40 seats: many groups span the two blocks.
            let (first, size) = (buyer * 7 % 40, 1 + buyer % 4);
            let seats: Vec<_> =
                (0..size).map(|step| (first + step) % 40).map(|n| format!("S0R{}-{}", n / 20, n % 20)).collect();
            let wanted: Vec<_> = seats.iter().map(String::as_str).collect();
            (seats.clone(), hall.hold(UserId::generate(), &wanted, 0).await)
        });
    }
    let mut owners: HashMap<String, usize> = HashMap::new();
    while let Some(outcome) = buyers.join_next().await {
        let (mut wanted, outcome) = outcome.unwrap();
        match outcome {
            Ok(reservation) => {
                let mut got = seat_ids(&reservation);
                got.sort();
                wanted.sort();
                assert_eq!(got, wanted, "all or nothing");
                for seat in got {
                    *owners.entry(seat).or_default() += 1;
                }
            }
            Err(BookingError::SeatsUnavailable(lost)) => {
                assert!(!lost.is_empty() && lost.iter().all(|seat| wanted.contains(seat)), "{lost:?} of {wanted:?}");
            }
            Err(error) => panic!("{error:?}"),
        }
    }
    assert!(owners.values().all(|&count| count == 1), "{owners:?}");
    let taken = hall.taken(0).await;
    assert_eq!(taken.len(), owners.len(), "every taken seat is in somebody's reservation");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_buyer_in_many_tabs_gets_one_reservation() {
    let hall = Arc::new(Hall::open(1, 2, 0).await);
    let user = UserId::generate();
    let mut tabs = JoinSet::new();
    for tab in 0..30 {
        let hall = Arc::clone(&hall);
        tabs.spawn(async move { hall.hold(user, &[&format!("S0R{}-{}", tab / 20, tab % 20)], 0).await });
    }
    let mut held = 0;
    while let Some(outcome) = tabs.join_next().await {
        match outcome.unwrap() {
            Ok(_) => held += 1,
            Err(BookingError::ReservationPending(_)) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
    assert_eq!(held, 1);
    assert_eq!(hall.taken(0).await.len(), 1, "what the other tabs took was given back");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_request_sent_many_times_at_once_has_one_effect() {
    let hall = Arc::new(Hall::open(1, 2, 0).await);
    let user = UserId::generate();
    let mut sends = JoinSet::new();
    for _ in 0..20 {
        let hall = Arc::clone(&hall);
        sends.spawn(
            async move { hall.hold_with(&hall.store, user, Some(&key("k", "a")), &["S0R0-3", "S0R1-4"], 0).await },
        );
    }
    let mut answers = Vec::new();
    while let Some(outcome) = sends.join_next().await {
        match outcome.unwrap() {
            Ok(reservation) => answers.push(reservation.id),
            Err(BookingError::RequestInProgress) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
    assert!(!answers.is_empty() && answers.iter().all(|id| *id == answers[0]), "{answers:?}");
    assert_eq!(hall.taken(0).await.len(), 2);
    assert_eq!(booking::look::reservations(&hall.store, user).await.unwrap().len(), 1);
}

/// DynamoDB refuses a single write, too, while a transaction holds its item; the embedded one never does.
#[tokio::test]
async fn a_write_that_meets_transactions_is_tried_again_and_then_given_up() {
    let hall = Hall::open(1, 1, 0).await;
    let reservation = hall.hold(UserId::generate(), &["S0R0-0"], 0).await.unwrap();
    let client = hall.table.refusing_client("TransactionConflictException").await;
    let faults = testkit::Faults::none();
    let client = aws_sdk_dynamodb::Client::from_conf(client.config().to_builder().interceptor(faults.clone()).build());
    let busy = booking::dynamodb::Store::new(client, &hall.table.name);

    let change = Change::Replace { from: Mark::of_hold(&reservation), to: Mark::sold(reservation.id) };
    let marked = busy.mark(hall.performance.id, &reservation.lines, change).await;
    assert!(matches!(marked, Err(StoreError::Contended)), "{marked:?}");
    assert_eq!(faults.calls(), 8);
    let freed = busy.free(hall.performance.id, &reservation.lines, Mark::of_hold(&reservation)).await;
    assert!(matches!(freed, Err(StoreError::Contended)), "{freed:?}");
    assert_eq!(faults.calls(), 16);
}

/// Two of a buyer's tabs enter payment. The slow one extends the marks after the fast one was declined, and finds the
/// book changed: the reservation waits again, and must keep its seats.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_slow_tab_that_enters_payment_too_late_takes_nothing_away() {
    let hall = Hall::open(1, 1, 0).await;
    let reservation = hall.hold(UserId::generate(), &["S0R0-0"], 0).await.unwrap();
    for call in 1..=5 {
        // The slow tab stops before its `call`th call until the fast one has been declined.
        let pause = testkit::Pause::before(call);
        let slow = booking::dynamodb::Store::new(hall.table.pausing_client(&pause), &hall.table.name);
        let begin = BeginPayment {
            user_id: reservation.user_id,
            reservation_id: reservation.id,
            payment_id: PaymentId::generate(),
            payable_min: 0,
            payable_max: i64::MAX,
            payable_currency: None,
        };
        let now = hall.at(2);
        let tab = tokio::spawn(async move { booking::pay::begin(&slow, &begin, now).await });
        if !pause.reached_or(&tab).await {
            // Fewer calls than that: the tab has entered payment undisturbed.
            assert!(call > 4, "reading the book and the sale, marking and writing are four calls");
            return;
        }
        let fast = PaymentId::generate();
        hall.begin(&reservation, fast, 1).await;
        crate::saga::fail(&hall, &reservation, fast, 1).await;
        pause.end();
        let answer = tab.await.unwrap().unwrap();

        let current = hall.current(&reservation).await;
        assert_eq!(hall.taken(3).await.len(), 1, "call {call}, {answer:?}: the seats are the buyer's");
        match current.status {
            ReservationStatus::Paying => crate::saga::fail(&hall, &current, current.payment_id.unwrap(), 4).await,
            status => assert_eq!(status, ReservationStatus::Pending),
        }
        assert_eq!(hall.taken(301).await.len(), 0, "call {call}: and not for longer than the hold");
    }
}
