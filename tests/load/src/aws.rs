//! The AWS that functions talk to, in a process of its own so that its memory and processor time can be told from
//! theirs: DynamoDB with streams (dynoxide), SQS, SES and Secrets Manager (Rustack), and the virtual payment gateway.
//!
//! It lives as long as its standard input: when whoever started it is gone, so is it.

use std::convert::Infallible;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::service::{Service as _, service_fn};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use rustack_secretsmanager_core::config::SecretsManagerConfig;
use rustack_secretsmanager_core::handler::RustackSecretsManagerHandler;
use rustack_secretsmanager_core::provider::RustackSecretsManager;
use rustack_secretsmanager_http::service::{SecretsManagerHttpConfig, SecretsManagerHttpService};
use rustack_ses_core::config::SesConfig;
use rustack_ses_core::handler::RustackSesHandler;
use rustack_ses_core::provider::RustackSes;
use rustack_ses_http::service::{SesHttpConfig, SesHttpService};
use rustack_sqs_core::config::SqsConfig;
use rustack_sqs_core::handler::RustackSqsHandler;
use rustack_sqs_core::provider::RustackSqs;
use rustack_sqs_http::service::{SqsHttpConfig, SqsHttpService};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::Failure;

/// Where the services are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoints {
    /// DynamoDB and its streams.
    pub dynamodb: String,
    /// Everything else of AWS.
    pub services: String,
    /// The payment gateway.
    pub gateway: String,
    /// Our secret key there.
    pub gateway_key: String,
}

/// The process.
#[derive(Debug)]
pub struct Aws {
    /// Where its services are.
    pub endpoints: Endpoints,
    process: Child,
}

impl Aws {
    /// Starts `load aws`, which is this program, and waits until it listens.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start(program: &Path) -> Result<Self, Failure> {
        let mut process =
            Command::new(program).arg("aws").stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
        let output = process.stdout.take().ok_or("the services have no output")?;
        let mut lines = BufReader::new(output).lines();
        let line = timeout(PATIENCE, lines.next_line()).await??.ok_or("the services did not start")?;
        Ok(Self { endpoints: serde_json::from_str(&line)?, process })
    }

    /// Its process id, while it runs.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.process.id()
    }

    /// How many mails were sent.
    ///
    /// # Errors
    /// When the process does not answer.
    pub async fn mails(&self) -> Result<usize, Failure> {
        let answer = reqwest::get(format!("{}{MAILS}", self.endpoints.services)).await?;
        Ok(answer.error_for_status()?.json().await?)
    }
}

/// How long the services may take to start.
const PATIENCE: Duration = Duration::from_secs(60);

/// Says how many mails were sent.
const MAILS: &str = "/_load/mails";

/// Serves until standard input ends; prints the [`Endpoints`] as one line once all of them listen.
///
/// # Errors
/// When there is no port.
#[allow(clippy::print_stdout, reason = "the line is for the process that started this one")]
pub async fn serve() -> Result<(), Failure> {
    let database = testkit::Database::start().await;
    let gateway = jari_local_servers::virtual_pg::spawn(jari_local_servers::virtual_pg::Config::default()).await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let services = Services::new(address.port());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(services.clone().connection(stream));
        }
    });
    let endpoints = Endpoints {
        dynamodb: database.endpoint.clone(),
        services: format!("http://{address}"),
        gateway: gateway.url.clone(),
        gateway_key: gateway.secret_key.clone(),
    };
    println!("{}", serde_json::to_string(&endpoints)?);
    tokio::io::stdin().read_to_end(&mut Vec::new()).await?;
    Ok(())
}

/// All services behind the one port.
#[derive(Debug, Clone)]
struct Services {
    sqs: SqsHttpService<RustackSqsHandler>,
    secrets: SecretsManagerHttpService<RustackSecretsManagerHandler>,
    mail: SesHttpService<RustackSesHandler>,
    sent: Arc<RustackSes>,
}

impl Services {
    fn new(port: u16) -> Self {
        let sqs = RustackSqs::new(SqsConfig { host: "127.0.0.1".to_owned(), port, ..SqsConfig::default() });
        let secrets = RustackSecretsManager::new(SecretsManagerConfig::default());
        let sent = Arc::new(RustackSes::new(SesConfig::default()));
        Self {
            sqs: SqsHttpService::new(Arc::new(RustackSqsHandler::new(Arc::new(sqs))), SqsHttpConfig::default()),
            secrets: SecretsManagerHttpService::new(
                Arc::new(RustackSecretsManagerHandler::new(Arc::new(secrets))),
                SecretsManagerHttpConfig::default(),
            ),
            mail: SesHttpService::new(Arc::new(RustackSesHandler::new(Arc::clone(&sent))), SesHttpConfig::default()),
            sent,
        }
    }

    async fn connection(self, stream: TcpStream) {
        let _ = stream.set_nodelay(true);
        let service = service_fn(|request| self.answer(request));
        // A client that goes away in the middle of a request is none of our business.
        let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
    }

    async fn answer(&self, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
        let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let target = header("x-amz-target");
        let is_form = header("content-type").starts_with("application/x-www-form-urlencoded");
        if target.starts_with("AmazonSQS") {
            return self.sqs.call(request).await.map(whole).unwrap_or_else(|never| match never {}).await;
        }
        if target.starts_with("secretsmanager") {
            return self.secrets.call(request).await.map(whole).unwrap_or_else(|never| match never {}).await;
        }
        if is_form {
            return self.mail.call(request).await.map(whole).unwrap_or_else(|never| match never {}).await;
        }
        if request.uri().path() == MAILS {
            return Ok(Response::new(Full::from(self.sent.email_store().count().to_string())));
        }
        // Buckets are empty and nobody is connected to the sockets.
        let mut nothing =
            Response::new(Full::from("<Error><Code>NoSuchKey</Code><Message>Not here.</Message></Error>"));
        *nothing.status_mut() = StatusCode::NOT_FOUND;
        Ok(nothing)
    }
}

/// A response with its whole body in memory.
async fn whole<B>(response: Response<B>) -> Result<Response<Full<Bytes>>, Infallible>
where
    B: hyper::body::Body<Data = Bytes>,
    B::Error: std::fmt::Debug,
{
    let (parts, body) = response.into_parts();
    let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    Ok(Response::from_parts(parts, Full::new(body)))
}
