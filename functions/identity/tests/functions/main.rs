//! The functions as Lambda calls them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot set itself up must stop")]

mod http;
mod operators;
mod provisioning;
