//! The handlers as the gateway calls them, on an embedded DynamoDB.

mod announcements;
mod bad_input;
mod driver;
mod images;
mod journey;
mod lifecycle;
mod search;
