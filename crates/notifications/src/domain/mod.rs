//! What a mail or a notice says, in the reader's language and the venue's time, and where notices may be sent. Pure: no
//! AWS, no clock.

mod address;
mod endpoint;
mod mail;
mod money;
pub mod network;
mod notice;
mod subscription;
mod text;
mod when;
mod wording;

use std::collections::BTreeMap;

use contracts::catalog::PerformanceState;
use contracts::identity::{Locale, UserState};
use contracts::ids::{EventId, TicketTypeId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use address::EmailAddress;
pub use endpoint::{Endpoint, EndpointError, InvalidPushService, PushServices};
pub use mail::{ComposeError, Mail, News, compose};
pub use notice::{Notice, NoticeKind};
pub use subscription::{BrowserKeys, KeysError, MOST_SUBSCRIPTIONS, Subscription, Subscriptions, Wish};

/// How to write to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// Where.
    pub email: EmailAddress,
    /// What to call them.
    pub name: String,
    /// In which language.
    pub locale: Locale,
}

impl From<UserState> for Contact {
    fn from(user: UserState) -> Self {
        Self { email: EmailAddress::new(user.email), name: user.name, locale: user.locale }
    }
}

/// What mails and notices say of a performance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Showing {
    /// The event; absent in what was learned before notices named it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_id: Option<EventId>,
    /// The event's name.
    pub title: String,
    /// The event's venue.
    pub venue: String,
    /// When it starts.
    pub starts_at: Timestamp,
    /// IANA name of the venue's time zone.
    pub time_zone: String,
    /// The names of the price classes.
    pub ticket_types: BTreeMap<TicketTypeId, String>,
}

impl Showing {
    /// Of a published performance; `None` when it has no terms, which is to say that it was not published.
    #[must_use]
    pub fn of(performance: PerformanceState) -> Option<Self> {
        let terms = performance.terms?;
        Some(Self {
            event_id: Some(performance.event_id),
            title: terms.title,
            venue: terms.venue,
            starts_at: performance.starts_at,
            time_zone: terms.time_zone,
            ticket_types: terms.ticket_types.into_iter().map(|kind| (kind.id, kind.name)).collect(),
        })
    }
}
