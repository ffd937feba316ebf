//! A bucket that speaks as much of S3 as pictures need.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_s3::config::retry::RetryConfig;
use aws_sdk_s3::config::{BehaviorVersion, Builder, Region};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use testkit::{Faults, Pause};

use crate::images::bucket::Bucket;
use crate::images::form::UploadForms;

const NAME: &str = "pictures";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    pub bytes: Bytes,
    pub content_type: String,
    pub cache_control: String,
}

type Objects = Arc<Mutex<BTreeMap<String, Object>>>;

pub struct TestBucket {
    endpoint: String,
    objects: Objects,
}

impl TestBucket {
    pub async fn start() -> Self {
        let objects = Objects::default();
        let routes = Router::new()
            .route("/{bucket}/{*key}", get(get_object).put(put_object).delete(delete_object))
            .layer(DefaultBodyLimit::disable())
            .with_state(objects.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Self { endpoint, objects }
    }

    pub fn bucket(&self) -> Bucket {
        Bucket::new(aws_sdk_s3::Client::from_conf(self.config().build()), NAME)
    }

    pub fn failing(&self, faults: &Faults) -> Bucket {
        let config = self.config().interceptor(faults.clone());
        Bucket::new(aws_sdk_s3::Client::from_conf(config.build()), NAME)
    }

    pub fn pausing(&self, pause: &Pause) -> Bucket {
        let config = self.config().interceptor(pause.clone());
        Bucket::new(aws_sdk_s3::Client::from_conf(config.build()), NAME)
    }

    pub fn put(&self, key: &str, bytes: impl Into<Bytes>) {
        let object = Object { bytes: bytes.into(), content_type: String::new(), cache_control: String::new() };
        self.objects.lock().unwrap().insert(key.to_owned(), object);
    }

    pub fn object(&self, key: &str) -> Option<Object> {
        self.objects.lock().unwrap().get(key).cloned()
    }

    pub fn keys(&self) -> Vec<String> {
        self.objects.lock().unwrap().keys().cloned().collect()
    }

    fn config(&self) -> Builder {
        aws_sdk_s3::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .endpoint_url(&self.endpoint)
            .retry_config(RetryConfig::disabled())
            .credentials_provider(Credentials::new("test", "test", None, None, "test"))
    }
}

/// Forms for a bucket that nothing is sent to.
pub fn forms() -> UploadForms {
    UploadForms {
        bucket: NAME.into(),
        url: "https://pictures.example".into(),
        region: "us-east-1".into(),
        credentials: SharedCredentialsProvider::new(Credentials::new("test", "test", None, None, "test")),
    }
}

fn refusal(status: StatusCode, code: &str) -> Response {
    (status, format!("<Error><Code>{code}</Code><Message>{code}</Message></Error>")).into_response()
}

async fn get_object(State(objects): State<Objects>, Path((_, key)): Path<(String, String)>) -> Response {
    match objects.lock().unwrap().get(&key) {
        Some(object) => object.bytes.clone().into_response(),
        None => refusal(StatusCode::NOT_FOUND, "NoSuchKey"),
    }
}

async fn put_object(
    State(objects): State<Objects>,
    Path((_, key)): Path<(String, String)>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Response {
    let mut objects = objects.lock().unwrap();
    if objects.contains_key(&key) && headers.get("if-none-match").is_some_and(|value| value == "*") {
        return refusal(StatusCode::PRECONDITION_FAILED, "PreconditionFailed");
    }
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
    let object = Object { bytes, content_type: text("content-type"), cache_control: text("cache-control") };
    objects.insert(key, object);
    StatusCode::OK.into_response()
}

async fn delete_object(State(objects): State<Objects>, Path((_, key)): Path<(String, String)>) -> StatusCode {
    objects.lock().unwrap().remove(&key);
    StatusCode::NO_CONTENT
}
