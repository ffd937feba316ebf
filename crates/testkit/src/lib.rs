//! For tests only: a DynamoDB inside the test's own process, and AWS calls that fail or wait on purpose,
//! and the usual design that measurements compare with.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot set itself up must stop")]

pub mod baseline;
pub mod capacity;
mod database;
mod declaration;
mod faults;
mod pause;
mod table;

pub use database::Database;
pub use faults::{Fault, Faults, Moment};
pub use pause::Pause;
pub use table::TestTable;
