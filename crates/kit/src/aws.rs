//! The one way to configure AWS clients.

use std::time::Duration;

use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::{BehaviorVersion, Region, SdkConfig, retry::RetryConfig, timeout::TimeoutConfig};
use aws_sdk_dynamodb::Client;
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::client::http::{HttpClient, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

use crate::dynamo::key;
use crate::telemetry;

/// How long a starting environment waits for its first connection, before it starts without one.
const OPENING: Duration = Duration::from_secs(1);

/// Who certifies the endpoints of AWS.
const AMAZON_ROOTS: &[u8] = include_bytes!("amazon-roots.pem");

/// Either of these names the authorities to trust instead: for a proxy in between, and for partitions of AWS with others.
const OTHER_ROOTS: [&str; 2] = ["SSL_CERT_FILE", "SSL_CERT_DIR"];

/// Region, credentials and endpoint from the environment, with time limits that fit a request someone waits for.
///
/// Share the result between all clients of a function: they then share one connection pool and one credentials cache.
pub async fn config() -> SdkConfig {
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .http_client(OneForAll::new())
        .retry_config(RetryConfig::standard().with_max_attempts(3))
        .timeout_config(
            TimeoutConfig::builder()
                .connect_timeout(Duration::from_secs(2))
                .operation_attempt_timeout(Duration::from_secs(4))
                // Under the functions' own 10 seconds: then the caller gets a 503 from us, not a cut line.
                .operation_timeout(Duration::from_secs(8))
                .build(),
        );
    // Where Lambda says them, nobody else is asked: getting ready to ask costs as much as everything else here.
    if let Ok(region) = std::env::var("AWS_REGION") {
        loader = loader.region(Region::new(region));
    }
    if std::env::var_os("AWS_ACCESS_KEY_ID").is_some() {
        loader = loader.credentials_provider(EnvironmentVariableCredentialsProvider::new());
    }
    loader.load().await
}

/// Connects to DynamoDB while the function starts, when Lambda gives it a whole processor: by reading an item that is
/// never there, half a read unit. The first request then finds the connection, and everything a call needs, ready.
///
/// When that fails the function starts all the same: the first request will try anew, and has an answer for it.
pub async fn connect(client: &Client, table: &str) {
    telemetry::init();
    let read = client.get_item().table_name(table).set_key(Some(key("CONNECT", "CONNECT"))).send();
    if !matches!(tokio::time::timeout(OPENING, read).await, Ok(Ok(_))) {
        tracing::warn!("no connection to DynamoDB while starting");
    }
}

/// The HTTP client of all service clients.
///
/// The library's own makes a connector for each service client to see whether it can, throws it away, and makes another
/// one with the first call. Each of them reads all authorities of the system, which is most of what a start costs.
#[derive(Debug)]
struct OneForAll(SharedHttpClient);

impl OneForAll {
    fn new() -> Self {
        let trusted = if OTHER_ROOTS.iter().any(|name| std::env::var_os(name).is_some()) {
            TrustStore::default()
        } else {
            TrustStore::empty().with_pem_certificate(AMAZON_ROOTS)
        };
        let tls = TlsContext::builder().with_trust_store(trusted).build().unwrap_or_default();
        Self(Builder::new().tls_provider(Provider::Rustls(CryptoMode::AwsLc)).tls_context(tls).build_https())
    }
}

impl HttpClient for OneForAll {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        self.0.http_connector(settings, components)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_dynamodb::config::{BehaviorVersion, Region};

    #[test]
    fn the_roots_are_five_certificates() {
        let text = std::str::from_utf8(AMAZON_ROOTS).unwrap();
        assert_eq!(text.matches("-----BEGIN CERTIFICATE-----").count(), 5);
        assert_eq!(text.matches("-----END CERTIFICATE-----").count(), 5);
    }

    #[tokio::test]
    async fn an_environment_without_its_table_starts_all_the_same() {
        // Making the first connector reads the roots, and would stop here if one were no certificate.
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .http_client(OneForAll::new())
            .retry_config(RetryConfig::disabled())
            .endpoint_url("https://127.0.0.1:1")
            .credentials_provider(aws_sdk_dynamodb::config::Credentials::new("test", "test", None, None, "test"));
        connect(&Client::from_conf(config.build()), "table").await;
    }
}
