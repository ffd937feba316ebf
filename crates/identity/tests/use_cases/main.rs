//! The use cases over an embedded DynamoDB.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot set itself up must stop")]

mod accounts;
mod administration;
mod google;
mod log_in;
mod networks;
mod oidc;
mod provider;
mod refresh;
mod register;
mod world;
