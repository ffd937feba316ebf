//! The read models of sales against an embedded DynamoDB: any order, any repetition, crashes, races, rebuilding.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot set itself up must stop"
)]

mod concurrency;
mod counting;
mod history;
mod interruptions;
mod ranking;
mod replay;
mod world;
