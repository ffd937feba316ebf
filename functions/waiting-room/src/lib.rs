//! The waiting room's Lambda functions: a module each, and a binary each in `bin/`.

mod dto;
mod setup;

pub mod admit_buyer;
pub mod apply_sale_news;
pub mod apply_seats_left;
pub mod check_queue;
pub mod clear_queue;
pub mod configure_queue;
pub mod get_queue;
pub mod get_queue_status;
pub mod leave_queue;
pub mod steer_queues;

use contracts::waiting_room::QueueState;
use jiff::Timestamp;
use kit::worker::chain;
use waiting_room::dynamodb::Store;
use waiting_room::outbox::{Live, Steering};
use waiting_room::steer;

pub use setup::{Outbox, Setup, SetupError, Watch, fresh_keys};

/// Begins to plan a queue whose sale is open. What the admin did is done all the same when that fails: then the first to ask
/// wakes the queue.
async fn begin<O: Steering + Live>(store: &Store, outbox: &O, queue: &QueueState, now: Timestamp) {
    if let Err(error) = steer::begin(store, outbox, queue, now).await {
        tracing::error!(event_id = %queue.event_id, error = chain(&error), "the first round was not played");
    }
}
