//! Sweeps beside buyers, payments and other sweeps.

use std::sync::Arc;

use booking::BookingError;
use booking::call_off::sweep;
use contracts::booking::{CancelledBy, PaymentStart, ReservationState, ReservationStatus};
use contracts::ids::{PaymentId, UserId};
use testkit::Pause;
use tokio::task::JoinSet;

use crate::call_off::marked;
use crate::hall::Hall;
use crate::saga::{refund, succeed};

/// Runs a sweep that stops before its `call`th call until `meanwhile` is done. Says whether it made that many calls.
async fn interrupted(hall: &Hall, call: usize, meanwhile: impl Future<Output = ()>) -> bool {
    let pause = Pause::before(call);
    let slow = hall.store_over(hall.table.pausing_client(&pause));
    let (called_off, now) = (hall.cancelled(3), hall.at(10));
    let sweeping = tokio::spawn(async move { sweep(&slow, &called_off, now).await });
    let was_held_up = pause.reached_or(&sweeping).await;
    if was_held_up {
        meanwhile.await;
        pause.end();
    }
    sweeping.await.unwrap().unwrap();
    was_held_up
}

/// Whatever is held from the memory of an environment while a sweep runs, the next sweep ends.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hold_during_a_sweep_is_ended_by_the_next() {
    for call in 1..60 {
        let hall = Hall::open(1, 2, 0).await;
        let first = hall.hold(UserId::generate(), &["S0R0-0"], 0).await.unwrap();
        let (same, other) = (first.user_id, UserId::generate());
        let was_held_up = interrupted(&hall, call, async {
            // This environment has read the sale a moment ago.
            hall.hold(other, &["S0R0-1"], 9).await.unwrap();
            match hall.hold(same, &["S0R1-0"], 9).await {
                Ok(_) | Err(BookingError::ReservationPending(_)) => {}
                Err(error) => panic!("{error:?}"),
            }
        })
        .await;
        sweep(&hall.store, &hall.cancelled(3), hall.at(30)).await.unwrap();
        for user in [same, other] {
            for reservation in booking::look::reservations(&hall.store, user).await.unwrap() {
                assert_eq!(reservation.status, ReservationStatus::Released, "call {call}");
                assert_eq!((reservation.version, reservation.cancelled_by), (2, Some(CancelledBy::Organizer)));
            }
        }
        assert_eq!(marked(&hall, 30).await, 0, "call {call}");
        if !was_held_up {
            assert!(call > 20, "sixteen shelves and a book are more than twenty calls");
            return;
        }
    }
    panic!("a sweep of two books makes fewer calls");
}

/// The buyer cancels while a sweep is at it: one of the two has ended the reservation, the other has changed nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_buyer_who_cancels_during_a_sweep_is_refunded_once() {
    let mut by = Vec::new();
    for call in 1..60 {
        let hall = Hall::open(1, 1, 0).await;
        let (bought, payment) = hall.buy(UserId::generate(), &["S0R0-0"], 0).await;
        let (user, id) = (bought.user_id, bought.id);
        let was_held_up = interrupted(&hall, call, async {
            match booking::leave::cancel(&hall.store, &hall.sales, user, id, 3, None, hall.at(9)).await {
                Ok(_) | Err(BookingError::Refused(_)) => {}
                Err(error) => panic!("{error:?}"),
            }
        })
        .await;
        let current = hall.current(&bought).await;
        assert_eq!((current.status, current.version), (ReservationStatus::Cancelling, 4), "call {call}");
        by.push(current.cancelled_by.unwrap());
        refund(&hall, &bought, payment, 11).await;
        assert_eq!(marked(&hall, 11).await, 0);
        if !was_held_up {
            assert!(by.contains(&CancelledBy::Buyer) && by.contains(&CancelledBy::Organizer));
            return;
        }
    }
    panic!("a sweep of one book makes fewer calls");
}

/// The buyer enters payment while a sweep is at it: either the seats are let go, or the money is given back.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_payment_entered_during_a_sweep_is_given_back() {
    for call in 1..60 {
        let hall = Hall::open(1, 1, 0).await;
        let held = hall.hold(UserId::generate(), &["S0R0-0"], 0).await.unwrap();
        let payment = PaymentId::generate();
        let answer = std::sync::Mutex::new(None);
        let was_held_up = interrupted(&hall, call, async {
            let start = hall.begin(&held, payment, 9).await;
            *answer.lock().unwrap() = Some(start);
        })
        .await;
        let answer = answer.into_inner().unwrap();
        if matches!(answer, Some(PaymentStart::Started { .. })) {
            succeed(&hall, &held, payment, 12).await;
            refund(&hall, &held, payment, 13).await;
            assert_eq!(hall.current(&held).await.status, ReservationStatus::Cancelled, "call {call}");
        } else {
            assert!(matches!(answer, Some(PaymentStart::SaleClosed) | None), "call {call}: {answer:?}");
            assert_eq!(hall.current(&held).await.status, ReservationStatus::Released, "call {call}");
        }
        assert_eq!(hall.current(&held).await.cancelled_by, Some(CancelledBy::Organizer));
        if !was_held_up {
            return;
        }
    }
    panic!("a sweep of one book makes fewer calls");
}

#[tokio::test(flavor = "multi_thread")]
async fn sweeps_at_once_end_everything_once() {
    let hall = Arc::new(Hall::open(2, 2, 0).await);
    let mut reservations: Vec<ReservationState> = Vec::new();
    for seat in 0..20 {
        let (first, second) = (format!("S0R0-{seat}"), format!("S1R1-{seat}"));
        let (bought, _) = hall.buy(UserId::generate(), &[&first], 0).await;
        reservations.push(hall.hold(bought.user_id, &[&second], 3).await.unwrap());
        reservations.push(bought);
    }
    let mut sweeps = JoinSet::new();
    // A write that is just like another one counts as that one sent again, so each sweep has a time of its own.
    for second in 4..8 {
        let hall = Arc::clone(&hall);
        sweeps.spawn(async move { sweep(&hall.store, &hall.cancelled(3), hall.at(second)).await.unwrap().ended });
    }
    let ended: Vec<_> = sweeps.join_all().await;
    assert_eq!(ended.iter().sum::<usize>(), reservations.len(), "{ended:?}");
    for before in reservations {
        let after = hall.current(&before).await;
        assert_eq!((after.version, after.cancelled_by), (before.version + 1, Some(CancelledBy::Organizer)));
    }
    assert_eq!(marked(&hall, 8).await, 20, "what was bought waits for its refund");
}
