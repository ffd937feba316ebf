//! What people who watch are told, on its way from the contexts to `broadcast-changes`.

use serde::{Deserialize, Serialize};

use crate::ids::{EventId, PerformanceId, TicketTypeId};
use crate::waiting_room::Pointer;

/// A change that a room hears of: a message of the queue `live-changes`, first in, first out per room.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum RoomChange {
    /// Seats of a performance as they are now, and what is left of it.
    Seats {
        /// The event.
        event_id: EventId,
        /// The performance.
        performance_id: PerformanceId,
        /// The seats that have changed; a later message about a seat replaces an earlier one.
        seats: Vec<SeatChange>,
        /// More seats have changed than a message can name: whoever watches must read the map again.
        too_many: bool,
        /// What is left of each ticket type.
        tickets: Vec<TicketsLeft>,
    },
    /// Somebody who watches a performance chose other seats, without holding them. Which ones, the room knows.
    Selection {
        /// The performance.
        performance_id: PerformanceId,
    },
    /// Somebody came to watch an event, or went.
    Viewers {
        /// The event.
        event_id: EventId,
    },
    /// A queue was planned anew.
    Queue {
        /// The event.
        event_id: EventId,
        /// The queue's era; tickets of another one are void.
        era: u32,
        /// How far it has got.
        pointer: Pointer,
        /// How many entrants the draw had.
        entrants: u64,
    },
}

/// A room: those who are told the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Room {
    /// Those who look at an event.
    Event(EventId),
    /// Those who choose seats of a performance.
    Performance(PerformanceId),
    /// Those who wait to enter the sale of an event.
    Queue(EventId),
}

impl std::fmt::Display for Room {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Event(id) => write!(f, "event#{id}"),
            Self::Performance(id) => write!(f, "performance#{id}"),
            Self::Queue(id) => write!(f, "queue#{id}"),
        }
    }
}

/// The text names no room.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a room")]
pub struct InvalidRoom;

impl std::str::FromStr for Room {
    type Err = InvalidRoom;

    fn from_str(text: &str) -> Result<Self, InvalidRoom> {
        let (kind, id) = text.split_once('#').ok_or(InvalidRoom)?;
        match kind {
            "event" => id.parse().map(Self::Event),
            "performance" => id.parse().map(Self::Performance),
            "queue" => id.parse().map(Self::Queue),
            _ => return Err(InvalidRoom),
        }
        .map_err(|_| InvalidRoom)
    }
}

impl RoomChange {
    /// The room that the message is for: its message group, so that one worker at a time speaks to a room.
    #[must_use]
    pub const fn room(&self) -> Room {
        match self {
            Self::Seats { performance_id, .. } | Self::Selection { performance_id } => {
                Room::Performance(*performance_id)
            }
            Self::Viewers { event_id } => Room::Event(*event_id),
            Self::Queue { event_id, .. } => Room::Queue(*event_id),
        }
    }
}

/// A seat as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SeatChange {
    /// Its id in the layout.
    pub id: String,
    /// What may be done with it.
    pub status: SeatStatus,
    /// When it is free again by itself, in seconds since 1970, while it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<i64>,
}

/// What may be done with a seat; the names of the seat map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SeatStatus {
    /// It can be held.
    Free,
    /// Somebody holds it.
    Held,
    /// It is sold.
    Sold,
    /// Nobody can have it.
    NotForSale,
}

/// What is left of a ticket type in a performance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TicketsLeft {
    /// The ticket type.
    pub ticket_type_id: TicketTypeId,
    /// How many can be held now.
    pub available: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_read_back_as_they_are_written() {
        for room in [
            Room::Event(EventId::generate()),
            Room::Performance(PerformanceId::generate()),
            Room::Queue(EventId::generate()),
        ] {
            assert_eq!(room.to_string().parse(), Ok(room));
        }
        let other_id = format!("event#{}", PerformanceId::generate());
        for bad in ["", "event", "event#", "hall#evt_1", &other_id] {
            assert_eq!(bad.parse::<Room>(), Err(InvalidRoom), "{bad}");
        }
    }
}
