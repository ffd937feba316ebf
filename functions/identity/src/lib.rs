//! The Lambda functions of accounts: one module and one binary each.

use aws_sdk_dynamodb::Client;
use identity::provisioning::{KeyStore, ProvisioningError};
use identity::tokens::AccessTokens;
use identity::{Accounts, Sessions, Store};
use kit::env::{ConfigError, required};

pub mod dto;
pub mod get_my_profile;
pub mod get_user;
pub mod log_in;
pub mod log_out;
pub mod provision_signing_key;
pub mod refresh_session;
pub mod register_user;
pub mod set_user_role;

/// A function cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A setting is missing.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The signing key cannot be read.
    #[error("the signing key cannot be read")]
    Key(#[from] ProvisioningError),
}

/// What the functions that sign nothing need, from `IDENTITY_TABLE`.
///
/// # Errors
/// When a setting is missing.
pub async fn accounts_from_env() -> Result<Accounts, StartError> {
    let config = kit::aws::config().await;
    Ok(Accounts::new(Store::new(Client::new(&config), required("IDENTITY_TABLE")?)))
}

/// What the functions that sign need, from `IDENTITY_TABLE`, `SIGNING_KEY_SECRET_ARN`, `TOKEN_ISSUER` and
/// `TOKEN_AUDIENCE`. Reads the signing key, once in an environment's life.
///
/// # Errors
/// When a setting is missing or the signing key cannot be read.
pub async fn sessions_from_env() -> Result<Sessions, StartError> {
    let (table, secret) = (required("IDENTITY_TABLE")?, required("SIGNING_KEY_SECRET_ARN")?);
    let (issuer, audience) = (required("TOKEN_ISSUER")?, required("TOKEN_AUDIENCE")?);
    let config = kit::aws::config().await;
    let ring = KeyStore::new(aws_sdk_secretsmanager::Client::new(&config), secret).ring().await?;
    let tokens = AccessTokens::new(&ring, issuer, audience).map_err(ProvisioningError::from)?;
    Ok(Sessions::new(Store::new(Client::new(&config), table), tokens))
}
