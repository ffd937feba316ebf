//! The functions that belong to no context.

pub mod get_health;
pub mod reject_unknown_path;
