//! The functions of the payments context: one module a handler, one binary a function, [`Setup`] for their clients.

pub mod charge_payment;
pub mod charge_points;
pub mod dto;
pub mod get_payment;
pub mod get_points;
pub mod handle_pg_webhook;
pub mod list_points_history;
pub mod refund_payment;
pub mod request_payment;
mod setup;

pub use setup::{Setup, SetupError};
