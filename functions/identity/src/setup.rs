//! What functions work with, from the environment.

use aws_config::SdkConfig;
use aws_sdk_dynamodb::Client;
use identity::provider::Provider;
use identity::provisioning::{Discovery, KeyStore, ProvisioningError};
use identity::rotation::Rotation;
use identity::{Accounts, Administration, Google, Origin, Sessions, Signer, Store};
use jiff::{SignedDuration, Timestamp};
use kit::env::{ConfigError, parsed_or, required};

/// How old the signing keys may be that a function holds, in seconds, unless `SIGNING_KEY_MAX_AGE_SECONDS` says otherwise.
const SIGNING_KEY_MAX_AGE_SECONDS: u32 = 300;

/// How long a signing key is public before it signs, in seconds, unless `SIGNING_KEY_GRACE_SECONDS` says otherwise: as
/// long as API Gateway may keep a key set.
const SIGNING_KEY_GRACE_SECONDS: u32 = 2 * 60 * 60;

/// A function cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A setting is missing or unusable.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The signing key cannot be read.
    #[error("the signing key cannot be read")]
    Key(#[from] ProvisioningError),
    /// The secret that Google gave us cannot be read.
    #[error("the client secret cannot be read")]
    Secret(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What the functions for an account's owner need that sign nothing, from `IDENTITY_TABLE`.
///
/// # Errors
/// When a setting is missing.
pub async fn accounts_from_env() -> Result<Accounts, StartError> {
    Ok(Accounts::new(store(&kit::aws::config().await)?))
}

/// What the functions for admins and operators need, from `IDENTITY_TABLE`.
///
/// # Errors
/// When a setting is missing.
pub async fn administration_from_env() -> Result<Administration, StartError> {
    Ok(Administration::new(store(&kit::aws::config().await)?))
}

/// What the functions that sign need, from `IDENTITY_TABLE`, `SIGNING_KEY_SECRET_ARN`, `TOKEN_ISSUER`, `TOKEN_AUDIENCE` and
/// `SIGNING_KEY_MAX_AGE_SECONDS`. Reads the signing key.
///
/// # Errors
/// When a setting is missing or unusable, or the signing key cannot be read.
pub async fn sessions_from_env() -> Result<Sessions, StartError> {
    let (issuer, audience) = (required("TOKEN_ISSUER")?, required("TOKEN_AUDIENCE")?);
    let max_age = seconds("SIGNING_KEY_MAX_AGE_SECONDS", SIGNING_KEY_MAX_AGE_SECONDS)?;
    let config = kit::aws::config().await;
    let signer = Signer::start(key_store(&config)?, issuer, audience, max_age, Timestamp::now()).await?;
    Ok(Sessions::new(store(&config)?, signer))
}

/// What the functions for log-ins through Google need, from `GOOGLE_CLIENT_ID`, `GOOGLE_ISSUER`, `GOOGLE_SECRET_ARN` and
/// `PUBLIC_URL`; `None` without a client id: then nobody can. Reads the client secret.
///
/// # Errors
/// When another setting is missing or unusable, or the client secret cannot be read.
pub async fn google_from_env() -> Result<Option<Google>, StartError> {
    let Ok(client_id) = required("GOOGLE_CLIENT_ID") else { return Ok(None) };
    let (issuer, public_url) = (required("GOOGLE_ISSUER")?, required("PUBLIC_URL")?);
    let client_secret = secret(&kit::aws::config().await, required("GOOGLE_SECRET_ARN")?).await?;
    let provider = Provider::new(issuer, client_id, client_secret.clone())
        .map_err(|error| ConfigError::Unusable { name: "GOOGLE_ISSUER", reason: error.to_string() })?;
    Ok(Some(Google::new(provider, &client_secret, public_url)))
}

/// The distribution in front of the API, whose secret is `ORIGIN_VERIFY_SECRET_ARN`. Reads nothing yet.
///
/// # Errors
/// When the setting is missing.
pub async fn origin_from_env() -> Result<Origin, StartError> {
    let client = aws_sdk_secretsmanager::Client::new(&kit::aws::config().await);
    Ok(Origin::new(client, required("ORIGIN_VERIFY_SECRET_ARN")?))
}

/// What rotating keys needs, from `SIGNING_KEY_SECRET_ARN`, `DISCOVERY_BUCKET` and `SIGNING_KEY_GRACE_SECONDS`.
///
/// # Errors
/// When a setting is missing or unusable.
pub async fn rotation_from_env() -> Result<Rotation, StartError> {
    let grace = seconds("SIGNING_KEY_GRACE_SECONDS", SIGNING_KEY_GRACE_SECONDS)?;
    let config = kit::aws::config().await;
    let discovery = Discovery::new(aws_sdk_s3::Client::new(&config), required("DISCOVERY_BUCKET")?);
    Ok(Rotation::new(key_store(&config)?, discovery, grace))
}

fn store(config: &SdkConfig) -> Result<Store, ConfigError> {
    Ok(Store::new(Client::new(config), required("IDENTITY_TABLE")?))
}

fn key_store(config: &SdkConfig) -> Result<KeyStore, ConfigError> {
    Ok(KeyStore::new(aws_sdk_secretsmanager::Client::new(config), required("SIGNING_KEY_SECRET_ARN")?))
}

fn seconds(name: &'static str, default: u32) -> Result<SignedDuration, ConfigError> {
    Ok(SignedDuration::from_secs(parsed_or(name, default)?.into()))
}

async fn secret(config: &SdkConfig, arn: String) -> Result<String, StartError> {
    let answer = aws_sdk_secretsmanager::Client::new(config).get_secret_value().secret_id(arn).send().await;
    let answer = answer.map_err(|error| StartError::Secret(Box::new(error)))?;
    let text = answer.secret_string().map(str::trim).filter(|text| !text.is_empty());
    text.map(str::to_owned).ok_or_else(|| StartError::Secret("the secret is empty".into()))
}
