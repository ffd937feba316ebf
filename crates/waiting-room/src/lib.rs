//! The waiting room: who may enter a guarded sale, and in which order.
//!
//! A place in the line is a signed ticket that its owner keeps; the table keeps only what all share, and an item for
//! each person inside. So waiting costs no write, and asking no read beyond one that is shared for a second.
//!
//! The *plan* says how far the line is served; it is an estimate and makes the order. The *gates* count who is inside;
//! they are exact and keep the capacity. Only [`steer`] makes room at a gate.
//!
//! | module | what it does |
//! |---|---|
//! | [`domain`] | the rules |
//! | [`check`] | somebody asks to come in, or whether it is their turn |
//! | [`leave`], [`news`] | admissions end or are renewed by what their owners do |
//! | [`look`] | what everybody, and what admins may see |
//! | [`manage`] | admins configure and empty queues |
//! | [`steer`] | gives places on and plans the line, round by round |
//! | [`tickets`], [`runs`] | the tickets, and the numbers on them |
//! | [`outbox`] | what is sent to the queues |
//! | [`dynamodb`] | the table |

pub mod check;
pub mod domain;
pub mod dynamodb;
mod error;
pub mod leave;
pub mod look;
pub mod manage;
pub mod news;
pub mod outbox;
mod rooms;
pub mod runs;
pub mod steer;
pub mod tickets;

pub use error::{QueueError, TicketFlaw};
pub use rooms::Rooms;
