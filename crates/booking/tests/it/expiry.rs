use booking::BookingError;
use booking::domain::mark::SeatState;
use contracts::booking::{PaymentStart, PublicStatus, ReservationStatus};
use contracts::ids::{PaymentId, UserId};

use crate::hall::Hall;

#[tokio::test]
async fn an_expired_hold_is_taken_by_another_and_cannot_be_paid() {
    let hall = Hall::open(1, 1, 0).await;
    let (first, second) = (UserId::generate(), UserId::generate());
    let lapsed = hall.hold(first, &["S0R0-0"], 0).await.unwrap();
    assert!(matches!(hall.hold(second, &["S0R0-0"], 300).await, Err(BookingError::SeatsUnavailable(_))));
    assert!(hall.hold(second, &["S0R0-0"], 301).await.is_ok(), "nobody has swept anything");
    assert_eq!(hall.begin(&lapsed, PaymentId::generate(), 301).await, PaymentStart::Expired);
    assert_eq!(hall.current(&lapsed).await.public_status(hall.at(301)), PublicStatus::Expired);
    assert!(hall.hold(first, &["S0R0-1"], 302).await.is_ok(), "an expired reservation is not pending");
}

#[tokio::test]
async fn the_alarm_records_the_expiry_once_and_not_early() {
    let hall = Hall::open(1, 1, 0).await;
    let user = UserId::generate();
    let reservation = hall.hold(user, &["S0R0-0"], 0).await.unwrap();
    let ring = async |seconds| {
        let rung = booking::leave::expire(&hall.store, &reservation, hall.at(seconds)).await;
        (rung.is_ok(), hall.current(&reservation).await)
    };
    assert_eq!(ring(299).await, (false, reservation.clone()), "it has to ring again");
    let (_, expired) = ring(300).await;
    assert_eq!((expired.status, expired.version), (ReservationStatus::Expired, 2));
    assert_eq!(ring(300).await, (true, expired));
}

#[tokio::test]
async fn entering_payment_extends_the_hold_and_failing_restores_it() {
    let hall = Hall::open(1, 1, 0).await;
    let (user, other) = (UserId::generate(), UserId::generate());
    let reservation = hall.hold(user, &["S0R0-0", "S0R0-1"], 0).await.unwrap();
    let payment = PaymentId::generate();
    assert!(matches!(hall.begin(&reservation, payment, 299).await, PaymentStart::Started { total: 20_000, .. }));
    assert!(matches!(hall.hold(other, &["S0R0-0"], 800).await, Err(BookingError::SeatsUnavailable(_))));
    booking::leave::expire(&hall.store, &reservation, hall.at(301)).await.unwrap();
    assert_eq!(hall.current(&reservation).await.status, ReservationStatus::Paying, "the first alarm is too early now");

    crate::saga::fail(&hall, &reservation, payment, 299).await;
    assert_eq!(hall.current(&reservation).await.public_status(hall.at(299)), PublicStatus::Pending);
    assert_eq!(hall.taken(300).await["S0R0-0"], SeatState::Held);
    assert!(hall.hold(other, &["S0R0-0"], 301).await.is_ok());
}

#[tokio::test]
async fn a_payment_that_fails_after_the_hold_ended_frees_the_seats() {
    let hall = Hall::open(1, 1, 0).await;
    let reservation = hall.hold(UserId::generate(), &["S0R0-0"], 0).await.unwrap();
    let payment = PaymentId::generate();
    hall.begin(&reservation, payment, 299).await;
    crate::saga::fail(&hall, &reservation, payment, 400).await;
    assert_eq!(hall.current(&reservation).await.status, ReservationStatus::Expired);
    assert!(hall.taken(400).await.is_empty());
}
