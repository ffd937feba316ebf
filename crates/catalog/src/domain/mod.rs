//! The catalogue's rules: no AWS, no JSON, no clock, no randomness.
//!
//! | module | what it decides |
//! |---|---|
//! | [`layout`] | which geometry is sound |
//! | [`event`] | how an event is described, and how its status may change |
//! | [`offer`] | what a performance and a ticket type may be |
//! | [`offer_patch`] | how a performance and a ticket type may change, and when they may be taken back |
//! | [`programme`] | an event with all that belongs to it, and who manages it |
//! | [`publication`] | when an event may go on sale, and on which terms |
//! | [`withdrawal`] | what taking an event off sale and calling it off change |
//! | [`changes`] | what is written when something changes |
//! | [`version`] | when a change is refused because its sender looked at something else |
//! | [`card`] | how an event appears in lists |
//! | [`image`] | what an uploaded picture must be, and who may use it |
//! | [`announcement`] | what an announcement may say, and when it is public |
//! | [`search`] | which events a search finds, and in which order |
//! | [`keyword`] | which words may be declared to mean the same |

pub mod announcement;
pub mod card;
pub mod changes;
pub mod event;
pub mod image;
pub mod keyword;
pub mod layout;
pub mod offer;
pub mod offer_patch;
pub mod programme;
pub mod publication;
pub mod search;
pub mod version;
pub mod withdrawal;

#[cfg(test)]
mod samples;
