//! The SDK's way to a connection, against a gateway that answers as API Gateway does.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::routing::post;
use realtime::poster::{ApiGateway, PostError, Poster as _};

type Got = Arc<Mutex<Vec<(String, Bytes)>>>;

async fn take(
    State(got): State<Got>,
    Path(connection): Path<String>,
    body: Bytes,
) -> Result<(), (StatusCode, HeaderMap, &'static str)> {
    let kind = |status, name: &'static str| {
        let headers = [(HeaderName::from_static("x-amzn-errortype"), HeaderValue::from_static(name))];
        Err((status, headers.into_iter().collect(), "{}"))
    };
    match connection.as_str() {
        "gone" => kind(StatusCode::GONE, "GoneException"),
        "forbidden" => kind(StatusCode::FORBIDDEN, "ForbiddenException"),
        "slow" => {
            tokio::time::sleep(Duration::from_secs(30)).await;
            Ok(())
        }
        _ => {
            got.lock().unwrap().push((connection, body));
            Ok(())
        }
    }
}

#[tokio::test]
async fn messages_arrive_and_failures_are_told_apart() {
    let got = Got::default();
    let app = Router::new().route("/live/@connections/{connection}", post(take)).with_state(Arc::clone(&got));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/live", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    let config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .endpoint_url("http://127.0.0.1:1")
        .credentials_provider(SharedCredentialsProvider::new(Credentials::new("test", "test", None, None, "test")))
        .build();
    let gateway = ApiGateway::new(&config, url);
    gateway.post("L0SM9cOFvHcCIhw=", r#"{"type":"pong"}"#).await.unwrap();
    let expected = ("L0SM9cOFvHcCIhw=".to_owned(), Bytes::from_static(br#"{"type":"pong"}"#));
    assert_eq!(*got.lock().unwrap(), [expected]);
    assert!(matches!(gateway.post("gone", "{}").await, Err(PostError::Gone)));
    assert!(matches!(gateway.post("forbidden", "{}").await, Err(PostError::Failed(_))));
    let started = Instant::now();
    assert!(matches!(gateway.post("slow", "{}").await, Err(PostError::Failed(_))));
    assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
}
