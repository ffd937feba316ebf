//! `/ws`: passing WebSocket connections on to the WebSocket API, messages in both directions.
//!
//! The limits are API Gateway's. Pings and pongs are answered here, as API Gateway answers them itself. Neither addresses nor
//! messages are logged: both carry tokens.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{ConnectInfo, RawQuery, State};
use axum::http::header::{CONTENT_TYPE, HOST, RETRY_AFTER, UPGRADE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{self, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error as SocketError, Message as ApiMessage};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

use super::problem;
use super::proxy::{add_peer, end_to_end};

/// The largest frame of a client, in bytes.
const MAX_FRAME: usize = 32 * 1024;

/// The largest message of a client, in bytes.
const MAX_MESSAGE: usize = 128 * 1024;

/// API Gateway gives `$connect` 29 seconds; this leaves it time to say so itself.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(35);

/// How long either side may take to hear that the connection is over.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);

type Api = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Where the WebSocket API answers.
#[derive(Debug)]
pub(super) struct Sockets {
    pub url: String,
}

/// Connects a client with the API, or answers what the API answers to the handshake.
pub(super) async fn connect(
    State(sockets): State<Arc<Sockets>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let Ok(upgrade) = upgrade else { return not_a_handshake() };
    let Some(request) = handshake(&sockets.url, query.as_deref(), headers, peer) else { return unavailable() };
    let config = WebSocketConfig::default();
    match timeout(HANDSHAKE_TIMEOUT, connect_async_with_config(request, Some(config), true)).await {
        Ok(Ok((api, _))) => {
            upgrade.max_frame_size(MAX_FRAME).max_message_size(MAX_MESSAGE).on_upgrade(move |client| relay(client, api))
        }
        Ok(Err(SocketError::Http(refusal))) => refused(*refusal),
        Ok(Err(SocketError::Io(error))) => {
            tracing::warn!(%error, "the WebSocket API does not answer");
            unavailable()
        }
        Ok(Err(_)) => {
            tracing::warn!("the WebSocket API does not speak WebSocket");
            unavailable()
        }
        Err(_) => {
            tracing::warn!("the WebSocket API takes too long");
            unavailable()
        }
    }
}

/// The client's handshake as it goes to the API: its own headers, except those about the connection.
fn handshake(url: &str, query: Option<&str>, client: HeaderMap, peer: SocketAddr) -> Option<Request> {
    let address = query.map_or_else(|| url.to_owned(), |query| format!("{url}?{query}"));
    let mut request = address.into_client_request().ok()?;
    let mut headers = end_to_end(client);
    headers.remove(HOST);
    add_peer(&mut headers, peer);
    let is_of_handshake = |name: &str| name.starts_with("sec-websocket-");
    let passed_on = headers.into_iter().filter_map(|(name, value)| Some((name?, value)));
    request.headers_mut().extend(passed_on.filter(|(name, _)| !is_of_handshake(name.as_str())));
    Some(request)
}

fn not_a_handshake() -> Response {
    let mut response = problem::response(
        StatusCode::UPGRADE_REQUIRED,
        "upgrade_required",
        "This is the WebSocket API; connect with a WebSocket client.",
    );
    response.headers_mut().insert(UPGRADE, HeaderValue::from_static("websocket"));
    response
}

fn unavailable() -> Response {
    let mut response = problem::response(
        StatusCode::SERVICE_UNAVAILABLE,
        "api_unavailable",
        "The local AWS does not answer. Is it running? Try `make dev`.",
    );
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    response
}

fn refused(refusal: axum::http::Response<Option<Vec<u8>>>) -> Response {
    let (parts, body) = refusal.into_parts();
    let mut response = Response::new(Body::from(body.unwrap_or_default()));
    *response.status_mut() = parts.status;
    if let Some(content_type) = parts.headers.get(CONTENT_TYPE) {
        response.headers_mut().insert(CONTENT_TYPE, content_type.clone());
    }
    response
}

/// Why a connection is over: what each side is told.
struct Ending {
    client: Option<CloseFrame>,
    api: Option<CloseFrame>,
}

impl Ending {
    /// One side said so; the other is told the same.
    fn of(frame: Option<CloseFrame>) -> Self {
        Self { client: frame.clone(), api: frame }
    }

    /// Something went wrong, which both sides are told.
    fn by(code: CloseCode, reason: &'static str) -> Self {
        Self::of(Some(CloseFrame { code: code.into(), reason: reason.into() }))
    }
}

/// Passes messages on until one side is gone. Either direction may wait without stopping the other.
async fn relay(client: WebSocket, api: Api) {
    let (mut to_client, from_client) = client.split();
    let (mut to_api, from_api) = api.split();
    let ending = tokio::select! {
        ending = to_the_api(from_client, &mut to_api) => ending,
        ending = to_the_client(from_api, &mut to_client) => ending,
    };
    // Whoever is gone already does not hear it, which is no fault.
    let tell_client = async {
        let _ = to_client.send(Message::Close(ending.client)).await;
        let _ = to_client.close().await;
    };
    let tell_api = async {
        let _ = to_api.send(ApiMessage::Close(ending.api.map(to_api_frame))).await;
        let _ = to_api.close().await;
    };
    let _ = timeout(CLOSE_TIMEOUT, async { tokio::join!(tell_client, tell_api) }).await;
}

async fn to_the_api(mut client: SplitStream<WebSocket>, api: &mut SplitSink<Api, ApiMessage>) -> Ending {
    loop {
        let passed_on = match client.next().await {
            Some(Ok(Message::Text(text))) => api.send(ApiMessage::Text(text.as_str().into())).await,
            Some(Ok(Message::Binary(bytes))) => api.send(ApiMessage::Binary(bytes)).await,
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
            Some(Ok(Message::Close(frame))) => return Ending::of(frame),
            Some(Err(error)) if is_too_large(&error) => return Ending::by(CloseCode::Size, "Message too long"),
            Some(Err(_)) | None => return Ending::by(CloseCode::Away, "The client is gone"),
        };
        if passed_on.is_err() {
            return Ending::by(CloseCode::Error, "The WebSocket API is gone");
        }
    }
}

async fn to_the_client(mut api: SplitStream<Api>, client: &mut SplitSink<WebSocket, Message>) -> Ending {
    loop {
        let passed_on = match api.next().await {
            Some(Ok(ApiMessage::Text(text))) => client.send(Message::Text(text.as_str().into())).await,
            Some(Ok(ApiMessage::Binary(bytes))) => client.send(Message::Binary(bytes)).await,
            Some(Ok(ApiMessage::Close(frame))) => return Ending::of(frame.map(to_client_frame)),
            Some(Ok(_)) => continue,
            Some(Err(_)) | None => return Ending::by(CloseCode::Error, "The WebSocket API is gone"),
        };
        if passed_on.is_err() {
            return Ending::by(CloseCode::Away, "The client is gone");
        }
    }
}

/// Whether a client sent more than it may.
fn is_too_large(error: &axum::Error) -> bool {
    let cause = std::error::Error::source(error).and_then(|cause| cause.downcast_ref::<SocketError>());
    matches!(cause, Some(SocketError::Capacity(_)))
}

fn to_api_frame(frame: CloseFrame) -> protocol::CloseFrame {
    protocol::CloseFrame { code: frame.code.into(), reason: frame.reason.as_str().into() }
}

fn to_client_frame(frame: protocol::CloseFrame) -> CloseFrame {
    CloseFrame { code: frame.code.into(), reason: frame.reason.as_str().into() }
}
