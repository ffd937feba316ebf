//! A client of the WebSocket API that checks every message against the document.

use std::collections::VecDeque;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout_at};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::api::query_of;
use crate::live_contract::LiveContract;
use crate::person::Person;
use crate::stack::Stack;
use crate::wait::SOON;

/// How long one listens for what must not come. Changes reach those who watch within two seconds.
pub const A_WHILE: Duration = Duration::from_secs(4);

/// Between two tries to join a room.
const PAUSE: Duration = Duration::from_millis(200);

/// One connection.
#[derive(Debug)]
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// What came before somebody asked for it.
    kept: VecDeque<Value>,
}

/// How a handshake was refused.
#[derive(Debug)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: String,
}

impl Socket {
    /// Connects as nobody.
    pub async fn anonymous() -> Self {
        Self::connect(&[]).await.expect("a connection")
    }

    /// Connects as somebody with an account.
    pub async fn of(person: &Person) -> Self {
        Self::bearing(person.access_token()).await
    }

    /// Connects with this access token.
    pub async fn bearing(token: &str) -> Self {
        Self::connect(&[("token", token)]).await.expect("a connection")
    }

    /// Connects with these query parameters.
    ///
    /// # Errors
    /// The refusal.
    ///
    /// # Panics
    /// When nothing answers.
    pub async fn connect(query: &[(&str, &str)]) -> Result<Self, Refusal> {
        let address = format!("{}?{}", Stack::get().websocket_url(), query_of(query));
        match connect_async(address.trim_end_matches('?')).await {
            Ok((stream, _)) => Ok(Self { stream, kept: VecDeque::new() }),
            Err(Error::Http(answer)) => {
                let status = answer.status().as_u16();
                let body = String::from_utf8_lossy(answer.body().as_deref().unwrap_or_default()).into_owned();
                Err(Refusal { status, body })
            }
            Err(error) => panic!("no connection: {error}"),
        }
    }

    /// Says something.
    pub async fn send(&mut self, message: &Value) {
        self.send_raw(Message::text(message.to_string())).await;
    }

    /// Says something that may be no message at all.
    ///
    /// # Panics
    /// When the connection is over.
    pub async fn send_raw(&mut self, message: Message) {
        self.stream.send(message).await.expect("the connection is open");
    }

    /// Joins the room of an event, and answers what the room is like.
    pub async fn join_event(&mut self, event: &str) -> Value {
        self.join("join-event", "eventId", event).await
    }

    /// Joins those who choose seats of a performance, and answers what the room is like.
    pub async fn join_seats(&mut self, performance: &str) -> Value {
        self.join("join-seat-selection", "performanceId", performance).await
    }

    /// Joins a room, again and again while there is no such thing: the rooms hear of what is published a moment later.
    async fn join(&mut self, action: &str, member: &str, id: &str) -> Value {
        let deadline = Instant::now() + SOON;
        loop {
            self.send(&json!({"action": action, member: id})).await;
            let answer = loop {
                let Some(message) = self.next(deadline).await else {
                    panic!("no answer to {action} within {SOON:?}; instead: {:?}", self.kept);
                };
                let is_refused = message["type"] == "error" && message["action"] == action;
                if is_refused || (message["type"] == "room-info" && message[member] == id) {
                    break message;
                }
                self.kept.push_back(message);
            };
            if answer["type"] == "room-info" {
                return answer;
            }
            assert_eq!(answer["code"], "not_found", "{answer}");
            sleep(PAUSE).await;
        }
    }

    /// Says something that is to be refused, and answers the refusal.
    ///
    /// # Panics
    /// When it is refused otherwise, or not at all.
    pub async fn refused(&mut self, message: &Value, status: u16, code: &str) -> Value {
        self.send(message).await;
        let problem = self.expect("error").await;
        assert_eq!((&problem["status"], &problem["code"]), (&json!(status), &json!(code)), "{message}: {problem}");
        problem
    }

    /// That the connection is alive and answers.
    pub async fn ping(&mut self) {
        self.send(&json!({"action": "ping"})).await;
        self.expect("pong").await;
    }

    /// The next message of this type.
    pub async fn expect(&mut self, kind: &str) -> Value {
        self.expect_where(kind, SOON, |_| true).await
    }

    /// The next message of this type for which `fits` holds. Others are kept for whoever asks for them, in their order.
    ///
    /// # Panics
    /// When it does not come in time, or the connection ends.
    pub async fn expect_where(&mut self, kind: &str, within: Duration, fits: impl Fn(&Value) -> bool) -> Value {
        let is_it = |message: &Value| message["type"] == kind && fits(message);
        if let Some(place) = self.kept.iter().position(is_it) {
            return self.kept.remove(place).expect("it is there");
        }
        let deadline = Instant::now() + within;
        loop {
            let Some(message) = self.next(deadline).await else {
                panic!("no {kind} of that kind within {within:?}; instead: {:?}", self.kept);
            };
            if is_it(&message) {
                return message;
            }
            self.kept.push_back(message);
        }
    }

    /// That no message of these types is there or comes for so long.
    ///
    /// # Panics
    /// When one does, or the connection ends.
    pub async fn nothing_of(&mut self, kinds: &[&str], during: Duration) {
        let deadline = Instant::now() + during;
        while let Some(message) = self.next(deadline).await {
            self.kept.push_back(message);
        }
        let unwanted: Vec<_> = self.kept.iter().filter(|told| kinds.iter().any(|kind| told["type"] == *kind)).collect();
        assert!(unwanted.is_empty(), "{unwanted:?}");
    }

    /// Forgets what was sent to it so far.
    pub async fn forget(&mut self) {
        // The answer comes behind everything that is on its way.
        self.ping().await;
        self.kept.clear();
    }

    /// Every message that is kept or comes before `deadline`, in order.
    pub async fn all_until(&mut self, deadline: Instant) -> Vec<Value> {
        while let Some(message) = self.next(deadline).await {
            self.kept.push_back(message);
        }
        self.kept.drain(..).collect()
    }

    /// Goes away politely.
    ///
    /// # Panics
    /// When the connection is over already.
    pub async fn close(mut self) {
        self.stream.close(None).await.expect("the connection is open");
    }

    /// With which code the server ends the connection; none when it just breaks.
    ///
    /// # Panics
    /// When it does not end soon.
    pub async fn ended(mut self) -> Option<u16> {
        let deadline = Instant::now() + SOON;
        loop {
            match timeout_at(deadline, self.stream.next()).await.expect("the server ends the connection") {
                Some(Ok(Message::Close(frame))) => return frame.map(|frame| frame.code.into()),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return None,
            }
        }
    }

    /// The next message; none at the deadline.
    async fn next(&mut self, deadline: Instant) -> Option<Value> {
        loop {
            let text = match timeout_at(deadline, self.stream.next()).await.ok()? {
                Some(Ok(Message::Text(text))) => text,
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                other => panic!("instead of a message: {other:?}"),
            };
            let message: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("not JSON: {text}"));
            if let Err(fault) = LiveContract::get().check(&message) {
                panic!("{message} breaks the contract: {fault}");
            }
            return Some(message);
        }
    }
}
