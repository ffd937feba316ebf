//! What the tests of the deployed application share. The application is seen from outside only: nothing here knows its
//! Rust types, so that a test fails when what people see changes.
//!
//! Run by `jari_local test-stack`, which tells by the environment where the stack is; see [`stack::Stack`].

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that does not get what it needs fails the test"
)]

pub mod api;
pub mod browser;
pub mod contract;
pub mod draft;
pub mod forge;
pub mod function;
pub mod google;
pub mod hall;
pub mod history;
pub mod iam;
pub mod live_contract;
pub mod mailbox;
pub mod person;
pub mod pg;
pub mod picture;
pub mod queue;
pub mod scan;
pub mod socket;
pub mod stack;
pub mod wait;
pub mod watcher;
