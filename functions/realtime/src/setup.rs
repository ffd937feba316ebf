//! Clients and adapters from the environment. A function asks only for what it uses.

use aws_config::SdkConfig;
use kit::env::{ConfigError, required};
use kit::signed::{Secret, SecretError};
use realtime::access::{AccessTokens, DiscoveryBucket};
use realtime::admissions::InvokedAdmissions;
use realtime::changes::SqsChanges;
use realtime::poster::ApiGateway;
use realtime::store::Store;

use crate::socket::Desk;

/// Why a function cannot start.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// A setting is absent or unusable.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The secret behind tickets cannot be used.
    #[error(transparent)]
    Secret(#[from] SecretError),
}

/// The AWS configuration that a function's clients share.
#[derive(Debug, Clone)]
pub struct Setup {
    aws: SdkConfig,
}

impl Setup {
    /// Reads region, credentials and endpoint.
    pub async fn start() -> Self {
        Self { aws: kit::aws::config().await }
    }

    /// The table named by `REALTIME_TABLE`.
    ///
    /// # Errors
    /// When it is not set.
    pub fn store(&self) -> Result<Store, SetupError> {
        Ok(Store::new(aws_sdk_dynamodb::Client::new(&self.aws), required("REALTIME_TABLE")?))
    }

    /// The connections behind `CONNECTIONS_URL`, the management address of the WebSocket API's stage.
    ///
    /// # Errors
    /// When it is not set.
    pub fn poster(&self) -> Result<ApiGateway, SetupError> {
        Ok(ApiGateway::new(&self.aws, required("CONNECTIONS_URL")?))
    }

    /// What answers clients: table and connections.
    ///
    /// # Errors
    /// When a setting is absent.
    pub fn desk(&self) -> Result<Desk<ApiGateway>, SetupError> {
        Ok(Desk { store: self.store()?, poster: self.poster()? })
    }

    /// The queue at `LIVE_CHANGES_QUEUE_URL`.
    ///
    /// # Errors
    /// When it is not set.
    pub fn changes(&self) -> Result<SqsChanges, SetupError> {
        Ok(SqsChanges::new(aws_sdk_sqs::Client::new(&self.aws), required("LIVE_CHANGES_QUEUE_URL")?))
    }

    /// The waiting room behind the function named by `ADMIT_BUYER_FUNCTION`.
    ///
    /// # Errors
    /// When it is not set.
    pub fn admissions(&self) -> Result<InvokedAdmissions, SetupError> {
        Ok(InvokedAdmissions::new(aws_sdk_lambda::Client::new(&self.aws), required("ADMIT_BUYER_FUNCTION")?))
    }

    /// The secret `TICKET_SECRET_ARN`, with which tickets are signed.
    ///
    /// # Errors
    /// When it is not set or cannot be read.
    pub async fn tickets(&self) -> Result<Secret, SetupError> {
        let client = aws_sdk_secretsmanager::Client::new(&self.aws);
        Ok(Secret::read(&client, &required("TICKET_SECRET_ARN")?).await?)
    }

    /// Tokens of `TOKEN_ISSUER` for `TOKEN_AUDIENCE`, by the keys in `DISCOVERY_BUCKET`.
    ///
    /// # Errors
    /// When a setting is absent.
    pub fn access_tokens(&self) -> Result<AccessTokens<DiscoveryBucket>, SetupError> {
        let keys = DiscoveryBucket::new(aws_sdk_s3::Client::new(&self.aws), required("DISCOVERY_BUCKET")?);
        Ok(AccessTokens::new(keys, required("TOKEN_ISSUER")?, required("TOKEN_AUDIENCE")?))
    }
}
