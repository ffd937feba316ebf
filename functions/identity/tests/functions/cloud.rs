//! Stand-ins for Secrets Manager, S3 and CloudFormation that speak their protocols, as far as signing keys need them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use aws_config::{BehaviorVersion, Region, SdkConfig, retry::RetryConfig};
use aws_credential_types::Credentials;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{post, put};
use identity::keys::KeyRing;
use identity::provisioning::{Discovery, KeyStore};
use identity_functions::provision_signing_key::{Provisioner, Settings};
use serde_json::{Value, json};
use testkit::Faults;

/// What they hold.
#[derive(Default)]
pub struct World {
    /// The secret's current version: its name and its text.
    pub secret: Option<(String, String)>,
    /// Every version that was ever stored, by name.
    pub versions: BTreeMap<String, String>,
    /// Content type and text of every object.
    pub objects: BTreeMap<String, (String, String)>,
    /// What CloudFormation heard.
    pub answers: Vec<Value>,
    pub bucket_is_gone: bool,
    pub s3_is_down: bool,
    pub secrets_manager_is_down: bool,
    pub answers_to_refuse: u32,
}

type Shared = Arc<Mutex<World>>;

impl World {
    /// With this in the secret.
    pub fn holding(text: &str) -> Self {
        let version = ("first-version".to_owned(), text.to_owned());
        Self { versions: BTreeMap::from([version.clone()]), secret: Some(version), ..Self::default() }
    }

    /// The text of the secret.
    pub fn text(&self) -> Option<&str> {
        self.secret.as_ref().map(|(_, text)| text.as_str())
    }

    /// The ring in the secret.
    pub fn ring(&self) -> KeyRing {
        KeyRing::read(self.text().unwrap()).unwrap().unwrap()
    }
}

async fn secrets_manager(State(world): State<Shared>, headers: HeaderMap, body: String) -> (StatusCode, String) {
    let mut world = world.lock().unwrap();
    if world.secrets_manager_is_down {
        return (StatusCode::SERVICE_UNAVAILABLE, String::new());
    }
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(body["SecretId"], "arn:secret");
    let refusal = |code: &str| (StatusCode::BAD_REQUEST, json!({"__type": code, "message": code}).to_string());
    match headers["x-amz-target"].to_str().unwrap() {
        "secretsmanager.GetSecretValue" => match &world.secret {
            Some((name, text)) => (StatusCode::OK, json!({"VersionId": name, "SecretString": text}).to_string()),
            None => refusal("ResourceNotFoundException"),
        },
        "secretsmanager.PutSecretValue" => {
            let [name, text] =
                ["ClientRequestToken", "SecretString"].map(|part| body[part].as_str().unwrap().to_owned());
            assert!((32..=64).contains(&name.len()));
            match world.versions.get(&name) {
                // As documented: the same again is ignored, something else by the same name refused.
                Some(stored) if *stored == text => {}
                Some(_) => return refusal("ResourceExistsException"),
                None => {
                    world.versions.insert(name.clone(), text.clone());
                    world.secret = Some((name, text));
                }
            }
            (StatusCode::OK, "{}".to_owned())
        }
        other => panic!("unexpected {other}"),
    }
}

fn etag(body: &str) -> String {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    format!("\"{:x}\"", hasher.finish())
}

fn s3_refusal(status: StatusCode, code: &str) -> Response {
    (status, format!("<Error><Code>{code}</Code><Message>{code}</Message></Error>")).into_response()
}

async fn get_object(State(world): State<Shared>, Path(path): Path<(String, String)>) -> Response {
    let world = world.lock().unwrap();
    if world.s3_is_down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    match world.objects.get(&format!("{}/{}", path.0, path.1)) {
        Some((_, body)) => ([(header::ETAG, etag(body))], body.clone()).into_response(),
        // What S3 says to those who may not list the bucket.
        None => s3_refusal(StatusCode::FORBIDDEN, "AccessDenied"),
    }
}

async fn put_object(
    State(world): State<Shared>,
    Path(path): Path<(String, String)>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let mut world = world.lock().unwrap();
    if world.s3_is_down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let path = format!("{}/{}", path.0, path.1);
    let present = world.objects.get(&path).map(|(_, body)| etag(body));
    let sent = |name| headers.get(name).map(|value: &header::HeaderValue| value.to_str().unwrap().to_owned());
    let holds = match (sent("if-match"), sent("if-none-match")) {
        (Some(wanted), _) => present == Some(wanted),
        (None, Some(any)) => any == "*" && present.is_none(),
        (None, None) => true,
    };
    if !holds {
        return s3_refusal(StatusCode::PRECONDITION_FAILED, "PreconditionFailed");
    }
    let content_type = headers["content-type"].to_str().unwrap().to_owned();
    world.objects.insert(path, (content_type, body));
    StatusCode::OK.into_response()
}

async fn delete_object(State(world): State<Shared>, Path(path): Path<(String, String)>) -> (StatusCode, &'static str) {
    let mut world = world.lock().unwrap();
    if world.bucket_is_gone {
        return (StatusCode::NOT_FOUND, "<Error><Code>NoSuchBucket</Code><Message>gone</Message></Error>");
    }
    world.objects.remove(&format!("{}/{}", path.0, path.1));
    (StatusCode::NO_CONTENT, "")
}

async fn answer(State(world): State<Shared>, headers: HeaderMap, body: String) -> StatusCode {
    let mut world = world.lock().unwrap();
    assert_eq!(headers.get("content-type").map(|value| value.as_bytes()), Some(b"".as_slice()));
    if world.answers_to_refuse > 0 {
        world.answers_to_refuse -= 1;
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    world.answers.push(serde_json::from_str(&body).unwrap());
    StatusCode::OK
}

/// All of it behind one address.
pub struct Cloud {
    pub endpoint: String,
    pub world: Shared,
}

impl Cloud {
    pub async fn new(world: World) -> Self {
        let world = Arc::new(Mutex::new(world));
        let routes = Router::new()
            .route("/", post(secrets_manager))
            .route("/cloudformation", put(answer))
            .route("/{bucket}/{*key}", put(put_object).get(get_object).delete(delete_object))
            .with_state(world.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Self { endpoint, world }
    }

    pub async fn config(&self) -> SdkConfig {
        let config = aws_config::defaults(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .endpoint_url(&self.endpoint)
            .retry_config(RetryConfig::disabled())
            .credentials_provider(Credentials::new("test", "test", None, None, "test"));
        config.load().await
    }

    pub async fn provisioner(&self, settings: Settings) -> Provisioner {
        Provisioner::new(&self.config().await, settings)
    }

    /// The secret and the bucket named `bucket`, seen through calls that fail; both count as one client.
    pub async fn places(&self, faults: &Faults) -> (KeyStore, Discovery) {
        let config = self.config().await;
        let secrets = aws_sdk_secretsmanager::config::Builder::from(&config).interceptor(faults.clone()).build();
        let objects = aws_sdk_s3::config::Builder::from(&config).interceptor(faults.clone()).build();
        let keys = KeyStore::new(aws_sdk_secretsmanager::Client::from_conf(secrets), "arn:secret".into());
        (keys, Discovery::new(aws_sdk_s3::Client::from_conf(objects), "bucket".into()))
    }

    /// One request; what CloudFormation heard.
    pub async fn request(&self, settings: Settings, id: &str, change: Value) -> Value {
        let mut request = json!({
            "ServiceToken": "arn:function", "ResponseURL": format!("{}/cloudformation", self.endpoint),
            "StackId": "arn:stack", "RequestId": id, "ResourceType": "Custom::SigningKey", "LogicalResourceId": "SigningKey",
            "ResourceProperties": {"ServiceToken": "arn:function"},
        });
        request.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let deadline = SystemTime::now() + Duration::from_secs(30);
        self.provisioner(settings).await.handle(serde_json::from_value(request).unwrap(), deadline).await.unwrap();
        let answer = self.world.lock().unwrap().answers.pop().unwrap();
        assert_eq!((&answer["StackId"], &answer["RequestId"]), (&json!("arn:stack"), &json!(id)));
        assert_eq!(answer["LogicalResourceId"], "SigningKey");
        answer
    }

    pub fn object(&self, path: &str) -> Value {
        let world = self.world.lock().unwrap();
        let (content_type, body) = &world.objects[path];
        assert_eq!(content_type, "application/json");
        serde_json::from_str(body).unwrap()
    }
}
