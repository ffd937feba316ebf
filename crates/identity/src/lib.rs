//! Accounts: who somebody is and what they may do.
//!
//! | module | what it holds |
//! |---|---|
//! | [`domain`] | the rules: addresses, passwords, attempts, refresh tokens, roles |
//! | [`sessions`], [`accounts`] | the use cases: those that sign tokens, and the others |
//! | [`store`] | the identity table |
//! | [`passwords`] | argon2id |
//! | [`keys`], [`tokens`] | the signing keys and the access tokens they sign |
//! | [`provisioning`] | making the first key and publishing its public half |

pub mod accounts;
pub mod domain;
mod error;
pub mod keys;
pub mod passwords;
pub mod provisioning;
pub mod sessions;
pub mod store;
pub mod tokens;

pub use accounts::Accounts;
pub use error::Error;
pub use sessions::Sessions;
pub use store::Store;
