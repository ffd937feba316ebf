//! What the read models of sales learn from a domain event.

use contracts::booking::ReservationState;
use contracts::catalog::{Category, EventState, EventStatus, PerformanceState};
use contracts::event::{Envelope, EventType, UnreadableData};
use contracts::ids::{EventId, PerformanceId, ReservationId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The catalogue's events that matter to sales. With [`RESERVATION_EVENTS`], all that do, and no others.
pub const CATALOG_EVENTS: [EventType; 7] = [
    EventType::EventPublished,
    EventType::EventUpdated,
    EventType::EventUnpublished,
    EventType::EventCancelled,
    EventType::PerformancePublished,
    EventType::PerformanceWithdrawn,
    EventType::PerformanceCancelled,
];

/// The events of reservations that matter to sales.
pub const RESERVATION_EVENTS: [EventType; 2] = [EventType::ReservationConfirmed, EventType::ReservationCancelled];

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// What an event is like now.
    Event(EventId, EventFacts),
    /// What a performance is like now.
    Performance(PerformanceId, PerformanceFacts),
    /// What became of a reservation.
    Sale(Sale),
}

/// What a ranking shows of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventFacts {
    /// Larger is newer.
    pub version: u64,
    /// Its name.
    pub title: String,
    /// Where it takes place.
    pub venue: String,
    /// What it is about.
    pub category: Category,
    /// Where it is in its life.
    pub status: EventStatus,
}

impl EventFacts {
    /// Whether it may be shown in a ranking.
    #[must_use]
    pub const fn is_ranked(&self) -> bool {
        !matches!(self.status, EventStatus::Draft | EventStatus::Cancelled)
    }
}

/// What selling out depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerformanceFacts {
    /// Of which event.
    pub event_id: EventId,
    /// Larger is newer.
    pub version: u64,
    /// How many tickets there are to sell; none when it is not on sale, or when nobody said how many there are.
    pub total: u64,
    /// No sale before this.
    pub sale_opens_at: Option<Timestamp>,
    /// When it was put on sale, if that is the news.
    pub published_at: Option<Timestamp>,
}

/// What became of a reservation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sale {
    /// Which reservation.
    pub reservation_id: ReservationId,
    /// Of which performance.
    pub performance_id: PerformanceId,
    /// How many tickets.
    pub tickets: u64,
    /// What happened.
    pub outcome: Outcome,
    /// When.
    pub at: Timestamp,
}

/// What happened to a reservation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Outcome {
    /// Its tickets were sold.
    Confirmed,
    /// Its tickets were given back, if they were ever sold.
    Cancelled,
}

impl News {
    /// What an event says about sales; `None` when it says nothing.
    ///
    /// # Errors
    /// When the event's data is not what its type promises.
    pub fn of(event: &Envelope) -> Result<Option<Self>, UnreadableData> {
        use EventType as E;
        Ok(Some(match event.event_type {
            E::EventPublished | E::EventUpdated | E::EventUnpublished | E::EventCancelled => {
                let EventState { id, version, title, venue, category, status, .. } = event.state()?;
                Self::Event(id, EventFacts { version, title, venue, category, status })
            }
            E::PerformancePublished | E::PerformanceWithdrawn | E::PerformanceCancelled => {
                let state: PerformanceState = event.state()?;
                let published_at = (event.event_type == E::PerformancePublished).then_some(event.at);
                Self::Performance(
                    state.id,
                    PerformanceFacts {
                        event_id: state.event_id,
                        version: state.version,
                        total: tickets_to_sell(&state),
                        sale_opens_at: state.sale_opens_at,
                        published_at,
                    },
                )
            }
            E::ReservationConfirmed => Self::Sale(sale(event, Outcome::Confirmed)?),
            E::ReservationCancelled => Self::Sale(sale(event, Outcome::Cancelled)?),
            _ => return Ok(None),
        }))
    }
}

fn tickets_to_sell(state: &PerformanceState) -> u64 {
    match &state.terms {
        Some(terms) if !state.cancelled => terms.capacity.iter().map(|part| u64::from(part.tickets)).sum(),
        _ => 0,
    }
}

fn sale(event: &Envelope, outcome: Outcome) -> Result<Sale, UnreadableData> {
    let state: ReservationState = event.state()?;
    Ok(Sale {
        reservation_id: state.id,
        performance_id: state.performance_id,
        tickets: u64::try_from(state.seat_count()).unwrap_or(u64::MAX),
        outcome,
        at: event.at,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const AT: &str = "2026-11-20T10:00:00Z";

    fn event(event_type: EventType, data: Value) -> Envelope {
        Envelope { event_type, aggregate_id: "any".into(), version: 3, at: AT.parse().unwrap(), data }
    }

    fn performance(terms: &Value, cancelled: bool) -> Value {
        json!({
            "id": "prf_019a0000-0000-7000-8000-000000000001", "version": 3,
            "eventId": "evt_019a0000-0000-7000-8000-000000000002", "startsAt": "2026-12-24T10:00:00Z",
            "saleOpensAt": "2026-11-21T10:00:00Z", "terms": terms, "cancelled": cancelled,
        })
    }

    #[test]
    fn a_performance_has_the_capacity_of_its_terms_while_it_is_on_sale() {
        let part = |tickets| json!({"ticketTypeId": "tkt_019a0000-0000-7000-8000-000000000003", "tickets": tickets});
        let mut terms = json!({
            "title": "T", "venue": "V", "timeZone": "Asia/Seoul", "currency": "KRW", "buyerLimit": 8,
            "ticketTypes": [], "capacity": [part(300), part(100)],
        });
        let full = performance(&terms, false);
        terms.as_object_mut().unwrap().remove("capacity");
        for (event_type, data, total, published) in [
            (EventType::PerformancePublished, full.clone(), 400, true),
            (EventType::PerformancePublished, performance(&terms, false), 0, true),
            (EventType::PerformanceWithdrawn, performance(&Value::Null, false), 0, false),
            (
                EventType::PerformanceCancelled,
                {
                    let mut off = full;
                    off["cancelled"] = true.into();
                    off
                },
                0,
                false,
            ),
        ] {
            let news = News::of(&event(event_type, data)).unwrap().unwrap();
            let News::Performance(_, facts) = news else { panic!("{news:?}") };
            assert_eq!((facts.total, facts.published_at.is_some(), facts.version), (total, published, 3));
            assert_eq!(facts.sale_opens_at, Some("2026-11-21T10:00:00Z".parse().unwrap()));
        }
    }

    #[test]
    fn a_sale_counts_every_seat_of_every_line() {
        let seat = |id: &str| json!({"slot": 0, "id": id, "label": id});
        let line = |seats: &[&str]| {
            json!({"block": "A", "section": "A", "ticketTypeId": "tkt_019a0000-0000-7000-8000-000000000003",
                   "price": 1, "seats": seats.iter().map(|id| seat(id)).collect::<Vec<_>>()})
        };
        let data = json!({
            "id": "rsv_019a0000-0000-7000-8000-000000000004", "version": 3,
            "userId": "usr_019a0000-0000-7000-8000-000000000005",
            "performanceId": "prf_019a0000-0000-7000-8000-000000000001", "status": "CONFIRMED",
            "paymentStatus": "SUCCESS", "lines": [line(&["1", "2"]), line(&["3"])], "currency": "KRW", "expiresAt": 0,
        });
        for (event_type, outcome) in [
            (EventType::ReservationConfirmed, Outcome::Confirmed),
            (EventType::ReservationCancelled, Outcome::Cancelled),
        ] {
            let Some(News::Sale(sale)) = News::of(&event(event_type, data.clone())).unwrap() else { panic!() };
            assert_eq!((sale.tickets, sale.outcome, sale.at), (3, outcome, AT.parse().unwrap()));
        }
    }

    #[test]
    fn exactly_the_sales_events_say_something_and_nonsense_is_an_error() {
        for event_type in EventType::ALL {
            let said = News::of(&event(*event_type, json!({"id": "x"})));
            assert_eq!(
                said.is_err(),
                CATALOG_EVENTS.contains(event_type) || RESERVATION_EVENTS.contains(event_type),
                "{event_type}"
            );
            assert!(said.is_err() || said.unwrap().is_none());
        }
    }

    #[test]
    fn drafts_and_what_was_called_off_are_not_ranked() {
        use EventStatus::{Cancelled, Draft, Ended, OnSale, SoldOut};
        for (status, ranked) in [(Draft, false), (OnSale, true), (SoldOut, true), (Ended, true), (Cancelled, false)] {
            let (title, venue) = (String::new(), String::new());
            let facts = EventFacts { version: 1, title, venue, category: Category::Other, status };
            assert_eq!(facts.is_ranked(), ranked, "{status:?}");
        }
    }
}
