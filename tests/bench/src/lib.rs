//! Cold starts and warm work of `reserve-seats`, beside the same function in other languages.
//!
//! | module | what it does |
//! |---|---|
//! | [`runtime_api`] | Lambda's side of the Runtime API |
//! | [`hall`] | a performance on sale in an embedded DynamoDB, and requests for its seats |
//! | [`tls`] | the same DynamoDB over TLS, with a certificate of our own |
//! | [`contender`], [`peers`] | the programs that are measured, and how they are installed |
//! | [`process`] | starts a program, and says what it has used |
//! | [`cold`], [`warm`] | what is measured |
//! | [`agree`] | whether all programs do the same |
//! | [`report`] | tables and files |

pub mod agree;
pub mod cold;
pub mod contender;
pub mod hall;
pub mod peers;
pub mod process;
pub mod report;
pub mod runtime_api;
pub mod tls;
pub mod warm;

/// What stops a measurement: a program that is not there, does not start, or answers otherwise than it should.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
