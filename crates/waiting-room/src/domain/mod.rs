//! The rules of a waiting room, without a clock, a table or chance.
//!
//! | module | what it decides |
//! |---|---|
//! | [`queue`] | a queue's rules and phases; configuring it, emptying it |
//! | [`draw`] | ids of draw tickets, their scores, their places |
//! | [`plan`] | how far the line is served, round by round |
//! | [`gates`] | how the capacity is spread over counters |
//! | [`admission`] | the life of an admission |
//! | [`polling`] | when somebody who waits should ask again |
//! | [`sale`] | what the waiting room knows of the event it guards |

pub mod admission;
pub mod draw;
pub mod gates;
pub mod plan;
pub mod polling;
pub mod queue;
pub mod sale;
