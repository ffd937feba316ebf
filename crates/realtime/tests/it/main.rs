//! Connections, rooms and news on a table of their own, with messages, time and the waiting room in the test's hands.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot set itself up must stop"
)]

mod access;
mod broadcast;
mod connections;
mod interruptions;
mod news;
mod poster;
mod queue;
mod rooms;
mod world;
