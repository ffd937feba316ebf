//! Passing requests on to the API, bodies as streams in both directions.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{
    CONNECTION, CONTENT_LENGTH, HOST, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, RETRY_AFTER, TE, TRAILER,
    TRANSFER_ENCODING, UPGRADE,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use tokio::sync::Semaphore;

use super::cache::{Cache, Key, is_forever, response};
use super::problem;

/// Requests the API works on at once; more wait here, where waiting is cheap.
const MAX_UNDER_WAY: usize = 64;

/// API Gateway gives an integration 30 seconds; this leaves it time to say so itself.
const UPSTREAM_TIMEOUT: Duration = Duration::from_secs(35);

/// Who has passed a request on, the client first.
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Headers that belong to one connection, not to the message (RFC 9110, 7.6.1).
const HOP_BY_HOP: [HeaderName; 8] = [
    CONNECTION,
    HeaderName::from_static("keep-alive"),
    PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// The API behind the gateway.
#[derive(Debug)]
pub(super) struct Upstream {
    url: String,
    client: reqwest::Client,
    places: Semaphore,
    cache: Cache,
}

impl Upstream {
    pub fn new(api_url: &str) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .timeout(UPSTREAM_TIMEOUT)
            .build()?;
        let url = api_url.trim_end_matches('/').to_owned();
        Ok(Self { url, client, places: Semaphore::new(MAX_UNDER_WAY), cache: Cache::default() })
    }
}

/// Answers a request as the API answers it.
pub(super) async fn forward(
    State(upstream): State<Arc<Upstream>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let key = Key::of(request.method(), path, request.headers());
    if let Some(kept) = key.as_ref().and_then(|key| upstream.cache.get(key)) {
        return kept;
    }
    let _place = upstream.places.acquire().await;
    let answer = match send(&upstream, peer, request).await {
        Ok(answer) => match key {
            Some(key) if is_forever(answer.status(), answer.headers()) => keep(&upstream.cache, key, answer).await,
            _ => Ok(to_response(answer)),
        },
        Err(error) => Err(error),
    };
    match answer {
        Ok(answer) => answer,
        Err(error) => {
            tracing::warn!(%error, "the API does not answer");
            let mut response = problem::response(
                StatusCode::SERVICE_UNAVAILABLE,
                "api_unavailable",
                "The local AWS does not answer. Is it running? Try `make dev`.",
            );
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
            response
        }
    }
}

async fn send(upstream: &Upstream, peer: SocketAddr, request: Request) -> Result<reqwest::Response, reqwest::Error> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let mut headers = end_to_end(parts.headers);
    if let Some(host) = headers.remove(HOST) {
        headers.insert("x-forwarded-host", host);
    }
    headers.insert("x-forwarded-proto", HeaderValue::from_static("http"));
    add_peer(&mut headers, peer);
    let mut outgoing = upstream.client.request(parts.method, format!("{}{path}", upstream.url));
    let has_body = headers.contains_key(CONTENT_LENGTH) || !body_is_empty(&body);
    outgoing = outgoing.headers(headers);
    if has_body {
        outgoing = outgoing.body(reqwest::Body::wrap_stream(body.into_data_stream()));
    }
    outgoing.send().await
}

/// Puts the peer's address at the end of the chain, in one line: whatever a client claims, the last entry is ours.
pub(super) fn add_peer(headers: &mut HeaderMap, peer: SocketAddr) {
    let peer = peer.ip().to_string();
    let claimed = headers.get_all(FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok());
    let chain = claimed.chain([peer.as_str()]).collect::<Vec<_>>().join(", ");
    headers.remove(FORWARDED_FOR);
    // Readable values joined by commas always make a value again.
    if let Ok(chain) = HeaderValue::from_str(&chain) {
        headers.insert(FORWARDED_FOR, chain);
    }
}

async fn keep(cache: &Cache, key: Key, answer: reqwest::Response) -> Result<Response, reqwest::Error> {
    let (status, headers) = (answer.status(), end_to_end(answer.headers().clone()));
    let body = answer.bytes().await?;
    cache.keep(key, headers.clone(), body.clone());
    Ok(response(status, headers, body))
}

fn to_response(answer: reqwest::Response) -> Response {
    let status = answer.status();
    let headers = end_to_end(answer.headers().clone());
    let mut response = Response::new(Body::from_stream(answer.bytes_stream()));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// What of `headers` goes further than one connection.
pub(super) fn end_to_end(mut headers: HeaderMap) -> HeaderMap {
    for name in &HOP_BY_HOP {
        headers.remove(name);
    }
    headers
}

fn body_is_empty(body: &Body) -> bool {
    use axum::body::HttpBody;
    body.is_end_stream()
}
