use booking::BookingError;
use booking::dynamodb::Store;
use contracts::booking::ReservationStatus;
use contracts::ids::{PaymentId, UserId};
use testkit::Faults;

use crate::hall::{Hall, key};

#[tokio::test]
async fn the_same_key_answers_the_same_and_another_body_is_refused() {
    let hall = Hall::open(1, 2, 0).await;
    let user = UserId::generate();
    let send = async |name: &str, body: &str, seats: &[&str], seconds| {
        hall.hold_with(&hall.store, user, Some(&key(name, body)), seats, seconds).await
    };
    let first = send("k", "a", &["S0R0-0", "S0R0-1"], 0).await.unwrap();
    assert_eq!(send("k", "a", &["S0R0-0", "S0R0-1"], 0).await.unwrap(), first, "within the same second");
    assert_eq!(send("k", "a", &["S0R0-0", "S0R0-1"], 9).await.unwrap(), first);
    assert!(matches!(send("k", "b", &["S0R0-5"], 10).await, Err(BookingError::KeyReused)), "free seats");
    assert!(matches!(send("k", "c", &["S0R0-1", "S0R0-2"], 10).await, Err(BookingError::KeyReused)), "own seats");
    assert_eq!(hall.taken(10).await.len(), 2);

    booking::leave::release(&hall.store, user, first.id, hall.at(20)).await.unwrap();
    let again = send("k", "a", &["S0R0-0", "S0R0-1"], 30).await.unwrap();
    assert_eq!((again.id, again.status), (first.id, ReservationStatus::Released), "the answer, not a new hold");
    assert!(hall.taken(30).await.is_empty());
    assert!(send("other", "a", &["S0R0-0", "S0R0-1"], 31).await.is_ok());
}

#[tokio::test]
async fn keys_of_two_buyers_have_nothing_to_do_with_each_other() {
    let hall = Hall::open(1, 1, 0).await;
    let key = key("k", "a");
    let first = hall.hold_with(&hall.store, UserId::generate(), Some(&key), &["S0R0-0"], 0).await;
    assert!(first.is_ok());
    let second = hall.hold_with(&hall.store, UserId::generate(), Some(&key), &["S0R0-0"], 0).await;
    assert!(matches!(second, Err(BookingError::SeatsUnavailable(_))));
}

#[tokio::test]
async fn cancelling_twice_with_one_key_answers_the_same() {
    let hall = Hall::open(1, 1, 0).await;
    let user = UserId::generate();
    let reservation = hall.hold(user, &["S0R0-0"], 0).await.unwrap();
    let payment = PaymentId::generate();
    hall.begin(&reservation, payment, 1).await;
    crate::saga::succeed(&hall, &reservation, payment, 2).await;
    let cancel = async |name: &str, body: &str| {
        let key = key(name, body);
        booking::leave::cancel(&hall.store, &hall.sales, user, reservation.id, 3, Some(&key), hall.at(3)).await
    };
    let first = cancel("c", "x").await.unwrap();
    assert_eq!(first.status, ReservationStatus::Cancelling);
    assert_eq!(cancel("c", "x").await.unwrap(), first);
    assert!(matches!(cancel("c", "y").await, Err(BookingError::KeyReused)));
    assert!(matches!(cancel("d", "x").await, Err(BookingError::Refused(_))));
}

/// A request that dies at any call, before or after its effect, and is sent again with its key: one reservation, its
/// seats, nothing else.
#[tokio::test]
async fn a_request_interrupted_anywhere_can_be_sent_again() {
    for seats in [vec!["S0R0-0", "S0R0-1"], vec!["S0R0-0", "S0R1-0"]] {
        for fault in Faults::every(3) {
            let hall = Hall::open(1, 2, 0).await;
            let user = UserId::generate();
            let faults = Faults::one(fault);
            let dying = Store::new(hall.table.failing_client(&faults), &hall.table.name);
            let key = key("k", "a");
            let first = hall.hold_with(&dying, user, Some(&key), &seats, 0).await;
            assert_eq!(first.is_err(), faults.struck(), "{fault:?}");
            let second = hall.hold_with(&hall.store, user, Some(&key), &seats, 3).await.unwrap();
            assert_eq!(hall.taken(3).await.len(), 2, "{fault:?}");
            assert_eq!(booking::look::reservations(&hall.store, user).await.unwrap(), std::slice::from_ref(&second));
            // What it holds is really its own: it can be paid and confirmed.
            let payment = PaymentId::generate();
            hall.begin(&second, payment, 4).await;
            crate::saga::succeed(&hall, &second, payment, 5).await;
            assert_eq!(hall.current(&second).await.status, ReservationStatus::Confirmed, "{fault:?}");
        }
    }
}
