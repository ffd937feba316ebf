//! The use cases on an embedded DynamoDB.

mod changing;
mod fixture;
mod interruptions;
mod listing;
pub mod pictures;
mod publishing;
