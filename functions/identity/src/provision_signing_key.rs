//! CloudFormation custom resource: makes the first signing key and publishes its public half.
//!
//! Properties: `Issuer` and `Bucket`, by default the environment's `TOKEN_ISSUER` and `DISCOVERY_BUCKET`; the key is
//! kept in the secret `SIGNING_KEY_SECRET_ARN`. The bucket is the resource's physical id, so that a change of bucket
//! makes CloudFormation delete what was published in the old one. The key itself is never deleted here: it lives as
//! long as its secret.
//!
//! CloudFormation waits an hour for an answer that does not come, so whatever goes wrong is answered.

use std::time::{Duration, SystemTime};

use aws_config::SdkConfig;
use identity::provisioning::{Discovery, KeyStore, ProvisioningError, publish};
use jiff::Timestamp;
use kit::env::required;
use kit::worker::chain;
use serde::{Deserialize, Serialize};

/// What is left of the function's time when it gives up, for the answer.
const TIME_TO_ANSWER: Duration = Duration::from_secs(4);

/// Tries to deliver the answer.
const ANSWER_TRIES: u32 = 3;

/// The most characters of a reason: CloudFormation takes 4 KB in all.
const REASON_LENGTH: usize = 1_000;

/// CloudFormation's request.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Request {
    request_type: RequestType,
    #[serde(rename = "ResponseURL")]
    response_url: String,
    stack_id: String,
    request_id: String,
    logical_resource_id: String,
    physical_resource_id: Option<String>,
    #[serde(default)]
    resource_properties: Properties,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
enum RequestType {
    Create,
    Update,
    Delete,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Properties {
    issuer: Option<String>,
    bucket: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Answer<'a> {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    physical_resource_id: &'a str,
    stack_id: &'a str,
    request_id: &'a str,
    logical_resource_id: &'a str,
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
    #[error("the function's time ran out")]
    Timeout,
}

/// The answer could not be delivered; Lambda runs the function again.
#[derive(Debug, thiserror::Error)]
#[error("CloudFormation did not take the answer")]
pub struct Unanswered(#[from] reqwest::Error);

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
        let time = deadline.duration_since(SystemTime::now()).unwrap_or_default().saturating_sub(TIME_TO_ANSWER);
        let result = match tokio::time::timeout(time, self.serve(&request)).await {
            Ok(result) => result,
            Err(_) => Err(Failure::Timeout),
        };
        let function = "provision-signing-key";
        match &result {
            Ok(()) => tracing::info!(function, request_type = ?request.request_type, "done"),
            Err(error) => {
                tracing::error!(function, request_type = ?request.request_type, error = chain(error), "failed")
            }
        }
        // The id must not change when a request fails, or CloudFormation takes the resource for a new one.
        let physical_id = match (&result, &request.physical_resource_id) {
            (Ok(()), _) | (Err(_), None) => self.bucket(&request).unwrap_or_else(|_| "signing-key".to_owned()),
            (Err(_), Some(id)) => id.clone(),
        };
        let reason = result.err().map(|error| chain(&error).chars().take(REASON_LENGTH).collect());
        let answer = Answer {
            status: if reason.is_none() { "SUCCESS" } else { "FAILED" },
            reason,
            physical_resource_id: &physical_id,
            stack_id: &request.stack_id,
            request_id: &request.request_id,
            logical_resource_id: &request.logical_resource_id,
        };
        Ok(deliver(&request.response_url, &answer).await?)
    }

    async fn serve(&self, request: &Request) -> Result<(), Failure> {
        let discovery = self.bucket(request).map(|bucket| Discovery::new(self.objects.clone(), bucket));
        if request.request_type == RequestType::Delete {
            // Without a bucket nothing was ever published.
            let Ok(discovery) = discovery else { return Ok(()) };
            return Ok(discovery.withdraw().await?);
        }
        let (discovery, issuer) = (discovery?, self.issuer(request)?);
        let secret = self.settings.secret.clone().ok_or(Failure::Unconfigured("secret"))?;
        let keys = KeyStore::new(self.secrets.clone(), secret);
        keys.ensure(&request.request_id, Timestamp::now()).await?;
        publish(&keys, &discovery, &issuer).await?;
        Ok(())
    }

    fn issuer(&self, request: &Request) -> Result<String, Failure> {
        let issuer = request.resource_properties.issuer.clone().or_else(|| self.settings.issuer.clone());
        issuer.ok_or(Failure::Unconfigured("issuer"))
    }

    fn bucket(&self, request: &Request) -> Result<String, Failure> {
        let bucket = request.resource_properties.bucket.clone().or_else(|| self.settings.bucket.clone());
        bucket.ok_or(Failure::Unconfigured("bucket"))
    }
}

async fn deliver(url: &str, answer: &Answer<'_>) -> Result<(), reqwest::Error> {
    // Its own small limits: the AWS clients' do not cover this call.
    let client = reqwest::Client::builder().timeout(Duration::from_secs(1)).build()?;
    let body = serde_json::json!(answer).to_string();
    let mut attempt = 1;
    loop {
        // The address is signed for an empty content type.
        let sent = client.put(url).header("content-type", "").body(body.clone()).send().await;
        match sent.and_then(reqwest::Response::error_for_status) {
            Ok(_) => return Ok(()),
            Err(error) if attempt >= ANSWER_TRIES => return Err(error.without_url()),
            Err(_) => {
                let wait = kit::retry::backoff(attempt, Duration::from_millis(100), Duration::from_millis(400));
                tokio::time::sleep(wait).await;
                attempt += 1;
            }
        }
    }
}
