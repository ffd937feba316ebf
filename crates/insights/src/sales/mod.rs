//! The read models of sales: what is counted, who ranks where, and how they are built anew from the event store.
//!
//! | module | what it holds |
//! |---|---|
//! | [`compare`] | whether two generations say the same |
//! | [`project`] | the use case of the worker: news are counted once, the catalogue is told |
//! | [`projector`] | news into one generation of the read models |
//! | [`ranking`] | who comes first |
//! | [`replay`] | a new generation from the event store |
//! | [`store`] | the table |

pub mod compare;
mod generations;
mod items;
pub mod project;
pub mod projector;
pub mod ranking;
pub mod replay;
pub mod store;
mod sweep;
mod waiting;
