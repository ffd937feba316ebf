use booking::BookingError;
use booking::domain::admission::Entry;
use booking::domain::book::Refusal;
use booking::domain::mark::SeatState;
use contracts::booking::{PublicStatus, ReservationStatus};
use contracts::ids::{PaymentId, ReservationId, UserId};
use testkit::Faults;

use crate::hall::{BUYER_LIMIT, Hall, seat_ids, size};

#[tokio::test]
async fn a_hold_takes_its_seats_and_nobody_elses() {
    let hall = Hall::open(1, 2, 0).await;
    let (user, other) = (UserId::generate(), UserId::generate());
    let reservation = hall.hold(user, &["S0R0-1", "S0R0-2"], 0).await.unwrap();
    assert_eq!((reservation.total(), reservation.version), (20_000, 1));
    assert_eq!(hall.taken(0).await.len(), 2);
    assert_eq!(hall.current(&reservation).await, reservation);

    match hall.hold(other, &["S0R0-0", "S0R0-1"], 1).await {
        Err(BookingError::SeatsUnavailable(lost)) => assert_eq!(lost, ["S0R0-1"]),
        outcome => panic!("{outcome:?}"),
    }
    // Across two blocks it is all or nothing too.
    match hall.hold(other, &["S0R1-0", "S0R0-2"], 1).await {
        Err(BookingError::SeatsUnavailable(lost)) => assert_eq!(lost, ["S0R0-2"]),
        outcome => panic!("{outcome:?}"),
    }
    assert_eq!(hall.taken(1).await.len(), 2);
    assert!(hall.hold(other, &["S0R1-0", "S0R0-3"], 1).await.is_ok());
    assert!(matches!(
        booking::look::reservation(&hall.store, other, reservation.id).await,
        Err(BookingError::NotFound)
    ));
}

#[tokio::test]
async fn a_buyer_has_one_pending_reservation_and_a_limit() {
    let hall = Hall::open(1, 2, 0).await;
    let user = UserId::generate();
    let first = hall.hold(user, &["S0R0-0", "S0R0-1", "S0R0-2", "S0R0-3"], 0).await.unwrap();
    match hall.hold(user, &["S0R1-0"], 1).await {
        Err(BookingError::ReservationPending(id)) => assert_eq!(id, first.id),
        outcome => panic!("{outcome:?}"),
    }
    let payment = PaymentId::generate();
    hall.begin(&first, payment, 2).await;
    assert!(matches!(hall.hold(user, &["S0R1-0"], 3).await, Err(BookingError::ReservationPending(_))));
    crate::saga::succeed(&hall, &first, payment, 4).await;

    let five: Vec<_> = (0..5).map(|seat| format!("S0R1-{seat}")).collect();
    let five: Vec<_> = five.iter().map(String::as_str).collect();
    assert!(matches!(hall.hold(user, &five, 5).await, Err(BookingError::BuyerLimitExceeded(BUYER_LIMIT))));
    assert_eq!(hall.taken(5).await.len(), 4, "refused holds leave no mark");
    assert!(hall.hold(user, &five[..4], 6).await.is_ok());
}

#[tokio::test]
async fn a_released_hold_frees_its_seats_at_once_and_only_once() {
    let hall = Hall::open(1, 1, 0).await;
    let (user, other) = (UserId::generate(), UserId::generate());
    let reservation = hall.hold(user, &["S0R0-0"], 0).await.unwrap();
    assert!(matches!(
        booking::leave::release(&hall.store, other, reservation.id, hall.at(1)).await,
        Err(BookingError::NotFound)
    ));
    booking::leave::release(&hall.store, user, reservation.id, hall.at(1)).await.unwrap();
    assert_eq!(hall.current(&reservation).await.public_status(hall.at(1)), PublicStatus::Cancelled);
    hall.hold(other, &["S0R0-0"], 2).await.unwrap();
    booking::leave::release(&hall.store, user, reservation.id, hall.at(3)).await.unwrap();
    assert_eq!(hall.taken(3).await["S0R0-0"], SeatState::Held, "the second release freed nothing");
    assert!(hall.hold(user, &["S0R0-1"], 4).await.is_ok());
}

#[tokio::test]
async fn what_cannot_be_held_is_refused() {
    let hall = Hall::open(1, 1, 0).await;
    let user = UserId::generate();
    assert!(matches!(hall.hold(user, &["S0R0-0", "X"], 0).await, Err(BookingError::UnknownSeats(at)) if at == [1]));
    assert!(matches!(hall.hold(user, &["S0R0-0"], -1).await, Err(BookingError::SaleNotOpen(_))));
    assert!(matches!(hall.hold(user, &["S0R0-0"], 24 * 3600).await, Err(BookingError::SaleClosed)));
    assert!(matches!(
        booking::leave::release(&hall.store, user, ReservationId::generate(), hall.at(0)).await,
        Err(BookingError::NotFound)
    ));
    assert!(hall.taken(0).await.is_empty());
}

#[tokio::test]
async fn cancelling_needs_the_version_seen_and_a_state_that_allows_it() {
    let hall = Hall::open(1, 1, 0).await;
    let user = UserId::generate();
    let reservation = hall.hold(user, &["S0R0-0"], 0).await.unwrap();
    let cancel = async |version, seconds| {
        booking::leave::cancel(&hall.store, &hall.sales, user, reservation.id, version, None, hall.at(seconds)).await
    };
    assert!(matches!(cancel(9, 1).await, Err(BookingError::Refused(Refusal::Version(1)))));
    assert_eq!(cancel(1, 1).await.unwrap().status, ReservationStatus::Released);
    assert!(hall.taken(1).await.is_empty());
    assert!(matches!(cancel(2, 2).await, Err(BookingError::Refused(Refusal::NotCancellable))));
}

/// The figures of the cost card: a hold is two calls and two write units however many seats it takes, a lost race one.
#[tokio::test]
async fn a_hold_is_two_calls_and_its_items_fit_one_write_unit() {
    let hall = Hall::open(1, 3, 0).await;
    let user = UserId::generate();
    let sale = hall.sales.get(&hall.store, hall.performance.id, hall.at(0)).await.unwrap();
    let seats: Vec<_> = (12..20).map(|seat| format!("S0R2-{seat}")).collect();

    for (calls, seats) in [(2, &seats), (1, &seats)] {
        let faults = Faults::none();
        let store = booking::dynamodb::Store::new(hall.table.failing_client(&faults), &hall.table.name);
        let user = if calls == 2 { user } else { UserId::generate() };
        let request = booking::hold::HoldRequest { user, key: None, entry: Entry::Open };
        let outcome = booking::hold::seats(&store, &sale, &request, seats, hall.at(0)).await;
        assert_eq!(outcome.is_ok(), calls == 2);
        assert_eq!(faults.calls(), calls);
    }
    for item in hall.table.items().await {
        let pk = item["pk"].as_s().unwrap();
        if pk.starts_with("SEATS#") || pk.starts_with("usr_") {
            let size = size(&aws_sdk_dynamodb::types::AttributeValue::M(item.clone()));
            assert!(size <= 1024, "{pk} has {size} bytes");
        }
    }
    let held = booking::look::reservations(&hall.store, user).await.unwrap();
    assert_eq!(seat_ids(&held[0]), seats);
}

/// A buyer may hold and let go all day: the book, and the cost of every write to it, stays as small as ever.
#[tokio::test]
async fn a_book_does_not_grow_with_what_came_to_nothing() {
    let hall = Hall::open(1, 1, 0).await;
    let user = UserId::generate();
    for round in 0..15 {
        let key = crate::hall::key(&round.to_string(), "a");
        let reservation = hall.hold_with(&hall.store, user, Some(&key), &["S0R0-0"], round).await.unwrap();
        if round % 2 == 0 {
            let payment = PaymentId::generate();
            hall.begin(&reservation, payment, round).await;
            crate::saga::fail(&hall, &reservation, payment, round).await;
        }
        booking::leave::release(&hall.store, user, reservation.id, hall.at(round)).await.unwrap();
    }
    let book = hall.store.book(hall.book_of(user)).await.unwrap();
    assert!(book.reservations.len() <= 6 && book.keys.len() <= 6, "{book:?}");
}
