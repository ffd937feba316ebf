//! The secret that holds the key ring.

use std::fmt::Write as _;

use aws_sdk_secretsmanager::error::{ProvideErrorMetadata as _, SdkError};
use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueError;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::{ProvisioningError, aws};
use crate::keys::KeyRing;

/// The secret that holds the key ring.
#[derive(Debug, Clone)]
pub struct KeyStore {
    client: aws_sdk_secretsmanager::Client,
    secret: String,
}

/// A ring as it was read, with the version of the secret that holds it.
#[derive(Debug, Clone)]
pub struct Stored {
    /// The ring.
    pub ring: KeyRing,
    version: String,
}

impl KeyStore {
    /// The secret with this ARN.
    #[must_use]
    pub const fn new(client: aws_sdk_secretsmanager::Client, secret: String) -> Self {
        Self { client, secret }
    }

    /// The keys, for somebody who signs.
    ///
    /// # Errors
    /// [`ProvisioningError::NoKey`] before the first key was provisioned; or a failure.
    pub async fn ring(&self) -> Result<KeyRing, ProvisioningError> {
        Ok(self.stored().await?.ring)
    }

    /// The keys, for somebody who changes them.
    ///
    /// # Errors
    /// [`ProvisioningError::NoKey`] before the first key was provisioned; or a failure.
    pub async fn stored(&self) -> Result<Stored, ProvisioningError> {
        self.find().await?.ok_or(ProvisioningError::NoKey)
    }

    /// Stores the first key when there is none. `request` (32 to 64 characters) names the attempt: the same request
    /// delivered twice stores one key.
    ///
    /// # Errors
    /// When Secrets Manager does not answer, or the secret holds something else, which is not overwritten.
    pub async fn ensure(&self, request: &str, now: Timestamp) -> Result<(), ProvisioningError> {
        if self.find().await?.is_none() {
            // Whether this or another delivery of the same request was faster: what counts is what is stored.
            self.put(request, &KeyRing::generate(now)?).await?;
        }
        Ok(())
    }

    /// Stores `next` in the place of what was read as `before`. `false`: somebody else was faster.
    ///
    /// # Errors
    /// When Secrets Manager did not answer; `next` may be stored all the same.
    pub async fn replace(&self, before: &Stored, next: &KeyRing) -> Result<bool, ProvisioningError> {
        // Secrets Manager has no conditional writes, but takes a version's name from its writer and never gives the same
        // name to two contents. All who replace one version give the next one the same name, so one of them succeeds.
        let mut name = String::with_capacity(64);
        for byte in Sha256::digest(format!("next version after {}", before.version)) {
            // Writing to a String cannot fail.
            let _ = write!(name, "{byte:02x}");
        }
        self.put(&name, next).await
    }

    /// Stores a version under this name. `false`: there is one with other contents.
    async fn put(&self, name: &str, ring: &KeyRing) -> Result<bool, ProvisioningError> {
        let put = self
            .client
            .put_secret_value()
            .secret_id(&self.secret)
            .client_request_token(name)
            .secret_string(ring.write()?);
        match put.send().await {
            Ok(_) => Ok(true),
            Err(error) if error.code() == Some("ResourceExistsException") => Ok(false),
            Err(error) => Err(aws("PutSecretValue", &error)),
        }
    }

    async fn find(&self) -> Result<Option<Stored>, ProvisioningError> {
        match self.client.get_secret_value().secret_id(&self.secret).send().await {
            Ok(answer) => {
                let version = answer.version_id().unwrap_or_default().to_owned();
                let ring = KeyRing::read(answer.secret_string().unwrap_or_default())?;
                Ok(ring.map(|ring| Stored { ring, version }))
            }
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
