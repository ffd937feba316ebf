//! The event store, which keeps every domain event for ever and sends it on to the queues that wait for it, and the read
//! models of sales, which are built from it.
//!
//! | module | what it holds |
//! |---|---|
//! | [`domain`] | which queues an event goes to and when; what is counted of sales |
//! | [`append`] | the use case: store, then send |
//! | [`image`] | reads an event off an item of a table's stream |
//! | [`refusal`] | what is said of a record that no further delivery can help |
//! | [`store`] | the event store in DynamoDB |
//! | [`queues`] | the port to the queues, and SQS behind it |
//! | [`sales`] | the read models of sales: counting, rankings, building them anew |

pub mod append;
pub mod domain;
pub mod image;
pub mod queues;
pub mod refusal;
pub mod sales;
pub mod store;
