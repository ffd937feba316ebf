//! The functions as Lambda calls them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot set itself up must stop")]

mod api;
mod cloud;
mod cookies;
mod google;
mod http;
mod operators;
mod people;
mod provisioning;
mod rotation;
mod signer;
mod viewers;
