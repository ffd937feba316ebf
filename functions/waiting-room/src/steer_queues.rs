//! `steer-queues`: plays a round of a queue. Behind the queue `steering`, to which it sends the next one.

use jiff::Timestamp;
use kit::worker::WorkerError;
use waiting_room::dynamodb::Store;
use waiting_room::outbox::{Live, Round, Steering};
use waiting_room::steer::{Steered, steer};

/// Plays one round.
///
/// # Errors
/// When the table or a queue does not answer.
pub async fn handle<O: Steering + Live>(store: &Store, outbox: &O, round: Round) -> Result<(), WorkerError> {
    let now = Timestamp::now();
    if let Steered::Planned(plan) = steer(store, outbox, round, now).await? {
        tracing::info!(
            function = "steer-queues",
            event_id = %round.event_id,
            round = plan.round,
            occupied = plan.occupied,
            served = plan.pointer.limit,
            waiting = plan.waiting(now),
            present = plan.present(),
        );
    }
    Ok(())
}
