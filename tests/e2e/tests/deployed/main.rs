//! The deployed application, seen from outside.
//!
//! Tests share one stack and run side by side: each makes its own people and events and looks at nothing else.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod access;
mod accounts;
mod announcements;
mod bad_accounts;
mod bad_catalogue;
mod bad_input;
mod bad_values;
mod caching;
mod calling_off;
mod catalogue;
mod chosen_ids;
mod cookies;
mod dates;
mod draw;
mod e_tickets;
mod event_store;
mod google;
mod iam;
mod idempotency;
mod images;
mod inbox;
mod journey;
mod keys;
mod keywords;
mod live;
mod live_abuse;
mod live_queue;
mod lives;
mod people;
mod points;
mod posters;
mod profile;
mod programme;
mod push;
mod races;
mod ranking;
mod rush;
mod saga;
mod search;
mod search_walk;
mod seats;
mod slow_down;
mod tokens;
mod waiting_room;
mod walk;
mod withdrawal;
mod world;
