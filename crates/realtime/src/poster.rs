//! The port to connections, and API Gateway behind it.

use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_apigatewaymanagement::Client;
use aws_sdk_apigatewaymanagement::config::retry::RetryConfig;
use aws_sdk_apigatewaymanagement::config::timeout::TimeoutConfig;
use aws_sdk_apigatewaymanagement::operation::post_to_connection::PostToConnectionError;
use aws_sdk_apigatewaymanagement::primitives::Blob;

/// How long a message may be on its way, every try included: the others of a room must not wait longer for one of them.
const PATIENCE: Duration = Duration::from_secs(2);

/// A message did not reach a connection.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// There is no such connection any more.
    #[error("the connection is gone")]
    Gone,
    /// It may be there and has not heard of it: it reads too slowly, or the gateway did not answer.
    #[error("the connection was not reached")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Takes messages to connections.
pub trait Poster {
    /// Sends a message, which is JSON, to a connection.
    ///
    /// # Errors
    /// When it cannot be said that it arrived at the gateway.
    fn post(&self, connection: &str, message: &str) -> impl Future<Output = Result<(), PostError>>;
}

/// The connections of a WebSocket API of API Gateway.
#[derive(Debug, Clone)]
pub struct ApiGateway {
    client: Client,
}

impl ApiGateway {
    /// Of the stage whose management address is `url`.
    #[must_use]
    pub fn new(config: &SdkConfig, url: impl Into<String>) -> Self {
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(Duration::from_secs(1))
            .operation_attempt_timeout(Duration::from_secs(1))
            .operation_timeout(PATIENCE)
            .build();
        let config = aws_sdk_apigatewaymanagement::config::Builder::from(config)
            .endpoint_url(url)
            .retry_config(RetryConfig::standard().with_max_attempts(2))
            .timeout_config(timeouts);
        Self { client: Client::from_conf(config.build()) }
    }
}

impl Poster for ApiGateway {
    async fn post(&self, connection: &str, message: &str) -> Result<(), PostError> {
        let post = self.client.post_to_connection().connection_id(connection).data(Blob::new(message));
        match post.send().await {
            Ok(_) => Ok(()),
            Err(error) if matches!(error.as_service_error(), Some(PostToConnectionError::GoneException(_))) => {
                Err(PostError::Gone)
            }
            Err(error) => Err(PostError::Failed(Box::new(error))),
        }
    }
}
