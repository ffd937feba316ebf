//! Accounts: who somebody is and what they may do.
//!
//! | module | what it holds |
//! |---|---|
//! | [`domain`] | the rules: addresses, passwords, attempts, refresh tokens, roles, log-ins at Google, key rotation |
//! | [`sessions`], [`accounts`], [`administration`] | the use cases: those that sign tokens, those for an account's owner, those for admins and operators |
//! | [`google`], [`provider`] | logging in through Google: the use case, and OpenID Connect as it is spoken |
//! | [`store`] | the identity table |
//! | [`passwords`] | argon2id |
//! | [`keys`], [`tokens`], [`signer`] | the signing keys, the access tokens they sign, and hearing of newer keys |
//! | [`provisioning`], [`rotation`] | making and publishing the keys, replacing them |

pub mod accounts;
pub mod administration;
mod changes;
pub mod domain;
mod error;
pub mod google;
pub mod keys;
pub mod origin;
pub mod passwords;
pub mod provider;
pub mod provisioning;
mod random;
pub mod rotation;
pub mod sessions;
pub mod signer;
pub mod store;
pub mod tokens;

pub use accounts::Accounts;
pub use administration::Administration;
pub use error::Error;
pub use google::Google;
pub use origin::Origin;
pub use sessions::Sessions;
pub use signer::Signer;
pub use store::Store;
