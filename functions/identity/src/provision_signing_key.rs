//! CloudFormation custom resource: makes the first signing key and publishes its public half.
//!
//! Properties: `Issuer` and `Bucket`, by default the environment's `TOKEN_ISSUER` and `DISCOVERY_BUCKET`; the key is
//! kept in the secret `SIGNING_KEY_SECRET_ARN`. The bucket is the resource's physical id, so that a change of bucket
//! makes CloudFormation delete what was published in the old one. The key itself is never deleted here: it lives as
//! long as its secret.

use std::time::SystemTime;

use aws_config::SdkConfig;
use custom_resource::{Attributes, RequestType, Unanswered};
use identity::provisioning::{Discovery, KeyStore, ProvisioningError, publish};
use jiff::Timestamp;
use kit::env::required;
use serde::Deserialize;

/// CloudFormation's request.
pub type Request = custom_resource::Request<Properties>;

/// What the template says of the key.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Properties {
    issuer: Option<String>,
    bucket: Option<String>,
}

/// What the environment says. Looked at only when a request needs it, so that what is missing is answered too.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The secret's ARN.
    pub secret: Option<String>,
    /// The issuer of tokens, an URL that leads to the bucket.
    pub issuer: Option<String>,
    /// The bucket's name.
    pub bucket: Option<String>,
}

impl Settings {
    /// From `SIGNING_KEY_SECRET_ARN`, `TOKEN_ISSUER` and `DISCOVERY_BUCKET`.
    #[must_use]
    pub fn from_env() -> Self {
        let read = |name| required(name).ok();
        Self { secret: read("SIGNING_KEY_SECRET_ARN"), issuer: read("TOKEN_ISSUER"), bucket: read("DISCOVERY_BUCKET") }
    }
}

/// Why the resource could not be made or deleted.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("the {0} is not configured")]
    Unconfigured(&'static str),
    #[error(transparent)]
    Provisioning(#[from] ProvisioningError),
}

/// Serves the custom resource.
#[derive(Debug)]
pub struct Provisioner {
    secrets: aws_sdk_secretsmanager::Client,
    objects: aws_sdk_s3::Client,
    settings: Settings,
}

impl Provisioner {
    /// With clients of this configuration.
    #[must_use]
    pub fn new(config: &SdkConfig, settings: Settings) -> Self {
        let (secrets, objects) = (aws_sdk_secretsmanager::Client::new(config), aws_sdk_s3::Client::new(config));
        Self { secrets, objects, settings }
    }

    /// Does what is requested and tells CloudFormation how it went, some seconds before `deadline` at the latest.
    ///
    /// # Errors
    /// When CloudFormation does not take the answer.
    pub async fn handle(&self, request: Request, deadline: SystemTime) -> Result<(), Unanswered> {
        let physical_id = self.bucket(&request).unwrap_or_else(|_| "signing-key".to_owned());
        let work = self.serve(&request);
        custom_resource::serve("provision-signing-key", &request, &physical_id, deadline, work).await
    }

    async fn serve(&self, request: &Request) -> Result<Attributes, Failure> {
        let discovery = self.bucket(request).map(|bucket| Discovery::new(self.objects.clone(), bucket));
        if request.request_type == RequestType::Delete {
            // Without a bucket nothing was ever published.
            let Ok(discovery) = discovery else { return Ok(Attributes::new()) };
            discovery.withdraw().await?;
            return Ok(Attributes::new());
        }
        let (discovery, issuer) = (discovery?, self.issuer(request)?);
        let secret = self.settings.secret.clone().ok_or(Failure::Unconfigured("secret"))?;
        let keys = KeyStore::new(self.secrets.clone(), secret);
        keys.ensure(&request.request_id, Timestamp::now()).await?;
        publish(&keys, &discovery, &issuer).await?;
        Ok(Attributes::new())
    }

    fn issuer(&self, request: &Request) -> Result<String, Failure> {
        let issuer = request.properties.issuer.clone().or_else(|| self.settings.issuer.clone());
        issuer.ok_or(Failure::Unconfigured("issuer"))
    }

    fn bucket(&self, request: &Request) -> Result<String, Failure> {
        let bucket = request.properties.bucket.clone().or_else(|| self.settings.bucket.clone());
        bucket.ok_or(Failure::Unconfigured("bucket"))
    }
}
