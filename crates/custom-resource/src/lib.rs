//! CloudFormation custom resources: what is asked, and the answer that is always given.
//!
//! CloudFormation waits an hour for an answer that does not come, so whatever goes wrong is answered, also that time
//! is running out.

use std::error::Error;
use std::time::{Duration, SystemTime};

use kit::worker::chain;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What is left of the function's time when it gives up, for the answer.
const TIME_TO_ANSWER: Duration = Duration::from_secs(4);

/// Tries to deliver the answer.
const ANSWER_TRIES: u32 = 3;

/// The most characters of a reason: CloudFormation takes 4 KB in all.
const REASON_LENGTH: usize = 1_000;

/// What a resource tells the template about itself, for `!GetAtt`. Nothing secret: anybody who sees the stack sees it.
pub type Attributes = Map<String, Value>;

/// CloudFormation's request; `P` are the resource's properties.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Request<P> {
    /// What to do.
    pub request_type: RequestType,
    #[serde(rename = "ResponseURL")]
    response_url: String,
    stack_id: String,
    /// Names the request: the same one may be delivered twice.
    pub request_id: String,
    logical_resource_id: String,
    physical_resource_id: Option<String>,
    /// What the template says of the resource.
    #[serde(rename = "ResourceProperties", default)]
    pub properties: P,
}

/// What to do with the resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum RequestType {
    /// Make it.
    Create,
    /// Change it, or find that nothing changed.
    Update,
    /// It is no longer in the template, or its physical id has become another one.
    Delete,
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
    #[serde(skip_serializing_if = "Map::is_empty")]
    data: Attributes,
}

/// The answer could not be delivered; Lambda runs the function again.
#[derive(Debug, thiserror::Error)]
#[error("CloudFormation did not take the answer")]
pub struct Unanswered(#[from] reqwest::Error);

/// Does the `work` of a request and tells CloudFormation how it went, some seconds before `deadline` at the latest.
///
/// `physical_id` is the resource's: another one than before makes CloudFormation delete the resource that had the old
/// one. `function` is the name in the log.
///
/// # Errors
/// When CloudFormation does not take the answer.
pub async fn serve<P, E: Error>(
    function: &'static str,
    request: &Request<P>,
    physical_id: &str,
    deadline: SystemTime,
    work: impl Future<Output = Result<Attributes, E>>,
) -> Result<(), Unanswered> {
    let time = deadline.duration_since(SystemTime::now()).unwrap_or_default().saturating_sub(TIME_TO_ANSWER);
    let result = match tokio::time::timeout(time, work).await {
        Ok(result) => result.map_err(|error| chain(&error)),
        Err(_) => Err("the function's time ran out".to_owned()),
    };
    let request_type = request.request_type;
    match &result {
        Ok(_) => tracing::info!(function, ?request_type, "done"),
        Err(error) => tracing::error!(function, ?request_type, error, "failed"),
    }
    // The id must not change when a request fails, or CloudFormation takes the resource for a new one.
    let physical_resource_id = match (&result, &request.physical_resource_id) {
        (Err(_), Some(known)) => known,
        _ => physical_id,
    };
    let (reason, data) = match result {
        Ok(data) => (None, data),
        Err(error) => (Some(error.chars().take(REASON_LENGTH).collect()), Attributes::new()),
    };
    let answer = Answer {
        status: if reason.is_none() { "SUCCESS" } else { "FAILED" },
        reason,
        physical_resource_id,
        stack_id: &request.stack_id,
        request_id: &request.request_id,
        logical_resource_id: &request.logical_resource_id,
        data,
    };
    Ok(deliver(&request.response_url, &answer).await?)
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
