//! The waiting room over a table.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot set itself up must stop"
)]

mod admissions;
mod crash;
mod draw;
mod line;
mod rounds;
mod rush;
mod world;
