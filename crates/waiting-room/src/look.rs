//! What everybody may see of a queue, and what admins may.

use contracts::ids::EventId;
use contracts::waiting_room::{Notice, Pointer, QueueState};
use jiff::Timestamp;
use kit::signed::Secret;
use serde::Serialize;

use crate::QueueError;
use crate::domain::plan::Plan;
use crate::domain::queue::{Phase, Queue};
use crate::domain::sale::{PaymentHealth, notice, seats_left};
use crate::domain::{gates, polling};
use crate::dynamodb::{Room, Store};
use crate::tickets::{self, Shown};

/// Where a queue is in its life, or that there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PublicPhase {
    /// Whoever comes is let in.
    None,
    /// Nobody can enter yet.
    Scheduled,
    /// The draw can be entered.
    PreQueue,
    /// The sale is open.
    Open,
}

/// A queue as everybody may see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// Whose.
    pub event_id: EventId,
    /// Where it is in its life.
    pub phase: PublicPhase,
    /// When the sale opens, or opened.
    pub opens_at: Option<Timestamp>,
    /// When the draw can be entered.
    pub pre_queue_opens_at: Option<Timestamp>,
    /// How far the line is served.
    pub serving: Option<Pointer>,
    /// How many took part in the draw, once it is over.
    pub entrants: Option<u64>,
    /// How many wait to be called up.
    pub waiting: Option<u64>,
    /// Free seats of all performances, when they are known.
    pub seats_left: Option<u64>,
    /// What one should know before waiting.
    pub notice: Option<Notice>,
    /// SHA-256 of the draw's seed, in hexadecimal digits.
    pub seed_hash: Option<String>,
    /// The draw's seed in hexadecimal digits, once it is over.
    pub seed: Option<String>,
    /// When to ask again, in seconds.
    pub poll_after_seconds: u32,
    /// Where the ticket stands that was shown.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketStatus>,
}

/// Where a ticket stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TicketStatus {
    /// The ticket's id, from which its score in the draw follows.
    pub ticket_id: String,
    /// The place in the line, from 0.
    pub place: u64,
    /// The place as people count, from 1; 0 when it is called up.
    pub position: u64,
    /// How many are before it.
    pub ahead: u64,
    /// How long that will take at the present pace, in seconds; absent when nothing moves.
    pub estimated_wait_seconds: Option<u64>,
}

/// A queue as admins may see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Numbers {
    /// Its rules.
    pub queue: QueueState,
    /// Where it is in its life.
    pub phase: PublicPhase,
    /// Buyers in the sale.
    pub active: u32,
    /// Entrants of the draw, so far or in all.
    pub entrants: u64,
    /// Numbers given out after the opening.
    pub numbers: u64,
    /// How many wait to be called up.
    pub waiting: u64,
    /// How many were called up.
    pub served: u64,
    /// How many of these came in.
    pub claimed: u64,
    /// The share of people called up who are there, as far as is known.
    pub present: Option<f64>,
    /// The latest round and its plan.
    pub round: Option<u64>,
    /// How far the line is served.
    pub serving: Option<Pointer>,
    /// Whether newcomers walk in.
    pub walk_ins: bool,
    /// Free seats of all performances, when they are known.
    pub seats_left: Option<u64>,
    /// Payments of the last minutes.
    pub payments: PaymentHealth,
}

/// The status of an event's queue, and of a ticket that somebody shows.
///
/// # Errors
/// When the event is not there, or the ticket not for its line.
pub fn status(
    event: EventId,
    room: &Room,
    secret: &Secret,
    ticket: Option<&str>,
    now: Timestamp,
) -> Result<Status, QueueError> {
    let facts = room.public_event()?;
    let shown = tickets::read(secret, ticket, event, None, now)?;
    let left = seats_left(&room.left);
    let queue = room.queue.as_ref().filter(|queue| queue.state.enabled);
    let phase = phase_of(queue, now);
    let plan = queue.and_then(|queue| plan_of(room, queue)).filter(|_| phase == PublicPhase::Open);
    let ticket = queue.zip(plan).and_then(|(queue, plan)| stand(queue, plan, shown, now));
    let waiting = plan.map(|plan| plan.waiting(now));
    let ahead = ticket.as_ref().map_or(waiting.unwrap_or(0), |ticket| ticket.ahead);
    Ok(Status {
        event_id: event,
        phase,
        opens_at: queue.map(|queue| queue.state.opens_at),
        pre_queue_opens_at: queue.map(Queue::pre_queue_opens_at),
        serving: plan.map(|plan| plan.pointer),
        entrants: plan.map(|plan| plan.entrants),
        waiting,
        seats_left: left,
        notice: notice(facts, left, ahead),
        seed_hash: queue.map(|queue| queue.state.seed_hash.clone()),
        seed: queue.filter(|_| plan.is_some()).map(|queue| queue.seed.reveal()),
        poll_after_seconds: poll(queue, phase, waiting.unwrap_or(0), now),
        ticket,
    })
}

/// The numbers of an event's queue.
///
/// # Errors
/// When it has none, or the table does not answer.
pub async fn numbers(store: &Store, event: EventId, now: Timestamp) -> Result<Numbers, QueueError> {
    let room = store.room(event).await?;
    let queue = room.queue.as_ref().ok_or(QueueError::NoQueue)?;
    let plan = plan_of(&room, queue);
    let gates = plan.map_or(0, |plan| plan.gates).max(gates::count(queue.state.capacity));
    let survey = store.survey(event, queue.state.era, gates, now).await?;
    let gates = || survey.gates.iter().flatten();
    let served = plan.map_or(0, |plan| plan.pointer.serving(now));
    let entrants = plan.map_or(survey.counters.entrants, |plan| plan.entrants);
    Ok(Numbers {
        queue: queue.state.clone(),
        phase: phase_of(Some(queue), now),
        active: gates().map(|gate| gate.occupied).sum(),
        entrants,
        numbers: survey.counters.numbers,
        waiting: entrants.saturating_add(survey.counters.numbers).saturating_sub(served),
        served,
        claimed: gates().map(|gate| gate.claims).sum(),
        present: plan.map(Plan::present),
        round: plan.map(|plan| plan.round),
        serving: plan.map(|plan| plan.pointer),
        walk_ins: plan.is_some_and(|plan| plan.walk_ins),
        seats_left: seats_left(&room.left),
        payments: survey.health,
    })
}

fn plan_of<'a>(room: &'a Room, queue: &Queue) -> Option<&'a Plan> {
    room.plan.as_ref().filter(|plan| plan.era == queue.state.era)
}

fn phase_of(queue: Option<&Queue>, now: Timestamp) -> PublicPhase {
    match queue.map(|queue| queue.phase(now)) {
        None => PublicPhase::None,
        Some(Phase::Scheduled) => PublicPhase::Scheduled,
        Some(Phase::PreQueue) => PublicPhase::PreQueue,
        Some(Phase::Open) => PublicPhase::Open,
    }
}

fn stand(queue: &Queue, plan: &Plan, shown: Shown, now: Timestamp) -> Option<TicketStatus> {
    let ticket = shown.of_era(queue.state.era)?;
    let place = tickets::place(&ticket, queue, plan);
    let standing = plan.pointer.standing(place, now);
    Some(TicketStatus {
        ticket_id: ticket.jti,
        place,
        position: standing.position,
        ahead: standing.ahead,
        estimated_wait_seconds: standing.estimated_wait_seconds,
    })
}

fn poll(queue: Option<&Queue>, phase: PublicPhase, waiting: u64, now: Timestamp) -> u32 {
    match (queue, phase) {
        (Some(queue), PublicPhase::PreQueue | PublicPhase::Scheduled) => {
            polling::before_opening(queue.state.opens_at, now, 0, 0)
        }
        _ => polling::watching(waiting),
    }
}
