//! Booking against an embedded DynamoDB.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod best_available;
mod expiry;
mod hall;
mod hold;
mod idempotency;
mod race;
mod saga;
