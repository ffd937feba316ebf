//! The functions around the read models of sales, down to an embedded DynamoDB.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot set itself up must stop"
)]

mod get_ranking;
mod project_sales;
mod replay_events;
mod world;
