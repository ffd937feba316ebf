//! What payments publishes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{PaymentId, PerformanceId, PointsAccountId, ReservationId, UserId};

/// How a payment is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum PaymentMethod {
    /// All by card.
    Card,
    /// All in points.
    Point,
    /// Some of each.
    Mixed,
}

/// Where a payment is in its life, from the inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaymentStatus {
    /// Waits to be charged.
    Requested,
    /// Points are taken, the card is next.
    PointsDebited,
    /// All of it was paid.
    Success,
    /// Nothing was kept.
    Failed,
    /// All was given back.
    Refunded,
}

impl PaymentStatus {
    /// The status that the API shows.
    #[must_use]
    pub const fn public(self) -> PublicStatus {
        match self {
            Self::Requested | Self::PointsDebited => PublicStatus::Processing,
            Self::Success => PublicStatus::Success,
            Self::Failed => PublicStatus::Failed,
            Self::Refunded => PublicStatus::Refunded,
        }
    }
}

/// The status of a payment as the API shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PublicStatus {
    /// Being charged.
    Processing,
    /// Paid.
    Success,
    /// Nothing was kept.
    Failed,
    /// All was given back.
    Refunded,
}

/// What a payment pays for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PaymentPurpose {
    /// The seats of a reservation.
    Reservation {
        /// Which one.
        reservation_id: ReservationId,
        /// For which showing.
        performance_id: PerformanceId,
    },
    /// Points for the payer's account.
    Points,
}

/// A payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PaymentState {
    /// Which payment; also the order id at the PG.
    pub id: PaymentId,
    /// Changes so far, from 1.
    pub version: u64,
    /// Who pays.
    pub user_id: UserId,
    /// For what.
    pub purpose: PaymentPurpose,
    /// How it is split.
    pub method: PaymentMethod,
    /// The points part, in minor units.
    pub point_used: i64,
    /// The card part, in minor units.
    pub card_amount: i64,
    /// ISO 4217 code of both.
    pub currency: String,
    /// The PG's key of the card part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_key: Option<String>,
    /// Where it is in its life.
    pub status: PaymentStatus,
    /// Why it failed, as a stable code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure_code: Option<String>,
    /// When it was asked for, where its id does not say so: a client that chose the id made it before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requested_at: Option<Timestamp>,
}

impl PaymentState {
    /// When it was asked for.
    #[must_use]
    pub fn asked_for_at(&self) -> Timestamp {
        self.requested_at.unwrap_or_else(|| self.id.created_at())
    }

    /// All of it, in minor units.
    #[must_use]
    pub const fn amount(&self) -> i64 {
        self.point_used + self.card_amount
    }

    /// Whether the PG's view of this failed payment may still change, because nobody heard a clear no: codes that start
    /// with `pg_`, and `payment_expired`, which an interrupted attempt may have preceded. It is looked at once more.
    #[must_use]
    pub fn may_be_approved_late(&self) -> bool {
        let no_clear_answer = |code: &str| code.starts_with("pg_") || code == "payment_expired";
        self.status == PaymentStatus::Failed
            && self.card_amount > 0
            && self.failure_code.as_deref().is_some_and(no_clear_answer)
    }
}

/// Why points moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum PointsEntryType {
    /// Bought.
    Charge,
    /// Paid with.
    Use,
    /// Given back.
    Refund,
}

/// One line of a points account's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PointsEntry {
    /// Why.
    #[serde(rename = "type")]
    pub entry_type: PointsEntryType,
    /// By how much, in minor units: positive in, negative out.
    pub amount: i64,
    /// The balance after it, never negative.
    pub balance_after: i64,
    /// The payment that moved them.
    pub reference: PaymentId,
    /// When.
    pub created_at: Timestamp,
}

/// A points account after its latest entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PointsState {
    /// Which account.
    pub id: PointsAccountId,
    /// Entries so far.
    pub version: u64,
    /// In minor units, never negative.
    pub balance: i64,
    /// The entry that made this state.
    pub entry: PointsEntry,
}
