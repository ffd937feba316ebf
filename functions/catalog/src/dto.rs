//! Answers that several functions give.

use catalog::domain::card::Card;
use catalog::domain::programme::Programme;
use catalog::layouts::Layout;
use contracts::catalog::{Category, EventState, EventStatus, PerformanceState, Section, TicketTypeState};
use contracts::ids::{EventId, LayoutId, PerformanceId, TicketTypeId, UserId};
use jiff::Timestamp;
use serde::Serialize;

/// A layout, ready to be drawn.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LayoutBody {
    id: LayoutId,
    version: u64,
    name: String,
    seat_count: u32,
    sections: Vec<Section>,
}

impl From<Layout> for LayoutBody {
    fn from(layout: Layout) -> Self {
        let Layout { summary, geometry } = layout;
        Self {
            id: summary.id,
            version: summary.version,
            name: summary.name,
            seat_count: summary.seat_count,
            sections: geometry.sections,
        }
    }
}

/// An event by itself, as its manager sees it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EventBody {
    id: EventId,
    version: u64,
    organizer_id: UserId,
    title: String,
    description: String,
    category: Category,
    venue: String,
    time_zone: String,
    currency: String,
    buyer_limit: u32,
    queued: bool,
    status: EventStatus,
}

impl From<EventState> for EventBody {
    fn from(event: EventState) -> Self {
        Self {
            id: event.id,
            version: event.version,
            organizer_id: event.organizer_id,
            title: event.title,
            description: event.description,
            category: event.category,
            venue: event.venue,
            time_zone: event.time_zone,
            currency: event.currency,
            buyer_limit: event.buyer_limit,
            queued: event.queued,
            status: event.status,
        }
    }
}

/// A performance.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PerformanceBody {
    id: PerformanceId,
    starts_at: Timestamp,
    layout_id: Option<LayoutId>,
    sale_opens_at: Option<Timestamp>,
    sale_closes_at: Option<Timestamp>,
}

impl From<&PerformanceState> for PerformanceBody {
    fn from(performance: &PerformanceState) -> Self {
        Self {
            id: performance.id,
            starts_at: performance.starts_at,
            layout_id: performance.layout_id,
            sale_opens_at: performance.sale_opens_at,
            sale_closes_at: performance.sale_closes_at,
        }
    }
}

/// A performance, as its manager sees it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ManagedPerformanceBody {
    #[serde(flatten)]
    performance: PerformanceBody,
    event_id: EventId,
    version: u64,
    published: bool,
}

impl From<&PerformanceState> for ManagedPerformanceBody {
    fn from(performance: &PerformanceState) -> Self {
        Self {
            performance: performance.into(),
            event_id: performance.event_id,
            version: performance.version,
            published: performance.terms.is_some(),
        }
    }
}

/// A ticket type.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TicketTypeBody {
    id: TicketTypeId,
    event_id: EventId,
    name: String,
    price: i64,
    currency: String,
    section_ids: Vec<String>,
    quota: Option<u32>,
}

impl TicketTypeBody {
    /// Of a ticket type whose price is in this currency.
    #[must_use]
    pub fn new(ticket_type: &TicketTypeState, currency: &str) -> Self {
        Self {
            id: ticket_type.id,
            event_id: ticket_type.event_id,
            name: ticket_type.name.clone(),
            price: ticket_type.price,
            currency: currency.to_owned(),
            section_ids: ticket_type.section_ids.clone(),
            quota: ticket_type.quota,
        }
    }
}

/// An event with all that belongs to it, as its manager sees it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProgrammeBody {
    #[serde(flatten)]
    event: EventBody,
    performances: Vec<ManagedPerformanceBody>,
    ticket_types: Vec<TicketTypeBody>,
}

impl From<Programme> for ProgrammeBody {
    fn from(programme: Programme) -> Self {
        let currency = &programme.event.currency;
        let ticket_type = |each| TicketTypeBody::new(each, currency);
        Self {
            performances: programme.performances.iter().map(Into::into).collect(),
            ticket_types: programme.ticket_types.iter().map(ticket_type).collect(),
            event: programme.event.into(),
        }
    }
}

/// An event in a list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CardBody {
    id: EventId,
    title: String,
    category: Category,
    venue: String,
    time_zone: String,
    status: EventStatus,
    currency: String,
    /// Of the next performance; of the last one when all are over; `null` when none is published.
    starts_at: Option<Timestamp>,
    /// In the currency's minor unit; `null` when nothing is published.
    min_price: Option<i64>,
}

impl CardBody {
    /// As it looks at this moment.
    #[must_use]
    pub fn new(card: Card, now: Timestamp) -> Self {
        Self {
            starts_at: card.starts_at(now),
            id: card.id,
            title: card.title,
            category: card.category,
            venue: card.venue,
            time_zone: card.time_zone,
            status: card.status,
            currency: card.currency,
            min_price: card.min_price,
        }
    }
}
