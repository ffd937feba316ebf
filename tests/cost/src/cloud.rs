//! AWS as the clients see it, from below: their HTTP client.
//!
//! Every request that a client library sends comes through here and is noted, a repeated one as well. Those to DynamoDB
//! go to the embedded database; queues, mail, secrets, objects and connections are answered as AWS answers them; an
//! invocation runs the function.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use testkit::capacity::{asking, consumed};

use crate::Failure;
use crate::meter::{Meter, Service};

/// A function that others invoke.
pub type Function = Arc<dyn Fn(Vec<u8>) -> BoxFuture<'static, Result<Vec<u8>, Failure>> + Send + Sync>;

/// A message on its way.
#[derive(Debug, Clone)]
pub struct Sent {
    /// What it says.
    pub body: String,
    /// It is kept back for a while.
    pub is_delayed: bool,
}

/// AWS.
#[derive(Clone)]
pub struct Cloud {
    /// Notes every request.
    pub meter: Meter,
    database: String,
    http: reqwest::Client,
    queues: Arc<Mutex<BTreeMap<String, Vec<Sent>>>>,
    secrets: Arc<HashMap<String, String>>,
    functions: Arc<Mutex<HashMap<String, Function>>>,
}

impl fmt::Debug for Cloud {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Cloud").field("database", &self.database).finish_non_exhaustive()
    }
}

/// A request, taken apart.
struct Asked {
    service: Service,
    /// As the service calls it; of an invocation, the function's name.
    operation: String,
    body: Vec<u8>,
}

impl Cloud {
    /// With the DynamoDB at this address, and these secrets by name.
    #[must_use]
    pub fn new(database: String, secrets: HashMap<String, String>) -> Self {
        Self {
            meter: Meter::default(),
            database,
            http: reqwest::Client::new(),
            queues: Arc::default(),
            secrets: Arc::new(secrets),
            functions: Arc::default(),
        }
    }

    /// A configuration for clients of it, with the retries that functions have.
    pub async fn config(&self) -> SdkConfig {
        aws_config::defaults(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new("test", "test", None, None, "test"))
            .http_client(self.clone())
            .load()
            .await
    }

    /// Lets a function be invoked by this name.
    pub fn provide(&self, name: &str, function: Function) {
        lock(&self.functions).insert(name.to_owned(), function);
    }

    /// What was sent to queues since it was last asked, by the queue's name.
    #[must_use]
    pub fn take_messages(&self) -> BTreeMap<String, Vec<Sent>> {
        std::mem::take(&mut *lock(&self.queues))
    }

    async fn answer(&self, number: usize, asked: Asked) -> Result<(u16, Vec<u8>), Failure> {
        // Nothing is answered at once: what the caller sends side by side goes out before the first answer.
        tokio::task::yield_now().await;
        let (mut units, mut unasked, body) = ((0.0, 0.0), 0, &asked.body);
        let (status, answer) = match asked.service {
            Service::DynamoDb => {
                let request = asking(body)?;
                let (status, answer) = self.database(&asked.operation, &request).await?;
                let said: Value = serde_json::from_slice(&answer)?;
                units = consumed(&asked.operation, &request, &said);
                unasked = said.get("ConsumedCapacity").map_or(0, |capacity| capacity.to_string().len() + FIELD);
                (status, answer)
            }
            Service::Sqs | Service::SqsFifo => (200, self.queue(&serde_json::from_slice(body)?)?),
            Service::Secrets => (200, self.secret(&serde_json::from_slice(body)?)?),
            Service::Lambda => (200, self.invoke(&asked.operation, asked.body).await?),
            Service::Ses => (200, MAIL_ACCEPTED.into()),
            Service::S3 => (404, NO_OBJECT.into()),
            Service::Connections => (200, Vec::new()),
        };
        self.meter.end(number, answer.len().saturating_sub(unasked), units.0, units.1);
        Ok((status, answer))
    }

    async fn database(&self, operation: &str, request: &Value) -> Result<(u16, Vec<u8>), Failure> {
        self.post(&format!("DynamoDB_20120810.{operation}"), request).await
    }

    /// Asks the database without anybody noting it.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn post(&self, target: &str, request: &Value) -> Result<(u16, Vec<u8>), Failure> {
        // Any credential will do: the database only wants to see one.
        let credential = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, \
            SignedHeaders=host, Signature=0";
        let request = self.http.post(&self.database).header("x-amz-target", target).body(request.to_string());
        let request = request.header("authorization", credential).header("x-amz-date", "20260101T000000Z");
        let answer = request.header("content-type", "application/x-amz-json-1.0").send().await?;
        Ok((answer.status().as_u16(), answer.bytes().await?.to_vec()))
    }

    fn queue(&self, request: &Value) -> Result<Vec<u8>, Failure> {
        let url = request["QueueUrl"].as_str().ok_or("a message to no queue")?;
        let name = url.rsplit('/').next().unwrap_or_default().to_owned();
        let alone = [request.clone()];
        let entries = request["Entries"].as_array().map_or(&alone[..], Vec::as_slice);
        let message = |entry: &Value| Sent {
            body: entry["MessageBody"].as_str().unwrap_or_default().to_owned(),
            is_delayed: entry["DelaySeconds"].as_i64().unwrap_or(0) > 0,
        };
        lock(&self.queues).entry(name).or_default().extend(entries.iter().map(message));
        let taken = |entry: &Value| json!({"Id": entry["Id"], "MessageId": "m", "MD5OfMessageBody": ""});
        let answer = match &request["Entries"] {
            Value::Array(entries) => json!({"Successful": entries.iter().map(taken).collect::<Vec<_>>(), "Failed": []}),
            _ => json!({"MessageId": "m", "MD5OfMessageBody": ""}),
        };
        Ok(answer.to_string().into_bytes())
    }

    fn secret(&self, request: &Value) -> Result<Vec<u8>, Failure> {
        let name = request["SecretId"].as_str().unwrap_or_default();
        let text = self.secrets.get(name).ok_or_else(|| format!("there is no secret {name}"))?;
        Ok(json!({"Name": name, "VersionId": "v", "SecretString": text}).to_string().into_bytes())
    }

    async fn invoke(&self, name: &str, payload: Vec<u8>) -> Result<Vec<u8>, Failure> {
        let function = lock(&self.functions).get(name).cloned();
        let function = function.ok_or_else(|| format!("there is no function {name}"))?;
        self.meter.enter(name);
        let answer = function(payload).await;
        self.meter.leave();
        answer
    }
}

/// What a field of an answer takes besides its value.
const FIELD: usize = ",\"ConsumedCapacity\":".len();

const MAIL_ACCEPTED: &str = "<SendEmailResponse><SendEmailResult><MessageId>0100</MessageId></SendEmailResult>\
    <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></SendEmailResponse>";

const NO_OBJECT: &str = "<Error><Code>NoSuchKey</Code><Message>none</Message></Error>";

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Asked {
    fn of(request: &HttpRequest) -> Result<Self, Failure> {
        let uri = request.uri();
        let (host, path) = uri.trim_start_matches("https://").split_once('/').unwrap_or((uri, ""));
        let path = format!("/{}", path.split('?').next().unwrap_or_default());
        let body = request.body().bytes().unwrap_or_default().to_vec();
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let mut operation = target.rsplit('.').next().unwrap_or_default().to_owned();
        let service = match host.split('.').next().unwrap_or_default() {
            "dynamodb" => Service::DynamoDb,
            "sqs" if String::from_utf8_lossy(&body).contains("MessageGroupId") => Service::SqsFifo,
            "sqs" => Service::Sqs,
            "secretsmanager" => Service::Secrets,
            "lambda" => Service::Lambda,
            "email" => Service::Ses,
            "connections" => Service::Connections,
            _ if host.contains(".s3.") || host.starts_with("s3.") => Service::S3,
            _ => return Err(format!("nobody answers for {host}").into()),
        };
        if service == Service::Lambda {
            // /2015-03-31/functions/<name>/invocations
            operation = path.split('/').nth(3).unwrap_or_default().to_owned();
        }
        Ok(Self { service, operation, body })
    }
}

impl HttpClient for Cloud {
    fn http_connector(
        &self,
        _settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Cloud {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let failed = |error: Failure| ConnectorError::other(error, None);
        let asked = match Asked::of(&request) {
            Ok(asked) => asked,
            Err(error) => return HttpConnectorFuture::ready(Err(failed(error))),
        };
        // Here, not in the future: the order in which requests go out decides which ones go side by side.
        let number = self.meter.begin(asked.service, &asked.operation, asked.body.len());
        let cloud = self.clone();
        HttpConnectorFuture::new(async move {
            let (status, answer) = cloud.answer(number, asked).await.map_err(failed)?;
            let status = status.try_into().map_err(|error| ConnectorError::other(Box::new(error), None))?;
            Ok(HttpResponse::new(status, SdkBody::from(answer)))
        })
    }
}
