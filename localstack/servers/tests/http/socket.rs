//! WebSocket connections through the gateway: what the API says reaches the client, and the other way round.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use futures_util::{SinkExt, StreamExt};
use jari_local_servers::gateway::{self, Config, Handle};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{CloseCode, Data, OpCode};
use tokio_tungstenite::tungstenite::{Error, Message as Said};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

type Client = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// How the API saw connections end: the client's code, or none without a close frame.
type Endings = Arc<Mutex<Vec<Option<u16>>>>;

/// An API that echoes. `?token=bad` is refused; `bye` makes it close with a code of its own.
async fn api(
    State(endings): State<Endings>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if query.as_deref() == Some("token=bad") {
        return (StatusCode::UNAUTHORIZED, "because").into_response();
    }
    let chain = headers["x-forwarded-for"].to_str().unwrap().to_owned();
    upgrade.on_upgrade(move |socket| converse(socket, format!("{} from {chain}", query.unwrap_or_default()), endings))
}

async fn converse(mut socket: WebSocket, greeting: String, endings: Endings) {
    socket.send(Message::Text(greeting.into())).await.unwrap();
    while let Some(Ok(message)) = socket.recv().await {
        match message {
            Message::Text(text) if text.as_str() == "bye" => {
                let frame = CloseFrame { code: 4001, reason: "as you wish".into() };
                socket.send(Message::Close(Some(frame))).await.unwrap();
            }
            Message::Close(frame) => endings.lock().unwrap().push(frame.map(|frame| frame.code)),
            Message::Text(_) | Message::Binary(_) => socket.send(message).await.unwrap(),
            _ => {}
        }
    }
}

async fn start() -> (Handle, Endings) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let endings = Endings::default();
    let routes = Router::new().route("/abc/live", any(api)).with_state(Arc::clone(&endings));
    tokio::spawn(async { axum::serve(listener, routes).await });
    (start_before(&format!("ws://{address}/abc/live")).await, endings)
}

async fn start_before(websocket_url: &str) -> Handle {
    let config = Config {
        port: 0,
        api_url: "http://127.0.0.1:9".to_owned(),
        websocket_url: websocket_url.to_owned(),
        aws_endpoint: "http://127.0.0.1:9".to_owned(),
        checkout_url: "http://127.0.0.1:9/checkout".to_owned(),
        web: None,
    };
    gateway::spawn(config).await.unwrap()
}

fn address(gateway: &Handle, query: &str) -> String {
    format!("{}/ws{query}", gateway.url.replace("http://", "ws://"))
}

async fn connect(gateway: &Handle, query: &str) -> Client {
    connect_async(address(gateway, query)).await.unwrap().0
}

/// The next message, which must come soon.
async fn next(client: &mut Client) -> Option<Result<Said, Error>> {
    tokio::time::timeout(Duration::from_secs(10), client.next()).await.unwrap()
}

async fn text(client: &mut Client) -> String {
    next(client).await.unwrap().unwrap().into_text().unwrap().as_str().to_owned()
}

async fn eventually(endings: &Endings, wanted: &[Option<u16>]) {
    for _ in 0..200 {
        if *endings.lock().unwrap() == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(*endings.lock().unwrap(), wanted);
}

#[tokio::test]
async fn passes_query_messages_and_the_callers_address_on() {
    let (gateway, _) = start().await;
    let mut request = address(&gateway, "?token=a%2Eb").into_client_request().unwrap();
    request.headers_mut().insert("x-forwarded-for", "203.0.113.7".parse().unwrap());
    let mut client = connect_async(request).await.unwrap().0;
    assert_eq!(text(&mut client).await, "token=a%2Eb from 203.0.113.7, 127.0.0.1");
    client.send(Said::text("자리")).await.unwrap();
    assert_eq!(text(&mut client).await, "자리");
    client.send(Said::binary(vec![0xff, 0xfe])).await.unwrap();
    assert_eq!(next(&mut client).await.unwrap().unwrap(), Said::binary(vec![0xff, 0xfe]));
}

#[tokio::test]
async fn pings_are_answered() {
    let (gateway, _) = start().await;
    let mut client = connect(&gateway, "").await;
    text(&mut client).await;
    client.send(Said::Ping("are you there".into())).await.unwrap();
    assert_eq!(next(&mut client).await.unwrap().unwrap(), Said::Pong("are you there".into()));
}

#[tokio::test]
async fn a_refusal_has_the_apis_status() {
    let (gateway, _) = start().await;
    let Err(Error::Http(refusal)) = connect_async(address(&gateway, "?token=bad")).await else { panic!("let in") };
    assert_eq!(refusal.status(), 401);
    assert_eq!(refusal.headers()["content-type"], "application/json");
    assert_eq!(refusal.body().as_deref(), Some(r#"{"message":"Unauthorized"}"#.as_bytes()));
}

#[tokio::test]
async fn says_when_the_api_is_down() {
    let gateway = start_before("ws://127.0.0.1:9/abc/live").await;
    let Err(Error::Http(refusal)) = connect_async(address(&gateway, "")).await else { panic!("let in") };
    assert_eq!(refusal.status(), 503);
    assert_eq!(refusal.headers()["retry-after"], "1");
}

#[tokio::test]
async fn closing_reaches_the_other_side_with_its_code() {
    let (gateway, endings) = start().await;
    let mut client = connect(&gateway, "").await;
    text(&mut client).await;
    let frame =
        tokio_tungstenite::tungstenite::protocol::CloseFrame { code: CloseCode::Library(4002), reason: "".into() };
    client.close(Some(frame)).await.unwrap();
    eventually(&endings, &[Some(4002)]).await;

    let mut client = connect(&gateway, "").await;
    text(&mut client).await;
    client.send(Said::text("bye")).await.unwrap();
    let Some(Ok(Said::Close(Some(frame)))) = next(&mut client).await else { panic!("not closed") };
    assert_eq!((u16::from(frame.code), frame.reason.as_str()), (4001, "as you wish"));
}

#[tokio::test]
async fn a_client_that_vanishes_is_told_to_the_api() {
    let (gateway, endings) = start().await;
    let mut client = connect(&gateway, "").await;
    text(&mut client).await;
    drop(client);
    eventually(&endings, &[Some(1001)]).await;
}

#[tokio::test]
async fn frames_and_messages_have_a_size() {
    let (gateway, endings) = start().await;
    let frames = |count: usize, length: usize| {
        (0..count).map(move |number| {
            let opcode = if number == 0 { Data::Text } else { Data::Continue };
            Said::Frame(Frame::message(vec![b'x'; length], OpCode::Data(opcode), number + 1 == count))
        })
    };
    let mut client = connect(&gateway, "").await;
    text(&mut client).await;
    for frame in frames(4, 32 * 1024) {
        client.send(frame).await.unwrap();
    }
    assert_eq!(text(&mut client).await.len(), 128 * 1024, "four frames of 32 KB are a message of 128 KB");

    for (number, (count, length)) in [(1, 32 * 1024 + 1), (5, 32 * 1024)].into_iter().enumerate() {
        let mut client = connect(&gateway, "").await;
        text(&mut client).await;
        for frame in frames(count, length) {
            // The connection may be over before all of it is sent.
            let _ = client.send(frame).await;
        }
        let Some(Ok(Said::Close(Some(frame)))) = next(&mut client).await else { panic!("not closed") };
        assert_eq!(frame.code, CloseCode::Size);
        eventually(&endings, &vec![Some(1009); number + 1]).await;
    }
}

#[tokio::test]
async fn who_does_not_read_holds_up_nobody_else() {
    let (gateway, _) = start().await;
    let mut lazy = connect(&gateway, "").await;
    let block = "x".repeat(30 * 1024);
    // Until everything on the way is full, or for a moment.
    let flood = async { while lazy.send(Said::text(block.as_str())).await.is_ok() {} };
    let _ = tokio::time::timeout(Duration::from_millis(500), flood).await;
    let mut keen = connect(&gateway, "").await;
    text(&mut keen).await;
    keen.send(Said::text("still here")).await.unwrap();
    assert_eq!(text(&mut keen).await, "still here");
}
