//! For tests only: a DynamoDB inside the test's own process, and AWS calls that fail on purpose.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot set itself up must stop")]

mod faults;
mod table;

pub use faults::{Fault, Faults, Moment};
pub use table::TestTable;
