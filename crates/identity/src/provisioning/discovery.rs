//! The bucket that the world reads the public keys from.

use aws_sdk_s3::operation::put_object::builders::PutObjectFluentBuilder;
use aws_sdk_secretsmanager::error::ProvideErrorMetadata as _;
use jsonwebtoken::jwk::JwkSet;
use serde_json::json;

use super::{ProvisioningError, aws};
use crate::keys::{KeyError, KeyRing};

/// The discovery document's place below the issuer, as OpenID Connect Discovery fixes it.
pub const CONFIGURATION: &str = ".well-known/openid-configuration";

/// The key set's place below the issuer.
pub const KEY_SET: &str = ".well-known/jwks.json";

/// The bucket that the world reads the public keys from.
#[derive(Debug, Clone)]
pub struct Discovery {
    client: aws_sdk_s3::Client,
    bucket: String,
}

/// What is published at some moment.
#[derive(Debug, Clone, Default)]
pub struct Published {
    /// The names of the keys in the set, none when there is no set or it is unreadable.
    pub kids: Vec<String>,
    /// What S3 calls this content of the object; `None` without an object.
    etag: Option<String>,
}

impl Discovery {
    /// The bucket of this name.
    #[must_use]
    pub const fn new(client: aws_sdk_s3::Client, bucket: String) -> Self {
        Self { client, bucket }
    }

    /// What is published now.
    ///
    /// # Errors
    /// When S3 does not answer.
    pub async fn published(&self) -> Result<Published, ProvisioningError> {
        let object = match self.client.get_object().bucket(&self.bucket).key(KEY_SET).send().await {
            Ok(object) => object,
            // Who may not list a bucket is not told that an object is absent. Should it be there after all, then writing
            // it is refused, since that is tried on the condition that it is not.
            Err(error) if matches!(error.code(), Some("NoSuchKey" | "AccessDenied")) => return Ok(Published::default()),
            Err(error) => return Err(aws("GetObject", &error)),
        };
        let etag = object.e_tag().map(str::to_owned);
        let body = object.body.collect().await.map_err(|error| aws("GetObject", &error))?;
        let set = serde_json::from_slice::<JwkSet>(&body.into_bytes());
        let kids = set.map(|set| set.keys.into_iter().filter_map(|key| key.common.key_id).collect());
        Ok(Published { kids: kids.unwrap_or_default(), etag })
    }

    /// Publishes the public keys of `ring` in the place of `before`. `false`: something else is published by now.
    ///
    /// # Errors
    /// When S3 did not answer; they may be published all the same.
    pub async fn replace(&self, before: &Published, ring: &KeyRing) -> Result<bool, ProvisioningError> {
        let keys = serde_json::to_vec(&ring.public()?).map_err(KeyError::from)?;
        let put = self.put(KEY_SET, keys);
        let put = match &before.etag {
            Some(etag) => put.if_match(etag),
            None => put.if_none_match("*"),
        };
        match put.send().await {
            Ok(_) => Ok(true),
            // Changed since, deleted since, or being changed this moment.
            Err(error)
                if matches!(error.code(), Some("PreconditionFailed" | "NoSuchKey" | "ConditionalRequestConflict")) =>
            {
                Ok(false)
            }
            Err(error) => Err(aws("PutObject", &error)),
        }
    }

    /// Publishes the discovery document of `issuer`, an URL that leads to the bucket.
    ///
    /// # Errors
    /// When S3 does not take it.
    pub async fn configure(&self, issuer: &str) -> Result<(), ProvisioningError> {
        let put = self.put(CONFIGURATION, configuration(issuer).to_string().into_bytes());
        put.send().await.map(drop).map_err(|error| aws("PutObject", &error))
    }

    /// Takes both back, so that the bucket can be deleted. A bucket that is gone already is fine.
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

    fn put(&self, name: &str, body: Vec<u8>) -> PutObjectFluentBuilder {
        self.client
            .put_object()
            .bucket(&self.bucket)
            .key(name)
            .content_type("application/json")
            // Short, so that a new key is known everywhere soon after it was published.
            .cache_control("public, max-age=300")
            .body(body.into())
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
