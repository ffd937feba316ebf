//! Answers that several functions give.

use catalog::domain::card::Card;
use catalog::domain::image::urls;
use catalog::domain::programme::Programme;
use catalog::layouts::Layout;
use contracts::catalog::{Category, EventState, EventStatus, PerformanceState, Section, TicketTypeState};
use contracts::ids::{EventId, ImageId, LayoutId, PerformanceId, TicketTypeId, UserId};
use jiff::Timestamp;
use serde::Serialize;

use crate::image_body::ImageUrlsBody;

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
    status: EventStatus,
    image_id: Option<ImageId>,
    images: Option<ImageUrlsBody>,
}

impl EventBody {
    /// Of an event whose pictures are in the bucket at `images_base_url`.
    #[must_use]
    pub fn new(event: EventState, images_base_url: &str) -> Self {
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
            status: event.status,
            image_id: event.image_id,
            images: event.image_id.map(|id| urls(images_base_url, id).into()),
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
    cancelled: bool,
}

impl From<&PerformanceState> for PerformanceBody {
    fn from(performance: &PerformanceState) -> Self {
        Self {
            id: performance.id,
            starts_at: performance.starts_at,
            layout_id: performance.layout_id,
            sale_opens_at: performance.sale_opens_at,
            sale_closes_at: performance.sale_closes_at,
            cancelled: performance.cancelled,
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
    /// Whether it is on sale, or was when it was called off.
    published: bool,
    /// Whether it was on sale and is not any more.
    withdrawn: bool,
}

impl ManagedPerformanceBody {
    /// One that has never been taken off sale.
    #[must_use]
    pub fn new(performance: &PerformanceState) -> Self {
        Self {
            performance: performance.into(),
            event_id: performance.event_id,
            version: performance.version,
            published: performance.terms.is_some(),
            withdrawn: false,
        }
    }

    /// One of this programme.
    #[must_use]
    pub fn of(programme: &Programme, performance: &PerformanceState) -> Self {
        Self { withdrawn: programme.withdrawn.contains_key(&performance.id), ..Self::new(performance) }
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

/// A ticket type, as its manager sees it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ManagedTicketTypeBody {
    #[serde(flatten)]
    ticket_type: TicketTypeBody,
    version: u64,
    /// Whether it has ever been on sale.
    published: bool,
    /// Whether it is not on sale as it stands here.
    pending: bool,
}

impl ManagedTicketTypeBody {
    /// One that has never been on sale.
    #[must_use]
    pub fn new(ticket_type: &TicketTypeState, currency: &str) -> Self {
        let version = ticket_type.version;
        Self { ticket_type: TicketTypeBody::new(ticket_type, currency), version, published: false, pending: true }
    }

    /// One of this programme.
    #[must_use]
    pub fn of(programme: &Programme, ticket_type: &TicketTypeState) -> Self {
        Self {
            published: programme.was_on_sale(ticket_type.id),
            pending: !programme.is_announced(ticket_type),
            ..Self::new(ticket_type, &programme.event.currency)
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
    ticket_types: Vec<ManagedTicketTypeBody>,
}

impl ProgrammeBody {
    /// Of an event whose pictures are in the bucket at `images_base_url`.
    #[must_use]
    pub fn new(programme: Programme, images_base_url: &str) -> Self {
        let performance = |each| ManagedPerformanceBody::of(&programme, each);
        let ticket_type = |each| ManagedTicketTypeBody::of(&programme, each);
        Self {
            performances: programme.performances.iter().map(performance).collect(),
            ticket_types: programme.ticket_types.iter().map(ticket_type).collect(),
            event: EventBody::new(programme.event, images_base_url),
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
