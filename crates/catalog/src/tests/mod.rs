//! The use cases on an embedded DynamoDB.

mod changing;
mod fixture;
mod interruptions;
mod lifecycle;
mod listing;
mod publishing;
mod races;
