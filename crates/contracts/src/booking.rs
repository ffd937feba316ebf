//! What booking publishes, and the one call it answers to payments.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{AdmissionId, EventId, PaymentId, PerformanceId, ReservationId, TicketTypeId, UserId};

/// How long entering payment extends a hold beyond its end, in seconds: longer than the PG may take with every retry,
/// and short enough for one delayed SQS message (15 minutes) to cover hold and extension.
pub const PAYMENT_WINDOW_SECONDS: i64 = 9 * 60;

/// Where a reservation is in its life, from the inside; see [`ReservationState::public_status`] for the outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReservationStatus {
    /// Seats held, not paid.
    Pending,
    /// A payment is being charged.
    Paying,
    /// Paid, seats sold.
    Confirmed,
    /// Paid too late, the seats were somebody else's: refund on its way.
    Rejected,
    /// Cancelled, refund on its way; the seats are given back after it.
    Cancelling,
    /// Refunded, seats given back.
    Cancelled,
    /// Let go before paying.
    Released,
    /// Not paid in time.
    Expired,
}

/// What came of paying, as the buyer sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaymentOutcome {
    /// Nothing tried.
    #[default]
    None,
    /// Being charged.
    Processing,
    /// Paid.
    Success,
    /// Tried without success.
    Failed,
    /// All given back.
    Refunded,
    /// Some given back.
    PartiallyRefunded,
}

/// A reservation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReservationState {
    /// Which reservation; its UUIDv7 carries the time it was made.
    pub id: ReservationId,
    /// Changes so far, from 1.
    pub version: u64,
    /// Whose.
    pub user_id: UserId,
    /// For what.
    pub performance_id: PerformanceId,
    /// Where it is in its life.
    pub status: ReservationStatus,
    /// What came of paying.
    pub payment_status: PaymentOutcome,
    /// The seats, by block and price class.
    pub lines: Vec<ReservationLine>,
    /// ISO 4217 code of all amounts.
    pub currency: String,
    /// When the hold ends unless it is paid, in seconds since 1970.
    pub expires_at: i64,
    /// How often payment was entered; the latest attempt owns the extended hold.
    #[serde(default)]
    pub attempt: u32,
    /// The payment of the latest attempt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_id: Option<PaymentId>,
    /// How what was paid is split, once it is confirmed; absent where that was before payments told booking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid: Option<Paid>,
    /// Whose wish it was that it ends, once it is cancelled or released; the buyer's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled_by: Option<CancelledBy>,
    /// The admission by which the seats were held, where a waiting room guards the sale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admission: Option<Admission>,
}

/// What was paid, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Paid {
    /// In points.
    pub points: i64,
    /// By card.
    pub card: i64,
}

/// The right by which a guarded sale was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Admission {
    /// Which one.
    pub id: AdmissionId,
    /// To which event's sale.
    pub event_id: EventId,
}

/// How much is left of a performance whose sale a waiting room guards: a message of `refresh-availability`, sent when it
/// has counted. Messages may arrive twice and in any order; the latest count holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SeatsLeft {
    /// The event.
    pub event_id: EventId,
    /// Its performance.
    pub performance_id: PerformanceId,
    /// Free seats.
    pub free: u32,
    /// When they were counted, in milliseconds since 1970.
    pub counted_at: i64,
}

/// Who ended a reservation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CancelledBy {
    /// Its owner.
    Buyer,
    /// Whoever called the performance off.
    Organizer,
}

/// Seats of one block under one price class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReservationLine {
    /// The block the seats are kept in.
    pub block: String,
    /// The section's name, or the ticket type's for general admission.
    pub section: String,
    /// Their price class.
    pub ticket_type_id: TicketTypeId,
    /// Price of one, in the currency's minor unit.
    pub price: i64,
    /// The seats.
    pub seats: Vec<ReservedSeat>,
}

/// One seat of a reservation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReservedSeat {
    /// Its slot in the block's item.
    pub slot: u8,
    /// Its id in the layout.
    pub id: String,
    /// What is printed on it.
    pub label: String,
    /// What its row is called; empty where there are none, as in general admission.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub row: String,
}

impl ReservationState {
    /// The sum of all seats' prices, in the currency's minor unit.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.lines.iter().map(|line| line.price * i64::try_from(line.seats.len()).unwrap_or(i64::MAX)).sum()
    }

    /// Until when the seats are held, in seconds since 1970. Every attempt to pay has an end of its own, one second
    /// after the one before: what an earlier attempt does late then fits no seat any more.
    #[must_use]
    pub fn held_until(&self) -> i64 {
        match self.status {
            ReservationStatus::Paying => self.expires_at + PAYMENT_WINDOW_SECONDS + i64::from(self.attempt),
            _ => self.expires_at,
        }
    }

    /// How many seats.
    #[must_use]
    pub fn seat_count(&self) -> usize {
        self.lines.iter().map(|line| line.seats.len()).sum()
    }

    /// The status that the API shows: payment in progress is still pending, a hold past its end is expired even before
    /// anybody has recorded it.
    #[must_use]
    pub fn public_status(&self, now: Timestamp) -> PublicStatus {
        match self.status {
            ReservationStatus::Pending if self.expires_at <= now.as_second() => PublicStatus::Expired,
            ReservationStatus::Pending | ReservationStatus::Paying => PublicStatus::Pending,
            ReservationStatus::Confirmed => PublicStatus::Confirmed,
            ReservationStatus::Rejected
            | ReservationStatus::Cancelling
            | ReservationStatus::Cancelled
            | ReservationStatus::Released => PublicStatus::Cancelled,
            ReservationStatus::Expired => PublicStatus::Expired,
        }
    }
}

/// The status of a reservation as the API shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PublicStatus {
    /// Held, or being paid.
    Pending,
    /// Paid.
    Confirmed,
    /// Let go or cancelled.
    Cancelled,
    /// Not paid in time.
    Expired,
}

/// Payments asks booking to bind a reservation to a payment: from the answer `Started` on, the seats outlast the payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BeginPayment {
    /// Who pays.
    pub user_id: UserId,
    /// For what.
    pub reservation_id: ReservationId,
    /// With which payment. Asking again with the same one answers the same again.
    pub payment_id: PaymentId,
    /// The smallest total that the payer's method can pay, in minor units.
    pub payable_min: i64,
    /// The largest one.
    pub payable_max: i64,
    /// The one currency, by its ISO 4217 code, that the payer's method can pay in; any when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payable_currency: Option<String>,
}

/// Booking's answer to [`BeginPayment`]. Anything but `Started` has changed nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PaymentStart {
    /// The reservation waits for this payment.
    Started {
        /// For which showing.
        performance_id: PerformanceId,
        /// What is to pay, in minor units.
        total: i64,
        /// ISO 4217 code of the total.
        currency: String,
    },
    /// The payer has no such reservation.
    NotFound,
    /// The hold has ended.
    Expired,
    /// It is confirmed or cancelled, there is nothing to pay.
    AlreadyPaid,
    /// Another payment is being charged.
    InProgress,
    /// The performance was called off.
    SaleClosed,
    /// The total is in a currency that the payer's method cannot pay in.
    OtherCurrency {
        /// Its ISO 4217 code.
        currency: String,
    },
    /// The total is not within the bounds of the call.
    TotalOutside {
        /// What would be to pay, in minor units.
        total: i64,
    },
}
