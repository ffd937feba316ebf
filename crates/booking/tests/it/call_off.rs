//! A performance that was called off: what a sweep ends, what it leaves, and sweeps that die.

use booking::call_off::{Swept, sweep};
use booking::domain::mark::Mark;
use booking::dynamodb::SHELVES;
use contracts::booking::{CancelledBy, PaymentOutcome, PaymentStart, ReservationState, ReservationStatus};
use contracts::ids::{PaymentId, UserId};
use testkit::{Fault, Faults, Moment};

use crate::hall::Hall;
use crate::saga::{fail, refund, succeed};

/// How many seats carry a mark that counts at that time, whatever the map shows.
pub async fn marked(hall: &Hall, seconds: i64) -> usize {
    let occupancy = hall.store.present_occupancy(hall.performance.id).await.unwrap();
    let sale = hall.sales.get(&hall.store, hall.performance.id, hall.at(0)).await.unwrap();
    let places = sale.blocks.iter().enumerate().flat_map(|(b, block)| (0..block.seats.len()).map(move |s| (b, s)));
    let bound = Mark::bound(hall.at(seconds).as_second());
    places.filter_map(|place| occupancy.mark(&sale, place)).filter(|mark| *mark >= bound).count()
}

fn outcome(reservation: &ReservationState) -> (ReservationStatus, u64, Option<CancelledBy>) {
    (reservation.status, reservation.version, reservation.cancelled_by)
}

#[tokio::test]
async fn every_reservation_ends_as_far_as_it_has_come() {
    use ReservationStatus::{Cancelled, Cancelling, Paying, Pending, Released};
    let hall = Hall::open(1, 2, 0).await;
    let pending = hall.hold(UserId::generate(), &["S0R0-0", "S0R1-0"], 10).await.unwrap();
    let (bought, payment) = hall.buy(UserId::generate(), &["S0R0-1"], 10).await;
    let paying = hall.hold(UserId::generate(), &["S0R0-2"], 10).await.unwrap();
    hall.begin(&paying, PaymentId::generate(), 11).await;
    let lapsed = hall.hold(UserId::generate(), &["S0R0-3"], -0).await.unwrap();
    let (given_up, _) = hall.buy(UserId::generate(), &["S0R0-4"], 10).await;
    booking::leave::cancel(&hall.store, &hall.sales, given_up.user_id, given_up.id, 3, None, hall.at(13))
        .await
        .unwrap();

    // The buyer of one has bought before, and the hold of one ended a second ago.
    let (again, _) = hall.buy(bought.user_id, &["S0R0-5"], 14).await;
    let called_off = hall.cancelled(3);
    let swept = sweep(&hall.store, &called_off, hall.at(301)).await.unwrap();
    assert_eq!(swept, Swept { books: 3, ended: 2, paying: 1 });
    let organizer = Some(CancelledBy::Organizer);
    assert_eq!(outcome(&hall.current(&pending).await), (Pending, 1, None), "nothing was paid: its alarm ends it");
    assert_eq!(outcome(&hall.current(&bought).await), (Cancelling, 4, organizer));
    assert_eq!(outcome(&hall.current(&again).await), (Cancelling, 4, organizer));
    assert_eq!(outcome(&hall.current(&paying).await), (Paying, 2, None));
    assert_eq!(outcome(&hall.current(&given_up).await), (Cancelling, 4, Some(CancelledBy::Buyer)));
    assert_eq!(marked(&hall, 301).await, 6, "three sold ones wait for their refund, one is being paid, two are held");
    assert_eq!(hall.begin(&pending, PaymentId::generate(), 302).await, PaymentStart::SaleClosed);

    assert_eq!(sweep(&hall.store, &called_off, hall.at(330)).await.unwrap(), Swept { books: 3, ended: 0, paying: 1 });
    for held in [&pending, &lapsed] {
        booking::leave::expire(&hall.store, held, hall.at(331)).await.unwrap();
        assert_eq!(outcome(&hall.current(held).await), (Released, 2, organizer));
    }
    assert_eq!(marked(&hall, 331).await, 4);
    refund(&hall, &bought, payment, 331).await;
    let end = hall.current(&bought).await;
    assert_eq!((outcome(&end), end.payment_status), ((Cancelled, 5, organizer), PaymentOutcome::Refunded));
}

/// Cancelling ends with the start; calling off does not.
#[tokio::test]
async fn what_has_started_can_still_be_called_off() {
    let hall = Hall::open(1, 1, 0).await;
    let (bought, _) = hall.buy(UserId::generate(), &["S0R0-0"], 0).await;
    let after = 25 * 3600;
    assert!(hall.performance.starts_at < hall.at(after));
    sweep(&hall.store, &hall.cancelled(3), hall.at(after)).await.unwrap();
    assert_eq!(hall.current(&bought).await.status, ReservationStatus::Cancelling);
}

#[tokio::test]
async fn what_is_being_paid_is_given_back_when_it_succeeds_and_let_go_when_it_fails() {
    for (succeeds, late) in [(true, false), (true, true), (false, false), (false, true)] {
        let hall = Hall::open(1, 1, 0).await;
        let paying = hall.hold(UserId::generate(), &["S0R0-0", "S0R0-1"], 0).await.unwrap();
        let payment = PaymentId::generate();
        hall.begin(&paying, payment, 1).await;
        sweep(&hall.store, &hall.cancelled(3), hall.at(2)).await.unwrap();
        // Decided in time, or hours after the last sweep.
        let decided = if late { 10_000 } else { 20 };
        if late {
            let told = hall.current(&paying).await;
            booking::leave::expire(&hall.store, &told, hall.at(900)).await.unwrap();
        }
        if succeeds {
            for _ in 0..2 {
                succeed(&hall, &paying, payment, decided).await;
            }
            let rejected = hall.current(&paying).await;
            assert_eq!(rejected.status, ReservationStatus::Rejected, "late: {late}");
            assert_eq!(rejected.cancelled_by, Some(CancelledBy::Organizer));
            refund(&hall, &paying, payment, decided + 1).await;
            let end = hall.current(&paying).await;
            assert_eq!((end.status, end.payment_status), (ReservationStatus::Cancelled, PaymentOutcome::Refunded));
            assert_eq!(marked(&hall, decided + 1).await, 0, "nothing is left that would lapse later");
        } else {
            fail(&hall, &paying, payment, decided).await;
            sweep(&hall.store, &hall.cancelled(3), hall.at(decided + 10)).await.unwrap();
            let end = if late { ReservationStatus::Expired } else { ReservationStatus::Released };
            assert_eq!(hall.current(&paying).await.status, end);
            assert_eq!(marked(&hall, decided + 10).await, 0);
        }
        assert_eq!(marked(&hall, 1_000).await, 0);
    }
}

/// The sweep's message may be faster than the news: it closes the sale itself.
#[tokio::test]
async fn a_sweep_closes_the_sale_first() {
    let hall = Hall::open(1, 1, 0).await;
    sweep(&hall.store, &hall.cancelled(3), hall.at(0)).await.unwrap();
    let held = hall.hold(UserId::generate(), &["S0R0-0"], 1).await;
    assert!(matches!(held, Err(booking::BookingError::SaleClosed)));
}

#[tokio::test]
async fn every_book_is_found_whatever_its_shelf() {
    let hall = Hall::open(4, 4, 0).await;
    let other = hall.another(1).await;
    let mut held = Vec::new();
    for seat in 0..160 {
        let seat = format!("S{}R{}-{}", seat % 4, seat / 4 % 4, seat / 16);
        held.push(hall.buy(UserId::generate(), &[&seat], 0).await.0);
    }
    for shelf in 0..SHELVES {
        let buyers = hall.store.buyers(hall.performance.id, shelf).await.unwrap().len();
        assert!((1..40).contains(&buyers), "{buyers} of 160 buyers are on shelf {shelf}");
        assert!(hall.store.buyers(other.id, shelf).await.unwrap().is_empty());
    }
    let swept = sweep(&hall.store, &hall.cancelled(3), hall.at(1)).await.unwrap();
    assert_eq!(swept, Swept { books: 160, ended: 160, paying: 0 });
    for reservation in held {
        assert_eq!(hall.current(&reservation).await.status, ReservationStatus::Cancelling);
    }
}

/// The next sweep is minutes away, and money waits for it.
#[tokio::test]
async fn a_shelf_that_does_not_answer_keeps_no_other_from_being_ended() {
    let hall = Hall::open(2, 1, 0).await;
    let mut held = Vec::new();
    for seat in 0..40 {
        let seat = format!("S{}R0-{}", seat % 2, seat / 2);
        held.push(hall.buy(UserId::generate(), &[&seat], 0).await.0);
    }
    let missed = hall.store.buyers(hall.performance.id, 0).await.unwrap();
    assert!(missed.len() < held.len());
    // The news takes three calls, then comes the first shelf.
    let faults = Faults::one(Fault { call: 4, moment: Moment::BeforeEffect });
    let failing = hall.store_over(hall.table.failing_client(&faults));
    sweep(&failing, &hall.cancelled(3), hall.at(1)).await.unwrap_err();
    for reservation in held {
        let is_ended = hall.current(&reservation).await.status == ReservationStatus::Cancelling;
        assert_eq!(is_ended, !missed.contains(&reservation.user_id));
    }
}

/// A sweep that dies at any call, before or after its effect, and runs again: everything is ended once, seats are free.
#[tokio::test]
async fn a_sweep_that_dies_anywhere_ends_the_same_when_run_again() {
    for fault in Faults::every(40) {
        let hall = Hall::open(1, 2, 0).await;
        let (bought, payment) = hall.buy(UserId::generate(), &["S0R0-0"], 0).await;
        let pending = hall.hold(bought.user_id, &["S0R0-1", "S0R1-0"], 3).await.unwrap();
        let faults = Faults::one(fault);
        let dying = hall.store_over(hall.table.failing_client(&faults));
        let died = sweep(&dying, &hall.cancelled(3), hall.at(4)).await;
        assert_eq!(died.is_err(), faults.struck(), "{fault:?}");
        sweep(&hall.store, &hall.cancelled(3), hall.at(5)).await.unwrap();
        let (end, pending) = (hall.current(&bought).await, hall.current(&pending).await);
        assert_eq!((end.status, end.version), (ReservationStatus::Cancelling, 4), "{fault:?}");
        assert_eq!((pending.status, pending.version), (ReservationStatus::Released, 2), "{fault:?}");
        assert_eq!(marked(&hall, 5).await, 1, "{fault:?}");
        refund(&hall, &bought, payment, 7).await;
        assert_eq!(marked(&hall, 7).await, 0, "{fault:?}");
        if !faults.struck() {
            assert!(fault.call > 25, "sixteen shelves and the book's calls have all failed once");
            return;
        }
    }
    panic!("a sweep of one book makes fewer calls");
}
