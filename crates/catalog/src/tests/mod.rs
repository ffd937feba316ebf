//! The use cases on an embedded DynamoDB.

mod announcements;
mod bucket;
mod changing;
mod fixture;
mod images;
mod interruptions;
mod lifecycle;
mod listing;
pub mod pictures;
mod publishing;
mod races;
mod keywords;
mod proof;
mod searching;
mod snapshots;
