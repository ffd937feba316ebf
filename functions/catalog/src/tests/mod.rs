//! The handlers as the gateway calls them, on an embedded DynamoDB.

mod bad_input;
mod driver;
mod journey;
mod search;
