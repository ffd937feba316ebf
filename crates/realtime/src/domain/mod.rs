//! The rules of live updates: no AWS, no clock, no JSON.
//!
//! | module | what it decides |
//! |---|---|
//! | [`connection`] | who is connected, how long a connection counts, and its limits |
//! | [`pace`] | how often a connection may speak |
//! | [`room`] | who is in a room, and what is remembered of a room |
//! | [`news`] | what many changes of a room come to |
//! | [`versions`] | how deltas chain, and when a room may be spoken to again |
//! | [`choices`] | which seats the others have chosen |
//! | [`line`] | who of those that wait is next, and who is told where they stand |

pub mod choices;
pub mod connection;
pub mod line;
pub mod news;
pub mod pace;
pub mod room;
pub mod versions;
