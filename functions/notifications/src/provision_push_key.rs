//! CloudFormation custom resource: makes the key by which push services know us.
//!
//! Property: `Generation`, a number; a higher one than the stored key's makes a new key. Attribute: `PublicKey`, for
//! browsers. The private key is kept in the secret `PUSH_KEY_SECRET_ARN` and lives as long as that.

use std::time::SystemTime;

use aws_config::SdkConfig;
use custom_resource::{Attributes, RequestType, Unanswered};
use jiff::Timestamp;
use kit::env::required;
use notifications::push::key_store::{KeyStore, KeyStoreError};
use serde::Deserialize;

/// CloudFormation's request.
pub type Request = custom_resource::Request<Properties>;

/// The resource's physical id: there is one key, whatever its generation.
const PHYSICAL_ID: &str = "push-key";

/// What the template says of the key.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Properties {
    /// CloudFormation passes every property as text.
    generation: Option<String>,
}

/// Why the key could not be made.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("the secret is not configured")]
    Unconfigured,
    #[error("the generation {0:?} is no whole number from 1")]
    Generation(Option<String>),
    #[error(transparent)]
    KeyStore(#[from] KeyStoreError),
}

/// Serves the custom resource.
#[derive(Debug)]
pub struct Provisioner {
    secrets: aws_sdk_secretsmanager::Client,
    secret: Option<String>,
}

impl Provisioner {
    /// With a client of this configuration, for the secret in the environment. Whether it is there is looked at only
    /// when a request needs it, so that what is missing is answered too.
    #[must_use]
    pub fn from_env(config: &SdkConfig) -> Self {
        Self::new(config, required("PUSH_KEY_SECRET_ARN").ok())
    }

    /// With a client of this configuration, for this secret.
    #[must_use]
    pub fn new(config: &SdkConfig, secret: Option<String>) -> Self {
        Self { secrets: aws_sdk_secretsmanager::Client::new(config), secret }
    }

    /// Does what is requested and tells CloudFormation how it went, some seconds before `deadline` at the latest.
    ///
    /// # Errors
    /// When CloudFormation does not take the answer.
    pub async fn handle(&self, request: Request, deadline: SystemTime) -> Result<(), Unanswered> {
        let work = self.serve(&request);
        custom_resource::serve("provision-push-key", &request, PHYSICAL_ID, deadline, work).await
    }

    async fn serve(&self, request: &Request) -> Result<Attributes, Failure> {
        if request.request_type == RequestType::Delete {
            return Ok(Attributes::new());
        }
        let wanted = &request.properties.generation;
        let generation = wanted.as_ref().and_then(|text| text.parse().ok()).filter(|number: &u32| *number > 0);
        let generation = generation.ok_or_else(|| Failure::Generation(wanted.clone()))?;
        let secret = self.secret.clone().ok_or(Failure::Unconfigured)?;
        let keys = KeyStore::new(self.secrets.clone(), secret);
        let key = keys.ensure(generation, &request.request_id, Timestamp::now()).await?;
        Ok(Attributes::from_iter([("PublicKey".to_owned(), key.public().into())]))
    }
}
