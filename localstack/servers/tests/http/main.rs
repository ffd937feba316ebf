//! The servers over real HTTP on free ports.
#![allow(clippy::unwrap_used, reason = "a helper that fails fails its test")]

mod checkout;
mod gateway;
mod pages;
mod push_service;
mod socket;
mod virtual_pg;
