//! Domain events as the other contexts announce them, and what is to be counted of them, reckoned naively.

use std::collections::{BTreeMap, BTreeSet};

use contracts::booking::{PaymentOutcome, ReservationLine, ReservationState, ReservationStatus, ReservedSeat};
use contracts::catalog::{Capacity, Category, EventState, EventStatus, PerformanceState, SaleTerms};
use contracts::event::{Envelope, EventType};
use contracts::ids::{EventId, PaymentId, PerformanceId, ReservationId, TicketTypeId, UserId};
use insights::domain::{By, Period, Window};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use uuid::Uuid;

/// 2026-12-23 12:00 in Seoul, a Wednesday.
pub const OPENING: i64 = 1_797_994_800;
pub const DAY: i64 = 86_400;

pub fn zone() -> TimeZone {
    TimeZone::get("Asia/Seoul").unwrap()
}

pub fn at(offset: i64) -> Timestamp {
    Timestamp::from_second(OPENING + offset).unwrap()
}

pub fn event_id(number: u128) -> EventId {
    EventId::from_uuid(Uuid::from_u128(number))
}

pub fn performance_id(number: u128) -> PerformanceId {
    PerformanceId::from_uuid(Uuid::from_u128(number))
}

pub fn reservation_id(number: u128) -> ReservationId {
    ReservationId::from_uuid(Uuid::from_u128(number))
}

fn ticket_type_id() -> TicketTypeId {
    TicketTypeId::from_uuid(Uuid::from_u128(1))
}

fn envelope(event_type: EventType, id: String, version: u64, at: Timestamp, state: &impl Serialize) -> Envelope {
    Envelope { event_type, aggregate_id: id, version, at, data: serde_json::to_value(state).unwrap() }
}

/// An event at this version.
pub fn event(event_type: EventType, event: u128, version: u64, status: EventStatus) -> Envelope {
    let state = EventState {
        id: event_id(event),
        version,
        organizer_id: UserId::from_uuid(Uuid::from_u128(1)),
        title: format!("Event {event}"),
        description: String::new(),
        category: Category::Concert,
        venue: "자리 아레나".into(),
        time_zone: "Asia/Seoul".into(),
        currency: "KRW".into(),
        buyer_limit: 8,
        status,
        image_id: None,
    };
    envelope(event_type, state.id.to_string(), version, at(0), &state)
}

/// An event that went on sale.
pub fn published(event_number: u128) -> Envelope {
    event(EventType::EventPublished, event_number, 2, EventStatus::OnSale)
}

/// A performance at this version; with so many tickets on sale, published at the opening.
pub fn performance(
    event_type: EventType,
    event: u128,
    performance: u128,
    version: u64,
    tickets: Option<u32>,
) -> Envelope {
    let terms = tickets.map(|tickets| SaleTerms {
        title: String::new(),
        venue: String::new(),
        time_zone: "Asia/Seoul".into(),
        currency: "KRW".into(),
        buyer_limit: 8,
        ticket_types: Vec::new(),
        capacity: vec![Capacity { ticket_type_id: ticket_type_id(), tickets }],
    });
    let state = PerformanceState {
        id: performance_id(performance),
        version,
        event_id: event_id(event),
        starts_at: at(30 * DAY),
        layout_id: None,
        sale_opens_at: None,
        sale_closes_at: None,
        terms,
        cancelled: event_type == EventType::PerformanceCancelled,
        removed: false,
    };
    envelope(event_type, state.id.to_string(), version, at(0), &state)
}

/// A performance that went on sale at the opening, with so many tickets.
pub fn on_sale(event: u128, number: u128, tickets: u32) -> Envelope {
    performance(EventType::PerformancePublished, event, number, 2, Some(tickets))
}

fn reservation(event_type: EventType, number: u128, performance: u128, tickets: u8, offset: i64) -> Envelope {
    let (version, status) = match event_type {
        EventType::ReservationConfirmed => (3, ReservationStatus::Confirmed),
        _ => (5, ReservationStatus::Cancelled),
    };
    let seat = |slot: u8| ReservedSeat { slot, id: slot.to_string(), label: slot.to_string(), row: String::new() };
    let seats = (0..tickets).map(seat).collect();
    let (block, section) = ("A".to_owned(), "A".to_owned());
    let line = ReservationLine { block, section, ticket_type_id: ticket_type_id(), price: 10_000, seats };
    let state = ReservationState {
        id: reservation_id(number),
        version,
        user_id: UserId::from_uuid(Uuid::from_u128(2)),
        performance_id: performance_id(performance),
        status,
        payment_status: PaymentOutcome::Success,
        lines: vec![line],
        currency: "KRW".into(),
        expires_at: OPENING + offset,
        attempt: 1,
        payment_id: Some(PaymentId::from_uuid(Uuid::from_u128(number))),
        cancelled_by: None,
        paid: None,
        admission: None,
    };
    envelope(event_type, state.id.to_string(), version, at(offset), &state)
}

/// Tickets that were sold so many seconds after the opening.
pub fn confirmed(number: u128, performance: u128, tickets: u8, offset: i64) -> Envelope {
    reservation(EventType::ReservationConfirmed, number, performance, tickets, offset)
}

/// Tickets that were given back.
pub fn cancelled(number: u128, performance: u128, tickets: u8, offset: i64) -> Envelope {
    reservation(EventType::ReservationCancelled, number, performance, tickets, offset)
}

/// A season of four events with two performances each: sales over ten days, some given back, some performances sold
/// out, one withdrawn and published again, one event unpublished, one called off. Different for every seed.
pub fn season(seed: u64) -> Vec<Envelope> {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut history = Vec::new();
    for number in 1..=4 {
        history.push(published(number));
        history.push(on_sale(number, 2 * number, 6));
        history.push(on_sale(number, 2 * number + 1, random.u32(4..20)));
    }
    for number in 1..=40_u8 {
        let performance = random.u128(2..=9);
        let tickets = number % 4 + 1;
        let sold = random.i64(0..10 * DAY);
        history.push(confirmed(number.into(), performance, tickets, sold));
        if random.u8(0..4) == 0 {
            history.push(cancelled(number.into(), performance, tickets, sold + random.i64(1..DAY)));
        }
    }
    // Never sold: its payment came too late and was given back.
    history.push(cancelled(99, 2, 8, DAY));
    history.push(performance(EventType::PerformanceWithdrawn, 1, 2, 3, None));
    history.push(performance(EventType::PerformancePublished, 1, 2, 4, Some(3)));
    history.push(performance(EventType::PerformanceCancelled, 4, 8, 3, Some(6)));
    history.push(event(EventType::EventUnpublished, 3, 3, EventStatus::Draft));
    history.push(event(EventType::EventCancelled, 4, 3, EventStatus::Cancelled));
    history
}

/// What a ranking shows: the event and its score, first things first.
pub type Places = Vec<(EventId, u64)>;

/// The whole ranking of a window that a history leads to.
pub fn reckoned(history: &[Envelope], by: By, period: Period, now: Timestamp) -> Places {
    let mut events: BTreeMap<EventId, EventState> = BTreeMap::new();
    let mut performances: BTreeMap<PerformanceId, PerformanceState> = BTreeMap::new();
    let (mut sold, mut returned) = (BTreeMap::new(), BTreeSet::new());
    for envelope in history {
        match envelope.event_type {
            EventType::EventPublished | EventType::EventUnpublished | EventType::EventCancelled => {
                let state: EventState = envelope.state().unwrap();
                if events.get(&state.id).is_none_or(|known| known.version < state.version) {
                    events.insert(state.id, state);
                }
            }
            EventType::ReservationConfirmed => {
                let state: ReservationState = envelope.state().unwrap();
                sold.insert(state.id, (state, envelope.at));
            }
            EventType::ReservationCancelled => _ = returned.insert(envelope.state::<ReservationState>().unwrap().id),
            _ => {
                let state: PerformanceState = envelope.state().unwrap();
                if performances.get(&state.id).is_none_or(|known| known.version < state.version) {
                    performances.insert(state.id, state);
                }
            }
        }
    }
    let within = |moment: Timestamp| Window::at(period, moment, &zone()) == Window::at(period, now, &zone());
    let mut places: BTreeMap<EventId, Vec<u64>> = BTreeMap::new();
    for (id, state) in &performances {
        let ours = || sold.values().filter(|(sale, _)| sale.performance_id == *id);
        let kept = || ours().filter(|(sale, _)| !returned.contains(&sale.id));
        let tickets = |sales: &mut dyn Iterator<Item = &(ReservationState, Timestamp)>| -> u64 {
            sales.map(|(sale, _)| sale.seat_count() as u64).sum()
        };
        let place = places.entry(state.event_id).or_default();
        match by {
            By::Sales => place.push(tickets(&mut kept().filter(|(_, at)| within(*at)))),
            By::Sellout => {
                let room: u32 = state.terms.iter().flat_map(|terms| &terms.capacity).map(|part| part.tickets).sum();
                let full = !state.cancelled && room > 0 && tickets(&mut kept()) >= room.into();
                let latest = ours().map(|(_, at)| *at).max().filter(|latest| full && within(*latest));
                place.extend(latest.map(|latest| (latest.as_second() - OPENING).try_into().unwrap_or(0)));
            }
        }
    }
    let public = |id: &EventId| !matches!(events[id].status, EventStatus::Draft | EventStatus::Cancelled);
    let mut places: Places = places
        .into_iter()
        .filter(|(id, scores)| public(id) && scores.iter().sum::<u64>() > 0)
        .map(|(id, scores)| match by {
            By::Sales => (id, scores.iter().sum()),
            By::Sellout => (id, scores.into_iter().min().unwrap()),
        })
        .collect();
    places.sort_by_key(|(id, score)| (if by == By::Sales { u64::MAX - score } else { *score }, *id));
    places
}
