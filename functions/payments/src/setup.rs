//! Clients and adapters from the environment. A function asks only for what it uses.

use std::time::Duration;

use aws_config::SdkConfig;
use kit::env::{ConfigError, parsed_or, required};
use payments::reservations::InvokedReservations;
use payments::settle::Settlement;
use payments::store::Store;
use payments::toss::{Toss, TossConfigError};

/// How long the PG may take for one call, in milliseconds, unless `PG_TIMEOUT_MS` says otherwise. One delivery makes at
/// most eight: a question, three charges with a question after each, and a cancellation. All end, waits between the
/// charges included, within the 30 seconds that `charge-payment` has.
const PG_TIMEOUT_MS: u64 = 3_000;

/// Why a function cannot start.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// A setting is absent or unusable.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The PG's address is unusable.
    #[error("the PG client cannot be made")]
    Pg(#[from] TossConfigError),
    /// The PG's secret key could not be read.
    #[error("the PG's secret key could not be read")]
    Secret(#[source] Box<dyn std::error::Error + Send + Sync>),
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

    /// The table named by `PAYMENTS_TABLE`.
    ///
    /// # Errors
    /// When it is not set.
    pub fn store(&self) -> Result<Store, SetupError> {
        let client = aws_sdk_dynamodb::Client::new(&self.aws);
        Ok(Store::new(client, required("PAYMENTS_TABLE")?))
    }

    /// Booking behind the function named by `BEGIN_PAYMENT_FUNCTION`.
    ///
    /// # Errors
    /// When it is not set.
    pub fn reservations(&self) -> Result<InvokedReservations, SetupError> {
        let client = aws_sdk_lambda::Client::new(&self.aws);
        Ok(InvokedReservations::new(client, required("BEGIN_PAYMENT_FUNCTION")?))
    }

    /// The table together with the PG at `PG_URL`, whose secret key is the text of the secret `PG_SECRET_ARN`.
    ///
    /// # Errors
    /// When a setting is absent or unusable, or the secret cannot be read.
    pub async fn settlement(&self) -> Result<Settlement<Toss>, SetupError> {
        let timeout = Duration::from_millis(parsed_or("PG_TIMEOUT_MS", PG_TIMEOUT_MS)?);
        let secret = aws_sdk_secretsmanager::Client::new(&self.aws)
            .get_secret_value()
            .secret_id(required("PG_SECRET_ARN")?)
            .send()
            .await
            .map_err(|error| SetupError::Secret(Box::new(error)))?;
        let secret_key = secret
            .secret_string()
            .map(str::trim)
            .filter(|key| !key.is_empty())
            .ok_or_else(|| SetupError::Secret("the secret is empty".into()))?;
        let gateway = Toss::new(&required("PG_URL")?, secret_key, timeout)?;
        Ok(Settlement::new(self.store()?, gateway))
    }
}
