//! What clients are told: the messages of `docs/websocket.yaml`.

use contracts::booking::{PaymentOutcome, PublicStatus as ReservationStatus};
use contracts::ids::{EventId, PaymentId, PerformanceId, ReservationId, TicketTypeId};
use contracts::live::SeatStatus;
use contracts::payments::PublicStatus as PaymentStatus;
use jiff::Timestamp;
use kit::problem::Problem;
use serde::Serialize;
use serde_json::{Map, Value};

/// A message to a client.
#[derive(Debug, Clone, Serialize)]
pub struct Message {
    /// What it says.
    #[serde(flatten)]
    pub body: Body,
    /// When it was said.
    pub at: Timestamp,
}

impl Message {
    /// Said now.
    #[must_use]
    pub const fn new(body: Body, now: Timestamp) -> Self {
        Self { body, at: now }
    }

    /// As it travels.
    ///
    /// # Errors
    /// When it does not serialise, a mistake of ours.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

/// A held seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LockedSeat {
    /// Its id in the layout.
    pub id: String,
    /// When it is free again unless another message says otherwise.
    pub expires_at: Timestamp,
}

/// A seat that is not held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UpdatedSeat {
    /// Its id in the layout.
    pub id: String,
    /// What may be done with it.
    pub status: SeatStatus,
}

/// What a message says, by its `type`.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Body {
    /// How many are in a room; the answer to joining it.
    RoomInfo {
        /// The room's event, or
        #[serde(skip_serializing_if = "Option::is_none")]
        event_id: Option<EventId>,
        /// its performance.
        #[serde(skip_serializing_if = "Option::is_none")]
        performance_id: Option<PerformanceId>,
        /// Connections in it.
        viewers: u64,
        /// Which version the seat map must have at least, for whoever has just come to watch a performance.
        #[serde(skip_serializing_if = "Option::is_none")]
        version: Option<i64>,
    },
    /// Seats that somebody holds now.
    SeatLocked {
        /// The performance.
        performance_id: PerformanceId,
        /// Which version this is a difference to.
        previous_version: i64,
        /// Which version it leads to.
        version: i64,
        /// The seats.
        seats: Vec<LockedSeat>,
    },
    /// Seats that nobody holds now.
    SeatUpdate {
        /// The performance.
        performance_id: PerformanceId,
        /// Which version this is a difference to.
        previous_version: i64,
        /// Which version it leads to.
        version: i64,
        /// The seats.
        seats: Vec<UpdatedSeat>,
        /// More has changed than can be said: the map is to be read again.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        reload: bool,
    },
    /// Seats that others have chosen.
    SeatSelection {
        /// The performance.
        performance_id: PerformanceId,
        /// All of them.
        seats: Vec<String>,
    },
    /// What is left of a ticket type.
    TicketUpdated {
        /// The event, when it is known.
        #[serde(skip_serializing_if = "Option::is_none")]
        event_id: Option<EventId>,
        /// The performance.
        performance_id: PerformanceId,
        /// The ticket type.
        ticket_type_id: TicketTypeId,
        /// How many can be held now.
        available: u32,
    },
    /// Where somebody stands in a line.
    QueueUpdated {
        /// The event.
        event_id: EventId,
        /// From 1; 0: it is their turn.
        position: u64,
        /// How many are before.
        ahead: u64,
        /// How long that will take; `null` when nothing moves.
        estimated_wait_seconds: Option<u64>,
        /// Another ticket to go on with, when the waiting room gave one.
        #[serde(skip_serializing_if = "Option::is_none")]
        ticket: Option<String>,
    },
    /// Somebody who waited may enter the sale.
    QueueEntryAllowed {
        /// The event.
        event_id: EventId,
        /// What to show to the seat endpoints.
        admission_token: String,
        /// When that ends unless something is done.
        expires_at: Timestamp,
    },
    /// A queue was emptied: tickets are void.
    QueueCleared {
        /// The event.
        event_id: EventId,
    },
    /// What came of a payment.
    PaymentResult {
        /// The event, when it is known.
        #[serde(skip_serializing_if = "Option::is_none")]
        event_id: Option<EventId>,
        /// The performance; none for a purchase of points.
        #[serde(skip_serializing_if = "Option::is_none")]
        performance_id: Option<PerformanceId>,
        /// The payment.
        payment_id: PaymentId,
        /// What it is for; `null` for a purchase of points.
        reservation_id: Option<ReservationId>,
        /// What came of it.
        status: PaymentStatus,
        /// Why it failed.
        failure_code: Option<String>,
    },
    /// A reservation changed.
    ReservationUpdated {
        /// The event, when it is known.
        #[serde(skip_serializing_if = "Option::is_none")]
        event_id: Option<EventId>,
        /// The performance.
        performance_id: PerformanceId,
        /// The reservation.
        reservation_id: ReservationId,
        /// Where it is.
        status: ReservationStatus,
        /// What came of paying.
        payment_status: PaymentOutcome,
        /// Later changes have greater ones.
        version: u64,
    },
    /// The answer to a ping.
    Pong,
    /// What was asked cannot be done: the members of a problem document.
    Error(Map<String, Value>),
}

/// What was asked cannot be done. `action` is what was asked, when that could be read; `request_id` what to quote.
#[must_use]
pub fn error(problem: &Problem, action: Option<&str>, request_id: Option<&str>) -> Body {
    let mut members = match problem.document("", request_id.unwrap_or_default()) {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    // The message's own type and time stand in their place.
    for member in ["type", "at", "instance"] {
        members.remove(member);
    }
    if request_id.is_none() {
        members.remove("requestId");
    }
    members.extend(action.map(|action| ("action".to_owned(), action.into())));
    Body::Error(members)
}
