use std::collections::HashSet;
use std::sync::Arc;

use booking::BookingError;
use booking::best_available::{Order, Seating, Wanted, reserve};
use booking::domain::admission::Entry;
use booking::dynamodb::Store;
use booking::hold::HoldRequest;
use booking::look::Snapshots;
use contracts::booking::ReservationState;
use contracts::ids::UserId;
use kit::idempotency::IdempotentRequest;
use testkit::Faults;

use tokio::task::JoinSet;

use crate::hall::{Hall, key, seat_ids};

/// In an environment that has read nothing yet.
async fn ask(
    hall: &Hall,
    user: UserId,
    key: Option<&IdempotentRequest>,
    wanted: &[(usize, usize)],
    seating: Seating,
) -> Result<ReservationState, BookingError> {
    ask_in(&Snapshots::default(), hall, user, key, wanted, seating).await
}

async fn ask_in(
    environment: &Snapshots,
    hall: &Hall,
    user: UserId,
    key: Option<&IdempotentRequest>,
    wanted: &[(usize, usize)],
    seating: Seating,
) -> Result<ReservationState, BookingError> {
    let now = hall.at(0);
    let sale = hall.sales.get(&hall.store, hall.performance.id, now).await.unwrap();
    let wanted: Vec<_> =
        wanted.iter().map(|&(class, quantity)| Wanted { ticket_type: hall.ticket_type(class), quantity }).collect();
    let random = |below: usize| fastrand::usize(..below);
    let request = HoldRequest { user, key, entry: Entry::Open };
    let order = Order { wanted: &wanted, seating };
    reserve(&hall.store, environment, &sale, &request, order, now, &random).await
}

#[tokio::test]
async fn neighbours_are_found_while_there_are_any() {
    let hall = Hall::open(1, 1, 0).await;
    // Every third seat is taken: two neighbours are left everywhere, three nowhere.
    for seat in (2..20).step_by(3) {
        hall.hold(UserId::generate(), &[&format!("S0R0-{seat}")], 0).await.unwrap();
    }
    let two = ask(&hall, UserId::generate(), None, &[(0, 2)], Seating::Adjacent).await.unwrap();
    let slots: Vec<_> = two.lines[0].seats.iter().map(|seat| seat.slot).collect();
    assert_eq!(slots[0] + 1, slots[1]);
    assert!(matches!(
        ask(&hall, UserId::generate(), None, &[(0, 3)], Seating::Adjacent).await,
        Err(BookingError::SoldOut)
    ));
    assert_eq!(ask(&hall, UserId::generate(), None, &[(0, 3)], Seating::Preferably).await.unwrap().seat_count(), 3);
}

#[tokio::test]
async fn several_ticket_types_are_one_reservation() {
    let hall = Hall::open(2, 1, 10).await;
    let mixed = ask(&hall, UserId::generate(), None, &[(0, 2), (1, 1), (2, 3)], Seating::Preferably).await.unwrap();
    assert_eq!((mixed.seat_count(), mixed.total()), (6, 3 * 10_000 + 3 * 5_000));
    let unknown = Wanted { ticket_type: contracts::ids::TicketTypeId::generate(), quantity: 1 };
    let sale = hall.sales.get(&hall.store, hall.performance.id, hall.at(0)).await.unwrap();
    let request = HoldRequest { user: UserId::generate(), key: None, entry: Entry::Open };
    let order = Order { wanted: &[unknown], seating: Seating::Anywhere };
    let environment = Snapshots::default();
    let outcome = reserve(&hall.store, &environment, &sale, &request, order, hall.at(0), &|_| 0).await;
    assert!(matches!(outcome, Err(BookingError::UnknownTicketType(0))));
}

#[tokio::test]
async fn a_request_sent_again_gets_the_seats_chosen_before() {
    let hall = Hall::open(1, 2, 0).await;
    let (user, key) = (UserId::generate(), key("k", "a"));
    let first = ask(&hall, user, Some(&key), &[(0, 2)], Seating::Preferably).await.unwrap();
    assert_eq!(ask(&hall, user, Some(&key), &[(0, 2)], Seating::Preferably).await.unwrap(), first);
    assert_eq!(hall.taken(0).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quota_is_sold_to_the_last_admission_and_no_further() {
    let hall = Arc::new(Hall::open(0, 0, 120).await);
    let mut buyers = JoinSet::new();
    for buyer in 0..60 {
        let hall = Arc::clone(&hall);
        buyers.spawn(
            async move { ask(&hall, UserId::generate(), None, &[(0, 1 + buyer % 3)], Seating::Preferably).await },
        );
    }
    let mut seats = Vec::new();
    while let Some(outcome) = buyers.join_next().await {
        match outcome.unwrap() {
            Ok(reservation) => seats.extend(seat_ids(&reservation)),
            Err(error) => panic!("120 admissions are enough for all: {error:?}"),
        }
    }
    assert_eq!(seats.len(), 120);
    assert_eq!(seats.iter().collect::<HashSet<_>>().len(), 120);
    assert!(matches!(
        ask(&hall, UserId::generate(), None, &[(0, 1)], Seating::Preferably).await,
        Err(BookingError::SoldOut)
    ));
}

#[tokio::test]
async fn buyers_within_a_second_share_a_reading_and_get_different_seats() {
    let hall = Hall::open(1, 4, 0).await;
    let environment = Snapshots::default();
    let mut seats = Vec::new();
    for _ in 0..20 {
        let held = ask_in(&environment, &hall, UserId::generate(), None, &[(0, 2)], Seating::Adjacent).await;
        seats.extend(seat_ids(&held.unwrap()));
    }
    assert_eq!(seats.iter().collect::<HashSet<_>>().len(), 40);
}

#[tokio::test]
async fn a_choice_by_a_shared_reading_asks_for_no_marks() {
    let mut hall = Hall::open(1, 4, 0).await;
    let faults = Faults::none();
    hall.store = Store::new(hall.table.failing_client(&faults), &hall.table.name);
    let environment = Snapshots::default();
    ask_in(&environment, &hall, UserId::generate(), None, &[(0, 2)], Seating::Adjacent).await.unwrap();
    let first = faults.calls();
    let second = ask_in(&environment, &hall, UserId::generate(), None, &[(0, 2)], Seating::Adjacent).await;
    // The best two are gone, which costs a refused write: those, the next ones, and the book.
    assert!(second.is_ok());
    assert_eq!(faults.calls() - first, 3);
}

#[tokio::test]
async fn seats_given_back_within_the_second_are_there_again() {
    let hall = Hall::open(1, 1, 0).await;
    let environment = Snapshots::default();
    let mut held = Vec::new();
    for _ in 0..5 {
        let four = ask_in(&environment, &hall, UserId::generate(), None, &[(0, 4)], Seating::Anywhere).await;
        held.push(four.unwrap());
    }
    // Every environment that reads now sees them all taken.
    let elsewhere = Snapshots::default();
    let none = ask_in(&elsewhere, &hall, UserId::generate(), None, &[(0, 1)], Seating::Anywhere).await;
    assert!(matches!(none, Err(BookingError::SoldOut)));
    booking::leave::release(&hall.store, held[2].user_id, held[2].id, hall.at(0)).await.unwrap();
    let again = ask_in(&elsewhere, &hall, UserId::generate(), None, &[(0, 4)], Seating::Anywhere).await.unwrap();
    assert_eq!(seat_ids(&again).len(), 4);
}
