//! Domain events: their types, the envelope they travel in, and the mark by which an item announces one.
//!
//! The write that changes an aggregate puts a [`LastEvent`] on the same item; the table's stream carries the item to
//! the event store, which builds the [`Envelope`] from the two. No second write, so nothing can be lost between two.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

macro_rules! event_types {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Every domain event there is, as `context.thing-happened.vN`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum EventType {$(
            $(#[$doc])*
            #[serde(rename = $text)]
            $name,
        )*}

        impl EventType {
            /// All of them, in the order of the journey.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {$(Self::$name => $text),*}
            }
        }
    };
}

event_types! {
    /// An account was opened. Data: [`crate::identity::UserState`].
    UserRegistered = "identity.user-registered.v1",
    /// A profile changed, or another way to log in was added. Data: [`crate::identity::UserState`].
    UserUpdated = "identity.user-updated.v1",
    /// What a person may do changed. Data: [`crate::identity::UserState`].
    UserRoleChanged = "identity.user-role-changed.v1",
    /// A version of a venue's geometry was stored. Data: [`crate::catalog::LayoutState`].
    LayoutCreated = "catalog.layout-created.v1",
    /// An event was drafted. Data: [`crate::catalog::EventState`].
    EventCreated = "catalog.event-created.v1",
    /// An event's description or rules changed. Data: [`crate::catalog::EventState`].
    EventUpdated = "catalog.event-updated.v1",
    /// An event went on sale. Data: [`crate::catalog::EventState`].
    EventPublished = "catalog.event-published.v1",
    /// An event was taken off sale and is a draft again. Data: [`crate::catalog::EventState`].
    EventUnpublished = "catalog.event-unpublished.v1",
    /// An event was called off, for good. Data: [`crate::catalog::EventState`].
    EventCancelled = "catalog.event-cancelled.v1",
    /// A price class was added. Data: [`crate::catalog::TicketTypeState`].
    TicketTypeAdded = "catalog.ticket-type-added.v1",
    /// A price class changed; performances sell on their old terms until they are published again.
    /// Data: [`crate::catalog::TicketTypeState`].
    TicketTypeChanged = "catalog.ticket-type-changed.v1",
    /// A price class that was never on sale was taken back. Data: [`crate::catalog::TicketTypeState`].
    TicketTypeRemoved = "catalog.ticket-type-removed.v1",
    /// A showing was added, not yet on sale. Data: [`crate::catalog::PerformanceState`].
    PerformanceAdded = "catalog.performance-added.v1",
    /// A showing that is not on sale changed. Data: [`crate::catalog::PerformanceState`].
    PerformanceChanged = "catalog.performance-changed.v1",
    /// A showing that was never on sale was taken back. Data: [`crate::catalog::PerformanceState`].
    PerformanceRemoved = "catalog.performance-removed.v1",
    /// A showing is on sale on the terms in the data: [`crate::catalog::PerformanceState`].
    PerformancePublished = "catalog.performance-published.v1",
    /// A showing is no longer on sale; who has bought keeps the tickets. Data: [`crate::catalog::PerformanceState`],
    /// without terms.
    PerformanceWithdrawn = "catalog.performance-withdrawn.v1",
    /// A showing was called off, for good: reservations are cancelled and refunded.
    /// Data: [`crate::catalog::PerformanceState`].
    PerformanceCancelled = "catalog.performance-cancelled.v1",
    /// Somebody was allowed to upload a picture. Data: [`crate::catalog::ImageState`].
    ImageRequested = "catalog.image-requested.v1",
    /// A picture is ready to be shown. Data: [`crate::catalog::ImageState`].
    ImageAccepted = "catalog.image-accepted.v1",
    /// What was uploaded is no picture that can be shown. Data: [`crate::catalog::ImageState`].
    ImageRejected = "catalog.image-rejected.v1",
    /// News was written. Data: [`crate::catalog::AnnouncementState`].
    AnnouncementCreated = "catalog.announcement-created.v1",
    /// News was edited. Data: [`crate::catalog::AnnouncementState`].
    AnnouncementUpdated = "catalog.announcement-updated.v1",
    /// News was taken back. Data: [`crate::catalog::AnnouncementState`].
    AnnouncementRemoved = "catalog.announcement-removed.v1",
    /// Words were declared to mean the same in searches. Data: [`crate::catalog::KeywordState`].
    KeywordCreated = "catalog.keyword-created.v1",
    /// A keyword mapping was edited. Data: [`crate::catalog::KeywordState`].
    KeywordUpdated = "catalog.keyword-updated.v1",
    /// A keyword mapping was taken back. Data: [`crate::catalog::KeywordState`].
    KeywordRemoved = "catalog.keyword-removed.v1",
    /// Seats were taken for a buyer. Data: [`crate::booking::ReservationState`].
    ReservationHeld = "booking.reservation-held.v1",
    /// The buyer let go before paying. Data: [`crate::booking::ReservationState`].
    ReservationReleased = "booking.reservation-released.v1",
    /// Nobody paid in time. Data: [`crate::booking::ReservationState`].
    ReservationExpired = "booking.reservation-expired.v1",
    /// Payment was entered; the hold now outlasts it. Data: [`crate::booking::ReservationState`].
    PaymentStarted = "booking.payment-started.v1",
    /// The payment failed and the seats are held as before. Data: [`crate::booking::ReservationState`].
    ReservationReopened = "booking.reservation-reopened.v1",
    /// Paid, seats sold. Data: [`crate::booking::ReservationState`].
    ReservationConfirmed = "booking.reservation-confirmed.v1",
    /// Paid, but the seats were gone: the money must go back. Data: [`crate::booking::ReservationState`].
    ConfirmationRejected = "booking.confirmation-rejected.v1",
    /// The buyer cancelled a confirmed reservation. Data: [`crate::booking::ReservationState`].
    CancellationRequested = "booking.cancellation-requested.v1",
    /// Refunded and seats given back. Data: [`crate::booking::ReservationState`].
    ReservationCancelled = "booking.reservation-cancelled.v1",
    /// A payment waits to be charged. Data: [`crate::payments::PaymentState`].
    PaymentRequested = "payments.payment-requested.v1",
    /// The points part of a payment was taken. Data: [`crate::payments::PaymentState`].
    PointsDebited = "payments.points-debited.v1",
    /// All of it was paid. Data: [`crate::payments::PaymentState`].
    PaymentSucceeded = "payments.payment-succeeded.v1",
    /// Nothing was kept of it. Data: [`crate::payments::PaymentState`].
    PaymentFailed = "payments.payment-failed.v1",
    /// All of it was given back. Data: [`crate::payments::PaymentState`].
    PaymentRefunded = "payments.payment-refunded.v1",
    /// The balance of a points account moved. Data: [`crate::payments::PointsState`].
    PointsMoved = "payments.points-moved.v1",
    /// An event got a waiting room, or other rules for it. Data: [`crate::waiting_room::QueueState`].
    QueueConfigured = "waiting-room.queue-configured.v1",
    /// A queue was emptied: tickets and admissions of before are void. Data: [`crate::waiting_room::QueueState`].
    QueueCleared = "waiting-room.queue-cleared.v1",
    /// Somebody may enter a sale. Data: [`crate::waiting_room::AdmissionState`].
    AdmissionGranted = "waiting-room.admission-granted.v1",
    /// Somebody was busy in a sale and may stay longer. Data: [`crate::waiting_room::AdmissionState`].
    AdmissionRenewed = "waiting-room.admission-renewed.v1",
    /// Somebody's time in a sale is over. Data: [`crate::waiting_room::AdmissionState`].
    AdmissionEnded = "waiting-room.admission-ended.v1",
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The attribute of an item that holds its [`LastEvent`].
pub const LAST_EVENT: &str = "lastEvent";

/// What an aggregate's item says of its latest change.
///
/// The aggregate's id and version are the `id` and `version` of the state it points at, so that neither is stored twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LastEvent {
    /// What happened.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// The attribute of the same item that holds the aggregate's state.
    pub state: String,
}

impl LastEvent {
    /// The mark of an event that happened at `at` to the aggregate kept in the attribute `state`.
    #[must_use]
    pub fn new(event_type: EventType, at: Timestamp, state: impl Into<String>) -> Self {
        Self { event_type, at: at.as_millisecond(), state: state.into() }
    }
}

/// A domain event on its way: in the event store and in the queues.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope {
    /// What happened.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// The aggregate it happened to.
    pub aggregate_id: String,
    /// The aggregate's version after it, from 1 and without gaps.
    pub version: u64,
    /// When it happened.
    pub at: Timestamp,
    /// The aggregate's state after it.
    pub data: serde_json::Value,
}

/// The payload of an event is not what its type promises.
#[derive(Debug, thiserror::Error)]
#[error("event {event_type} of {aggregate_id} version {version} has unreadable data")]
pub struct UnreadableData {
    event_type: EventType,
    aggregate_id: String,
    version: u64,
    source: serde_json::Error,
}

impl Envelope {
    /// The aggregate's state after the event.
    ///
    /// # Errors
    /// When the data is not a `T`: the sender and the reader disagree about the contract.
    pub fn state<T: DeserializeOwned>(&self) -> Result<T, UnreadableData> {
        T::deserialize(&self.data).map_err(|source| UnreadableData {
            event_type: self.event_type,
            aggregate_id: self.aggregate_id.clone(),
            version: self.version,
            source,
        })
    }

    /// A name of this very event, the same on every delivery.
    #[must_use]
    pub fn event_id(&self) -> String {
        format!("{}:{}", self.aggregate_id, self.version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_names_are_versioned_unique_and_match_serde() {
        let mut seen = std::collections::BTreeSet::new();
        for event in EventType::ALL {
            assert!(seen.insert(event.as_str()));
            assert_eq!(serde_json::to_value(event).unwrap(), event.as_str());
            let (_, version) = event.as_str().rsplit_once(".v").unwrap();
            assert!(version.parse::<u32>().unwrap() >= 1);
        }
    }
}
