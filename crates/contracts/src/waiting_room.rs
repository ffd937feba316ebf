//! What the waiting room publishes: rules and admissions, how far a queue has got, and the tokens
//! of a place in the line and of an admission.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{AdmissionId, EventId, QueueId, UserId};

/// The waiting room of an event, as it is configured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QueueState {
    /// Which queue.
    pub id: QueueId,
    /// Changes so far, from 1.
    pub version: u64,
    /// Whose waiting room it is.
    pub event_id: EventId,
    /// Whether the sale is guarded: when not, everybody is admitted at once and holds need no admission.
    pub enabled: bool,
    /// How often the queue was emptied. Tickets and admissions of an earlier era are void.
    pub era: u32,
    /// When the sale opens.
    pub opens_at: Timestamp,
    /// How many buyers may be in the sale at once.
    pub capacity: u32,
    /// After how many idle seconds a buyer's place is given to somebody else.
    pub session_seconds: u32,
    /// How long before the opening the draw can be entered, in minutes.
    pub pre_queue_minutes: u32,
    /// SHA-256 of the draw's seed, in hexadecimal digits.
    pub seed_hash: String,
}

/// Why an admission is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AdmissionEnd {
    /// The buyer has bought.
    Purchased,
    /// The buyer went away.
    Left,
    /// The buyer did nothing for too long.
    Idle,
    /// The queue was emptied.
    Cleared,
}

/// Somebody's right to be in a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AdmissionState {
    /// Which admission. Later admissions of a buyer have greater ids.
    pub id: AdmissionId,
    /// Changes so far, from 1.
    pub version: u64,
    /// To which sale.
    pub event_id: EventId,
    /// Whose.
    pub user_id: UserId,
    /// The queue's era that it belongs to.
    pub era: u32,
    /// When it ends unless the buyer does something, in seconds since 1970; when it ended, once it has.
    pub expires_at: i64,
    /// Why it ended, once it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<AdmissionEnd>,
}

/// Whom the token of an admission is meant for: the `aud` of its claims.
pub const ADMISSION_AUDIENCE: &str = "jari-admission";

/// The claims of the token that a buyer shows to the seat endpoints: a JWT, HS256 with the admission secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdmissionClaims {
    /// [`ADMISSION_AUDIENCE`].
    pub aud: String,
    /// Whose it is.
    pub sub: UserId,
    /// Which admission.
    pub jti: AdmissionId,
    /// To which sale.
    pub evt: EventId,
    /// The queue's era.
    pub era: u32,
    /// When it was made, in seconds since 1970.
    pub iat: i64,
    /// When it ends, in seconds since 1970.
    pub exp: i64,
}

/// Whom a place in the line is meant for: the `aud` of its claims.
pub const TICKET_AUDIENCE: &str = "jari-queue-ticket";

/// The claims of a ticket, which is a place in a line: a JWT, HS256 with the ticket secret. Nobody else keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketClaims {
    /// [`TICKET_AUDIENCE`].
    pub aud: String,
    /// Whose it is.
    pub sub: UserId,
    /// Which ticket. Entrants of the draw get the same one as often as they ask; its score follows from it.
    pub jti: String,
    /// In whose line.
    pub evt: EventId,
    /// The queue's era.
    pub era: u32,
    /// The place in the line, from 0; absent as long as the draw is to come. Asking once after the opening gets a
    /// ticket that says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<u64>,
    /// When it was made, in seconds since 1970.
    pub iat: i64,
    /// When it ends, in seconds since 1970.
    pub exp: i64,
}

/// The call of `admit-buyer`: asks for somebody who waits what `check-queue` would answer them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AdmitBuyer {
    /// To which sale.
    pub event_id: EventId,
    /// Whom.
    pub user_id: UserId,
    /// Their ticket.
    pub ticket: String,
}

/// What somebody who asks for entry is told: the body of `check-queue`, and the answer to [`AdmitBuyer`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EntryAnswer {
    /// Come in.
    Admitted(Entry),
    /// Wait for your turn.
    Waiting(Wait),
    /// The sale has not opened; you take part in the draw.
    PreQueue(Wait),
    /// No: only `admit-buyer` says so in this way, `check-queue` answers with a problem of the same code.
    Refused {
        /// The problem's code.
        code: String,
    },
}

/// An admission, as its owner gets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// The token of [`AdmissionClaims`].
    pub admission_token: String,
    /// When it ends unless it is renewed.
    pub expires_at: Timestamp,
    /// Free seats of all performances, when they are known.
    pub seats_left: Option<u64>,
    /// What one should know about the sale.
    pub notice: Option<Notice>,
}

/// A place in the line, as its owner gets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Wait {
    /// The token of [`TicketClaims`], to be shown when asking again; absent while the line is being set up.
    pub ticket: Option<String>,
    /// The ticket's id, from which its score in the draw follows.
    pub ticket_id: Option<String>,
    /// The place in the line, from 0; absent before the draw.
    pub place: Option<u64>,
    /// The place as people count, from 1; absent before the draw.
    pub position: Option<u64>,
    /// How many are before it; absent before the draw.
    pub ahead: Option<u64>,
    /// How long that will take at the present pace, in seconds; absent when nothing moves.
    pub estimated_wait_seconds: Option<u64>,
    /// When to ask again, in seconds.
    pub poll_after_seconds: u32,
    /// When the sale opens, or opened.
    pub opens_at: Timestamp,
    /// Free seats of all performances, when they are known.
    pub seats_left: Option<u64>,
    /// What one should know before waiting on.
    pub notice: Option<Notice>,
}

/// What one should know about a sale before waiting for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Notice {
    /// More people are ahead than seats are left.
    FewerSeatsThanPeopleAhead,
    /// Nothing is left now. Seats may come back while others do not pay.
    SoldOut,
}

/// How far a queue has got: a straight line in time, planned anew every second or so while anybody waits.
///
/// Places in the line are numbers from 0. Entrants of the draw have those below the number of entrants, whoever came
/// after the opening has the ones behind. A place has been reached when it is below [`Pointer::serving`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pointer {
    /// How many places had been reached at `at`.
    pub base: u64,
    /// How many more are reached every second.
    pub rate_per_second: f64,
    /// Where the line ends until it is planned anew.
    pub limit: u64,
    /// When it was planned, in milliseconds since 1970.
    pub at: i64,
    /// How fast the queue has moved lately, in places a second: what waiting times are reckoned with.
    pub pace: f64,
}

/// Where somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    /// The place in the line as people count, from 1; 0 when it has been reached.
    pub position: u64,
    /// How many are before it.
    pub ahead: u64,
    /// How long that will take at the present pace, in seconds; none when nothing moves.
    pub estimated_wait_seconds: Option<u64>,
}

impl Pointer {
    /// How many places have been reached by now.
    #[must_use]
    pub fn serving(&self, now: Timestamp) -> u64 {
        let milliseconds = u64::try_from(now.as_millisecond() - self.at).unwrap_or(0);
        let reached = self.base.saturating_add(floor(self.rate_per_second * as_f64(milliseconds) / 1000.0));
        reached.min(self.limit.max(self.base))
    }

    /// Where the place with this number stands.
    #[must_use]
    pub fn standing(&self, number: u64, now: Timestamp) -> Standing {
        let serving = self.serving(now);
        if number < serving {
            return Standing { position: 0, ahead: 0, estimated_wait_seconds: Some(0) };
        }
        let ahead = number - serving;
        let wait = (self.pace > 0.0).then(|| floor((as_f64(ahead + 1) / self.pace).ceil()));
        Standing { position: ahead + 1, ahead, estimated_wait_seconds: wait }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, and is never negative")]
fn floor(value: f64) -> u64 {
    value.floor() as u64
}

#[expect(clippy::cast_precision_loss, reason = "people in a line")]
const fn as_f64(value: u64) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millisecond(milliseconds).unwrap()
    }

    #[test]
    fn the_line_is_straight_and_ends_at_its_limit() {
        let pointer = Pointer { base: 100, rate_per_second: 4.0, limit: 106, at: 10_000, pace: 2.0 };
        let reached: Vec<_> =
            [9_000, 10_000, 10_249, 10_250, 11_000, 60_000].map(|time| pointer.serving(at(time))).into();
        assert_eq!(reached, [100, 100, 100, 101, 104, 106]);
    }

    #[test]
    fn a_place_stands_behind_those_before_it() {
        let pointer = Pointer { base: 100, rate_per_second: 0.0, limit: 100, at: 0, pace: 2.0 };
        let standing = |number| {
            let found = pointer.standing(number, at(0));
            (found.position, found.ahead, found.estimated_wait_seconds)
        };
        assert_eq!(standing(99), (0, 0, Some(0)));
        assert_eq!(standing(100), (1, 0, Some(1)));
        assert_eq!(standing(109), (10, 9, Some(5)));
        let stopped = Pointer { pace: 0.0, ..pointer };
        assert_eq!(stopped.standing(100, at(0)).estimated_wait_seconds, None);
    }
}
