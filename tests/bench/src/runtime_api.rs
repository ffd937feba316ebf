//! Lambda's side of the Runtime API, for one execution environment: a process asks for the next event, is handed one,
//! and answers it.
//!
//! One [`RuntimeApi`] serves one process. Events may be offered from many tasks at once; the process takes them one by
//! one, as an environment of Lambda does.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, Response, StatusCode};
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

/// How long a function may take, told with every event: more than any of ours takes.
const DEADLINE: Duration = Duration::from_secs(30);

/// The Runtime API of one execution environment. Dropping it ends the server.
#[derive(Debug)]
pub struct RuntimeApi {
    address: SocketAddr,
    offers: mpsc::UnboundedSender<Offer>,
    shared: Arc<Shared>,
    asked: watch::Receiver<Option<Instant>>,
    server: JoinHandle<()>,
}

/// What a process answered to an event.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The response, or the error document of an invocation that failed.
    pub outcome: Result<Bytes, Bytes>,
    /// When all of it was here.
    pub at: Instant,
}

/// There is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// The process said that it cannot start, and why.
    #[error("the function could not start: {0}")]
    Init(String),
    /// The Runtime API ended before the answer came.
    #[error("the runtime API ended")]
    Ended,
}

#[derive(Debug)]
struct Offer {
    event: Bytes,
    answer: oneshot::Sender<Answer>,
}

#[derive(Debug)]
struct Shared {
    offers: tokio::sync::Mutex<mpsc::UnboundedReceiver<Offer>>,
    running: Mutex<HashMap<u64, oneshot::Sender<Answer>>>,
    init_error: watch::Sender<Option<String>>,
    asked: watch::Sender<Option<Instant>>,
    last_id: AtomicU64,
}

impl RuntimeApi {
    /// Listens on a free port of this machine.
    ///
    /// # Errors
    /// When there is none.
    pub async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (offers, offered) = mpsc::unbounded_channel();
        let (asked_sender, asked) = watch::channel(None);
        let shared = Arc::new(Shared {
            offers: tokio::sync::Mutex::new(offered),
            running: Mutex::default(),
            init_error: watch::Sender::new(None),
            asked: asked_sender,
            last_id: AtomicU64::new(0),
        });
        let routes = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(response))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
            .route("/2018-06-01/runtime/init/error", post(init_error))
            // Answers are as long as the function likes.
            .layer(DefaultBodyLimit::disable())
            .with_state(Arc::clone(&shared));
        let listener = axum::serve::ListenerExt::tap_io(listener, |stream| {
            // Answers are small: waiting to fill a packet would only delay them.
            let _ = stream.set_nodelay(true);
        });
        let server = tokio::spawn(async move {
            let _ = axum::serve(listener, routes).await;
        });
        Ok(Self { address, offers, shared, asked, server })
    }

    /// The environment variables by which a function of this name finds the Runtime API.
    #[must_use]
    pub fn variables(&self, function: &str) -> Vec<(String, String)> {
        [
            ("AWS_LAMBDA_RUNTIME_API", self.address.to_string().as_str()),
            ("AWS_LAMBDA_FUNCTION_NAME", function),
            ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
            ("AWS_LAMBDA_LOG_GROUP_NAME", &format!("/aws/lambda/{function}")),
            ("AWS_LAMBDA_LOG_STREAM_NAME", "local"),
            ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
    }

    /// When the process first asked for an event, once it has: it has started.
    ///
    /// # Errors
    /// When the process said that it cannot start.
    pub async fn started(&self) -> Result<Instant, NoAnswer> {
        let mut asked = self.asked.clone();
        let mut failed = self.shared.init_error.subscribe();
        tokio::select! {
            asked = asked.wait_for(Option::is_some) => asked.ok().and_then(|at| *at).ok_or(NoAnswer::Ended),
            failed = failed.wait_for(Option::is_some) => {
                Err(NoAnswer::Init(failed.ok().and_then(|why| why.clone()).unwrap_or_default()))
            }
        }
    }

    /// Offers an event and waits for its answer.
    ///
    /// # Errors
    /// When the process said that it cannot start, or the Runtime API ended.
    pub async fn invoke(&self, event: impl Into<Bytes>) -> Result<Answer, NoAnswer> {
        let (sender, answer) = oneshot::channel();
        self.offers.send(Offer { event: event.into(), answer: sender }).map_err(|_| NoAnswer::Ended)?;
        let mut failed = self.shared.init_error.subscribe();
        tokio::select! {
            answer = answer => answer.map_err(|_| NoAnswer::Ended),
            failed = failed.wait_for(Option::is_some) => {
                Err(NoAnswer::Init(failed.ok().and_then(|why| why.clone()).unwrap_or_default()))
            }
        }
    }
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Shared {
    fn answered(&self, id: &str, outcome: Result<Bytes, Bytes>) -> StatusCode {
        let at = Instant::now();
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(waiting) = id.parse().ok().and_then(|id: u64| running.remove(&id)) else {
            return StatusCode::NOT_FOUND;
        };
        // Whoever stopped waiting does not need it.
        let _ = waiting.send(Answer { outcome, at });
        StatusCode::ACCEPTED
    }
}

async fn next(State(shared): State<Arc<Shared>>) -> Response<Body> {
    shared.asked.send_if_modified(|asked| {
        let first = asked.is_none();
        asked.get_or_insert_with(Instant::now);
        first
    });
    let Some(Offer { event, answer }) = shared.offers.lock().await.recv().await else {
        return plain(StatusCode::GONE);
    };
    let id = shared.last_id.fetch_add(1, Ordering::Relaxed) + 1;
    shared.running.lock().unwrap_or_else(PoisonError::into_inner).insert(id, answer);
    let deadline = SystemTime::now() + DEADLINE;
    let deadline = deadline.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_millis();
    let response = Response::builder()
        .header("content-type", "application/json")
        .header("lambda-runtime-aws-request-id", id)
        .header("lambda-runtime-deadline-ms", deadline.to_string())
        .header("lambda-runtime-invoked-function-arn", "arn:aws:lambda:us-east-1:000000000000:function:local")
        .header("lambda-runtime-trace-id", format!("Root=1-00000000-{id:024x};Sampled=0"));
    response.body(Body::from(event)).unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR))
}

async fn response(State(shared): State<Arc<Shared>>, Path(id): Path<String>, body: Bytes) -> StatusCode {
    shared.answered(&id, Ok(body))
}

async fn error(State(shared): State<Arc<Shared>>, Path(id): Path<String>, body: Bytes) -> StatusCode {
    shared.answered(&id, Err(body))
}

async fn init_error(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let kind = headers.get("lambda-runtime-function-error-type").and_then(|kind| kind.to_str().ok());
    let text = format!("{} {}", kind.unwrap_or_default(), String::from_utf8_lossy(&body));
    shared.init_error.send_replace(Some(text.trim().to_owned()));
    StatusCode::ACCEPTED
}

fn plain(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
