//! The stack under test.

use std::path::Path;
use std::sync::OnceLock;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use reqwest::ClientBuilder;
use serde_json::Value;

const HOW_TO_RUN: &str = "these tests need a stack: run `make test-e2e`, or for one test \
    `PYTHONPATH=localstack .tools/venv/bin/python -m jari_local test-stack -- cargo nextest run --workspace --test deployed <name>`";

/// Where everything is, as `jari_local test-stack` says it in the environment.
#[derive(Debug)]
pub struct Stack {
    /// The API's base address, which ends in `/api/v1`.
    pub api_url: String,
    /// The local AWS.
    pub aws_endpoint: String,
    /// The virtual payment gateway.
    pub pg_url: String,
    google_url: Option<String>,
    push_url: Option<String>,
    outputs: Value,
}

impl Stack {
    /// The stack of this run.
    ///
    /// # Panics
    /// With instructions when there is none.
    pub fn get() -> &'static Self {
        static STACK: OnceLock<Stack> = OnceLock::new();
        STACK.get_or_init(|| {
            let variable =
                |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set; {HOW_TO_RUN}"));
            let api_url = variable("JARI_API_URL");
            let outputs_file = variable("JARI_STACK_OUTPUTS");
            let outputs = std::fs::read(&outputs_file).expect("the stack's outputs are readable");
            Self {
                api_url,
                aws_endpoint: variable("JARI_AWS_ENDPOINT"),
                pg_url: variable("JARI_PG_URL"),
                google_url: std::env::var("JARI_GOOGLE_URL").ok().or_else(|| beside(&outputs_file, "googleUrl")),
                push_url: std::env::var("JARI_PUSH_URL").ok().or_else(|| beside(&outputs_file, "pushUrl")),
                outputs: serde_json::from_slice(&outputs).expect("the stack's outputs are JSON"),
            }
        })
    }

    /// Where the WebSocket API answers, behind the same front door as the HTTP API.
    ///
    /// # Panics
    /// When the API's address is none.
    #[must_use]
    pub fn websocket_url(&self) -> String {
        let door = self.api_url.strip_prefix("http").and_then(|url| url.strip_suffix("/api/v1"));
        format!("ws{}/ws", door.expect("an address below /api/v1"))
    }

    /// The provider that stands in for Google.
    ///
    /// # Panics
    /// When the stack was started without one.
    #[must_use]
    pub fn google_url(&self) -> &str {
        self.google_url.as_deref().unwrap_or_else(|| {
            panic!("the stack has no provider for Google log-ins: stack.json has no `googleUrl`; {HOW_TO_RUN}")
        })
    }

    /// The push service.
    ///
    /// # Panics
    /// When the stack was started without one.
    #[must_use]
    pub fn push_url(&self) -> &str {
        self.push_url
            .as_deref()
            .unwrap_or_else(|| panic!("the stack has no push service: stack.json has no `pushUrl`; {HOW_TO_RUN}"))
    }

    /// An output of the deployed stack.
    ///
    /// # Panics
    /// When it has no such output.
    #[must_use]
    pub fn output(&self, name: &str) -> &str {
        self.outputs[name].as_str().unwrap_or_else(|| panic!("the stack has no output {name}"))
    }

    /// What the names of the stack's functions, tables, queues and roles start with.
    ///
    /// # Panics
    /// When the function that gives roles has another name than it should.
    #[must_use]
    pub fn name(&self) -> &str {
        self.output("SetUserRoleFunction")
            .strip_suffix("-set-user-role")
            .expect("functions are named <stack>-<verb-noun>")
    }

    /// The account's root, for what operators do and for looking behind the scenes.
    pub async fn operator(&self) -> SdkConfig {
        aws_config::defaults(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("test", "test", None, None, "e2e"))
            .endpoint_url(&self.aws_endpoint)
            .http_client(without_certificates())
            .load()
            .await
    }
}

/// Begins a client for the stack's addresses. They all are plain HTTP, and reading this machine's certificates takes
/// longer than most of what a test does.
pub fn client() -> ClientBuilder {
    reqwest::Client::builder().no_proxy().tls_certs_only([])
}

/// The same for clients of AWS.
fn without_certificates() -> SharedHttpClient {
    let trusting_nobody = TlsContext::builder().with_trust_store(TrustStore::empty()).build();
    Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::AwsLc))
        .tls_context(trusting_nobody.expect("nobody is easily trusted"))
        .build_https()
}

/// What `stack.json`, which lies beside the outputs, says under this name.
fn beside(outputs: &str, name: &str) -> Option<String> {
    let known = std::fs::read(Path::new(outputs).with_file_name("stack.json")).ok()?;
    let known: Value = serde_json::from_slice(&known).ok()?;
    known[name].as_str().map(str::to_owned)
}
