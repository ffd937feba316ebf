//! The waiting room.

pub mod domain;
