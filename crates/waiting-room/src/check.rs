//! Somebody asks to come in, or whether it is their turn.

use std::time::Duration;

use contracts::event::EventType;
use contracts::ids::{AdmissionId, EventId, UserId};
use contracts::waiting_room::{Entry, EntryAnswer, Standing, TicketClaims, Wait};
use jiff::Timestamp;
use kit::dynamo::StoreError;
use kit::retry::backoff;
use kit::signed::Secret;
use kit::worker::chain;

use crate::QueueError;
use crate::domain::admission::{Admission, Claim};
use crate::domain::plan::{Plan, STALE_MS};
use crate::domain::queue::{Phase, Queue};
use crate::domain::sale::{EventFacts, notice, seats_left};
use crate::domain::{gates, polling};
use crate::dynamodb::{NewAdmission, Passage, Room, Store};
use crate::outbox::{Round, Steering};
use crate::rooms::Rooms;
use crate::runs::{Kind, Runs};
use crate::tickets::{self, Shown};

/// How often a gate is tried while others are passing it.
const TRIES: u32 = 4;

/// How often an admission that others change is read again.
const RENEWALS: u32 = 3;

/// How long an admission to a sale without a waiting room lasts, in seconds.
const OPEN_SALE_SECONDS: i64 = 300;

/// Where people ask.
#[derive(Debug)]
pub struct Desk<S> {
    /// The table.
    pub store: Store,
    /// Rooms read lately.
    pub rooms: Rooms,
    /// Numbers to give out.
    pub runs: Runs,
    /// Signs tickets.
    pub tickets: Secret,
    /// Signs admissions.
    pub admissions: Secret,
    /// Wakes queues.
    pub steering: S,
}

/// Somebody who asks.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// To which sale.
    pub event: EventId,
    /// Who.
    pub user: UserId,
    /// The ticket they show.
    pub ticket: Option<&'a str>,
    /// The id of their admission, should they be let in.
    pub id: AdmissionId,
}

/// A request with what is known of its event.
struct Asked<'a> {
    request: Request<'a>,
    room: &'a Room,
    queue: &'a Queue,
    facts: EventFacts,
    now: Timestamp,
}

impl<S: Steering + Sync> Desk<S> {
    /// Answers somebody who asks.
    ///
    /// # Errors
    /// When the event is not there or over, the queue not open, the ticket not theirs, or the table does not answer.
    pub async fn check(&self, request: Request<'_>, now: Timestamp) -> Result<EntryAnswer, QueueError> {
        let mut room = self.rooms.get(&self.store, request.event, now).await?;
        // Nothing is no place to have a ticket for, good or bad.
        room.public_event()?;
        let shown = tickets::read(&self.tickets, request.ticket, request.event, Some(request.user), now)?;
        if room.queue.as_ref().is_some_and(|queue| shown.is_later_than(queue.state.era)) {
            // The queue was emptied a moment ago, and somebody else knows already.
            room = self.store.room(request.event).await?.into();
        }
        let facts = room.public_event()?;
        if facts.is_over() {
            return Err(QueueError::SaleOver);
        }
        let Some(queue) = room.queue.as_ref().filter(|queue| queue.state.enabled) else {
            return self.unguarded(request, &room, facts, now);
        };
        let asked = Asked { request, room: &room, queue, facts, now };
        match queue.phase(now) {
            Phase::Scheduled => Err(not_open(queue, now)),
            Phase::PreQueue => self.enter_draw(&asked, shown).await,
            Phase::Open => self.ask(&asked, shown).await,
        }
    }

    /// There is nothing to wait for.
    fn unguarded(
        &self,
        request: Request<'_>,
        room: &Room,
        facts: EventFacts,
        now: Timestamp,
    ) -> Result<EntryAnswer, QueueError> {
        let era = room.queue.as_ref().map_or(0, |queue| queue.state.era);
        let ends = now.as_second() + OPEN_SALE_SECONDS;
        let admission = Admission::granted(request.id, request.event, request.user, era, 0, ends);
        self.admitted(&admission, room, facts, now)
    }

    async fn enter_draw(&self, asked: &Asked<'_>, shown: Shown) -> Result<EntryAnswer, QueueError> {
        let Asked { request, queue, now, .. } = *asked;
        let (event, era) = (request.event, queue.state.era);
        let ticket = match shown.of_era(era) {
            Some(ticket) => ticket,
            None => {
                self.runs.next(&self.store, event, era, Kind::Entrant, now).await?;
                tickets::for_draw(queue, request.user, now)
            }
        };
        let entrants = self.rooms.entrants(&self.store, event, era, now).await?;
        let poll = polling::before_opening(queue.state.opens_at, now, entrants, polling::number_of(&ticket.jti));
        Ok(EntryAnswer::PreQueue(self.wait(asked, Some(&ticket), None, poll)?))
    }

    /// The sale is open.
    async fn ask(&self, asked: &Asked<'_>, shown: Shown) -> Result<EntryAnswer, QueueError> {
        let Asked { queue, room, now, .. } = *asked;
        let plan = room.plan.as_ref();
        if plan.is_none_or(|plan| plan.era != queue.state.era || plan.is_stale(now)) {
            self.wake(asked).await;
        }
        let ticket = shown.of_era(queue.state.era);
        let Some(plan) = plan.filter(|plan| plan.era == queue.state.era) else {
            // The first round sets up line and gates; whoever has a ticket keeps it.
            return Ok(EntryAnswer::Waiting(self.wait(asked, ticket.as_ref(), None, 1)?));
        };
        let Some(ticket) = ticket else { return self.arrive(asked, plan).await };
        let place = tickets::place(&ticket, queue, plan);
        let ticket = tickets::with_place(ticket, place, now);
        if place >= plan.pointer.serving(now) {
            return self.stand(asked, plan, &ticket);
        }
        match self.enter(asked, plan, Some(ticket.iat)).await? {
            Entered::In(admission) => self.admitted(&admission, room, asked.facts, now),
            Entered::TicketUsed => self.take_number(asked, plan).await,
            Entered::No => self.stand(asked, plan, &ticket),
        }
    }

    /// Somebody without a place in this line: who is inside stays, who may walk in does, anybody else gets a number.
    async fn arrive(&self, asked: &Asked<'_>, plan: &Plan) -> Result<EntryAnswer, QueueError> {
        let Asked { request, queue, room, now, .. } = *asked;
        if let Some(known) = self.store.admission(request.event, request.user).await?
            && known.is_live(queue.state.era, now)
            && let Some(admission) = self.stay(asked, known).await?
        {
            return self.admitted(&admission, room, asked.facts, now);
        }
        if plan.walk_ins
            && !self.rooms.is_full(request.event, plan.round).await
            && let Entered::In(admission) = self.enter(asked, plan, None).await?
        {
            return self.admitted(&admission, room, asked.facts, now);
        }
        self.take_number(asked, plan).await
    }

    async fn take_number(&self, asked: &Asked<'_>, plan: &Plan) -> Result<EntryAnswer, QueueError> {
        let Asked { request, queue, now, .. } = *asked;
        let number = self.runs.next(&self.store, request.event, queue.state.era, Kind::Number, now).await?;
        let ticket = tickets::for_number(queue, plan, request.user, number, now);
        self.stand(asked, plan, &ticket)
    }

    /// Tries the gates, by a ticket made at `ticket_made_at` or without one.
    async fn enter(&self, asked: &Asked<'_>, plan: &Plan, ticket_made_at: Option<i64>) -> Result<Entered, QueueError> {
        let Asked { request, queue, now, .. } = *asked;
        let (event, user, era) = (request.event, request.user, queue.state.era);
        let ends = now.as_second() + i64::from(queue.state.session_seconds);
        if plan.with_room.is_empty() || self.rooms.is_full(event, plan.round).await {
            // A look is cheaper than a try. Whoever is inside stays.
            return match self.store.admission(event, user).await? {
                Some(known) => self.known(asked, known, ticket_made_at).await,
                None => Ok(Entered::No),
            };
        }
        let tried = gates::to_try(&plan.with_room, polling::number_of(&user.to_string()));
        let mut full = tried.len() == plan.with_room.len();
        for gate in tried {
            let admission = Admission::granted(request.id, event, user, era, gate, ends);
            match self.pass(&NewAdmission { admission: &admission, ticket_made_at }, now).await? {
                Passage::Passed => return Ok(Entered::In(admission)),
                Passage::Full => {}
                Passage::Crowded => full = false,
                Passage::Known(known) => return self.known(asked, *known, ticket_made_at).await,
            }
        }
        if full {
            self.rooms.note_full(event, plan.round).await;
        }
        Ok(Entered::No)
    }

    /// What somebody's latest admission makes of their wish to come in.
    async fn known(
        &self,
        asked: &Asked<'_>,
        known: Admission,
        ticket_made_at: Option<i64>,
    ) -> Result<Entered, QueueError> {
        Ok(match known.claim(asked.queue.state.era, ticket_made_at, asked.now) {
            Claim::Inside => self.stay(asked, known).await?.map_or(Entered::No, Entered::In),
            Claim::Used => Entered::TicketUsed,
            Claim::Leaving | Claim::Free => Entered::No,
        })
    }

    async fn pass(&self, new: &NewAdmission<'_>, now: Timestamp) -> Result<Passage, StoreError> {
        for attempt in 1..TRIES {
            let passage = self.store.pass(new, now).await?;
            if passage != Passage::Crowded {
                return Ok(passage);
            }
            tokio::time::sleep(backoff(attempt, Duration::from_millis(20), Duration::from_millis(150))).await;
        }
        self.store.pass(new, now).await
    }

    /// Renews the admission of somebody who is inside; `None` when it has ended meanwhile.
    async fn stay(&self, asked: &Asked<'_>, mut admission: Admission) -> Result<Option<Admission>, StoreError> {
        let Asked { request, queue, now, .. } = *asked;
        let ends = now.as_second() + i64::from(queue.state.session_seconds);
        for _ in 0..RENEWALS {
            let Some(renewed) = admission.renewed(ends) else { return Ok(Some(admission)) };
            if self.store.save_admission(&renewed, EventType::AdmissionRenewed, now).await? {
                return Ok(Some(renewed));
            }
            match self.store.admission(request.event, request.user).await? {
                Some(known) if known.is_live(queue.state.era, now) => admission = known,
                _ => return Ok(None),
            }
        }
        // It lasts at least as long as it did.
        Ok(Some(admission))
    }

    /// Has the queue planned. People are answered all the same when that fails; the next one tries again.
    async fn wake(&self, asked: &Asked<'_>) {
        let (event, at) = (asked.request.event, asked.now.as_millisecond());
        let round = Round { event_id: event, round: asked.room.plan.as_ref().map_or(0, |plan| plan.round) };
        let woken = async {
            if self.store.wake(event, at, at - STALE_MS).await? {
                self.steering.ask(round, 0).await?;
            }
            Ok::<_, QueueError>(())
        };
        if let Err(error) = woken.await {
            tracing::error!(event_id = %event, error = chain(&error), "the queue was not woken");
        }
    }

    fn admitted(
        &self,
        admission: &Admission,
        room: &Room,
        facts: EventFacts,
        now: Timestamp,
    ) -> Result<EntryAnswer, QueueError> {
        let left = seats_left(&room.left);
        Ok(EntryAnswer::Admitted(Entry {
            admission_token: self.admissions.sign(&admission.claims(now))?,
            expires_at: Timestamp::from_second(admission.state.expires_at).unwrap_or(Timestamp::MAX),
            seats_left: left,
            notice: notice(facts, left, 0),
        }))
    }

    fn stand(&self, asked: &Asked<'_>, plan: &Plan, ticket: &TicketClaims) -> Result<EntryAnswer, QueueError> {
        let place = tickets::place(ticket, asked.queue, plan);
        let mut standing = plan.pointer.standing(place, asked.now);
        if standing.position == 0 {
            // Called up, and the sale is full: the next place is theirs or another's who was called up.
            standing = Standing { position: 1, ahead: 0, estimated_wait_seconds: Some(1) };
        }
        let poll = polling::in_line(standing, plan.waiting(asked.now), polling::number_of(&ticket.jti));
        Ok(EntryAnswer::Waiting(self.wait(asked, Some(ticket), Some(standing), poll)?))
    }

    fn wait(
        &self,
        asked: &Asked<'_>,
        ticket: Option<&TicketClaims>,
        standing: Option<Standing>,
        poll_after_seconds: u32,
    ) -> Result<Wait, QueueError> {
        let left = seats_left(&asked.room.left);
        Ok(Wait {
            ticket: ticket.map(|ticket| self.tickets.sign(ticket)).transpose()?,
            ticket_id: ticket.map(|ticket| ticket.jti.clone()),
            place: ticket.and_then(|ticket| ticket.place),
            position: standing.map(|standing| standing.position),
            ahead: standing.map(|standing| standing.ahead),
            estimated_wait_seconds: standing.and_then(|standing| standing.estimated_wait_seconds),
            poll_after_seconds,
            opens_at: asked.queue.state.opens_at,
            seats_left: left,
            notice: notice(asked.facts, left, standing.map_or(0, |standing| standing.ahead)),
        })
    }
}

/// What came of trying to come in.
enum Entered {
    In(Admission),
    TicketUsed,
    No,
}

fn not_open(queue: &Queue, now: Timestamp) -> QueueError {
    let pre_queue_opens_at = queue.pre_queue_opens_at();
    let wait = pre_queue_opens_at.duration_since(now).as_secs() + 1;
    QueueError::NotOpen {
        opens_at: queue.state.opens_at,
        pre_queue_opens_at,
        wait_seconds: u32::try_from(wait).unwrap_or(u32::MAX),
    }
}
