//! Live updates: connections, the rooms they are in, and what rooms and people are told.
//!
//! | module | what it holds |
//! |---|---|
//! | [`domain`] | the rules: limits, merging, versions, who is next in a line |
//! | [`access`] | who connects: access tokens |
//! | [`connect`] | coming and going |
//! | [`rooms`] | what connections do in rooms |
//! | [`broadcast`] | what rooms are told |
//! | [`news`] | what people are told of their own payments and reservations |
//! | [`message`] | what clients are told, as it travels |
//! | [`post`] | messages to many connections at once |
//! | [`poster`], [`changes`], [`admissions`], [`clock`] | the ports: connections, `broadcast-changes`, the waiting room, time |
//! | [`store`] | connections and rooms in DynamoDB |
//! | [`error`] | refusals, and the problem each becomes |

pub mod access;
pub mod admissions;
pub mod broadcast;
pub mod changes;
pub mod clock;
pub mod connect;
pub mod domain;
pub mod error;
pub mod message;
pub mod news;
pub mod post;
pub mod poster;
pub mod rooms;
pub mod store;

pub use error::LiveError;
