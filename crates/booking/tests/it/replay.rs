//! What is kept can be made anew from the events alone: they, the seats and the kept counts agree at any time.

use std::collections::{BTreeMap, HashMap};

use booking::domain::stock::{Stock, Tickets};
use contracts::booking::{ReservationState, ReservationStatus};
use contracts::event::{LAST_EVENT, LastEvent};
use contracts::ids::{PaymentId, ReservationId, TicketTypeId, UserId};
use fastrand::Rng;

use crate::hall::Hall;
use crate::saga::{fail, refund, succeed};

/// Every event that was announced, by the reservation and its version.
type Events = BTreeMap<(ReservationId, u64), ReservationState>;

/// Notes what every book announces now. Each step of a history writes a book once at most, so nothing is missed.
async fn listen(hall: &Hall, events: &mut Events) {
    for item in hall.table.items().await {
        let Some(last) = item.get(LAST_EVENT) else { continue };
        let last: LastEvent = serde_dynamo::from_attribute_value(last.clone()).unwrap();
        let state: ReservationState = serde_dynamo::from_attribute_value(item[&last.state].clone()).unwrap();
        events.insert((state.id, state.version), state);
    }
}

/// What the events say is left: the latest state of every reservation, whatever order they are read in.
fn folded(empty: &Stock, events: &Events, now: i64, rng: &mut Rng) -> BTreeMap<TicketTypeId, Tickets> {
    let mut told: Vec<_> = events.values().chain(events.values()).collect();
    rng.shuffle(&mut told);
    let mut latest: HashMap<ReservationId, &ReservationState> = HashMap::new();
    for state in told {
        let known = latest.entry(state.id).or_insert(state);
        if state.version > known.version {
            *known = state;
        }
    }
    let mut tickets = empty.tickets.clone();
    for state in latest.into_values() {
        for line in &state.lines {
            let (count, seats) = (tickets.get_mut(&line.ticket_type_id).unwrap(), line.seats.len() as u32);
            let taken = match state.status {
                ReservationStatus::Pending | ReservationStatus::Paying if state.held_until() >= now => &mut count.held,
                ReservationStatus::Confirmed | ReservationStatus::Cancelling => &mut count.sold,
                _ => continue,
            };
            *taken += seats;
            count.free -= seats;
        }
    }
    tickets
}

/// One thing that a buyer, the gateway or the clock does; most of them are refused at most times.
async fn step(hall: &Hall, users: &[UserId], second: i64, events: &Events, rng: &mut Rng) {
    let now = hall.at(second);
    let known: Vec<_> = events.values().collect();
    let user = users[rng.usize(..users.len())];
    if known.is_empty() || rng.u8(..10) < 3 {
        let (row, first) = (rng.usize(..3), rng.usize(..18));
        let seats: Vec<_> =
            (first..first + 1 + rng.usize(..3).min(19 - first)).map(|at| format!("S{row}R0-{at}")).collect();
        let seats: Vec<_> = seats.iter().map(String::as_str).collect();
        let _ = hall.hold(user, &seats, second).await;
        return;
    }
    // Mostly of a late reservation: news of early ones is late news.
    let oldest = if rng.u8(..4) == 0 { 0 } else { known.len().saturating_sub(10) };
    let told = known[rng.usize(oldest..known.len())];
    let current = hall.current_or_none(told).await;
    // Of the latest payment, or of whichever it was then.
    let source = current.as_ref().filter(|_| rng.u8(..4) > 0).unwrap_or(told);
    let payment = source.payment_id.unwrap_or_else(PaymentId::generate);
    match (rng.u8(..10), current) {
        (0..=2, Some(current)) => drop(hall.begin(&current, PaymentId::generate(), second).await),
        (3..=5, Some(_)) => succeed(hall, told, payment, second).await,
        (6, Some(_)) => fail(hall, told, payment, second).await,
        (7, Some(current)) => {
            let (user, id) = (current.user_id, current.id);
            let _ = booking::leave::cancel(&hall.store, &hall.sales, user, id, current.version, None, now).await;
        }
        (8, Some(_)) => refund(hall, told, payment, second).await,
        _ => {
            let _ = booking::leave::expire(&hall.store, told, now).await;
        }
    }
}

#[tokio::test]
async fn events_seats_and_kept_counts_agree() {
    let (mut sold, mut held) = (0, 0);
    for seed in 0..6 {
        let rng = &mut Rng::with_seed(seed);
        let hall = Hall::open(3, 1, 0).await;
        let empty = hall.counted(0).await;
        let users: Vec<_> = (0..6).map(|_| UserId::generate()).collect();
        let (mut events, mut second) = (Events::new(), 0);
        for round in 0..90 {
            second += if rng.u8(..20) == 0 { rng.i64(100..700) } else { rng.i64(0..12) };
            step(&hall, &users, second, &events, rng).await;
            listen(&hall, &mut events).await;
            if round % 8 > 0 {
                continue;
            }
            // One second on: a seat's mark counts to the end of its last second, a reservation to the beginning.
            hall.refresh(second + 1).await;
            let kept = hall.kept().await.unwrap();
            let now = hall.at(second + 1).as_second();
            assert_eq!(kept, hall.counted(second + 1).await, "seed {seed}, round {round}");
            assert_eq!(kept.tickets, folded(&empty, &events, now, rng), "seed {seed}, round {round}");
            sold += kept.tickets.values().map(|tickets| tickets.sold).sum::<u32>();
            held += kept.tickets.values().map(|tickets| tickets.held).sum::<u32>();
        }
    }
    assert!(sold > 50 && held > 50, "histories in which something happens: {sold} sold, {held} held");
}
