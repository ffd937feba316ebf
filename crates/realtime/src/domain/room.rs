//! Who is in a room, and what is remembered of a room.

use std::collections::BTreeMap;

use contracts::ids::{TicketTypeId, UserId};
use contracts::waiting_room::Standing;
use jiff::Timestamp;

use super::connection::ConnectionId;
use super::news::QueueNews;

/// How many people may wait in a room. A queue is longer than that in a rush: then people ask for their place instead,
/// which costs less than telling everybody every second.
pub const MOST_WAITING: u64 = 500;

/// How many seats a person may have chosen.
pub const MOST_CHOSEN: usize = 8;

/// Somebody in a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// By which connection.
    pub connection: ConnectionId,
    /// The seats that were chosen and are not held, in a performance's room.
    pub chosen: Vec<String>,
    /// The place in the line, in a queue's room.
    pub waiting: Option<Waiting>,
    /// When it no longer counts, in seconds since 1970.
    pub ends_at: i64,
}

/// A place in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Whose.
    pub user: UserId,
    /// The ticket, as its owner showed it.
    pub ticket: String,
    /// The queue's era that the ticket is of.
    pub era: u32,
    /// The place, from 0; `None` as long as the draw is to come.
    pub place: Option<u64>,
}

impl Member {
    /// Somebody who only looks on.
    #[must_use]
    pub const fn new(connection: ConnectionId, ends_at: i64) -> Self {
        Self { connection, chosen: Vec::new(), waiting: None, ends_at }
    }
}

/// What is remembered of a room.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RoomState {
    /// When it was last spoken to, in milliseconds since 1970; 0 when never.
    pub spoken_at: i64,
    /// When it was last told of seats, the same way: the clock and the unit of the seat map's `version`.
    pub version: i64,
    /// How many were in it when it was last counted.
    pub members: u64,
    /// How far its queue had got when it was last spoken to.
    pub queue: Option<QueueNews>,
    /// What was last said to be left of each ticket type.
    pub tickets: BTreeMap<TicketTypeId, u32>,
}

impl Waiting {
    /// Where this place stands, as far as the room knows: not before the draw, nor before the room was told of this era.
    #[must_use]
    pub fn standing(&self, room: &RoomState, now: Timestamp) -> Option<Standing> {
        let queue = room.queue.filter(|queue| queue.era == self.era)?;
        Some(queue.pointer.standing(self.place?, now))
    }
}

/// A look into a room: some of its members.
#[derive(Debug, Clone, Default)]
pub struct Glance {
    /// What is remembered of it.
    pub state: RoomState,
    /// The members that were seen.
    pub members: Vec<Member>,
    /// These are all of them.
    pub all: bool,
}

impl Glance {
    /// How many are in the room: those who were seen, or in a fuller room what was last counted.
    #[must_use]
    pub fn viewers(&self) -> u64 {
        let seen = u64::try_from(self.members.len()).unwrap_or(u64::MAX);
        if self.all { seen } else { seen.max(self.state.members) }
    }

    /// The version that a map must have for whoever is in the room from `now` on: whatever the room is told later is of
    /// a later time. Not earlier than `now`: an empty room is told nothing, so what it last heard says little.
    #[must_use]
    pub fn version(&self, now: Timestamp) -> i64 {
        self.state.version.max(now.as_millisecond())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_counted_and_many_were_counted() {
        let member = Member::new("a".into(), 0);
        let state = RoomState { version: 7, members: 900, ..RoomState::default() };
        let mut glance = Glance { state, members: vec![member; 3], all: true };
        assert_eq!(glance.viewers(), 3);
        glance.all = false;
        assert_eq!(glance.viewers(), 900);
    }

    #[test]
    fn a_newcomers_map_is_of_now_or_later() {
        let glance =
            |version| Glance { state: RoomState { version, ..RoomState::default() }, members: Vec::new(), all: true };
        let now = Timestamp::from_millisecond(5_000).unwrap();
        assert_eq!([0, 4_999, 5_003].map(|version| glance(version).version(now)), [5_000, 5_000, 5_003]);
    }
}
