//! Bodies of requests and answers.

use contracts::ids::{EventId, NotificationId, PushSubscriptionId, ReservationId};
use jiff::Timestamp;
use kit::page::cursor;
use kit::problem::Problem;
use kit::validate::Checks;
use notifications::domain::{BrowserKeys, KeysError, NoticeKind, PushServices, Wish};
use notifications::inbox::InboxPage;
use notifications::store::Entry;
use serde::{Deserialize, Serialize};

/// A page of an inbox.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InboxBody {
    items: Vec<NoticeBody>,
    next_cursor: Option<String>,
    unread: u32,
}

impl TryFrom<InboxPage> for InboxBody {
    type Error = Problem;

    fn try_from(page: InboxPage) -> Result<Self, Problem> {
        let next_cursor = page.next.map(|last| cursor(&last)).transpose()?;
        Ok(Self { items: page.entries.into_iter().map(NoticeBody::from).collect(), next_cursor, unread: page.unread })
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct NoticeBody {
    id: NotificationId,
    kind: NoticeKind,
    title: String,
    body: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reservation_id: Option<ReservationId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_id: Option<EventId>,
    created_at: Timestamp,
    read_at: Option<Timestamp>,
}

impl From<Entry> for NoticeBody {
    fn from(Entry { notice, read_at }: Entry) -> Self {
        Self {
            id: notice.id,
            kind: notice.kind,
            title: notice.title,
            body: notice.body,
            reservation_id: notice.reservation_id,
            event_id: notice.event_id,
            created_at: notice.created_at,
            read_at,
        }
    }
}

/// A browser's `PushSubscription`, as its `toJSON` writes it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubscriptionRequest {
    endpoint: String,
    /// Milliseconds since 1970; browsers may send fractions.
    #[serde(default)]
    expiration_time: Option<f64>,
    keys: KeysRequest,
}

#[derive(Debug, Deserialize)]
struct KeysRequest {
    p256dh: String,
    auth: String,
}

impl SubscriptionRequest {
    /// What the browser wants, if it is one that these services can reach.
    ///
    /// # Errors
    /// 422 with all that is wrong.
    pub fn wish(self, services: &PushServices, now: Timestamp) -> Result<Wish, Problem> {
        let mut checks = Checks::new();
        let endpoint = services.endpoint(&self.endpoint);
        if let Err(error) = endpoint {
            checks.ensure(false, "/endpoint", error.to_string());
        }
        let expires_at = self.expiration_time.map(milliseconds);
        let is_coming = expires_at.is_none_or(|expires| expires.is_some_and(|expires| expires > now));
        checks.ensure(is_coming, "/expirationTime", "must be a time to come, in milliseconds since 1970");
        let keys = BrowserKeys::parse(&self.keys.p256dh, &self.keys.auth);
        for error in keys.as_ref().err().into_iter().flatten() {
            let pointer = match error {
                KeysError::PublicKey => "/keys/p256dh",
                KeysError::Secret => "/keys/auth",
            };
            checks.ensure(false, pointer, error.to_string());
        }
        match (checks.done(), endpoint, keys) {
            (Ok(()), Ok(endpoint), Ok(keys)) => Ok(Wish { endpoint, keys, expires_at: expires_at.flatten() }),
            (Err(problem), ..) => Err(problem),
            (Ok(()), ..) => Err(Problem::internal("a mistake that was not noted")),
        }
    }
}

/// Whole milliseconds since 1970 as a time; `None` when there is no such time.
fn milliseconds(number: f64) -> Option<Timestamp> {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "what does not fit becomes the largest number, which is no time"
    )]
    let whole = number as i64;
    Timestamp::from_millisecond(whole).ok()
}

/// A subscription's name.
#[derive(Debug, Serialize)]
pub struct SubscriptionBody {
    /// By which to end it.
    pub id: PushSubscriptionId,
}

/// The key that browsers subscribe to.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PushKeyBody<'a> {
    /// `applicationServerKey` of the Push API, base64url.
    pub public_key: &'a str,
}
