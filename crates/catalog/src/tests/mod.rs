//! The use cases on an embedded DynamoDB.

mod changing;
mod fixture;
mod interruptions;
mod keywords;
mod listing;
mod proof;
mod publishing;
mod searching;
mod snapshots;
