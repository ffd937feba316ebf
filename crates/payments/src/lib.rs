//! Payments by card, by points or by both, and the points accounts themselves.
//!
//! | module | what it holds |
//! |---|---|
//! | [`domain`] | the rules: a payment's life, splitting a total, the points ledger, judging what the PG says |
//! | [`request`], [`points`], [`lookup`] | what a buyer asks for: paying, buying points, looking |
//! | [`charge`], [`refund`], [`webhook`] | what brings a payment to its end, all through [`settle`] |
//! | [`gateway`], [`toss`] | the payment gateway (PG): the port, and Toss Payments behind it |
//! | [`reservations`] | the one call to booking |
//! | [`store`] | the table |
//!
//! **Money moves once.** A payment changes by a write under the condition that nobody changed it since it was read, and
//! points move only in one transaction with such a change. Running a step twice, late, or beside itself therefore
//! changes nothing. The PG is asked under an idempotency key made of the payment's id, and what it did not answer is
//! resolved by asking how the order stands, never by guessing.

pub mod charge;
pub mod domain;
pub mod gateway;
pub mod lookup;
pub mod points;
mod problem;
pub mod refund;
pub mod request;
pub mod reservations;
pub mod settle;
pub mod store;
pub mod toss;
pub mod webhook;
