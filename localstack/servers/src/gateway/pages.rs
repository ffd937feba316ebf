//! What is not the API: the built pages, served as the web distribution serves them, and what they must know of this
//! deployment.
//!
//! A path without an extension is a page of the application and gets `index.html`, as the distribution's function
//! `RouteNavigation` in `infra/web.yaml` does it. Files below `assets/` carry a hash in their name and never change.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{any, get};
use axum::{Json, Router};
use serde_json::json;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;

use super::{Config, problem};

/// What every page is served with, here and by `infra/web.yaml`; `make check` compares them.
const SECURITY_HEADERS: &str = include_str!("../../../../web/security-headers.json");

const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// The folder of the built pages, and what stands in for them while there are none.
#[derive(Debug)]
struct Pages {
    folder: Option<PathBuf>,
    headers: HeaderMap,
    start_page: String,
}

/// The routes of everything that is not the API.
pub(super) fn routes(config: &Config) -> std::io::Result<Router> {
    let pages = Arc::new(Pages {
        folder: config.web.clone(),
        headers: security_headers(&config.aws_endpoint)?,
        start_page: include_str!("../start.html").replace("{{aws_endpoint}}", &config.aws_endpoint),
    });
    let settings = json!({
        "gateway": {"kind": "virtual", "url": config.checkout_url},
        "webSocketUrl": "/ws",
        // The stand-in for Google is always there.
        "googleLogIn": true,
        "demoUrl": "/demo",
    });
    Ok(Router::new()
        .route("/config.json", get(|| async { ([(CACHE_CONTROL, REVALIDATE)], Json(settings)) }))
        .route("/demo", get(demo))
        .route("/api", any(nothing_here))
        .route("/api/{*path}", any(nothing_here))
        .fallback(page)
        .with_state(pages)
        .layer(CompressionLayer::new()))
}

async fn page(State(pages): State<Arc<Pages>>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let refusal = problem::response(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "Pages are only read.");
        return ([(ALLOW, "GET, HEAD")], refusal).into_response();
    }
    let is_start = request.uri().path() == "/";
    let mut response = match &pages.folder {
        Some(folder) => file(folder, request).await,
        None => StatusCode::NOT_FOUND.into_response(),
    };
    if response.status() == StatusCode::NOT_FOUND {
        if is_start {
            return demo(State(pages)).await.into_response();
        }
        response = nothing_here().await;
    }
    response.headers_mut().extend(pages.headers.clone());
    response
}

/// The file that a path stands for, with the right to keep it.
async fn file(folder: &Path, mut request: Request) -> Response {
    let path = request.uri().path();
    let caching = if path.starts_with("/assets/") { IMMUTABLE } else { REVALIDATE };
    if is_navigation(path) {
        *request.uri_mut() = Uri::from_static("/index.html");
    }
    match ServeDir::new(folder).append_index_html_on_directories(false).try_call(request).await {
        Ok(found) => {
            let mut response = found.map(Body::new);
            if response.status() != StatusCode::NOT_FOUND {
                response.headers_mut().insert(CACHE_CONTROL, caching);
            }
            response
        }
        Err(error) => {
            tracing::error!(%error, "a page cannot be read");
            problem::response(StatusCode::INTERNAL_SERVER_ERROR, "internal_error", "This page cannot be read.")
        }
    }
}

/// Whether a path is a page of the application and not a file.
fn is_navigation(path: &str) -> bool {
    !path.rsplit('/').next().is_some_and(|name| name.contains('.'))
}

/// Links, accounts and payment keys for people who try Jari out.
async fn demo(State(pages): State<Arc<Pages>>) -> impl IntoResponse {
    ([(CACHE_CONTROL, REVALIDATE)], Html(pages.start_page.clone()))
}

async fn nothing_here() -> Response {
    problem::response(StatusCode::NOT_FOUND, "not_found", "There is nothing at this path.")
}

/// The shared headers. Pictures come from the local AWS here and from the same origin there.
fn security_headers(aws_endpoint: &str) -> std::io::Result<HeaderMap> {
    let headers: std::collections::BTreeMap<String, String> = serde_json::from_str(SECURITY_HEADERS)?;
    headers
        .into_iter()
        .map(|(name, mut value)| {
            if name.eq_ignore_ascii_case(CONTENT_SECURITY_POLICY.as_str()) {
                value = value.replace("img-src 'self'", &format!("img-src 'self' {aws_endpoint}"));
            }
            let name = name.parse::<HeaderName>().map_err(std::io::Error::other)?;
            Ok((name, HeaderValue::from_str(&value).map_err(std::io::Error::other)?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_no_extension() {
        for path in ["/", "/events/evt_1", "/assets", "/a.b/c"] {
            assert!(is_navigation(path), "{path}");
        }
        for path in ["/sw.js", "/assets/main-1a2b.css", "/events/evt_1.json", "/.well-known/x.txt"] {
            assert!(!is_navigation(path), "{path}");
        }
    }

    #[test]
    fn pictures_may_come_from_the_local_aws_and_nothing_else_changes() {
        let headers = security_headers("http://127.0.0.1:4566").unwrap();
        let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("img-src 'self' http://127.0.0.1:4566 data:;"));
        let shared: serde_json::Value = serde_json::from_str(SECURITY_HEADERS).unwrap();
        assert_eq!(policy.replace(" http://127.0.0.1:4566", ""), shared["Content-Security-Policy"]);
        assert!(!policy.contains("unsafe"));
        assert_eq!(headers.len(), shared.as_object().unwrap().len());
    }
}
