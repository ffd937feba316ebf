//! Where the signing keys are kept, and where their public halves are published.

use aws_sdk_secretsmanager::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueError;
use jiff::Timestamp;
use serde_json::json;

use crate::keys::{KeyError, KeyRing};

/// The discovery document's place below the issuer, as OpenID Connect Discovery fixes it.
pub const CONFIGURATION: &str = ".well-known/openid-configuration";

/// The key set's place below the issuer.
pub const KEY_SET: &str = ".well-known/jwks.json";

/// Keys could not be read, made or published.
#[derive(Debug, thiserror::Error)]
pub enum ProvisioningError {
    /// There is no key yet, so nothing can be signed.
    #[error("the secret holds no signing key yet")]
    NoKey,
    /// A key is unusable.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Secrets Manager or S3 did not do what was asked.
    #[error("{action} failed: {reason}")]
    Aws {
        /// What was asked.
        action: &'static str,
        /// What came back.
        reason: String,
    },
}

/// The secret that holds the key ring.
#[derive(Debug, Clone)]
pub struct KeyStore {
    client: aws_sdk_secretsmanager::Client,
    secret: String,
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
        self.find().await?.ok_or(ProvisioningError::NoKey)
    }

    /// The keys; made and stored first when there are none. `request` (32 to 64 characters) names the attempt: the same
    /// request delivered twice stores one key.
    ///
    /// # Errors
    /// When Secrets Manager does not answer, or the secret holds something else, which is not overwritten.
    pub async fn ring_or_new(&self, request: &str, now: Timestamp) -> Result<KeyRing, ProvisioningError> {
        if let Some(ring) = self.find().await? {
            return Ok(ring);
        }
        let put = self
            .client
            .put_secret_value()
            .secret_id(&self.secret)
            .client_request_token(request)
            .secret_string(KeyRing::generate(now)?.write()?);
        match put.send().await {
            Ok(_) => {}
            // Another delivery of the same request was faster.
            Err(error) if error.code() == Some("ResourceExistsException") => {}
            Err(error) => return Err(aws("PutSecretValue", &error)),
        }
        // What counts is what is stored.
        self.ring().await
    }

    async fn find(&self) -> Result<Option<KeyRing>, ProvisioningError> {
        match self.client.get_secret_value().secret_id(&self.secret).send().await {
            Ok(answer) => Ok(KeyRing::read(answer.secret_string().unwrap_or_default())?),
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

/// The bucket that the world reads the public keys from.
#[derive(Debug, Clone)]
pub struct Discovery {
    client: aws_sdk_s3::Client,
    bucket: String,
}

impl Discovery {
    /// The bucket of this name.
    #[must_use]
    pub const fn new(client: aws_sdk_s3::Client, bucket: String) -> Self {
        Self { client, bucket }
    }

    /// Publishes the public keys as those of `issuer`, an URL that leads to the bucket.
    ///
    /// # Errors
    /// When S3 does not take them.
    pub async fn publish(&self, issuer: &str, ring: &KeyRing) -> Result<(), ProvisioningError> {
        let keys = serde_json::to_vec(&ring.public()?).map_err(KeyError::from)?;
        // Keys before the document that points at them.
        self.put(KEY_SET, keys).await?;
        self.put(CONFIGURATION, configuration(issuer).to_string().into_bytes()).await
    }

    /// Takes them back, so that the bucket can be deleted. A bucket that is gone already is fine.
    ///
    /// # Errors
    /// When S3 does not answer.
    pub async fn withdraw(&self) -> Result<(), ProvisioningError> {
        for name in [CONFIGURATION, KEY_SET] {
            match self.client.delete_object().bucket(&self.bucket).key(name).send().await {
                Ok(_) => {}
                Err(error) if error.code() == Some("NoSuchBucket") => return Ok(()),
                Err(error) => return Err(aws("DeleteObject", &error)),
            }
        }
        Ok(())
    }

    async fn put(&self, name: &str, body: Vec<u8>) -> Result<(), ProvisioningError> {
        self.client
            .put_object()
            .bucket(&self.bucket)
            .key(name)
            .content_type("application/json")
            // Short, so that a new key is known everywhere soon after it was published.
            .cache_control("public, max-age=300")
            .body(body.into())
            .send()
            .await
            .map(drop)
            .map_err(|error| aws("PutObject", &error))
    }
}

/// What OpenID Connect Discovery 1.0 demands of a provider that only issues tokens of its own.
fn configuration(issuer: &str) -> serde_json::Value {
    json!({
        "issuer": issuer,
        "jwks_uri": format!("{}/{KEY_SET}", issuer.trim_end_matches('/')),
        "response_types_supported": ["token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    })
}

fn aws(action: &'static str, error: &(impl std::error::Error + 'static)) -> ProvisioningError {
    ProvisioningError::Aws { action, reason: DisplayErrorContext(error).to_string() }
}
