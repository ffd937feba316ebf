//! The rules of booking: no AWS, no JSON, no clock, no randomness.
//!
//! | module | rule |
//! |---|---|
//! | [`mark`] | what the number on a seat means, and when it may be replaced |
//! | [`sale`] | what a performance sells: its seats, its prices, its hours |
//! | [`book`] | a buyer's reservations of one performance: limits and the life of a reservation |
//! | [`occupancy`] | which seats are free, held, sold |
//! | [`choice`] | which seats are the best ones left |

pub mod book;
pub mod choice;
pub mod mark;
pub mod occupancy;
pub mod sale;
