//! The gateway passes the API's messages on unaltered and answers the rest itself.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use jari_local_servers::gateway::{self, Config, Handle};
use reqwest::Client;
use serde_json::Value;

/// Echoes what arrives; `slow` in the path takes a moment. What lies under `forever` never changes, and says how often it
/// was asked for.
async fn echo(method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    if uri.path().ends_with("/slow") {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    if uri.path().contains("/forever") {
        static ASKED: AtomicUsize = AtomicUsize::new(0);
        let whose = if uri.path().ends_with("/own") { "private" } else { "public" };
        let policy = format!("{whose}, max-age=31536000, immutable");
        let times = (ASKED.fetch_add(1, Ordering::SeqCst) + 1).to_string();
        return ([("cache-control", policy)], times).into_response();
    }
    let token = headers.get("authorization").cloned();
    let mut answer = HeaderMap::new();
    answer.insert("x-seen", format!("{method} {uri}").parse().unwrap());
    answer.insert("location", "/elsewhere".parse().unwrap());
    if let Some(token) = token {
        answer.insert("x-token", token);
    }
    for chain in headers.get_all("x-forwarded-for") {
        answer.append("x-chain", chain.clone());
    }
    (StatusCode::SEE_OTHER, answer, Body::from(body)).into_response()
}

async fn start() -> Handle {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let api = listener.local_addr().unwrap();
    tokio::spawn(async { axum::serve(listener, Router::new().fallback(echo)).await });
    start_before(&format!("http://{api}/_aws/execute-api/abc/$default")).await
}

async fn start_before(api_url: &str) -> Handle {
    let config = Config {
        port: 0,
        api_url: api_url.to_owned(),
        websocket_url: "ws://127.0.0.1:9/live".to_owned(),
        aws_endpoint: "http://127.0.0.1:4566".to_owned(),
        checkout_url: "http://127.0.0.1:4570/checkout".to_owned(),
        web: None,
    };
    gateway::spawn(config).await.unwrap()
}

fn client() -> Client {
    Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

#[tokio::test]
async fn passes_messages_on_unaltered() {
    let gateway = start().await;
    let answer = client()
        .post(format!("{}/api/v1/seats/reserve?a=%2F&b=c", gateway.url))
        .bearer_auth("token")
        .body("body")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(answer.headers()["x-seen"], "POST /_aws/execute-api/abc/$default/api/v1/seats/reserve?a=%2F&b=c");
    assert_eq!(answer.headers()["x-token"], "Bearer token");
    assert_eq!(answer.headers()["location"], "/elsewhere");
    assert_eq!(answer.text().await.unwrap(), "body");
}

#[tokio::test]
async fn keeps_what_never_changes_and_is_everybodys() {
    let gateway = start().await;
    let ask = async |path: &str, header: Option<(&str, &str)>| {
        let request = client().get(format!("{}/api/v1/{path}", gateway.url));
        let request = header.into_iter().fold(request, |request, (name, value)| request.header(name, value));
        let answer = request.send().await.unwrap();
        let policy = answer.headers()["cache-control"].to_str().unwrap().to_owned();
        (policy, answer.text().await.unwrap())
    };
    let first = ask("forever/hall", None).await;
    assert_eq!(ask("forever/hall", None).await, first);
    let all = [
        first,
        ask("forever/hall?a=b", None).await,
        ask("forever/hall", Some(("authorization", "Bearer token"))).await,
        ask("forever/hall", Some(("if-none-match", "\"known\""))).await,
        ask("forever/own", None).await,
        ask("forever/own", None).await,
    ];
    let different: std::collections::HashSet<_> = all.iter().map(|(_, times)| times).collect();
    assert_eq!(different.len(), all.len(), "{all:?}");
}

#[tokio::test]
async fn says_last_who_connected() {
    let gateway = start().await;
    let url = format!("{}/api/v1/events", gateway.url);
    let chain = |answer: reqwest::Response| {
        let values: Vec<_> = answer.headers().get_all("x-chain").iter().cloned().collect();
        assert_eq!(values.len(), 1, "one header, so that its last entry is the last of all");
        values[0].to_str().unwrap().to_owned()
    };
    let answer = client().get(&url).send().await.unwrap();
    assert_eq!(chain(answer), "127.0.0.1");

    let elsewhere = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .local_address(std::net::IpAddr::from([127, 0, 0, 9]))
        .build()
        .unwrap();
    let answer = elsewhere
        .get(&url)
        .header("x-forwarded-for", "203.0.113.7")
        .header("x-forwarded-for", "203.0.113.8, 127.0.0.1")
        .send()
        .await
        .unwrap();
    assert_eq!(chain(answer), "203.0.113.7, 203.0.113.8, 127.0.0.1, 127.0.0.9");
}

#[tokio::test]
async fn passes_large_bodies_on() {
    let gateway = start().await;
    let body = vec![7_u8; 1_500_000];
    let answer = client().put(format!("{}/api/v1/x", gateway.url)).body(body.clone()).send().await.unwrap();
    assert_eq!(answer.bytes().await.unwrap().len(), body.len());
}

#[tokio::test]
async fn answers_the_rest_itself() {
    let gateway = start().await;
    let page = client().get(&gateway.url).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("http://127.0.0.1:4566/_ministack/ses/messages"));
    for (path, status, code) in [("/ws", 426, "upgrade_required"), ("/api", 404, "not_found")] {
        let answer = client().get(format!("{}{path}", gateway.url)).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status);
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        assert_eq!(answer.json::<Value>().await.unwrap()["code"], code);
    }
}

#[tokio::test]
async fn says_when_the_api_is_down() {
    let gateway = start_before("http://127.0.0.1:9").await;
    let answer = client().get(format!("{}/api/v1/events", gateway.url)).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.headers()["retry-after"], "1");
}

#[tokio::test]
async fn sustains_three_hundred_connections() {
    let gateway = start().await;
    let mut requests = tokio::task::JoinSet::new();
    for _ in 0..300 {
        let url = format!("{}/api/v1/slow", gateway.url);
        // A client each, so that no two requests share a connection.
        requests.spawn(async move { client().get(url).send().await.map(|answer| answer.status()) });
    }
    let mut answered = 0;
    while let Some(status) = requests.join_next().await {
        assert_eq!(status.unwrap().unwrap(), StatusCode::SEE_OTHER);
        answered += 1;
    }
    assert_eq!(answered, 300);
}
