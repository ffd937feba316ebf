//! The whole application under load on one machine: its real functions, run as Lambda runs them, behind a front door
//! that does what API Gateway does, over a DynamoDB, queues and mail in one process beside them.
//!
//! | module | what it is |
//! |---|---|
//! | [`addresses`] | what references of the templates stand for here |
//! | [`aws`] | the process with DynamoDB, SQS, Secrets Manager, SES and the payment gateway |
//! | [`pool`] | execution environments of a function: a process each |
//! | [`gateway`] | the front door: routes, tokens, payloads; and Lambda's own API |
//! | [`tokens`] | who callers are, as the front door is told |
//! | [`sources`] | event source mappings of queues and table streams |
//! | [`stack`] | all of these, started and stopped |
//! | [`by_item`] | the usual design for holds, as a function like ours |
//! | [`users`], [`record`], [`watch`] | virtual users, what they saw, and what it took |
//! | [`halls`] | what is sold |
//! | [`meter`] | what calls to DynamoDB are charged |
//! | [`scenarios`] | what virtual users do, and the books afterwards |
//! | [`report`], [`charts`] | tables and pictures of it |

pub mod addresses;
pub mod aws;
pub mod by_item;
pub mod charts;
pub mod gateway;
pub mod halls;
pub mod meter;
pub mod pool;
pub mod record;
pub mod report;
pub mod scenarios;
pub mod sources;
pub mod stack;
pub mod tokens;
pub mod users;
pub mod watch;

/// Why a run cannot go on. The text is for people.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
