//! Live updates: connections, the rooms they are in, and what rooms and people are told.
pub mod domain;
