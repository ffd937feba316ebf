//! The event store: every domain event, kept for ever and sent on to the queues that wait for it.
//!
//! | module | what it holds |
//! |---|---|
//! | [`domain`] | which queues an event goes to, and when |
//! | [`append`] | the use case: store, then send |
//! | [`image`] | reads an event off an item of a table's stream |
//! | [`refusal`] | what is said of a record that no further delivery can help |
//! | [`store`] | the event store in DynamoDB |
//! | [`queues`] | the port to the queues, and SQS behind it |

pub mod append;
pub mod domain;
pub mod image;
pub mod queues;
pub mod refusal;
pub mod store;
