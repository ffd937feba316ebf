//! The use cases on an embedded DynamoDB.

mod changing;
mod fixture;
mod interruptions;
mod listing;
mod publishing;
