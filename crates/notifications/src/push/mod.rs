//! Push messages: the port to the push services, and Web Push behind it.
//!
//! | module | what it holds |
//! |---|---|
//! | [`encryption`] | a message that only one browser can read |
//! | [`key`] | the key pair by which push services know us |
//! | [`key_store`] | the secret that holds it |
//! | [`web_push`] | calling the services |

pub mod encryption;
pub mod key;
pub mod key_store;
mod resolver;
pub mod web_push;

use jiff::Timestamp;

use crate::domain::Subscription;

/// A message on its way to a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushMessage {
    /// A message with the same topic takes the place of one that was not delivered yet: at most 32 characters of
    /// base64url.
    pub topic: String,
    /// What only the browser reads, at most [`encryption::MOST_BYTES`].
    pub payload: Vec<u8>,
}

/// What a push service said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reception {
    /// It has the message.
    Accepted,
    /// There is no such browser any more.
    Gone,
    /// It will not take this message, whenever it comes.
    Refused,
    /// It cannot take it now, or did not answer.
    Later,
}

/// Takes messages to browsers.
pub trait PushService {
    /// Hands a message over. What goes wrong is logged, without the browser's address.
    fn push(&self, to: &Subscription, message: &PushMessage, now: Timestamp) -> impl Future<Output = Reception>;
}
