//! A connection and its limits.

use std::collections::BTreeSet;

use contracts::ids::UserId;
use contracts::live::Room;
use jiff::{SignedDuration, Timestamp};

/// How many rooms a connection may be in.
pub const MOST_ROOMS: usize = 10;

/// How many connections an account may have.
pub const MOST_CONNECTIONS: usize = 10;

/// How long a connection counts: API Gateway ends it after two hours, and may forget to say so.
pub const LIFETIME: SignedDuration = SignedDuration::from_mins(130);

/// What API Gateway calls a connection. Nobody but the gateway makes one up.
pub type ConnectionId = String;

/// Somebody who is connected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Which connection.
    pub id: ConnectionId,
    /// Whose, as a verified token said; nobody's when absent.
    pub user: Option<UserId>,
    /// The rooms it is in.
    pub rooms: BTreeSet<String>,
    /// When it no longer counts, in seconds since 1970.
    pub ends_at: i64,
}

impl Connection {
    /// A connection of this moment.
    #[must_use]
    pub fn new(id: ConnectionId, user: Option<UserId>, now: Timestamp) -> Self {
        Self { id, user, rooms: BTreeSet::new(), ends_at: now.as_second() + LIFETIME.as_secs() }
    }

    /// Whether it is in this room.
    #[must_use]
    pub fn is_in(&self, room: Room) -> bool {
        self.rooms.contains(&room.to_string())
    }

    /// The rooms it is in, as far as their names can be read.
    pub fn rooms(&self) -> impl Iterator<Item = Room> {
        self.rooms.iter().filter_map(|name| name.parse().ok())
    }

    /// The performances whose seats it is choosing from, other than this one. There is one at most, unless two messages
    /// of a client were dealt with at once.
    #[must_use]
    pub fn other_performances(&self, joined: Room) -> Vec<Room> {
        self.rooms().filter(|room| matches!(room, Room::Performance(_)) && *room != joined).collect()
    }
}

#[cfg(test)]
mod tests {
    use contracts::ids::{EventId, PerformanceId};

    use super::*;

    #[test]
    fn choosing_from_another_performance_leaves_the_one_before_and_no_other_room() {
        let [first, second] = [(); 2].map(|()| Room::Performance(PerformanceId::generate()));
        let event = Room::Event(EventId::generate());
        let mut connection = Connection::new("a".into(), None, Timestamp::UNIX_EPOCH);
        connection.rooms = [first, event].map(|room| room.to_string()).into();
        assert_eq!(connection.other_performances(second), [first]);
        assert!(connection.other_performances(first).is_empty());
        assert!(connection.is_in(event) && !connection.is_in(second));
    }
}
