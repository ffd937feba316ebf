//! Tickets: places in a line, signed and given to those who wait.

use contracts::ids::{EventId, UserId};
use contracts::waiting_room::{TICKET_AUDIENCE, TicketClaims};
use jiff::Timestamp;
use kit::signed::{Refused, Secret};

use crate::domain::draw;
use crate::domain::plan::Plan;
use crate::domain::queue::Queue;
use crate::error::{QueueError, TicketFlaw};

/// How long a ticket is good after it was last shown, in seconds, and no shorter than so long after the opening.
const GOOD_FOR: i64 = 24 * 60 * 60;

/// The ticket that somebody shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// None, or one whose time is over.
    None,
    /// One of ours, of this event; maybe of another era.
    Ticket(TicketClaims),
}

/// Reads a ticket that `user`, or anybody when none, shows for `event`.
///
/// # Errors
/// [`QueueError::TicketInvalid`] when it is not ours, not theirs, or for another line.
pub fn read(
    secret: &Secret,
    ticket: Option<&str>,
    event: EventId,
    user: Option<UserId>,
    now: Timestamp,
) -> Result<Shown, QueueError> {
    let Some(ticket) = ticket else { return Ok(Shown::None) };
    let claims: TicketClaims = match secret.verify(ticket, TICKET_AUDIENCE, now) {
        Ok(claims) => claims,
        Err(Refused::Expired) => return Ok(Shown::None),
        Err(Refused::Malformed | Refused::Audience) => return Err(QueueError::TicketInvalid(TicketFlaw::Malformed)),
        Err(Refused::Signature) => return Err(QueueError::TicketInvalid(TicketFlaw::Forged)),
    };
    if claims.evt != event {
        return Err(QueueError::TicketInvalid(TicketFlaw::OtherEvent));
    }
    if user.is_some_and(|user| user != claims.sub) {
        return Err(QueueError::TicketInvalid(TicketFlaw::OtherAccount));
    }
    Ok(Shown::Ticket(claims))
}

impl Shown {
    /// The ticket if it is of this era.
    #[must_use]
    pub fn of_era(self, era: u32) -> Option<TicketClaims> {
        match self {
            Self::Ticket(claims) if claims.era == era => Some(claims),
            _ => None,
        }
    }

    /// Whether it is of a later era than this one: whoever compares knows old news.
    #[must_use]
    pub const fn is_later_than(&self, era: u32) -> bool {
        matches!(self, Self::Ticket(claims) if claims.era > era)
    }
}

/// The ticket by which a person takes part in the draw.
#[must_use]
pub fn for_draw(queue: &Queue, user: UserId, now: Timestamp) -> TicketClaims {
    let id = draw::ticket_id(&queue.ticket_key, queue.state.event_id, queue.state.era, user);
    claims(queue, user, id, None, now)
}

/// The ticket of somebody who came after the opening, with this number from 0: behind all entrants of the draw.
#[must_use]
pub fn for_number(queue: &Queue, plan: &Plan, user: UserId, number: u64, now: Timestamp) -> TicketClaims {
    claims(queue, user, format!("number-{number}"), Some(plan.entrants.saturating_add(number)), now)
}

/// The same ticket with its place on it, good for longer if its end was near.
#[must_use]
pub fn with_place(ticket: TicketClaims, place: u64, now: Timestamp) -> TicketClaims {
    let near = ticket.exp - now.as_second() < GOOD_FOR / 2;
    let exp = if near { now.as_second() + GOOD_FOR } else { ticket.exp };
    TicketClaims { place: Some(place), exp, ..ticket }
}

/// The place in the line of a ticket.
#[must_use]
pub fn place(ticket: &TicketClaims, queue: &Queue, plan: &Plan) -> u64 {
    ticket.place.unwrap_or_else(|| draw::place(draw::score(&queue.seed, &ticket.jti), plan.entrants))
}

fn claims(queue: &Queue, user: UserId, id: String, place: Option<u64>, now: Timestamp) -> TicketClaims {
    TicketClaims {
        aud: TICKET_AUDIENCE.to_owned(),
        sub: user,
        jti: id,
        evt: queue.state.event_id,
        era: queue.state.era,
        place,
        iat: now.as_second(),
        exp: now.max(queue.state.opens_at).as_second() + GOOD_FOR,
    }
}
