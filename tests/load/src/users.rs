//! Virtual users: who they are, and how they ask.

use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::Value;
use uuid::Uuid;

use crate::Failure;
use crate::record::Recorder;
use crate::tokens::Tokens;

/// Nobody waits longer for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// A crowd that shares connections and a record.
#[derive(Debug, Clone)]
pub struct Crowd {
    http: reqwest::Client,
    url: String,
    tokens: Tokens,
    /// What its people see.
    pub record: Arc<Recorder>,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct User {
    /// Who: `usr_…`.
    pub id: String,
    crowd: Crowd,
    token: String,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Its status; 0 when none came.
    pub status: u16,
    /// Its body; null when it is none.
    pub body: Value,
}

impl Crowd {
    /// Of so many connections to this front door. They are kept, as browsers keep theirs.
    ///
    /// # Errors
    /// When the client cannot be made.
    pub fn new(url: &str, tokens: &Tokens) -> Result<Self, Failure> {
        let http = reqwest::Client::builder().no_proxy().timeout(PATIENCE).pool_idle_timeout(None).build()?;
        Ok(Self { http, url: url.to_owned(), tokens: tokens.clone(), record: Arc::default() })
    }

    /// The same people, their record empty.
    #[must_use]
    pub fn anew(&self) -> Self {
        Self { record: Arc::default(), ..self.clone() }
    }

    /// Somebody new.
    ///
    /// # Errors
    /// When no token can be signed.
    pub fn user(&self) -> Result<User, Failure> {
        let id = format!("usr_{}", Uuid::now_v7());
        let token = self.tokens.sign(&id)?;
        Ok(User { id, crowd: self.clone(), token })
    }
}

impl User {
    /// Asks, and notes under `step` how long it took and what was answered.
    pub async fn ask(&self, step: &'static str, method: Method, path: &str, ask: Ask<'_>) -> Answer {
        let began = Instant::now();
        let answer = self.answer(method, path, ask).await.unwrap_or(Answer { status: 0, body: Value::Null });
        let code = answer.body["code"].as_str().unwrap_or_default();
        let noted = match answer.status {
            0 => "no answer".to_owned(),
            status if code.is_empty() => status.to_string(),
            status => format!("{status} {code}"),
        };
        self.crowd.record.note(step, began.elapsed(), &noted);
        answer
    }

    /// Gets something.
    pub async fn get(&self, step: &'static str, path: &str) -> Answer {
        self.ask(step, Method::GET, path, Ask::default()).await
    }

    /// Sends something.
    pub async fn post(&self, step: &'static str, path: &str, body: &Value) -> Answer {
        self.ask(step, Method::POST, path, Ask { body: Some(body), header: None }).await
    }

    async fn answer(&self, method: Method, path: &str, ask: Ask<'_>) -> reqwest::Result<Answer> {
        let request = self.crowd.http.request(method, format!("{}{path}", self.crowd.url)).bearer_auth(&self.token);
        let request = match ask.body {
            Some(body) => request.header("content-type", "application/json").body(body.to_string()),
            None => request,
        };
        let request = match ask.header {
            Some((name, value)) => request.header(name, value),
            None => request,
        };
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        let body = answer.bytes().await?;
        Ok(Answer { status, body: serde_json::from_slice(&body).unwrap_or_default() })
    }
}

/// What goes with a request.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ask<'a> {
    /// A JSON body.
    pub body: Option<&'a Value>,
    /// A header more.
    pub header: Option<(&'static str, &'a str)>,
}
