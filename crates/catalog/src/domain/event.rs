//! How an event is described, and how its status may change.
//!
//! ```text
//!   ┌───────unpublish───────┬─────────────┐
//!   ▼                       │             │
//! DRAFT ────publish────▶ ON_SALE ◀──▶ SOLD_OUT
//!                           │             │
//!                           └──▶ ENDED ◀──┘
//! DRAFT, ON_SALE, SOLD_OUT ────cancel────▶ CANCELLED
//! ```
//! Publishing, unpublishing and cancelling are no changes of status that one may simply ask for: see
//! [`super::publication`] and [`super::withdrawal`].

use contracts::catalog::{Category, EventState, EventStatus};
use contracts::ids::{EventId, ImageId, UserId};
use jiff::tz::TimeZone;
use kit::validate::Checks;

use super::version::conflicts;

/// Most tickets that a buyer limit may allow.
pub const MAX_BUYER_LIMIT: i64 = 50;

/// The buyer limit of an event that names none.
pub const DEFAULT_BUYER_LIMIT: i64 = 8;

/// The currency of an event that names none.
pub const DEFAULT_CURRENCY: &str = "KRW";

/// What an organizer says of a new event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// Its name.
    pub title: String,
    /// Free text.
    pub description: String,
    /// What it is about.
    pub category: Category,
    /// Where it takes place.
    pub venue: String,
    /// IANA name of the venue's time zone.
    pub time_zone: String,
    /// ISO 4217 code of its prices.
    pub currency: String,
    /// Most tickets that one buyer may have for one performance, 1 to [`MAX_BUYER_LIMIT`].
    pub buyer_limit: i64,
    /// Its poster.
    pub image_id: Option<ImageId>,
}

/// What an organizer wants changed; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventPatch {
    /// The version that the organizer looked at; refused when the event has moved on.
    pub version: Option<u64>,
    /// Its name.
    pub title: Option<String>,
    /// Free text.
    pub description: Option<String>,
    /// What it is about.
    pub category: Option<Category>,
    /// Where it takes place.
    pub venue: Option<String>,
    /// IANA name of the venue's time zone.
    pub time_zone: Option<String>,
    /// ISO 4217 code of its prices; fixed once anything of it has been on sale.
    pub currency: Option<String>,
    /// Most tickets that one buyer may have for one performance.
    pub buyer_limit: Option<i64>,
    /// Where it is in its life.
    pub status: Option<EventStatus>,
    /// Its poster; `Some(None)` for none.
    pub image_id: Option<Option<ImageId>>,
}

/// Why an event was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatchError {
    /// Somebody else changed it first.
    #[error("the event is at version {current}")]
    VersionConflict {
        /// The version it is at.
        current: u64,
    },
    /// Its life does not go that way.
    #[error("an event does not go from {from:?} to {to:?}")]
    InvalidTransition {
        /// Where it is.
        from: EventStatus,
        /// Where it was to go.
        to: EventStatus,
    },
    /// People have been promised prices in its currency.
    #[error("the currency of an event that has been on sale is fixed")]
    CurrencyFixed,
}

impl NewEvent {
    /// Notes everything wrong with it.
    pub fn check(&self, checks: &mut Checks) {
        EventPatch {
            title: Some(self.title.clone()),
            description: Some(self.description.clone()),
            venue: Some(self.venue.clone()),
            time_zone: Some(self.time_zone.clone()),
            currency: Some(self.currency.clone()),
            buyer_limit: Some(self.buyer_limit),
            ..EventPatch::default()
        }
        .check(checks);
    }

    /// The draft it makes; the input must have passed its [check](Self::check).
    #[must_use]
    pub fn draft(self, id: EventId, organizer_id: UserId) -> EventState {
        EventState {
            id,
            version: 1,
            organizer_id,
            title: self.title.trim().to_owned(),
            description: self.description.trim().to_owned(),
            category: self.category,
            venue: self.venue.trim().to_owned(),
            time_zone: canonical_zone(&self.time_zone).unwrap_or(self.time_zone),
            currency: self.currency,
            buyer_limit: limit(self.buyer_limit),
            status: EventStatus::Draft,
            image_id: self.image_id,
        }
    }
}

impl EventPatch {
    /// Notes everything wrong with it.
    pub fn check(&self, checks: &mut Checks) {
        if let Some(title) = &self.title {
            checks.text("/title", title, 1..=200);
        }
        if let Some(description) = &self.description {
            checks.text("/description", description, 0..=10_000);
        }
        if let Some(venue) = &self.venue {
            checks.text("/venue", venue, 1..=200);
        }
        if let Some(zone) = &self.time_zone {
            checks.ensure(canonical_zone(zone).is_some(), "/timeZone", "must be the IANA name of a time zone");
        }
        if let Some(currency) = &self.currency {
            let fits = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
            checks.ensure(fits, "/currency", "must be an ISO 4217 code");
        }
        if let Some(limit) = self.buyer_limit {
            checks.number("/buyerLimit", limit, 1..=MAX_BUYER_LIMIT);
        }
    }

    /// The event with the changes, its version raised; `None` when it is so already. The input must have passed its
    /// [check](Self::check).
    ///
    /// # Errors
    /// When the event has moved on, or may not change that way.
    pub fn apply(&self, event: &EventState) -> Result<Option<EventState>, PatchError> {
        let trimmed =
            |new: &Option<String>, old: &String| new.as_deref().map_or(old.clone(), |new| new.trim().to_owned());
        let mut next = EventState {
            title: trimmed(&self.title, &event.title),
            description: trimmed(&self.description, &event.description),
            category: self.category.unwrap_or(event.category),
            venue: trimmed(&self.venue, &event.venue),
            time_zone: self.time_zone.as_deref().and_then(canonical_zone).unwrap_or_else(|| event.time_zone.clone()),
            currency: self.currency.clone().unwrap_or_else(|| event.currency.clone()),
            buyer_limit: self.buyer_limit.map_or(event.buyer_limit, limit),
            status: self.status.unwrap_or(event.status),
            image_id: self.image_id.unwrap_or(event.image_id),
            ..event.clone()
        };
        let changed = next != *event;
        if conflicts(self.version, event.version, changed) {
            return Err(PatchError::VersionConflict { current: event.version });
        }
        if !changed {
            return Ok(None);
        }
        if !may_become(event.status, next.status) {
            return Err(PatchError::InvalidTransition { from: event.status, to: next.status });
        }
        next.version += 1;
        Ok(Some(next))
    }
}

/// Whether an organizer may move an event from one status to the other.
#[must_use]
pub const fn may_become(from: EventStatus, to: EventStatus) -> bool {
    use EventStatus::{Cancelled, Draft, Ended, OnSale, SoldOut};
    matches!(
        (from, to),
        (Draft, Draft)
            | (Ended, Ended)
            | (Cancelled, Cancelled)
            | (OnSale, OnSale | SoldOut | Ended)
            | (SoldOut, SoldOut | OnSale | Ended)
    )
}

/// Whether nothing can be added to an event or sold for it any more.
#[must_use]
pub const fn is_over(status: EventStatus) -> bool {
    matches!(status, EventStatus::Ended | EventStatus::Cancelled)
}

fn canonical_zone(name: &str) -> Option<String> {
    TimeZone::get(name).ok()?.iana_name().map(str::to_owned)
}

fn limit(checked: i64) -> u32 {
    u32::try_from(checked.clamp(1, MAX_BUYER_LIMIT)).unwrap_or(1)
}

#[cfg(test)]
#[path = "event_tests.rs"]
mod tests;
