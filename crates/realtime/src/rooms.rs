//! What connections do in rooms.

use contracts::ids::{EventId, PerformanceId};
use contracts::live::{Room, RoomChange};
use contracts::waiting_room::{TICKET_AUDIENCE, TicketClaims};
use jiff::Timestamp;
use kit::dynamo::StoreError;
use kit::signed::Secret;

use crate::changes::Changes;
use crate::connect::{tell, tell_of_leaving};
use crate::domain::choices::Choices;
use crate::domain::connection::Connection;
use crate::domain::room::{Member, RoomState, Waiting};
use crate::error::LiveError;
use crate::message::Body;
use crate::store::{Coming, Entry, Store};

/// The rooms.
#[derive(Debug, Clone)]
pub struct Rooms<C> {
    store: Store,
    changes: C,
}

impl<C: Changes> Rooms<C> {
    /// In this table, told of changes through `changes`.
    pub const fn new(store: Store, changes: C) -> Self {
        Self { store, changes }
    }

    /// Where connections and rooms are kept.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Who watches an event hears how many watch it, and what is left of its tickets.
    ///
    /// # Errors
    /// When no performance of the event was ever on sale, the connection is in too many rooms or forgotten, or the table
    /// does not answer.
    pub async fn watch_event(&self, who: &Connection, event_id: EventId, now: Timestamp) -> Result<Body, LiveError> {
        let room = Room::Event(event_id);
        if !self.store.knows_event(event_id).await? {
            return Err(LiveError::NotFound);
        }
        self.note(who, room).await?;
        self.store.enter(room, &Member::new(who.id.clone(), who.ends_at)).await?;
        let viewers = self.store.glance(room, now).await?.viewers();
        tell(&self.changes, &RoomChange::Viewers { event_id }, now).await;
        Ok(Body::RoomInfo { event_id: Some(event_id), performance_id: None, viewers, version: None })
    }

    /// Who chooses seats of a performance hears what becomes of all of them, and leaves the performance before.
    ///
    /// The answer names the version that the seat map must have: membership is written before the room's version is read,
    /// so every message after that version reaches the connection. What others have chosen comes along.
    ///
    /// # Errors
    /// As [`Rooms::watch_event`].
    pub async fn watch_seats(
        &self,
        who: &Connection,
        performance_id: PerformanceId,
        now: Timestamp,
    ) -> Result<Vec<Body>, LiveError> {
        let room = Room::Performance(performance_id);
        if self.store.event_of(performance_id).await?.is_none() {
            return Err(LiveError::NotFound);
        }
        for before in who.other_performances(room) {
            self.leave(who, before, now).await?;
        }
        self.note(who, room).await?;
        let me = Member::new(who.id.clone(), who.ends_at);
        self.store.enter(room, &me).await?;
        let glance = self.store.glance(room, now).await?;
        let (viewers, version) = (glance.viewers(), Some(glance.version(now)));
        let info = Body::RoomInfo { event_id: None, performance_id: Some(performance_id), viewers, version };
        let chosen = Choices::of(&glance.members).seen_by(&me);
        let chosen = (!chosen.is_empty()).then_some(Body::SeatSelection { performance_id, seats: chosen });
        Ok([info].into_iter().chain(chosen).collect())
    }

    /// Who has chosen other seats shows them to the others.
    ///
    /// # Errors
    /// When the connection has not joined the performance, or the table does not answer.
    pub async fn choose_seats(
        &self,
        who: &Connection,
        performance_id: PerformanceId,
        seats: &[String],
        now: Timestamp,
    ) -> Result<(), LiveError> {
        if !self.store.choose(Room::Performance(performance_id), &who.id, seats).await? {
            return Err(LiveError::NotInRoom);
        }
        tell(&self.changes, &RoomChange::Selection { performance_id }, now).await;
        Ok(())
    }

    /// Who waits in a line hears where they stand and is let in when it is their turn. Answers where they stand now, when
    /// that is known.
    ///
    /// # Errors
    /// When the ticket is not a place of the connection's account in this line, the room is full, the connection is in too
    /// many rooms or forgotten, or the table does not answer.
    pub async fn wait(
        &self,
        who: &Connection,
        event_id: EventId,
        ticket: &str,
        secret: &Secret,
        now: Timestamp,
    ) -> Result<Option<Body>, LiveError> {
        let user = who.user.ok_or(LiveError::Anonymous)?;
        let claims: TicketClaims = secret.verify(ticket, TICKET_AUDIENCE, now)?;
        if claims.sub != user {
            return Err(LiveError::Ticket("other_account"));
        }
        if claims.evt != event_id {
            return Err(LiveError::Ticket("other_event"));
        }
        let waiting = Waiting { user, ticket: ticket.to_owned(), era: claims.era, place: claims.place };
        let room = Room::Queue(event_id);
        self.note(who, room).await?;
        let member = Member { waiting: Some(waiting.clone()), ..Member::new(who.id.clone(), who.ends_at) };
        let state = if self.store.enter(room, &member).await? {
            match self.store.count_in(room, now).await? {
                Coming::In(state) => state,
                Coming::Full => {
                    self.take_out(&who.id, room).await?;
                    return Err(LiveError::RoomFull);
                }
            }
        } else {
            self.store.room(room).await?
        };
        Ok(standing(event_id, &waiting, &state, now))
    }

    /// Who leaves a room hears nothing of it any more. Fine when they were not in it.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn leave(&self, who: &Connection, room: Room, now: Timestamp) -> Result<(), LiveError> {
        let Some(left) = self.take_out(&who.id, room).await? else { return Ok(()) };
        match room {
            Room::Queue(_) => self.store.count_out(room).await?,
            // The others saw nothing of them.
            Room::Performance(_) if left.chosen.is_empty() => {}
            Room::Event(_) | Room::Performance(_) => tell_of_leaving(&self.changes, room, now).await,
        }
        Ok(())
    }

    async fn note(&self, who: &Connection, room: Room) -> Result<(), LiveError> {
        if who.is_in(room) {
            return Ok(());
        }
        match self.store.note_room(&who.id, room).await? {
            Entry::Noted => Ok(()),
            Entry::TooMany => Err(LiveError::TooManyRooms),
            Entry::Gone => Err(LiveError::Forgotten),
        }
    }

    async fn take_out(&self, connection: &str, room: Room) -> Result<Option<Member>, StoreError> {
        let left = self.store.leave(room, connection).await?;
        self.store.forget_room(connection, room).await?;
        Ok(left)
    }
}

fn standing(event_id: EventId, waiting: &Waiting, room: &RoomState, now: Timestamp) -> Option<Body> {
    let standing = waiting.standing(room, now)?;
    Some(Body::QueueUpdated {
        event_id,
        position: standing.position,
        ahead: standing.ahead,
        estimated_wait_seconds: standing.estimated_wait_seconds,
        ticket: None,
    })
}
