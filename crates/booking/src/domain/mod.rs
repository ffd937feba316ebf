//! The rules of booking: no AWS, no JSON, no clock, no randomness.
//!
//! | module | rule |
//! |---|---|
//! | [`mark`] | what the number on a seat means, and when it may be replaced |
//! | [`listing`] | what is known of a performance, in whatever order news of it comes |
//! | [`sale`] | what a performance sells: its seats, its prices, its hours |
//! | [`admission`] | who may enter a sale that a waiting room guards |
//! | [`book`], [`call_off`] | a buyer's reservations of one performance: limits, the life of a reservation, its end |
//! | [`cancellation`] | what cancelling gives back, and until when |
//! | [`e_ticket`] | who is let in by a confirmed reservation |
//! | [`occupancy`], [`stock`] | which seats are free, held, sold; how many, and on which days |
//! | [`deltas`] | which seats have changed, for those who watch |
//! | [`choice`] | which seats are the best ones left |

pub mod admission;
pub mod book;
pub mod call_off;
pub mod cancellation;
pub mod choice;
pub mod deltas;
pub mod e_ticket;
pub mod listing;
pub mod mark;
pub mod occupancy;
mod rows;
pub mod sale;
pub mod stock;
