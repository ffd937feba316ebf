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

pub use setup::{Outbox, Setup, SetupError, Watch, fresh_keys};
