//! What catalog publishes: layouts, events, performances on their terms, ticket types.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{AnnouncementId, EventId, ImageId, KeywordId, LayoutId, PerformanceId, TicketTypeId, UserId};

/// The most seats that one block may hold, so that its item stays within one write unit.
pub const MAX_SEATS_PER_BLOCK: usize = 50;

/// What ids of seats and blocks without a place begin with, and those of a layout must not.
pub const GENERAL_ADMISSION_PREFIX: &str = "ga.";

/// The geometry of a venue. Immutable: a change is a new layout.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Geometry {
    /// Areas, in the order they are listed.
    pub sections: Vec<Section>,
}

/// An area of a venue, sold under one ticket type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Section {
    /// Unique in the layout.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// Neighbouring seats, kept in one item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Block {
    /// Unique in the layout.
    pub id: String,
    /// At most [`MAX_SEATS_PER_BLOCK`]; a seat's place in this list is its slot in the block's item.
    pub seats: Vec<Seat>,
}

/// One seat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Seat {
    /// Unique in the layout.
    pub id: String,
    /// What is printed on it, usually its number in the row.
    pub label: String,
    /// Its row.
    pub row: String,
    /// Position, in the layout's own unit, growing to the right.
    pub x: f64,
    /// Position, in the layout's own unit, growing away from the stage.
    pub y: f64,
    /// Reachable by wheelchair.
    #[serde(default)]
    pub accessible: bool,
}

/// A stored layout. The geometry is packed by [`crate::geometry::pack`]: a venue of 20,000 seats must fit into one item
/// and one queue message of 256 KiB.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LayoutState {
    /// Which layout.
    pub id: LayoutId,
    /// Always 1: layouts are never edited in place.
    pub version: u64,
    /// What people call it.
    pub name: String,
    /// How many seats it has.
    pub seat_count: u32,
    /// The geometry, packed.
    pub geometry: String,
}

/// What an event is about, for filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    /// A concert.
    Concert,
    /// A film.
    Film,
    /// A play.
    Theatre,
    /// A musical.
    Musical,
    /// A match or race.
    Sports,
    /// An exhibition.
    Exhibition,
    /// Anything else.
    Other,
}

/// Where an event is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EventStatus {
    /// Not public.
    Draft,
    /// Public, seats can be bought.
    OnSale,
    /// Public, nothing left.
    SoldOut,
    /// Over.
    Ended,
    /// Called off.
    Cancelled,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventState {
    /// Which event.
    pub id: EventId,
    /// Changes so far, from 1.
    pub version: u64,
    /// Who manages it.
    pub organizer_id: UserId,
    /// Its name.
    pub title: String,
    /// Free text.
    #[serde(default)]
    pub description: String,
    /// What it is about.
    pub category: Category,
    /// Where it takes place.
    pub venue: String,
    /// IANA name of the venue's time zone.
    pub time_zone: String,
    /// ISO 4217 code of every price of the event.
    pub currency: String,
    /// Most tickets that one buyer may have for one performance.
    pub buyer_limit: u32,
    /// Where it is in its life.
    pub status: EventStatus,
    /// Its poster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_id: Option<ImageId>,
}

/// A price class of an event: seated (bound to sections of the layout) or general admission (a quota).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TicketTypeState {
    /// Which price class.
    pub id: TicketTypeId,
    /// Changes so far, from 1.
    pub version: u64,
    /// Of which event.
    pub event_id: EventId,
    /// Its name.
    pub name: String,
    /// Price of one ticket in the currency's minor unit.
    pub price: i64,
    /// The sections sold under it; empty for general admission.
    #[serde(default)]
    pub section_ids: Vec<String>,
    /// Tickets per performance for general admission; absent when seated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota: Option<u32>,
    /// Taken back before it was ever on sale.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
}

/// A showing and, once published, the terms it is sold on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PerformanceState {
    /// Which showing.
    pub id: PerformanceId,
    /// Changes so far, from 1.
    pub version: u64,
    /// Of which event.
    pub event_id: EventId,
    /// When it starts.
    pub starts_at: Timestamp,
    /// The geometry; absent when all of it is general admission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layout_id: Option<LayoutId>,
    /// No hold before this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale_opens_at: Option<Timestamp>,
    /// No hold from this on; the start of the showing when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale_closes_at: Option<Timestamp>,
    /// Absent until published, and again once withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<SaleTerms>,
    /// Called off, for good. The terms stay, for those who bought.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cancelled: bool,
    /// Taken back before it was ever on sale.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
}

/// What was promised when a performance went on sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SaleTerms {
    /// The event's name.
    pub title: String,
    /// The event's venue.
    pub venue: String,
    /// IANA name of the venue's time zone.
    pub time_zone: String,
    /// ISO 4217 code of the prices.
    pub currency: String,
    /// Most tickets that one buyer may have.
    pub buyer_limit: u32,
    /// The price classes.
    pub ticket_types: Vec<TicketTypeState>,
    /// How many tickets of each price class there are for this performance.
    #[serde(default)]
    pub capacity: Vec<Capacity>,
}

/// How many tickets of a price class a performance has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Capacity {
    /// Which price class.
    pub ticket_type_id: TicketTypeId,
    /// Its seats in the layout, or its quota.
    pub tickets: u32,
}

/// A picture: allowed, then accepted or rejected once it was uploaded and looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageState {
    /// Which picture.
    pub id: ImageId,
    /// Changes so far, from 1.
    pub version: u64,
    /// Who may upload it, and use it.
    pub owner_id: UserId,
    /// The media type that was announced, such as `image/png`.
    pub content_type: String,
    /// Where it is in its life.
    pub status: ImageStatus,
    /// Why it was rejected, as a stable name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Where a picture is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ImageStatus {
    /// It may be uploaded.
    Pending,
    /// It was looked at, and its smaller versions are there.
    Ready,
    /// What was uploaded is no picture that can be shown.
    Rejected,
}

/// News from the people who run the platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AnnouncementState {
    /// Which announcement.
    pub id: AnnouncementId,
    /// Changes so far, from 1.
    pub version: u64,
    /// Its headline.
    pub title: String,
    /// Its text, plain.
    pub body: String,
    /// Listed before all others that are not.
    pub pinned: bool,
    /// Not public before this.
    pub visible_from: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Taken back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
}

/// A keyword mapping: words that mean the same in searches, whichever of them is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeywordState {
    /// Which mapping.
    pub id: KeywordId,
    /// Changes so far, from 1.
    pub version: u64,
    /// What admins know it by; one of the words.
    pub term: String,
    /// The other words: nicknames, transliterations, spellings.
    pub aliases: Vec<String>,
    /// Taken back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
}
