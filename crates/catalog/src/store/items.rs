//! How the catalogue's items look.
//!
//! | pk | sk | attributes | listed under (`listingPk` / `listingSk`) |
//! |---|---|---|---|
//! | `EVT#<event>` | `ALL` | `revision` | |
//! | `EVT#<event>` | `CARD` | `card`, `revision`, a stamp | `EVENTS` / event |
//! | `EVT#<event>` | `EVT` | `state`, `lastEvent` | `ORGANIZER#<user>` / event |
//! | `EVT#<event>` | `POPULARITY` | `tickets`, `revision`, a stamp | |
//! | `EVT#<event>` | `PRF#<performance>` | `state`, `lastEvent`, `withdrawn` | |
//! | `EVT#<event>` | `TKT#<type>` | `state`, `lastEvent` | |
//! | `LAY#<layout>` | `LAY` | `state`, `lastEvent` | |
//! | `LAY#<layout>` | `SUMMARY` | `summary` | `LAYOUTS` / layout |
//! | `IMG#<image>` | `IMG` | `state`, `lastEvent`, `ttl` while pending | |
//! | `ANN#<announcement>` | `ANN` | `state`, `lastEvent` | `ANNOUNCEMENTS` / pinned, public since, announcement |
//! | `KWD#<mapping>` | `KWD` | `state`, `lastEvent`, a stamp | `KEYWORDS` / mapping, until removed |
//! | `WORD#<word>` | `WORD` | `keywordId`: the mapping that has the word | |
//!
//! A stamp is `changesPk` = `CHANGES` and `changesSk` = when the item was last written (milliseconds since 1970, 15
//! digits) and an id: in the index `changes`, all that the search knows stands in the order in which it changed.
//!
//! Every change of an event or of what belongs to it raises the revision in `ALL` and is refused when it is not the one that
//! was read: what was decided on is what is there. One query reads an event whole, in this order; the counter comes before
//! what it guards, so that all of that is at least as new.
//!
//! `withdrawn` is what a performance was last sold on, while it is off sale. A performance or ticket type that was taken back
//! stays for a day, for the stream's sake, with `state.removed` and a `ttl`; nothing reads it.

use contracts::catalog::{EventState, KeywordState, LayoutState, TicketTypeState};
use contracts::event::{EventType, LAST_EVENT, LastEvent};
use contracts::ids::{AnnouncementId, EventId, ImageId, KeywordId, LayoutId, UserId};
use contracts::insights::EventPopularity;
use jiff::Timestamp;
use kit::dynamo::{Item, StoreError, TTL, attribute, key, n, s};
use serde::{Deserialize, Serialize};

use crate::domain::card::Card;
use crate::domain::changes::PerformanceChange;

pub(super) const LISTING: &str = "listing";
pub(super) const LISTING_PK: &str = "listingPk";
pub(super) const LISTING_SK: &str = "listingSk";
pub(super) const CHANGES: &str = "changes";
pub(super) const CHANGES_PK: &str = "changesPk";
pub(super) const CHANGES_SK: &str = "changesSk";
pub(super) const STATE: &str = "state";
pub(super) const REVISION: &str = "revision";
pub(super) const CARD: &str = "card";
pub(super) const TICKETS: &str = "tickets";
pub(super) const KEYWORD_ID: &str = "keywordId";
pub(super) const SUMMARY: &str = "summary";
pub(super) const WITHDRAWN: &str = "withdrawn";

pub(super) const ALL_SK: &str = "ALL";
pub(super) const CARD_SK: &str = "CARD";
pub(super) const EVENT_SK: &str = "EVT";
pub(super) const PERFORMANCE_SK: &str = "PRF#";
pub(super) const TICKET_TYPE_SK: &str = "TKT#";
pub(super) const LAYOUT_SK: &str = "LAY";
pub(super) const SUMMARY_SK: &str = "SUMMARY";
pub(super) const IMAGE_SK: &str = "IMG";
pub(super) const ANNOUNCEMENT_SK: &str = "ANN";

/// How long what was taken back stays, in seconds: as long as the stream keeps its record.
const REMOVED_FOR_SECONDS: i64 = 24 * 60 * 60;

pub(super) const POPULARITY_SK: &str = "POPULARITY";
pub(super) const KEYWORD_SK: &str = "KWD";
pub(super) const WORD_SK: &str = "WORD";

/// The one partition of the index `changes`.
///
/// It takes 1,000 writes a second, where organizers make some a minute and sales some for every event on sale. Once
/// that is too little it splits by a digit of the id, and readers merge.
pub(super) const ALL_CHANGES: &str = "CHANGES";

/// What lists and publishing need of a layout; the geometry itself is far larger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LayoutSummary {
    /// Which layout.
    pub id: LayoutId,
    /// Always 1.
    pub version: u64,
    /// What people call it.
    pub name: String,
    /// How many seats it has.
    pub seat_count: u32,
    /// Its sections.
    pub section_ids: Vec<String>,
    /// How many seats each of them has, in the same order; empty for a layout stored before they were counted.
    #[serde(default)]
    pub section_seats: Vec<u32>,
}

pub(super) fn event_pk(id: EventId) -> String {
    format!("EVT#{id}")
}

pub(super) fn layout_pk(id: LayoutId) -> String {
    format!("LAY#{id}")
}

pub(super) fn image_pk(id: ImageId) -> String {
    format!("IMG#{id}")
}

pub(super) fn announcement_pk(id: AnnouncementId) -> String {
    format!("ANN#{id}")
}

pub(super) fn keyword_pk(id: KeywordId) -> String {
    format!("KWD#{id}")
}

pub(super) fn word_pk(word: &str) -> String {
    format!("WORD#{word}")
}

/// A list that the index keeps in order.
///
/// Each is one index partition, good for 3,000 read units a second; what the public lists comes from memory instead.
/// Writes are organizers' doings, some a minute where a partition takes 1,000 a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Events by creation, drafts as well.
    Events,
    /// One organizer's events by creation.
    Organizer(UserId),
    /// Layouts by creation.
    Layouts,
    /// Keyword mappings by creation.
    Keywords,
}

impl List {
    pub(super) fn key(self) -> String {
        match self {
            Self::Events => "EVENTS".to_owned(),
            Self::Organizer(user_id) => format!("ORGANIZER#{user_id}"),
            Self::Layouts => "LAYOUTS".to_owned(),
            Self::Keywords => "KEYWORDS".to_owned(),
        }
    }
}

pub(super) fn event_item(event: &EventState, event_type: EventType, at: Timestamp) -> Result<Item, StoreError> {
    let mut item = aggregate(key(event_pk(event.id), EVENT_SK), event, event_type, at)?;
    list(&mut item, List::Organizer(event.organizer_id), event.id.to_string());
    Ok(item)
}

pub(super) fn card_item(card: &Card, revision: u64, now: Timestamp) -> Result<Item, StoreError> {
    let mut item = key(event_pk(card.id), CARD_SK);
    item.insert(CARD.to_owned(), attribute(card)?);
    item.insert(REVISION.to_owned(), n(revision));
    list(&mut item, List::Events, card.id.to_string());
    stamp(&mut item, now, card.id);
    Ok(item)
}

pub(super) fn performance_item(change: &PerformanceChange, at: Timestamp) -> Result<Item, StoreError> {
    let performance = &change.state;
    let key = key(event_pk(performance.event_id), format!("{PERFORMANCE_SK}{}", performance.id));
    let mut item = aggregate(key, performance, change.event_type, at)?;
    if let Some(terms) = &change.withdrawn {
        item.insert(WITHDRAWN.to_owned(), attribute(terms)?);
    }
    if performance.removed {
        forget(&mut item, at);
    }
    Ok(item)
}

pub(super) fn ticket_type_item(
    ticket_type: &TicketTypeState,
    event_type: EventType,
    at: Timestamp,
) -> Result<Item, StoreError> {
    let key = key(event_pk(ticket_type.event_id), format!("{TICKET_TYPE_SK}{}", ticket_type.id));
    let mut item = aggregate(key, ticket_type, event_type, at)?;
    if ticket_type.removed {
        forget(&mut item, at);
    }
    Ok(item)
}

pub(super) fn layout_item(layout: &LayoutState, at: Timestamp) -> Result<Item, StoreError> {
    aggregate(key(layout_pk(layout.id), LAYOUT_SK), layout, EventType::LayoutCreated, at)
}

pub(super) fn keyword_item(state: &KeywordState, event_type: EventType, at: Timestamp) -> Result<Item, StoreError> {
    let mut item = aggregate(key(keyword_pk(state.id), KEYWORD_SK), state, event_type, at)?;
    if !state.removed {
        list(&mut item, List::Keywords, state.id.to_string());
    }
    stamp(&mut item, at, state.id);
    Ok(item)
}

pub(super) fn word_item(word: &str, of: KeywordId) -> Item {
    let mut item = key(word_pk(word), WORD_SK);
    item.insert(KEYWORD_ID.to_owned(), s(of.to_string()));
    item
}

pub(super) fn popularity_item(popularity: &EventPopularity, now: Timestamp) -> Item {
    let mut item = key(event_pk(popularity.event_id), POPULARITY_SK);
    item.insert(TICKETS.to_owned(), n(popularity.tickets));
    item.insert(REVISION.to_owned(), n(popularity.revision));
    stamp(&mut item, now, popularity.event_id);
    item
}

pub(super) fn summary_item(summary: &LayoutSummary) -> Result<Item, StoreError> {
    let mut item = key(layout_pk(summary.id), SUMMARY_SK);
    item.insert(SUMMARY.to_owned(), attribute(summary)?);
    list(&mut item, List::Layouts, summary.id.to_string());
    Ok(item)
}

pub(super) fn aggregate<T: Serialize>(
    mut item: Item,
    state: &T,
    event_type: EventType,
    at: Timestamp,
) -> Result<Item, StoreError> {
    item.insert(STATE.to_owned(), attribute(state)?);
    item.insert(LAST_EVENT.to_owned(), attribute(&LastEvent::new(event_type, at, STATE))?);
    Ok(item)
}

fn list(item: &mut Item, list: List, position: String) {
    item.insert(LISTING_PK.to_owned(), s(list.key()));
    item.insert(LISTING_SK.to_owned(), s(position));
}

fn forget(item: &mut Item, at: Timestamp) {
    item.insert(TTL.to_owned(), n(at.as_second() + REMOVED_FOR_SECONDS));
}

/// Puts an item at the end of what has changed.
fn stamp(item: &mut Item, now: Timestamp, id: impl std::fmt::Display) {
    item.insert(CHANGES_PK.to_owned(), s(ALL_CHANGES));
    item.insert(CHANGES_SK.to_owned(), s(format!("{}#{id}", stamp_key(now))));
}

/// Sorts before every stamp of this millisecond, after every earlier one.
pub(super) fn stamp_key(time: Timestamp) -> String {
    format!("{:015}", time.as_millisecond().max(0))
}
