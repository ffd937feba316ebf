//! The use cases on an embedded DynamoDB.

mod announcements;
mod bucket;
mod changing;
mod fixture;
mod images;
mod interruptions;
mod keywords;
mod lifecycle;
mod listing;
pub mod pictures;
mod proof;
mod publishing;
mod races;
mod searching;
mod snapshots;
