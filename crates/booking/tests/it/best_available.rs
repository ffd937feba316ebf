use std::collections::HashSet;
use std::sync::Arc;

use booking::BookingError;
use booking::best_available::{Seating, Wanted, reserve};
use booking::domain::admission::Entry;
use booking::hold::HoldRequest;
use contracts::booking::ReservationState;
use contracts::ids::UserId;
use kit::idempotency::IdempotentRequest;
use tokio::task::JoinSet;

use crate::hall::{Hall, key, seat_ids};

async fn ask(
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
    reserve(&hall.store, &sale, &HoldRequest { user, key, entry: Entry::Open }, &wanted, seating, now, &random).await
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
    let outcome = reserve(&hall.store, &sale, &request, &[unknown], Seating::Anywhere, hall.at(0), &|_| 0).await;
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
