//! The messages that came, in memory.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How many of the latest messages are kept.
const KEPT: usize = 2_000;

/// A message as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// The browser's name.
    pub browser: String,
    /// When it came.
    pub at: Timestamp,
    /// How long to keep it for the browser, in seconds.
    pub ttl: u32,
    /// What it is about, if the sender said so.
    pub topic: Option<String>,
    /// The sender's public key, base64url.
    pub public_key: String,
    /// Where the sender's operators are reached.
    pub subject: String,
    /// The encrypted body, base64url.
    pub body: String,
    /// A later message of the same topic took its place.
    pub replaced: bool,
}

/// The body of `GET /_push-service/messages`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// The messages, the oldest first.
    pub messages: Vec<Message>,
    /// Requests for each browser, refused ones too.
    pub requests: BTreeMap<String, u64>,
}

impl Overview {
    /// The messages for one browser, those that were replaced too.
    pub fn of<'a>(&'a self, browser: &'a str) -> impl Iterator<Item = &'a Message> {
        self.messages.iter().filter(move |message| message.browser == browser)
    }
}

#[derive(Debug, Default)]
struct State {
    messages: VecDeque<Message>,
    requests: BTreeMap<String, u64>,
}

/// What the service remembers.
#[derive(Debug, Default)]
pub(super) struct Messages(Mutex<State>);

impl Messages {
    /// Counts a request for a browser; says how many there were, this one included.
    pub(super) fn count(&self, browser: &str) -> u64 {
        let mut state = self.state();
        let count = state.requests.entry(browser.to_owned()).or_default();
        *count += 1;
        *count
    }

    /// Keeps a message.
    pub(super) fn keep(&self, message: Message) {
        let mut state = self.state();
        for earlier in &mut state.messages {
            let same = earlier.browser == message.browser && earlier.topic == message.topic;
            earlier.replaced |= same && message.topic.is_some();
        }
        state.messages.push_back(message);
        if state.messages.len() > KEPT {
            state.messages.pop_front();
        }
    }

    /// All of it.
    pub(super) fn overview(&self) -> Overview {
        let state = self.state();
        Overview { messages: state.messages.iter().cloned().collect(), requests: state.requests.clone() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Every change is complete before it can panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
