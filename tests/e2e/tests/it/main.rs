//! The deployed application, seen from outside.
//!
//! Tests share one stack and run side by side: each makes its own people and events and looks at nothing else.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod access;
mod accounts;
mod bad_input;
mod bad_values;
mod catalogue;
mod event_store;
mod google;
mod iam;
mod idempotency;
mod journey;
mod keys;
mod people;
mod points;
mod profile;
mod races;
mod saga;
mod seats;
mod slow_down;
mod tokens;
