//! Booking against an embedded DynamoDB.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod admission;
mod best_available;
mod call_off;
mod call_off_race;
mod expiry;
mod hall;
mod hold;
mod idempotency;
mod news;
mod race;
mod replay;
mod saga;
mod stock;
