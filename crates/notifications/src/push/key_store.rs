//! The secret that holds the push key.

use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::error::{DisplayErrorContext, ProvideErrorMetadata as _, SdkError};
use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueError;
use jiff::Timestamp;

use super::key::{KeyError, PushKey};

/// The key could not be read or stored.
#[derive(Debug, thiserror::Error)]
pub enum KeyStoreError {
    /// There is none yet.
    #[error("the secret holds no push key yet")]
    NoKey,
    /// It is unusable.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Secrets Manager did not do what was asked.
    #[error("{action} failed: {reason}")]
    Aws {
        /// What was asked.
        action: &'static str,
        /// What came back.
        reason: String,
    },
}

/// The secret that holds the push key.
#[derive(Debug, Clone)]
pub struct KeyStore {
    client: Client,
    secret: String,
}

impl KeyStore {
    /// The secret with this ARN.
    #[must_use]
    pub const fn new(client: Client, secret: String) -> Self {
        Self { client, secret }
    }

    /// The key, for somebody who signs.
    ///
    /// # Errors
    /// [`KeyStoreError::NoKey`] before it was provisioned; or a failure.
    pub async fn key(&self) -> Result<PushKey, KeyStoreError> {
        self.find().await?.ok_or(KeyStoreError::NoKey)
    }

    /// The key of this generation or a later one, made if there is none. `request` (32 to 64 characters) names the
    /// attempt: the same request delivered twice stores one key.
    ///
    /// # Errors
    /// When Secrets Manager does not answer, or the secret holds something else, which is not overwritten.
    pub async fn ensure(&self, generation: u32, request: &str, now: Timestamp) -> Result<PushKey, KeyStoreError> {
        match self.find().await? {
            // Never back: a deployment that is undone must not take a key away that browsers have subscribed to.
            Some(key) if key.generation() >= generation => return Ok(key),
            _ => self.put(request, &PushKey::generate(generation, now)?).await?,
        }
        // Whether this or another delivery of the same request was faster: what counts is what is stored.
        self.key().await
    }

    /// Stores a version under this name, unless there is one with other contents.
    async fn put(&self, name: &str, key: &PushKey) -> Result<(), KeyStoreError> {
        let put = self.client.put_secret_value().secret_id(&self.secret).client_request_token(name);
        match put.secret_string(key.write()?).send().await {
            Ok(_) => Ok(()),
            Err(error) if error.code() == Some("ResourceExistsException") => Ok(()),
            Err(error) => Err(aws("PutSecretValue", &error)),
        }
    }

    async fn find(&self) -> Result<Option<PushKey>, KeyStoreError> {
        match self.client.get_secret_value().secret_id(&self.secret).send().await {
            Ok(answer) => Ok(PushKey::read(answer.secret_string().unwrap_or_default())?),
            // A secret that was created without a value has no current version.
            Err(SdkError::ServiceError(answer))
                if matches!(answer.err(), GetSecretValueError::ResourceNotFoundException(_)) =>
            {
                Ok(None)
            }
            Err(error) => Err(aws("GetSecretValue", &error)),
        }
    }
}

fn aws(action: &'static str, error: &(impl std::error::Error + 'static)) -> KeyStoreError {
    KeyStoreError::Aws { action, reason: DisplayErrorContext(error).to_string() }
}
