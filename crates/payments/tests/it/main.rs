//! The payments context on an embedded DynamoDB and the virtual PG.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on must stop")]

mod charge;
mod chosen;
mod common;
mod concurrency;
mod faults;
mod late;
mod refund;
mod request;
mod reservations;
mod store;
mod toss;
mod webhook;
