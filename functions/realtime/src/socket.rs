//! WebSocket functions: read an event, run, answer by a message of its own, log one line.
//!
//! What a client sent is never logged, and neither is the query string: a token may be in it.

use std::collections::HashMap;
use std::time::Instant;

use contracts::ids::{EventId, PerformanceId};
use jiff::Timestamp;
use kit::MainResult;
use kit::http::deserialize;
use kit::problem::Problem;
use kit::worker::chain;
use lambda_runtime::{LambdaEvent, service_fn};
use realtime::LiveError;
use realtime::domain::connection::Connection;
use realtime::message::{Body, Message, error};
use realtime::poster::{PostError, Poster};
use realtime::store::{Act, Store};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

/// The longest message that is read, in bytes.
pub const MOST_BYTES: usize = 4096;

/// The longest action that an error repeats, in bytes.
const MOST_ACTION_BYTES: usize = 64;

/// What API Gateway sends for a connection's beginning, its end, and each of its messages; what the functions read of it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SocketEvent {
    /// What it is about.
    pub request_context: Context,
    /// The query string of the handshake.
    #[serde(default)]
    query_string_parameters: Option<HashMap<String, String>>,
    /// The message.
    #[serde(default)]
    body: Option<String>,
    /// It is binary and came as base64.
    #[serde(default)]
    is_base64_encoded: bool,
}

/// What an event is about.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Context {
    /// Which connection.
    pub connection_id: String,
    /// What happened to it.
    pub event_type: EventType,
    /// The gateway's id of this event.
    #[serde(default)]
    pub request_id: String,
}

/// What happened to a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum EventType {
    /// It begins, unless the answer is a refusal.
    Connect,
    /// It has sent a message. A message can name any route, also `$connect` and `$disconnect`.
    Message,
    /// It has ended.
    Disconnect,
}

/// The answer to API Gateway. Clients see it as the status of the handshake; of messages they see nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// An HTTP status.
    pub status_code: u16,
}

impl Answer {
    /// All is well.
    pub const OK: Self = Self { status_code: 200 };
}

impl SocketEvent {
    /// The access token that the client connects with, if any.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.query_string_parameters.as_ref()?.get("token").map(String::as_str)
    }
}

/// What clients are answered with.
#[derive(Debug, Clone)]
pub struct Desk<P> {
    /// Who is connected.
    pub store: Store,
    /// How they are reached.
    pub poster: P,
}

/// A message of a client.
#[derive(Debug)]
pub struct Call {
    /// Who speaks.
    pub connection: Connection,
    /// What was sent.
    pub message: Sent,
    /// When.
    pub now: Timestamp,
}

impl Call {
    /// The message as a `T`.
    ///
    /// # Errors
    /// 400 when it is no JSON, 422 when it is not a `T`.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        match &self.message {
            Sent::Json(value) => deserialize(value),
            Sent::Unreadable(reason) => Err(Problem::malformed(reason.clone())),
        }
    }
}

/// What a client sent.
#[derive(Debug)]
pub enum Sent {
    /// JSON.
    Json(Value),
    /// Something else, and how that was seen.
    Unreadable(String),
}

impl Sent {
    fn read(event: &SocketEvent) -> Self {
        if event.is_base64_encoded {
            return Self::Unreadable("Messages are texts, not binary.".to_owned());
        }
        match serde_json::from_str(event.body.as_deref().unwrap_or_default()) {
            Ok(value) => Self::Json(value),
            Err(error) => Self::Unreadable(format!("The message is not JSON: {error}.")),
        }
    }

    /// What the client wants to have done, when it says so.
    #[must_use]
    pub fn action(&self) -> Option<&str> {
        let Self::Json(value) = self else { return None };
        value.get("action")?.as_str().filter(|action| action.len() <= MOST_ACTION_BYTES)
    }

    /// The member of this name, when it is an id of its kind.
    fn id<T: DeserializeOwned>(&self, member: &str) -> Option<T> {
        let Self::Json(value) = self else { return None };
        T::deserialize(value.get(member)?).ok()
    }
}

/// Answers every message with `handle` until the environment ends.
///
/// # Errors
/// When the Lambda runtime cannot be reached.
pub async fn run<P, F>(function: &'static str, desk: &Desk<P>, handle: F) -> MainResult
where
    P: Poster,
    F: AsyncFn(Call) -> Result<Vec<Body>, Problem>,
{
    kit::telemetry::init();
    let handle = &handle;
    lambda_runtime::run(service_fn(move |event: LambdaEvent<SocketEvent>| async move {
        Ok::<_, lambda_runtime::Error>(respond(function, desk, event.payload, handle, Timestamp::now()).await)
    }))
    .await
}

/// One message through `handle`; posts what it answers or refuses, logs its one line.
pub async fn respond<P, F>(
    function: &'static str,
    desk: &Desk<P>,
    event: SocketEvent,
    handle: &F,
    now: Timestamp,
) -> Answer
where
    P: Poster,
    F: AsyncFn(Call) -> Result<Vec<Body>, Problem>,
{
    let started = Instant::now();
    let Context { connection_id, request_id, .. } = &event.request_context;
    let too_large = event.body.as_ref().is_some_and(|body| body.len() > MOST_BYTES);
    let sent = if too_large { Sent::Unreadable(String::new()) } else { Sent::read(&event) };
    let action = sent.action().map(str::to_owned);
    let about = (sent.id::<EventId>("eventId"), sent.id::<PerformanceId>("performanceId"));
    let mut user_id = String::new();
    let result = match desk.store.act(connection_id, now).await {
        Err(error) => Err(error.into()),
        Ok(Act::Gone) => Err(LiveError::Forgotten.into()),
        Ok(Act::TooSoon) => Err(too_many()),
        Ok(Act::Granted(_)) if too_large => Err(too_large_for_us()),
        Ok(Act::Granted(connection)) => {
            user_id = connection.user.map(|user| user.to_string()).unwrap_or_default();
            handle(Call { connection, message: sent, now }).await
        }
    };

    let (status, code) = result.as_ref().map_or_else(|problem| (problem.status(), problem.code()), |_| (200, ""));
    if let Err(problem) = &result
        && status >= 500
    {
        tracing::error!(function, request_id, user_id, error = chain(problem), "message failed");
    }
    let bodies = result.unwrap_or_else(|problem| {
        let problem = match about {
            (Some(event), _) => problem.with("eventId", event),
            (None, Some(performance)) => problem.with("performanceId", performance),
            (None, None) => problem,
        };
        vec![error(&problem, action.as_deref(), Some(request_id))]
    });
    let reached = answer(&desk.poster, connection_id, bodies, now).await;
    let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(function, request_id, user_id, status, code, reached, duration_ms);
    Answer::OK
}

/// Posts messages to a connection, in their order; whether it has got them.
async fn answer(poster: &impl Poster, connection: &str, bodies: Vec<Body>, now: Timestamp) -> bool {
    for body in bodies {
        let posted = match Message::new(body, now).json() {
            Ok(text) => poster.post(connection, &text).await,
            Err(error) => Err(PostError::Failed(error.into())),
        };
        match posted {
            Ok(()) => {}
            // The gateway tells disconnect-client of it.
            Err(PostError::Gone) => return false,
            Err(error) => {
                tracing::warn!(error = chain(&error), "an answer did not arrive");
                return false;
            }
        }
    }
    true
}

fn too_many() -> Problem {
    Problem::new(
        429,
        "too_many_messages",
        "A connection may send two messages a second, after a pause up to 30 at once.",
    )
    .with("retryAfterSeconds", 1)
}

fn too_large_for_us() -> Problem {
    Problem::new(413, "message_too_large", format!("A message may have {MOST_BYTES} bytes."))
}
