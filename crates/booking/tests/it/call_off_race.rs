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
use crate::saga::{fail, refund, succeed};

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

/// What is held from the memory of an environment while a sweep runs: the next sweep ends that of a buyer who has paid
/// for something, and that of any other cannot be paid and lapses.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hold_during_a_sweep_comes_to_nothing() {
    for call in 1..60 {
        let hall = Hall::open(1, 2, 0).await;
        let (bought, payment) = hall.buy(UserId::generate(), &["S0R0-0"], 0).await;
        let (mut held, organizer) = (Vec::new(), Some(CancelledBy::Organizer));
        let was_held_up = interrupted(&hall, call, async {
            // This environment has read the sale a moment ago.
            held.push(hall.hold(UserId::generate(), &["S0R0-1"], 9).await.unwrap());
            held.push(hall.hold(bought.user_id, &["S0R1-0"], 9).await.unwrap());
        })
        .await;
        sweep(&hall.store, &hall.cancelled(3), hall.at(30)).await.unwrap();
        if let [others, buyers] = held.as_slice() {
            let ended = hall.current(buyers).await;
            assert_eq!((ended.status, ended.version), (ReservationStatus::Released, 2), "call {call}");
            assert_eq!(ended.cancelled_by, organizer, "call {call}");
            assert_eq!(hall.begin(others, PaymentId::generate(), 31).await, PaymentStart::SaleClosed, "call {call}");
            booking::leave::expire(&hall.store, others, hall.at(310)).await.unwrap();
            let lapsed = hall.current(others).await;
            assert_eq!((lapsed.status, lapsed.cancelled_by), (ReservationStatus::Released, organizer), "call {call}");
        }
        refund(&hall, &bought, payment, 32).await;
        assert_eq!(marked(&hall, 310).await, 0, "call {call}");
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

/// The buyer enters payment while a sweep is at it: either the hold comes to nothing, or the money is given back. A book
/// in which nobody ever began to pay is not found by the sweep.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_payment_entered_during_a_sweep_is_given_back() {
    for tried_before in [false, true] {
        enter_payment_during_a_sweep(tried_before).await;
    }
}

async fn enter_payment_during_a_sweep(tried_before: bool) {
    for call in 1..60 {
        let hall = Hall::open(1, 1, 0).await;
        let held = hall.hold(UserId::generate(), &["S0R0-0"], 0).await.unwrap();
        if tried_before {
            let declined = PaymentId::generate();
            hall.begin(&held, declined, 1).await;
            fail(&hall, &held, declined, 2).await;
        }
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
            let waits = hall.current(&held).await.status == ReservationStatus::Pending;
            assert_eq!(waits, !tried_before, "call {call}");
            booking::leave::expire(&hall.store, &held, hall.at(300)).await.unwrap();
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
