//! The waiting room's functions, driven by events of API Gateway and SQS.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot set itself up must stop"
)]

mod answers;
mod workers;
mod world;
