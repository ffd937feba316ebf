//! Calling a provider: how long to wait, how much to read.

use std::time::Duration;

use openidconnect::{HttpRequest, HttpResponse, http};

/// How long the provider may take for one call.
const PATIENCE: Duration = Duration::from_secs(3);

/// The largest answer that is read, in bytes.
const MOST_BYTES: usize = 512 * 1024;

/// A call did not bring an answer to go on with.
#[derive(Debug, thiserror::Error)]
pub(super) enum CallError {
    #[error("the call failed")]
    Failed(#[from] reqwest::Error),
    #[error("the provider answers {0}")]
    Status(http::StatusCode),
    #[error("the answer is too long")]
    TooLong,
    #[error("the answer is no answer")]
    Malformed(#[from] http::Error),
}

/// Follows no redirects: nothing a provider says may lead calls elsewhere.
pub(super) fn client() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none()).build()
}

/// Sends one request; the answer may be a refusal, but not trouble of the provider's own.
pub(super) async fn send(client: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, CallError> {
    let mut answer = client.execute(request.try_into()?).await?;
    let status = answer.status();
    if status.is_server_error() || status == http::StatusCode::TOO_MANY_REQUESTS {
        return Err(CallError::Status(status));
    }
    let mut response = http::Response::builder().status(status);
    if let Some(content_type) = answer.headers().get(http::header::CONTENT_TYPE) {
        response = response.header(http::header::CONTENT_TYPE, content_type);
    }
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if body.len() + chunk.len() > MOST_BYTES {
            return Err(CallError::TooLong);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(response.body(body)?)
}
