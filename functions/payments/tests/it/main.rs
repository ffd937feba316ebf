//! The payments functions, driven by events as the gateway, the queues and the PG send them.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on must stop")]

mod bad_input;
mod chosen_ids;
mod common;
mod journeys;
mod webhook;
