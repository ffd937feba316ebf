//! Performances that are withdrawn, published again, called off.

use booking::BookingError;
use booking::domain::admission::Entry;
use booking::domain::listing::Standing;
use booking::domain::mark::SeatState;
use booking::look::{Snapshots, sale_of_event};
use booking::sales::Sales;
use booking::stock;
use contracts::booking::{PaymentStart, ReservationStatus};
use contracts::catalog::PerformanceState;
use contracts::event::EventType;
use contracts::ids::{PaymentId, UserId};
use testkit::{Faults, Pause};

use crate::hall::Hall;

/// What anybody may ask of a performance, asked by an environment that remembers nothing.
struct Public {
    map: Result<Standing, BookingError>,
    map_of_event: Result<Standing, BookingError>,
    free: Result<u32, BookingError>,
    days: Result<usize, BookingError>,
}

async fn look(hall: &Hall, seconds: i64) -> Public {
    let (store, sales, snapshots, now) = (&hall.store, Sales::default(), Snapshots::default(), hall.at(seconds));
    let (event, id) = (hall.performance.event_id, hall.performance.id);
    let map = sale_of_event(store, &sales, &snapshots, event, Some(id), now).await;
    let map_of_event = sale_of_event(store, &sales, &snapshots, event, None, now).await;
    let free = stock::availability(store, &sales, &snapshots, hall.ticket_type(0), now).await;
    let days = stock::dates(store, &sales, &snapshots, event, None, now).await;
    Public {
        map: map.map(|sale| sale.standing),
        map_of_event: map_of_event.map(|sale| sale.standing),
        free: free.map(|all| all.iter().map(|(_, tickets)| tickets.free).sum()),
        days: days.map(|days| days.len()),
    }
}

async fn hold(hall: &Hall, seat: &str, seconds: i64) -> Result<(), BookingError> {
    let fresh = Sales::default();
    let (user, now) = (UserId::generate(), hall.at(seconds));
    let sale = fresh.open(&hall.store, hall.performance.id, now).await?;
    let request = booking::hold::HoldRequest { user, key: None, entry: Entry::Open };
    booking::hold::seats(&hall.store, &sale, &request, &[seat.to_owned()], now).await.map(drop)
}

#[tokio::test]
async fn withdrawn_is_as_if_it_had_never_been_published_but_for_those_who_have_seats() {
    let hall = Hall::open(1, 1, 0).await;
    let (held, (bought, _)) = (
        hall.hold(UserId::generate(), &["S0R0-0"], 0).await.unwrap(),
        hall.buy(UserId::generate(), &["S0R0-1"], 0).await,
    );
    hall.tell(EventType::PerformanceWithdrawn, &hall.withdrawn(3)).await;

    let public = look(&hall, 5).await;
    assert!(matches!(public.map, Err(BookingError::NotFound)));
    assert!(matches!(public.map_of_event, Err(BookingError::NotFound)));
    assert!(matches!(public.free, Err(BookingError::NotFound)));
    assert!(matches!(public.days, Err(BookingError::NotFound)));
    assert!(matches!(hold(&hall, "S0R0-2", 5).await, Err(BookingError::NotFound)));
    assert!(matches!(hold(&hall, "nowhere", 5).await, Err(BookingError::NotFound)));

    // What is held can be paid, what is bought can be shown, on the terms of then.
    let payment = PaymentId::generate();
    assert!(matches!(hall.begin(&held, payment, 6).await, PaymentStart::Started { total: 10_000, .. }));
    crate::saga::succeed(&hall, &held, payment, 7).await;
    assert_eq!(hall.current(&held).await.status, ReservationStatus::Confirmed);
    let sale = Sales::default().get(&hall.store, bought.performance_id, hall.at(8)).await.unwrap();
    assert_eq!(sale.terms.title, "A title of usual length");

    hall.tell(EventType::PerformancePublished, &hall.published(4)).await;
    let public = look(&hall, 9).await;
    assert_eq!(public.map.unwrap(), Standing::OnSale);
    assert_eq!((public.free.unwrap(), public.days.unwrap()), (18, 1));
    hold(&hall, "S0R0-2", 9).await.unwrap();
}

#[tokio::test]
async fn of_what_is_called_off_nothing_is_held_or_paid_any_more() {
    let hall = Hall::open(1, 1, 0).await;
    let held = hall.hold(UserId::generate(), &["S0R0-0"], 0).await.unwrap();
    let paying = hall.hold(UserId::generate(), &["S0R0-1"], 0).await.unwrap();
    let payment = PaymentId::generate();
    hall.begin(&paying, payment, 1).await;
    hall.tell(EventType::PerformanceCancelled, &hall.cancelled(3)).await;

    let public = look(&hall, 5).await;
    assert_eq!(public.map.unwrap(), Standing::Cancelled);
    assert_eq!(public.map_of_event.unwrap(), Standing::Cancelled);
    assert_eq!((public.free.unwrap(), public.days.unwrap()), (0, 0));
    let sale = Sales::default().get(&hall.store, held.performance_id, hall.at(5)).await.unwrap();
    let occupancy = hall.store.occupancy(held.performance_id).await.unwrap();
    for slot in 0..20 {
        assert_eq!(occupancy.state(&sale, (0, slot), 0), SeatState::NotForSale);
    }
    assert!(matches!(hold(&hall, "S0R0-2", 5).await, Err(BookingError::SaleClosed)));
    assert_eq!(hall.begin(&held, PaymentId::generate(), 5).await, PaymentStart::SaleClosed);
    assert_eq!(hall.current(&held).await, held, "nothing has happened to it");
    assert!(matches!(hall.begin(&paying, payment, 5).await, PaymentStart::Started { .. }), "a repeat");

    // Whatever comes after it, old or out of order, it stays called off.
    hall.tell(EventType::PerformanceWithdrawn, &hall.withdrawn(2)).await;
    hall.tell(EventType::PerformancePublished, &hall.published(1)).await;
    assert_eq!(look(&hall, 6).await.map.unwrap(), Standing::Cancelled);
}

/// Every order of the same news, with a repeat of each, ends in the same items.
#[tokio::test]
async fn the_order_of_news_does_not_matter() {
    use EventType::{PerformanceCancelled, PerformancePublished, PerformanceWithdrawn};
    let hall = Hall::open(1, 1, 3).await;
    let changed = |version| {
        let mut state = hall.published(version);
        let terms = state.terms.as_mut().unwrap();
        terms.title = format!("Title of version {version}");
        terms.ticket_types[0].price = 10_000 + i64::try_from(version).unwrap();
        state
    };
    let histories = [
        vec![(PerformancePublished, changed(3)), (PerformanceWithdrawn, hall.withdrawn(4))],
        vec![
            (PerformanceWithdrawn, hall.withdrawn(3)),
            (PerformancePublished, changed(5)),
            (PerformanceWithdrawn, hall.withdrawn(6)),
        ],
        vec![
            (PerformanceWithdrawn, hall.withdrawn(3)),
            (PerformancePublished, changed(4)),
            (PerformanceCancelled, hall.cancelled(5)),
        ],
    ];
    for history in histories {
        let mut ends = Vec::new();
        for order in orders(history.len()) {
            let fresh = Hall::of(&hall).await;
            for &at in order.iter().chain(order.iter().rev()) {
                fresh.tell(history[at].0, &history[at].1).await;
            }
            let listing = fresh.store.listing(hall.performance.id).await.unwrap().unwrap();
            ends.push((listing, fresh.kept().await.unwrap()));
        }
        assert!(ends.windows(2).all(|pair| pair[0] == pair[1]), "{ends:#?}");
    }
}

fn orders(of: usize) -> Vec<Vec<usize>> {
    if of == 0 {
        return vec![Vec::new()];
    }
    let shorter = orders(of - 1);
    shorter
        .iter()
        .flat_map(|order| {
            (0..of).map(|at| {
                let mut order = order.clone();
                order.insert(at, of - 1);
                order
            })
        })
        .collect()
}

/// Two pieces of news at once: whoever writes second has seen what the first wrote.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn news_that_meets_other_news_is_not_lost() {
    for call in 1..=5 {
        let hall = Hall::open(1, 1, 0).await;
        let pause = Pause::before(call);
        let slow = hall.store_over(hall.table.pausing_client(&pause));
        let (older, newer) = (hall.published(3), hall.cancelled(4));
        let telling = tokio::spawn(async move { slow.learn(&older).await });
        if !pause.reached_or(&telling).await {
            assert!(call > 3, "indexes, reading and writing are three calls");
            return;
        }
        hall.store.learn(&newer).await.unwrap();
        pause.end();
        telling.await.unwrap().unwrap();
        let listing = hall.store.listing(hall.performance.id).await.unwrap().unwrap();
        assert_eq!((listing.standing, listing.performance.version), (Standing::Cancelled, 4), "call {call}");
    }
    panic!("learning makes five calls and more");
}

#[tokio::test]
async fn news_that_is_interrupted_anywhere_can_be_told_again() {
    for fault in Faults::every(40) {
        let hall = Hall::open(1, 1, 0).await;
        let news: PerformanceState = hall.cancelled(3);
        let faults = Faults::one(fault);
        let dying = hall.store_over(hall.table.failing_client(&faults));
        let tell = async |store: &booking::dynamodb::Store| -> Result<(), BookingError> {
            store.learn(&news).await?;
            stock::refresh(store, &Sales::default(), news.id, hall.at(1)).await.map(drop)
        };
        assert_eq!(tell(&dying).await.is_err(), faults.struck(), "{fault:?}");
        tell(&hall.store).await.unwrap();
        assert_eq!(look(&hall, 1).await.map.unwrap(), Standing::Cancelled, "{fault:?}");
        assert_eq!(hall.kept().await.unwrap(), hall.counted(1).await, "{fault:?}");
        if !faults.struck() {
            assert!(fault.call > 15, "learning and counting have failed at every call");
            return;
        }
    }
    panic!("news makes fewer calls");
}
