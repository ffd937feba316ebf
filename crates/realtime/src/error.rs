//! Refusals, and the problem each becomes.

use kit::dynamo::StoreError;
use kit::problem::Problem;
use kit::signed::Refused;

use crate::domain::connection::{MOST_CONNECTIONS, MOST_ROOMS};
use crate::domain::room::MOST_WAITING;

/// Why a client's wish is not met.
#[derive(Debug, thiserror::Error)]
pub enum LiveError {
    /// The table could not do what was asked.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The account has as many connections as it may have.
    #[error("too many connections")]
    TooManyConnections,
    /// The connection is in as many rooms as it may be in.
    #[error("too many rooms")]
    TooManyRooms,
    /// As many as can be told are waiting in the room.
    #[error("the room is full")]
    RoomFull,
    /// The connection is not in the room that it speaks about.
    #[error("not in the room")]
    NotInRoom,
    /// The connection was forgotten: it is older than connections get.
    #[error("the connection is forgotten")]
    Forgotten,
    /// There is nothing to watch.
    #[error("not found")]
    NotFound,
    /// Nobody is logged in.
    #[error("no account")]
    Anonymous,
    /// The ticket is no place of this account in this line.
    #[error("the ticket is not valid: {0}")]
    Ticket(&'static str),
}

impl From<Refused> for LiveError {
    fn from(refused: Refused) -> Self {
        Self::Ticket(match refused {
            Refused::Malformed | Refused::Signature | Refused::Audience => "malformed",
            Refused::Expired => "expired",
        })
    }
}

impl From<LiveError> for Problem {
    fn from(error: LiveError) -> Self {
        match error {
            LiveError::Store(error) => error.into(),
            LiveError::TooManyConnections => Self::new(
                429,
                "too_many_connections",
                format!("An account may have {MOST_CONNECTIONS} connections at once."),
            ),
            LiveError::TooManyRooms => {
                Self::conflict("too_many_rooms", format!("A connection may be in {MOST_ROOMS} rooms. Leave one first."))
            }
            LiveError::RoomFull => Self::conflict(
                "room_full",
                format!("More than {MOST_WAITING} people wait here. Ask for your place by POST /queue/check instead."),
            ),
            LiveError::NotInRoom => Self::conflict("not_in_room", "Join the performance first: join-seat-selection."),
            LiveError::Forgotten => Self::conflict("connection_expired", "This connection is too old. Connect again."),
            LiveError::NotFound => Self::not_found(),
            LiveError::Anonymous => Self::unauthenticated(),
            LiveError::Ticket(reason) => {
                Self::new(403, "ticket_invalid", "The ticket is no place of yours in this line.").with("reason", reason)
            }
        }
    }
}
