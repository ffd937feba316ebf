//! What booking's functions share.

use aws_config::SdkConfig;
use booking::admissions::{StoredSecret, Tokens};
use booking::dynamodb::Store;
use booking::e_tickets::{Signer, SignerError};
use booking::look::Snapshots;
use booking::sales::Sales;
use kit::env::{ConfigError, required};

/// The header in which a buyer shows the token of an admission.
pub const ADMISSION_HEADER: &str = "x-admission-token";

/// Reads the tokens of admissions with the secret `ADMISSION_SECRET_ARN`, which is asked for when the first token is
/// shown.
///
/// # Errors
/// When the variable is not set.
pub fn admission_tokens(config: &SdkConfig) -> Result<Tokens<StoredSecret>, ConfigError> {
    Ok(Tokens::new(StoredSecret::new(config.into(), required("ADMISSION_SECRET_ARN")?)))
}

/// A function cannot sign tickets.
#[derive(Debug, thiserror::Error)]
pub enum ETicketsError {
    /// The setting is missing.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The key is not to be had.
    #[error(transparent)]
    Signer(#[from] SignerError),
}

/// Signs e-tickets with the secret `E_TICKET_SECRET_ARN`, which is read now: whoever asks for tickets needs it.
///
/// # Errors
/// When the variable is not set or the secret cannot be read.
pub async fn e_ticket_signer(config: &SdkConfig) -> Result<Signer, ETicketsError> {
    let client = aws_sdk_secretsmanager::Client::new(config);
    Ok(Signer::read(&client, &required("E_TICKET_SECRET_ARN")?).await?)
}

/// The table, and what this execution environment remembers of it.
#[derive(Debug)]
pub struct App {
    /// The table.
    pub store: Store,
    /// Performances on sale.
    pub sales: Sales,
    /// Seat maps read lately.
    pub snapshots: Snapshots,
}

impl App {
    /// Over the table that `BOOKING_TABLE` names.
    ///
    /// # Errors
    /// When it is not set.
    pub async fn from_env() -> Result<Self, ConfigError> {
        Self::over(&kit::aws::config().await)
    }

    /// The same by a configuration that other clients share.
    ///
    /// # Errors
    /// When `BOOKING_TABLE` is not set.
    pub fn over(config: &SdkConfig) -> Result<Self, ConfigError> {
        let client = aws_sdk_dynamodb::Client::new(config);
        Ok(Self::new(Store::new(client, required("BOOKING_TABLE")?)))
    }

    /// Connects to the table while the environment starts, so that its first buyer does not wait for that.
    pub async fn connect(&self) {
        self.store.connect().await;
    }

    /// Over this table, remembering nothing yet.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self { store, sales: Sales::default(), snapshots: Snapshots::default() }
    }
}
