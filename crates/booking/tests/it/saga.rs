//! Steps of the saga: run twice, late, beside each other, and dying at every call.

use booking::domain::mark::SeatState;
use booking::dynamodb::Store;
use booking::settle::{self, PaymentOf};
use contracts::booking::{BeginPayment, Paid, PaymentOutcome, PaymentStart, ReservationState, ReservationStatus};
use contracts::ids::{PaymentId, UserId};
use testkit::{Faults, Pause};

use crate::hall::Hall;

fn of(hall: &Hall, reservation: &ReservationState, payment: PaymentId) -> PaymentOf {
    let paid = Paid { points: 0, card: reservation.total() };
    PaymentOf { book: hall.book_of(reservation.user_id), reservation: reservation.id, payment, paid }
}

pub async fn succeed(hall: &Hall, reservation: &ReservationState, payment: PaymentId, seconds: i64) {
    settle::succeeded(&hall.store, of(hall, reservation, payment), hall.at(seconds)).await.unwrap();
}

pub async fn fail(hall: &Hall, reservation: &ReservationState, payment: PaymentId, seconds: i64) {
    settle::failed(&hall.store, of(hall, reservation, payment), hall.at(seconds)).await.unwrap();
}

pub async fn refund(hall: &Hall, reservation: &ReservationState, payment: PaymentId, seconds: i64) {
    settle::refunded(&hall.store, of(hall, reservation, payment), hall.at(seconds)).await.unwrap();
}

async fn cancel(hall: &Hall, reservation: &ReservationState, seconds: i64) -> ReservationState {
    let version = hall.current(reservation).await.version;
    let (user, id) = (reservation.user_id, reservation.id);
    booking::leave::cancel(&hall.store, &hall.sales, user, id, version, None, hall.at(seconds)).await.unwrap()
}

#[tokio::test]
async fn paid_seats_are_sold_and_cancelled_ones_free_again() {
    let hall = Hall::open(1, 2, 0).await;
    let reservation = hall.hold(UserId::generate(), &["S0R0-0", "S0R1-0"], 0).await.unwrap();
    let payment = PaymentId::generate();
    hall.begin(&reservation, payment, 1).await;
    for second in [2, 3, 4_000] {
        succeed(&hall, &reservation, payment, second).await;
        let confirmed = hall.current(&reservation).await;
        assert_eq!((confirmed.status, confirmed.version), (ReservationStatus::Confirmed, 3));
        assert!(hall.taken(100_000).await.values().all(|state| *state == SeatState::Sold));
    }
    fail(&hall, &reservation, payment, 5).await;
    refund(&hall, &reservation, payment, 5).await;
    assert_eq!(hall.current(&reservation).await.status, ReservationStatus::Confirmed, "no such transitions");

    cancel(&hall, &reservation, 6).await;
    for second in [7, 8] {
        refund(&hall, &reservation, payment, second).await;
        let cancelled = hall.current(&reservation).await;
        assert_eq!((cancelled.status, cancelled.version), (ReservationStatus::Cancelled, 5));
        assert_eq!(cancelled.payment_status, PaymentOutcome::Refunded);
        assert!(hall.taken(8).await.is_empty());
    }
    // Late news of the success finds seats that are somebody else's by now, and touches nothing.
    let other = hall.hold(UserId::generate(), &["S0R0-0"], 9).await.unwrap();
    succeed(&hall, &reservation, payment, 10).await;
    refund(&hall, &reservation, payment, 10).await;
    assert_eq!(hall.current(&other).await, other);
    assert_eq!(hall.taken(10).await.len(), 1);
}

#[tokio::test]
async fn paid_too_late_keeps_the_seats_if_nobody_took_them() {
    for taken in [false, true] {
        let hall = Hall::open(1, 1, 0).await;
        let reservation = hall.hold(UserId::generate(), &["S0R0-0", "S0R0-1"], 0).await.unwrap();
        let payment = PaymentId::generate();
        hall.begin(&reservation, payment, 1).await;
        let end = hall.current(&reservation).await.held_until() - hall.start.as_second();
        let paying = hall.current(&reservation).await;
        booking::leave::expire(&hall.store, &paying, hall.at(end)).await.unwrap();
        if taken {
            hall.hold(UserId::generate(), &["S0R0-1"], end + 1).await.unwrap();
        }
        succeed(&hall, &reservation, payment, end + 2).await;
        let settled = hall.current(&reservation).await;
        if taken {
            assert_eq!(settled.status, ReservationStatus::Rejected, "the money goes back");
            refund(&hall, &reservation, payment, end + 3).await;
            assert_eq!(hall.current(&reservation).await.status, ReservationStatus::Cancelled);
            assert_eq!(hall.taken(end + 3).await.len(), 1, "only the other buyer's seat");
        } else {
            assert_eq!(settled.status, ReservationStatus::Confirmed);
        }
    }
}

#[tokio::test]
async fn news_of_an_earlier_attempt_does_not_disturb_a_later_one() {
    let hall = Hall::open(1, 1, 0).await;
    let reservation = hall.hold(UserId::generate(), &["S0R0-0"], 0).await.unwrap();
    let (first, second) = (PaymentId::generate(), PaymentId::generate());
    hall.begin(&reservation, first, 1).await;
    assert_eq!(hall.begin(&reservation, second, 1).await, PaymentStart::InProgress);
    fail(&hall, &reservation, first, 2).await;
    hall.begin(&reservation, second, 3).await;
    fail(&hall, &reservation, first, 4).await;
    succeed(&hall, &reservation, first, 4).await;
    assert_eq!(hall.current(&reservation).await.payment_id, Some(second));
    assert_eq!(hall.taken(800).await.len(), 1, "still held for the second attempt");
    succeed(&hall, &reservation, second, 5).await;
    assert_eq!(hall.current(&reservation).await.status, ReservationStatus::Confirmed);
}

/// A crash between extending the marks and recording it, and then the buyer lets go: the seats are free at once.
#[tokio::test]
async fn letting_go_frees_seats_whose_payment_was_begun_and_not_recorded() {
    let hall = Hall::open(1, 1, 0).await;
    let reservation = hall.hold(UserId::generate(), &["S0R0-0"], 0).await.unwrap();
    let faults = Faults::one(testkit::Fault { call: 3, moment: testkit::Moment::BeforeEffect });
    let dying = Store::new(hall.table.failing_client(&faults), &hall.table.name);
    let call = BeginPayment {
        user_id: reservation.user_id,
        reservation_id: reservation.id,
        payment_id: PaymentId::generate(),
        payable_min: 0,
        payable_max: i64::MAX,
        payable_currency: None,
    };
    booking::pay::begin(&dying, &call, hall.at(1)).await.unwrap_err();
    booking::leave::release(&hall.store, reservation.user_id, reservation.id, hall.at(2)).await.unwrap();
    assert!(hall.taken(2).await.is_empty());
}

#[tokio::test]
async fn paid_late_by_a_buyer_who_moved_on_is_refunded() {
    let hall = Hall::open(1, 1, 0).await;
    let reservation = hall.hold(UserId::generate(), &["S0R0-0"], 0).await.unwrap();
    let payment = PaymentId::generate();
    hall.begin(&reservation, payment, 1).await;
    let paying = hall.current(&reservation).await;
    let end = paying.held_until() - hall.start.as_second();
    booking::leave::expire(&hall.store, &paying, hall.at(end)).await.unwrap();
    let other = hall.hold(reservation.user_id, &["S0R0-1"], end + 1).await.unwrap();
    succeed(&hall, &reservation, payment, end + 2).await;
    assert_eq!(hall.current(&reservation).await.status, ReservationStatus::Rejected);
    assert_eq!(hall.taken(end + 2).await.into_keys().collect::<Vec<_>>(), crate::hall::seat_ids(&other));
}

/// One delivery stops before each of its calls; the buyer moves on, and the other delivery settles. Nobody keeps seats
/// that nobody has paid for.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_deliveries_of_a_late_payment_none_sells_what_the_other_rejects() {
    for seats in [&["S0R0-0", "S0R0-1"][..], &["S0R0-0", "S0R1-0"]] {
        let mut call = 1;
        while one_delivery_is_held_up(seats, call).await {
            call += 1;
        }
        assert_eq!(call, 5, "book, listing, seats, book have each been held up once");
    }
}

async fn one_delivery_is_held_up(seats: &[&str], call: usize) -> bool {
    let hall = Hall::open(1, 3, 0).await;
    let reservation = hall.hold(UserId::generate(), seats, 0).await.unwrap();
    let payment = PaymentId::generate();
    hall.begin(&reservation, payment, 1).await;
    let paying = hall.current(&reservation).await;
    let end = paying.held_until() - hall.start.as_second();
    booking::leave::expire(&hall.store, &paying, hall.at(end)).await.unwrap();

    let pause = Pause::before(call);
    let slow = hall.store_over(hall.table.pausing_client(&pause));
    let (late, now) = (of(&hall, &reservation, payment), hall.at(end + 4));
    let settling = tokio::spawn(async move { settle::succeeded(&slow, late, now).await });
    let was_held_up = pause.reached_or(&settling).await;
    if was_held_up {
        let other = hall.hold(reservation.user_id, &["S0R2-0"], end + 1).await.unwrap();
        succeed(&hall, &reservation, payment, end + 2).await;
        assert_eq!(hall.current(&reservation).await.status, ReservationStatus::Rejected);
        refund(&hall, &reservation, payment, end + 3).await;
        pause.end();
        settling.await.unwrap().unwrap();
        assert_eq!(hall.current(&reservation).await.status, ReservationStatus::Cancelled);
        let taken: Vec<_> = hall.taken(end + 4).await.into_keys().collect();
        assert_eq!(taken, crate::hall::seat_ids(&other), "call {call}");
    } else {
        settling.await.unwrap().unwrap();
        assert_eq!(hall.current(&reservation).await.status, ReservationStatus::Confirmed);
    }
    was_held_up
}

#[tokio::test]
async fn a_total_out_of_bounds_changes_nothing() {
    let hall = Hall::open(1, 1, 0).await;
    let reservation = hall.hold(UserId::generate(), &["S0R0-0"], 0).await.unwrap();
    let mut call = BeginPayment {
        user_id: reservation.user_id,
        reservation_id: reservation.id,
        payment_id: PaymentId::generate(),
        payable_min: 0,
        payable_max: 9_999,
        payable_currency: None,
    };
    let answer = booking::pay::begin(&hall.store, &call, hall.at(1)).await.unwrap();
    assert_eq!(answer, PaymentStart::TotalOutside { total: 10_000 });
    (call.payable_max, call.payable_currency) = (i64::MAX, Some("USD".into()));
    let answer = booking::pay::begin(&hall.store, &call, hall.at(1)).await.unwrap();
    assert_eq!(answer, PaymentStart::OtherCurrency { currency: "KRW".into() });
    assert_eq!(hall.current(&reservation).await, reservation);
    call.user_id = UserId::generate();
    assert_eq!(booking::pay::begin(&hall.store, &call, hall.at(1)).await.unwrap(), PaymentStart::NotFound);
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum StepOfSaga {
    Begin,
    Succeed,
    Fail,
    Reject,
    Refund,
    Release,
    Cancel,
}

/// Every step, dying at every call before and after its effect, then run again: the end is the same as if nothing had
/// happened to it.
#[tokio::test]
async fn steps_that_die_anywhere_end_the_same_when_run_again() {
    use StepOfSaga::{Begin, Cancel, Fail, Refund, Reject, Release, Succeed};
    for seats in [["S0R0-0", "S0R0-1"], ["S0R0-0", "S0R1-0"]] {
        for step in [Begin, Succeed, Fail, Reject, Refund, Release, Cancel] {
            let mut most = 0;
            for fault in Faults::every(6) {
                let struck = dies_and_runs_again(step, &seats, fault).await;
                most = if struck { fault.call } else { most };
            }
            assert!((2..6).contains(&most), "{step:?} makes {most} calls, all of which have failed once");
        }
    }
}

async fn dies_and_runs_again(step: StepOfSaga, seats: &[&str], fault: testkit::Fault) -> bool {
    use StepOfSaga::{Begin, Cancel, Fail, Refund, Reject, Release, Succeed};
    let hall = Hall::open(1, 2, 0).await;
    let reservation = hall.hold(UserId::generate(), seats, 0).await.unwrap();
    let (user, payment) = (reservation.user_id, PaymentId::generate());
    if !matches!(step, Begin | Release | Cancel) {
        hall.begin(&reservation, payment, 1).await;
    }
    if step == Reject {
        hall.hold(UserId::generate(), &[seats[1]], 1_000).await.unwrap();
    }
    if step == Refund {
        succeed(&hall, &reservation, payment, 2).await;
        cancel(&hall, &reservation, 3).await;
    }

    let faults = Faults::one(fault);
    let dying = Store::new(hall.table.failing_client(&faults), &hall.table.name);
    let (hall_ref, reservation_ref) = (&hall, &reservation);
    let run = async |store: &Store, seconds| -> Result<(), String> {
        let (of, now) = (of(hall_ref, reservation_ref, payment), hall_ref.at(seconds));
        match step {
            Begin => {
                let call = BeginPayment {
                    user_id: user,
                    reservation_id: reservation_ref.id,
                    payment_id: payment,
                    payable_min: 0,
                    payable_max: i64::MAX,
                    payable_currency: None,
                };
                booking::pay::begin(store, &call, now).await.map(|start| {
                    assert!(matches!(start, PaymentStart::Started { .. }), "{fault:?}: {start:?}");
                })
            }
            Succeed | Reject => settle::succeeded(store, of, now).await,
            Fail => settle::failed(store, of, now).await,
            Refund => settle::refunded(store, of, now).await,
            Release => booking::leave::release(store, user, reservation_ref.id, now).await,
            Cancel => {
                let key = crate::hall::key("c", "x");
                let id = reservation_ref.id;
                booking::leave::cancel(store, &hall_ref.sales, user, id, 1, Some(&key), now).await.map(drop)
            }
        }
        .map_err(|error| error.to_string())
    };
    let seconds = if step == Reject { 1_001 } else { 10 };
    assert_eq!(run(&dying, seconds).await.is_err(), faults.struck(), "{step:?} {fault:?}");
    run(&hall.store, seconds + 1).await.unwrap();

    let end = hall.current(&reservation).await;
    let taken = hall.taken(seconds + 1).await;
    let (status, version, seats_taken) = match step {
        Begin => (ReservationStatus::Paying, 2, 2),
        Succeed => (ReservationStatus::Confirmed, 3, 2),
        Fail => (ReservationStatus::Pending, 3, 2),
        Reject => (ReservationStatus::Rejected, 3, 1),
        Refund => (ReservationStatus::Cancelled, 5, 0),
        Release | Cancel => (ReservationStatus::Released, 2, 0),
    };
    assert_eq!((end.status, end.version, taken.len()), (status, version, seats_taken), "{step:?} {fault:?}");
    if step == Fail {
        assert!(hall.taken(302).await.is_empty(), "the hold ends when it would have");
    }
    faults.struck()
}
