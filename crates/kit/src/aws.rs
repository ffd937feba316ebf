//! The one way to configure AWS clients.

use std::time::Duration;

use aws_config::{BehaviorVersion, SdkConfig, retry::RetryConfig, timeout::TimeoutConfig};

/// Region, credentials and endpoint from the environment, with time limits that fit a request someone waits for.
///
/// Share the result between all clients of a function: they then share one connection pool and one credentials cache.
pub async fn config() -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .retry_config(RetryConfig::standard().with_max_attempts(3))
        .timeout_config(
            TimeoutConfig::builder()
                .connect_timeout(Duration::from_secs(2))
                .operation_attempt_timeout(Duration::from_secs(4))
                // Under the functions' own 10 seconds: then the caller gets a 503 from us, not a cut line.
                .operation_timeout(Duration::from_secs(8))
                .build(),
        )
        .load()
        .await
}
