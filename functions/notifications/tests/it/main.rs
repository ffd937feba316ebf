//! The functions of notifications, driven by events as API Gateway and CloudFormation send them.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on must stop")]

mod common;
mod inbox;
mod provisioning;
mod push;
