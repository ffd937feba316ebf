//! The gateway serves the built pages as the web distribution does.

use std::path::{Path, PathBuf};

use jari_local_servers::gateway::{self, Config, Handle};
use reqwest::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, IF_MODIFIED_SINCE, LAST_MODIFIED};
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};

const INDEX: &str = "<!doctype html><title>Jari</title>";

/// A folder of built pages that goes with the test.
struct Dist(PathBuf);

impl Dist {
    fn empty() -> Self {
        let folder = std::env::temp_dir().join(format!("jari-pages-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir_all(folder.join("assets")).unwrap();
        Self(folder)
    }

    fn built() -> Self {
        let dist = Self::empty();
        dist.write("index.html", INDEX);
        dist.write("sw.js", "self.skipWaiting();");
        dist.write("assets/main-1a2b3c.js", &"export const seats = 20000;\n".repeat(100));
        dist
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).unwrap();
    }
}

impl Drop for Dist {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

async fn serve(web: Option<&Path>) -> Handle {
    let config = Config {
        port: 0,
        api_url: "http://127.0.0.1:9".to_owned(),
        websocket_url: "ws://127.0.0.1:9/live".to_owned(),
        aws_endpoint: "http://127.0.0.1:4566".to_owned(),
        checkout_url: "http://127.0.0.1:4570/checkout".to_owned(),
        web: web.map(Path::to_owned),
    };
    gateway::spawn(config).await.unwrap()
}

async fn get(gateway: &Handle, path: &str) -> Response {
    Client::new().get(format!("{}{path}", gateway.url)).send().await.unwrap()
}

fn header(answer: &Response, name: impl reqwest::header::AsHeaderName) -> Option<&str> {
    answer.headers().get(name).map(|value| value.to_str().unwrap())
}

#[tokio::test]
async fn pages_of_the_application_are_one_file() {
    let dist = Dist::built();
    let gateway = serve(Some(&dist.0)).await;
    for path in ["/", "/events/evt_1?page=2", "/login/google?code=a.b", "/index.html"] {
        let answer = get(&gateway, path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert_eq!(header(&answer, CONTENT_TYPE), Some("text/html"));
        assert_eq!(header(&answer, CACHE_CONTROL), Some("no-cache"));
        assert_eq!(answer.text().await.unwrap(), INDEX);
    }
}

#[tokio::test]
async fn files_are_themselves_or_not_there() {
    let dist = Dist::built();
    let gateway = serve(Some(&dist.0)).await;
    let worker = get(&gateway, "/sw.js").await;
    assert_eq!(header(&worker, CACHE_CONTROL), Some("no-cache"));
    assert_eq!(header(&worker, CONTENT_TYPE), Some("text/javascript"));
    let script = get(&gateway, "/assets/main-1a2b3c.js").await;
    assert_eq!(header(&script, CACHE_CONTROL), Some("public, max-age=31536000, immutable"));

    for path in ["/assets/main-0000.js", "/missing.png", "/%2e%2e/%2e%2e/etc/passwd.txt", "/api/v2/events.json"] {
        let answer = get(&gateway, path).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        assert_eq!(header(&answer, CACHE_CONTROL), None);
        assert_eq!(answer.json::<Value>().await.unwrap()["code"], "not_found");
    }
    let posted = Client::new().post(format!("{}/events", gateway.url)).send().await.unwrap();
    assert_eq!(posted.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn what_did_not_change_is_not_sent_again_and_scripts_are_sent_small() {
    let dist = Dist::built();
    let gateway = serve(Some(&dist.0)).await;
    let first = get(&gateway, "/").await;
    let again = Client::new()
        .get(&gateway.url)
        .header(IF_MODIFIED_SINCE, header(&first, LAST_MODIFIED).unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);

    let script = Client::new()
        .get(format!("{}/assets/main-1a2b3c.js", gateway.url))
        .header("accept-encoding", "gzip, deflate, br")
        .send()
        .await
        .unwrap();
    assert_eq!(header(&script, CONTENT_ENCODING), Some("gzip"));
    assert!(script.bytes().await.unwrap().len() < 300);
}

#[tokio::test]
async fn every_page_and_file_has_the_security_headers() {
    let dist = Dist::built();
    let gateway = serve(Some(&dist.0)).await;
    for path in ["/", "/events/evt_1", "/assets/main-1a2b3c.js", "/assets/missing.js"] {
        let answer = get(&gateway, path).await;
        let policy = header(&answer, "content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self' "), "{path}: {policy}");
        assert!(policy.contains("img-src 'self' http://127.0.0.1:4566"));
        assert!(policy.contains("frame-ancestors 'none'"));
        assert_eq!(header(&answer, "x-content-type-options"), Some("nosniff"));
        for name in ["strict-transport-security", "referrer-policy", "permissions-policy"] {
            assert!(header(&answer, name).is_some(), "{path} has no {name}");
        }
    }
}

#[tokio::test]
async fn tells_the_pages_where_they_are() {
    let gateway = serve(None).await;
    let answer = get(&gateway, "/config.json").await;
    assert_eq!(header(&answer, CACHE_CONTROL), Some("no-cache"));
    let wanted = json!({
        "gateway": {"kind": "virtual", "url": "http://127.0.0.1:4570/checkout"},
        "webSocketUrl": "/ws", "googleLogIn": true, "demoUrl": "/demo",
    });
    assert_eq!(answer.json::<Value>().await.unwrap(), wanted);
}

#[tokio::test]
async fn demo_accounts_are_beside_the_pages_or_in_their_place() {
    let dist = Dist::empty();
    let gateway = serve(Some(&dist.0)).await;
    for path in ["/", "/demo"] {
        assert!(get(&gateway, path).await.text().await.unwrap().contains("buyer@jari.local"));
    }
    assert_eq!(get(&gateway, "/events").await.status(), StatusCode::NOT_FOUND);
    // Built while the gateway runs.
    dist.write("index.html", INDEX);
    assert_eq!(get(&gateway, "/").await.text().await.unwrap(), INDEX);
    assert!(get(&gateway, "/demo").await.text().await.unwrap().contains("buyer@jari.local"));
}
