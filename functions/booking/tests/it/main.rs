//! Booking's functions, driven by events as the gateway, the queues and the table's stream send them.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on must stop")]

mod admission;
mod called_off;
mod dates;
mod e_tickets;
mod refresh;
mod world;
