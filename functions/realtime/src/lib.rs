//! The functions of live updates: a module each, and a binary each in `bin/`.

mod setup;
pub mod socket;

pub mod answer_ping;
pub mod broadcast_changes;
pub mod change_seat_selection;
pub mod connect_client;
pub mod deliver_news;
pub mod disconnect_client;
pub mod join_event_room;
pub mod join_queue_room;
pub mod join_seat_selection;
pub mod leave_event_room;
pub mod leave_queue_room;
pub mod leave_seat_selection;
pub mod reject_unknown_action;

pub use setup::{Setup, SetupError};
