//! The whole application under load on one machine.
