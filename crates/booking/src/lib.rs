//! Booking: who has which seat, and until when.
//!
//! Two kinds of items decide everything. A *block* carries a mark for each taken seat of up to 50; a buyer's *book* of a
//! performance carries their reservations of it. Seats are marked first and the book is written second: a reservation
//! on record always has its seats, and a crash between the two leaves marks that lapse by themselves.
//!
//! | module | what it does |
//! |---|---|
//! | [`domain`] | the rules |
//! | [`hold`], [`best_available`] | take seats: chosen ones, or the best left |
//! | [`pay`], [`settle`] | bind a reservation to a payment; turn the payment's outcome into seats |
//! | [`leave`], [`call_off`] | release, cancel, expire; end everything when the performance is called off |
//! | [`look`], [`stock`] | seat map, a buyer's reservations; what is left, and on which days |
//! | [`e_tickets`] | sign what lets people in |
//! | [`changes`] | keep what catalog publishes |
//! | [`live`] | tell those who watch what has changed |
//! | [`admissions`] | keep what the waiting room tells, and read the tokens it hands out |
//! | [`dynamodb`], [`queues`] | the table; the queues that are written to |

pub mod admissions;
pub mod best_available;
pub mod call_off;
pub mod changes;
pub mod domain;
pub mod dynamodb;
pub mod e_tickets;
mod error;
pub mod hold;
pub mod leave;
pub mod live;
pub mod look;
pub mod pay;
pub mod queues;
pub mod sales;
pub mod settle;
pub mod stock;

pub use error::BookingError;
