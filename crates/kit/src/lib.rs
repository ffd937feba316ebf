//! What every function of Jari needs and no context owns.
//!
//! | module | what it does |
//! |---|---|
//! | [`http`] | parses a request, runs a handler, renders its answer or problem, logs one line |
//! | [`problem`] | RFC 9457 problem documents with stable codes |
//! | [`validate`] | collects what is wrong with a body, by JSON pointer |
//! | [`claims`] | who calls, from API Gateway's JWT authorizer |
//! | [`idempotency`] | `Idempotency-Key` and the fingerprint of a body |
//! | [`signed`] | claims that people carry, signed with a secret of ours |
//! | [`page`] | limits and cursors of lists |
//! | [`recent`] | what was read a moment ago |
//! | [`worker`] | SQS batches with partial failures |
//! | [`dynamo`] | conditional writes, transactions, items |
//! | [`env`], [`aws`], [`telemetry`] | configuration, clients, logs |

pub mod aws;
pub mod claims;
pub mod dynamo;
pub mod env;
pub mod http;
pub mod idempotency;
pub mod page;
pub mod problem;
pub mod recent;
pub mod retry;
pub mod signed;
pub mod telemetry;
pub mod validate;
pub mod worker;

/// What a function's `main` returns: any error ends the execution environment and is in the log.
pub type MainResult = Result<(), lambda_runtime::Error>;
