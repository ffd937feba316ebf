//! A queue: its rules, its phases, and what may be changed when.

use contracts::ids::{EventId, QueueId};
use contracts::waiting_room::QueueState;
use jiff::{SignedDuration, Timestamp};

use super::draw::Key;

/// A queue with what the draw needs and nobody may see yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// What is public.
    pub state: QueueState,
    /// Decides the draw; public after it.
    pub seed: Key,
    /// Names the draw tickets; never public.
    pub ticket_key: Key,
}

/// What an admin decides about a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Whether it guards the sale.
    pub enabled: bool,
    /// When the sale opens.
    pub opens_at: Timestamp,
    /// How many buyers may be in the sale at once.
    pub capacity: u32,
    /// After how many idle seconds a place is given on.
    pub session_seconds: u32,
    /// How long before the opening the draw can be entered, in minutes.
    pub pre_queue_minutes: u32,
}

/// Random keys for an era to come.
#[derive(Debug, Clone)]
pub struct Keys {
    /// For the draw.
    pub seed: Key,
    /// For the ids of its tickets.
    pub ticket_key: Key,
}

/// Where an enabled queue is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Nobody can enter yet.
    Scheduled,
    /// The draw can be entered.
    PreQueue,
    /// The sale is open.
    Open,
}

/// A change that is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It would move the opening under people who have entered already.
    #[error("the queue is running")]
    Running,
    /// The queue has another version than its editor has seen.
    #[error("the queue has version {0}")]
    Version(u64),
}

impl Queue {
    /// The first queue of an event.
    #[must_use]
    pub fn new(event: EventId, rules: Rules, keys: Keys) -> Self {
        let Keys { seed, ticket_key } = keys;
        let state = QueueState {
            id: QueueId::of(event),
            version: 1,
            event_id: event,
            enabled: rules.enabled,
            era: 1,
            opens_at: rules.opens_at,
            capacity: rules.capacity,
            session_seconds: rules.session_seconds,
            pre_queue_minutes: rules.pre_queue_minutes,
            seed_hash: seed.hash(),
        };
        Self { state, seed, ticket_key }
    }

    /// The rules in force.
    #[must_use]
    pub const fn rules(&self) -> Rules {
        let QueueState { enabled, opens_at, capacity, session_seconds, pre_queue_minutes, .. } = self.state;
        Rules { enabled, opens_at, capacity, session_seconds, pre_queue_minutes }
    }

    /// When the draw can be entered.
    #[must_use]
    pub fn pre_queue_opens_at(&self) -> Timestamp {
        let before = SignedDuration::from_mins(i64::from(self.state.pre_queue_minutes));
        self.state.opens_at.checked_sub(before).unwrap_or(Timestamp::MIN)
    }

    /// Where it is in its life.
    #[must_use]
    pub fn phase(&self, now: Timestamp) -> Phase {
        if now >= self.state.opens_at {
            Phase::Open
        } else if now >= self.pre_queue_opens_at() {
            Phase::PreQueue
        } else {
            Phase::Scheduled
        }
    }

    /// The queue under other rules; `None` when they are the ones in force.
    ///
    /// # Errors
    /// When people have entered and the opening would move, or when `seen` is not the queue's version.
    pub fn configured(&self, rules: Rules, seen: Option<u64>, now: Timestamp) -> Result<Option<Self>, Refusal> {
        self.check(seen)?;
        if rules == self.rules() {
            return Ok(None);
        }
        let moves = (rules.opens_at, rules.pre_queue_minutes) != (self.state.opens_at, self.state.pre_queue_minutes);
        if moves && self.phase(now) != Phase::Scheduled {
            return Err(Refusal::Running);
        }
        let mut queue = self.clone();
        queue.state.version += 1;
        queue.apply(rules);
        Ok(Some(queue))
    }

    /// The queue emptied: everything from before is void, and a new draw has a new seed.
    ///
    /// # Errors
    /// When `seen` is not the queue's version.
    pub fn cleared(&self, opens_at: Option<Timestamp>, keys: Keys, seen: Option<u64>) -> Result<Self, Refusal> {
        self.check(seen)?;
        let mut state = self.state.clone();
        state.version += 1;
        state.era += 1;
        state.opens_at = opens_at.unwrap_or(state.opens_at);
        state.seed_hash = keys.seed.hash();
        Ok(Self { state, seed: keys.seed, ticket_key: keys.ticket_key })
    }

    fn check(&self, seen: Option<u64>) -> Result<(), Refusal> {
        match seen {
            Some(seen) if seen != self.state.version => Err(Refusal::Version(self.state.version)),
            _ => Ok(()),
        }
    }

    const fn apply(&mut self, rules: Rules) {
        self.state.enabled = rules.enabled;
        self.state.opens_at = rules.opens_at;
        self.state.capacity = rules.capacity;
        self.state.session_seconds = rules.session_seconds;
        self.state.pre_queue_minutes = rules.pre_queue_minutes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn keys(byte: u8) -> Keys {
        Keys { seed: Key::new([byte; 32]), ticket_key: Key::new([byte + 1; 32]) }
    }

    fn rules() -> Rules {
        Rules { enabled: true, opens_at: at(10_000), capacity: 50, session_seconds: 300, pre_queue_minutes: 30 }
    }

    fn queue() -> Queue {
        Queue::new(EventId::generate(), rules(), keys(1))
    }

    #[test]
    fn phases_follow_from_the_opening() {
        let phases = [8_199, 8_200, 9_999, 10_000].map(|second| queue().phase(at(second)));
        assert_eq!(phases, [Phase::Scheduled, Phase::PreQueue, Phase::PreQueue, Phase::Open]);
    }

    #[test]
    fn the_opening_moves_only_before_anybody_could_enter() {
        let later = Rules { opens_at: at(20_000), ..rules() };
        let moved = queue().configured(later, None, at(8_199)).unwrap().unwrap();
        assert_eq!((moved.state.version, moved.state.opens_at, moved.state.era), (2, at(20_000), 1));
        assert_eq!(moved.state.seed_hash, queue().state.seed_hash);
        for now in [8_200, 10_000] {
            assert_eq!(queue().configured(later, None, at(now)), Err(Refusal::Running));
            let longer = Rules { pre_queue_minutes: 31, ..rules() };
            assert_eq!(queue().configured(longer, None, at(now)), Err(Refusal::Running));
            let wider = Rules { capacity: 60, session_seconds: 60, enabled: false, ..rules() };
            assert_eq!(queue().configured(wider, None, at(now)).unwrap().unwrap().rules(), wider);
        }
    }

    #[test]
    fn what_changes_nothing_is_no_change_and_old_versions_are_refused() {
        assert_eq!(queue().configured(rules(), Some(1), at(0)), Ok(None));
        assert_eq!(queue().configured(rules(), Some(2), at(0)), Err(Refusal::Version(1)));
        assert_eq!(queue().cleared(None, keys(3), Some(2)), Err(Refusal::Version(1)));
    }

    #[test]
    fn emptying_begins_an_era_with_a_seed_of_its_own() {
        let before = queue();
        let after = before.cleared(Some(at(30_000)), keys(3), Some(1)).unwrap();
        assert_eq!((after.state.era, after.state.version, after.state.opens_at), (2, 2, at(30_000)));
        assert_eq!(after.state.seed_hash, keys(3).seed.hash());
        assert_ne!(after.ticket_key, before.ticket_key);
        assert_eq!(before.cleared(None, keys(3), None).unwrap().state.opens_at, at(10_000));
    }
}
