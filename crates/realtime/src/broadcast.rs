//! What rooms are told: everything that happened in a second, in one turn.

use std::collections::{BTreeMap, BTreeSet};

use contracts::ids::{EventId, PerformanceId, TicketTypeId};
use contracts::live::Room;
use jiff::Timestamp;
use kit::dynamo::StoreError;

use crate::admissions::Admissions;
use crate::clock::Clock;
use crate::domain::choices::Choices;
use crate::domain::news::News;
use crate::domain::room::{Member, RoomState};
use crate::domain::versions::links;
use crate::message::{Body, LockedSeat, UpdatedSeat};
use crate::post::{Delivered, Letters, deliver, forget};
use crate::poster::Poster;
use crate::store::{Store, Told, Turn};

mod queue;

/// A room could not be told.
#[derive(Debug, thiserror::Error)]
pub enum BroadcastError {
    /// The table did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A message does not serialise: a mistake of ours.
    #[error("a message does not serialise")]
    Unwritable(#[from] serde_json::Error),
}

/// What a turn came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Connections that have heard all there was to hear.
    pub reached: usize,
    /// Connections that were gone.
    pub gone: usize,
    /// Connections that could not be reached.
    pub missed: usize,
    /// People who were let in.
    pub admitted: usize,
}

/// Tells rooms.
#[derive(Debug)]
pub struct Broadcast<P, A, C> {
    store: Store,
    poster: P,
    admissions: A,
    clock: C,
}

impl<P: Poster, A: Admissions, C: Clock> Broadcast<P, A, C> {
    /// Through these.
    pub const fn new(store: Store, poster: P, admissions: A, clock: C) -> Self {
        Self { store, poster, admissions, clock }
    }

    /// Tells a room its news, when it is the room's turn. A room that nobody is in costs one read.
    ///
    /// The turn is taken before members are read. Whoever enters writes that down before reading the room's version: so
    /// they are among the members, or know a version that is not before this turn's.
    ///
    /// # Errors
    /// When the table does not answer: the news is to be told again, marked as such.
    pub async fn tell(&self, room: Room, news: &News) -> Result<Outcome, BroadcastError> {
        let event_room = event_room(room, news);
        let anybody = self.store.anybody_in(room).await?
            || match event_room {
                Some(event_room) => self.store.anybody_in(event_room).await?,
                None => false,
            };
        if !anybody {
            return Ok(Outcome::default());
        }
        let (now, before) = self.turn(room, news).await?;
        let members = self.store.members(room, now).await?;
        let counted = u64::try_from(members.len()).unwrap_or(u64::MAX);
        let mut outcome = match room {
            Room::Event(event) => {
                // The same number again is no news.
                if news.viewers && (counted != before.members || news.again) {
                    let info =
                        Body::RoomInfo { event_id: Some(event), performance_id: None, viewers: counted, version: None };
                    self.post(members.iter().map(|member| Letters::new(&member.connection, [info.clone()], now)))
                        .await?
                } else {
                    Outcome::default()
                }
            }
            Room::Performance(id) => self.tell_performance(id, event_room, news, &before, &members, now).await?,
            Room::Queue(event) => self.tell_queue(event, news, &before, &members, now).await?,
        };
        let gone = u64::try_from(outcome.gone + outcome.admitted).unwrap_or(u64::MAX);
        let left = if matches!(room, Room::Queue(_)) { counted.saturating_sub(gone) } else { counted };
        if left != before.members {
            self.store.note_members(room, left).await?;
        }
        outcome.reached += outcome.admitted;
        Ok(outcome)
    }

    /// Waits for the room's turn; when it was taken, and what was remembered of the room before.
    async fn turn(&self, room: Room, news: &News) -> Result<(Timestamp, RoomState), StoreError> {
        if let Some(moment) = news.not_before {
            self.clock.wait_until(moment).await;
        }
        let told = Told { seats: news.is_about_seats(), queue: news.queue.as_ref(), tickets: &news.tickets };
        loop {
            let now = self.clock.now();
            match self.store.take_turn(room, told, now).await? {
                Turn::Taken(before) => return Ok((now, before)),
                Turn::Wait(moment) => self.clock.wait_until(moment).await,
            }
        }
    }

    async fn tell_performance(
        &self,
        id: PerformanceId,
        event_room: Option<Room>,
        news: &News,
        before: &RoomState,
        members: &[Member],
        now: Timestamp,
    ) -> Result<Outcome, BroadcastError> {
        let tickets = tickets(id, news, before);
        let for_all: Vec<_> = seats(id, news, before, now).into_iter().chain(tickets.iter().cloned()).collect();
        let choices = news.choices.then(|| Choices::of(members));
        let mut letters = Vec::with_capacity(members.len());
        for member in members {
            let chosen = choices.as_ref().map(|choices| choices.seen_by(member));
            let chosen = chosen.map(|seats| Body::SeatSelection { performance_id: id, seats });
            let bodies: Vec<_> = for_all.iter().cloned().chain(chosen).collect();
            letters.push(Letters::new(&member.connection, bodies, now));
        }
        let watching = match event_room.filter(|_| !tickets.is_empty()) {
            Some(event_room) => self.store.members(event_room, now).await?,
            None => Vec::new(),
        };
        let told: BTreeSet<_> = members.iter().map(|member| &member.connection).collect();
        let others = watching.iter().filter(|member| !told.contains(&member.connection));
        letters.extend(others.map(|member| Letters::new(&member.connection, tickets.iter().cloned(), now)));
        self.post(letters).await
    }

    /// Posts letters, and forgets the connections that are gone.
    async fn post<'a>(&self, letters: impl IntoIterator<Item = Letters<'a>>) -> Result<Outcome, BroadcastError> {
        let letters = letters.into_iter().filter(|letter| !letter.messages.is_empty()).collect();
        let Delivered { reached, gone, missed } = deliver(&self.poster, letters).await?;
        forget(&self.store, &gone).await?;
        Ok(Outcome { reached: reached.len(), gone: gone.len(), missed, admitted: 0 })
    }
}

/// The event's room, when a performance's news concern it, too.
fn event_room(room: Room, news: &News) -> Option<Room> {
    let concerns = matches!(room, Room::Performance(_)) && !news.tickets.is_empty();
    news.event.filter(|_| concerns).map(Room::Event)
}

/// What has become of seats: at most one message about held ones and one about all others.
fn seats(performance_id: PerformanceId, news: &News, before: &RoomState, now: Timestamp) -> Vec<Body> {
    let locked: Vec<_> = news
        .locked()
        .filter_map(|(id, until)| {
            Some(LockedSeat { id: id.to_owned(), expires_at: Timestamp::from_second(until).ok()? })
        })
        .collect();
    let updated: Vec<_> = news.updated().map(|(id, status)| UpdatedSeat { id: id.to_owned(), status }).collect();
    let (has_locked, has_updated) = (!locked.is_empty(), news.reload || !updated.is_empty());
    let count = usize::from(has_locked) + usize::from(has_updated);
    let mut links = links(before.version, now.as_millisecond(), count).into_iter();
    let mut bodies = Vec::with_capacity(count);
    if let Some(link) = has_locked.then(|| links.next()).flatten() {
        let (previous_version, version) = (link.previous, link.version);
        bodies.push(Body::SeatLocked { performance_id, previous_version, version, seats: locked });
    }
    if let Some(link) = has_updated.then(|| links.next()).flatten() {
        let (previous_version, version, reload) = (link.previous, link.version, news.reload);
        bodies.push(Body::SeatUpdate { performance_id, previous_version, version, seats: updated, reload });
    }
    bodies
}

/// What is left of the ticket types of which something else is left than was said before.
fn tickets(performance_id: PerformanceId, news: &News, before: &RoomState) -> Vec<Body> {
    let known: &BTreeMap<TicketTypeId, u32> = &before.tickets;
    let is_news = |(id, available): &(&TicketTypeId, &u32)| news.again || known.get(id) != Some(available);
    let event_id: Option<EventId> = news.event;
    let body = |(id, available): (&TicketTypeId, &u32)| Body::TicketUpdated {
        event_id,
        performance_id,
        ticket_type_id: *id,
        available: *available,
    };
    news.tickets.iter().filter(is_news).map(body).collect()
}
