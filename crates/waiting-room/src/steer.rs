//! Rounds: lapsed places are given on and the line is planned, about once a second while anybody waits or buys.
//!
//! A round that has planned asks for the next one. Should it stop in between, the chain is broken; the next `check`
//! finds an old plan and wakes the queue. Two chains for one queue are one again after a round: only one plan follows
//! on another.

use contracts::ids::EventId;
use contracts::live::RoomChange;
use contracts::waiting_room::{AdmissionEnd, QueueState};
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use jiff::Timestamp;
use kit::dynamo::StoreError;

use crate::QueueError;
use crate::domain::plan::{Observed, Plan, ROUND_SECONDS};
use crate::domain::queue::{Phase, Queue};
use crate::domain::sale::seats_left;
use crate::domain::{gates, polling};
use crate::dynamodb::{Gate, Room, Store, Survey};
use crate::outbox::{Live, Round, Steering};

/// Gates dealt with side by side.
const SIDE_BY_SIDE: usize = 8;

/// Places given on at one gate in a round.
const MOST_RELEASED: i32 = 100;

/// Void admissions ended at one gate in a round: nobody waits for it.
const MOST_VOID: i32 = 25;

/// What a round did.
#[derive(Debug, Clone, PartialEq)]
pub enum Steered {
    /// Nothing: another chain plans this queue, or it is not open.
    Void,
    /// It planned.
    Planned(Box<Plan>),
}

/// Plays a round.
///
/// # Errors
/// When the table or a queue does not answer. What was done of the round is right; the next one does the rest.
pub async fn steer<O: Steering + Live>(
    store: &Store,
    outbox: &O,
    round: Round,
    now: Timestamp,
) -> Result<Steered, QueueError> {
    let event = round.event_id;
    let room = store.room(event).await?;
    let open = |queue: &&Queue| queue.state.enabled && queue.phase(now) == Phase::Open;
    let Some(queue) = room.queue.as_ref().filter(open) else { return Ok(Steered::Void) };
    let latest = room.plan.as_ref();
    if latest.is_some_and(|plan| plan.round != round.round && !plan.is_stale(now)) {
        return Ok(Steered::Void);
    }

    // Boxed, for the compiler: side by side within side by side makes a type deeper than it looks into.
    let plan = Box::pin(plan(store, &room, queue, now)).await?;
    if !store.save_plan(event, &plan, latest.map(|plan| plan.round)).await? {
        return Ok(Steered::Void);
    }
    if !plan.sleeps() {
        outbox.ask(Round { event_id: event, round: plan.round }, ROUND_SECONDS).await?;
        // Also when nobody waits to be called up: who was called up while the sale was full has yet to be let in.
        let change =
            RoomChange::Queue { event_id: event, era: plan.era, pointer: plan.pointer, entrants: plan.entrants };
        outbox.tell(&change, &format!("{event}-{}-{}", plan.era, plan.round)).await?;
    }
    Ok(Steered::Planned(Box::new(plan)))
}

/// Plays the first round of an era whose sale is open already, so that the first to ask find a line and gates. Of any other
/// queue, nothing: the first to ask at the opening wakes it.
///
/// # Errors
/// As [`steer`].
pub async fn begin<O: Steering + Live>(
    store: &Store,
    outbox: &O,
    queue: &QueueState,
    now: Timestamp,
) -> Result<(), QueueError> {
    let plan = store.room(queue.event_id).await?.plan;
    if plan.as_ref().is_some_and(|plan| plan.era == queue.era) {
        return Ok(());
    }
    let round = Round { event_id: queue.event_id, round: plan.map_or(0, |plan| plan.round) };
    steer(store, outbox, round, now).await.map(drop)
}

/// Makes room at the gates, looks at what there is, plans, and sets the gates by the plan.
async fn plan(store: &Store, room: &Room, queue: &Queue, now: Timestamp) -> Result<Plan, StoreError> {
    let (event, era, capacity) = (queue.state.event_id, queue.state.era, queue.state.capacity);
    let of_era = room.plan.as_ref().filter(|plan| plan.era == era);
    let gates = of_era.map_or(0, |plan| plan.gates).max(gates::count(capacity));
    release(store, event, era, gates, Some(now.as_second()), now).await?;
    let survey = store.survey(event, era, gates, now).await?;

    let mut before = match (of_era, &room.plan) {
        (Some(plan), _) => plan.clone(),
        (None, earlier) => {
            // Nobody enters the draw any more: from here on its entrants are a fixed number.
            let opening =
                Plan::opening(earlier.as_ref().map_or(0, |plan| plan.round), era, survey.counters.entrants, now);
            opening.heard_within(polling::opening_spread(survey.counters.entrants)).voiding(earlier.as_ref())
        }
    };
    if let Some((era, gates)) = before.void()
        && release(store, event, era, gates, None, now).await? == 0
    {
        before.voided();
    }
    let next = before.next(observe(&survey, &before, room, capacity), gates, now);

    let all = survey.gates.iter().zip(0..);
    let settings = all.map(|(gate, number)| {
        let limit = gates::limit(capacity, number);
        (*gate, number, limit, next.walk_ins && limit > 0)
    });
    let changed = settings.filter(|(gate, _, limit, walk_ins)| {
        gate.is_none_or(|gate| (gate.limit, gate.walk_ins) != (*limit, *walk_ins))
    });
    stream::iter(changed.collect::<Vec<_>>())
        .map(|(_, number, limit, walk_ins)| store.set_gate(event, era, number, limit, walk_ins, now))
        .buffer_unordered(SIDE_BY_SIDE)
        .try_collect::<()>()
        .await?;
    Ok(next)
}

fn observe(survey: &Survey, before: &Plan, room: &Room, capacity: u32) -> Observed {
    let gates = || survey.gates.iter().map(|gate| gate.unwrap_or_default());
    let with_room = |(gate, number): (Gate, u32)| (gate.occupied < gates::limit(capacity, number)).then_some(number);
    Observed {
        capacity,
        occupied: gates().map(|gate| gate.occupied).sum(),
        with_room: gates().zip(0..).filter_map(with_room).collect(),
        seats_left: seats_left(&room.left),
        health: survey.health,
        issued: before.entrants.saturating_add(survey.counters.numbers),
        claims: gates().map(|gate| gate.claims).sum(),
    }
}

/// Gives on what has lapsed by `until`, or everything of a void era when none. Returns how many places were found. A
/// gate that others are passing at this moment is left to the next round.
async fn release(
    store: &Store,
    event: EventId,
    era: u32,
    gates: u32,
    until: Option<i64>,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let (why, most) =
        if until.is_some() { (AdmissionEnd::Idle, MOST_RELEASED) } else { (AdmissionEnd::Cleared, MOST_VOID) };
    stream::iter(0..gates)
        .map(|gate| async move {
            let lapsed = store.lapsed(event, era, gate, until, most).await?;
            if lapsed.is_empty() {
                return Ok(0);
            }
            match store.release(lapsed, until, why, now).await {
                Ok(_) | Err(StoreError::Contended) => Ok(1),
                Err(error) => Err(error),
            }
        })
        .buffer_unordered(SIDE_BY_SIDE)
        .try_fold(0, |sum, found| async move { Ok(sum + found) })
        .await
}
