//! The room of a queue: who is let in, and who is told where they stand.

use std::collections::BTreeSet;

use contracts::ids::EventId;
use contracts::live::Room;
use contracts::waiting_room::{AdmitBuyer, EntryAnswer, Wait};
use futures_util::{StreamExt as _, stream};
use jiff::Timestamp;
use kit::problem::Problem;
use kit::worker::chain;

use super::{Broadcast, BroadcastError, Outcome};
use crate::admissions::Admissions;
use crate::clock::Clock;
use crate::domain::line::{Waiter, round};
use crate::domain::news::News;
use crate::domain::room::{Member, RoomState, Waiting};
use crate::message::Body;
use crate::post::{Letters, deliver, forget};
use crate::poster::Poster;

/// How many the waiting room is asked about at once.
const ASKED_AT_ONCE: usize = 10;

/// What the waiting room says about somebody.
struct Answer<'a> {
    waiter: Waiter<'a>,
    /// What they are told.
    body: Body,
    /// They need not wait here any longer, one way or the other.
    is_last: bool,
}

impl<P: Poster, A: Admissions, C: Clock> Broadcast<P, A, C> {
    /// Lets in who is next, then tells the others. Whoever was let in leaves the room once they have been told; should that
    /// fail, the next round asks again and gets the same answer.
    pub(super) async fn tell_queue(
        &self,
        event_id: EventId,
        news: &News,
        before: &RoomState,
        members: &[Member],
        now: Timestamp,
    ) -> Result<Outcome, BroadcastError> {
        let Some(queue) = news.queue else { return Ok(Outcome::default()) };
        let round = round(members, queue, before, now, news.again);
        let asked = stream::iter(round.asked).map(|waiter| self.ask(event_id, waiter));
        let answers: Vec<_> = asked.buffered(ASKED_AT_ONCE).filter_map(|answer| async { answer }).collect().await;

        let letters =
            answers.iter().map(|answer| Letters::new(&answer.waiter.member.connection, [answer.body.clone()], now));
        let mut heard = deliver(&self.poster, letters.collect()).await?;
        let reached: BTreeSet<_> = heard.reached.iter().collect();
        let done = answers.iter().filter(|answer| answer.is_last && reached.contains(&answer.waiter.member.connection));
        let mut admitted = 0;
        for answer in done {
            let connection = &answer.waiter.member.connection;
            self.store.leave(Room::Queue(event_id), connection).await?;
            self.store.forget_room(connection, Room::Queue(event_id)).await?;
            admitted += 1;
        }

        let answered: BTreeSet<_> = answers.iter().map(|answer| &answer.waiter.member.connection).collect();
        let waiting = round.told.iter().filter(|(waiter, _)| !answered.contains(&waiter.member.connection));
        let letters = waiting.map(|(waiter, standing)| {
            let body = Body::QueueUpdated {
                event_id,
                position: standing.position,
                ahead: standing.ahead,
                estimated_wait_seconds: standing.estimated_wait_seconds,
                ticket: None,
            };
            Letters::new(&waiter.member.connection, [body], now)
        });
        let told = deliver(&self.poster, letters.collect()).await?;
        heard.gone.extend(told.gone);
        forget(&self.store, &heard.gone).await?;
        Ok(Outcome {
            reached: heard.reached.len() + told.reached.len() - admitted,
            gone: heard.gone.len(),
            missed: heard.missed + told.missed,
            admitted,
        })
    }

    /// Asks the waiting room about somebody; none when there is nothing to tell them.
    async fn ask<'a>(&self, event_id: EventId, waiter: Waiter<'a>) -> Option<Answer<'a>> {
        let Waiting { user, ticket, .. } = waiter.waiting;
        let call = AdmitBuyer { event_id, user_id: *user, ticket: ticket.clone() };
        let (body, is_last) = match self.admissions.admit(&call).await {
            Ok(EntryAnswer::Admitted(entry)) => {
                let (admission_token, expires_at) = (entry.admission_token, entry.expires_at);
                (Body::QueueEntryAllowed { event_id, admission_token, expires_at }, true)
            }
            Ok(EntryAnswer::Waiting(wait) | EntryAnswer::PreQueue(wait)) => {
                (self.waits_on(event_id, waiter, wait).await?, false)
            }
            Ok(EntryAnswer::Refused { code }) => (refusal(event_id, &code), true),
            Err(error) => {
                tracing::error!(%event_id, error = chain(&error), "somebody who is next was not let in");
                return None;
            }
        };
        Some(Answer { waiter, body, is_last })
    }

    /// Keeps the ticket that somebody waits on with, if it is another one; what they are told then.
    async fn waits_on(&self, event_id: EventId, waiter: Waiter<'_>, wait: Wait) -> Option<Body> {
        let ticket = wait.ticket.filter(|ticket| *ticket != waiter.waiting.ticket)?;
        let waiting = Waiting { ticket: ticket.clone(), place: wait.place, ..waiter.waiting.clone() };
        let room = Room::Queue(event_id);
        if let Err(error) = self.store.hand_ticket(room, &waiter.member.connection, &waiting).await {
            // The next round gets it again.
            tracing::error!(%event_id, error = chain(&error), "a ticket was not kept");
            return None;
        }
        Some(Body::QueueUpdated {
            event_id,
            position: wait.position?,
            ahead: wait.ahead?,
            estimated_wait_seconds: wait.estimated_wait_seconds,
            ticket: Some(ticket),
        })
    }
}

/// What the waiting room refuses somebody for, as a message.
fn refusal(event_id: EventId, code: &str) -> Body {
    let problem =
        Problem::conflict("queue_refused", "The waiting room does not let you in. Ask it by POST /queue/check.");
    let problem = problem.with("reason", code).with("eventId", event_id);
    crate::message::error(&problem, None, None)
}
