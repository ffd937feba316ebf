//! The catalogue's rules: no AWS, no JSON, no clock, no randomness.
//!
//! | module | what it decides |
//! |---|---|
//! | [`layout`] | which geometry is sound |
//! | [`event`] | how an event is described, and how its status may change |
//! | [`offer`] | what a performance and a ticket type may be |
//! | [`programme`] | an event with all that belongs to it, and who manages it |
//! | [`publication`] | when an event may go on sale, and on which terms |
//! | [`card`] | how an event appears in lists |
//! | [`search`] | which events a search finds, and in which order |
//! | [`keyword`] | which words may be declared to mean the same |

pub mod card;
pub mod event;
pub mod keyword;
pub mod layout;
pub mod offer;
pub mod programme;
pub mod publication;
pub mod search;
