//! Messages to many connections at once.

use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use jiff::Timestamp;
use kit::dynamo::StoreError;
use kit::worker::chain;

use crate::domain::connection::ConnectionId;
use crate::message::{Body, Message};
use crate::poster::{PostError, Poster};
use crate::store::Store;

/// How many connections are spoken to at once.
const AT_ONCE: usize = 50;

/// How long one message may take. Whoever takes longer misses it, and notices with the next one.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long a round of letters may take: the function, and the message it works on, have more time than that.
const MOST_TIME: Duration = Duration::from_secs(15);

/// Messages for one connection, in order.
#[derive(Debug, Clone)]
pub struct Letters<'a> {
    /// To whom.
    pub to: &'a str,
    /// What.
    pub messages: Vec<Message>,
}

impl<'a> Letters<'a> {
    /// One message each, all said now.
    #[must_use]
    pub fn new(to: &'a str, bodies: impl IntoIterator<Item = Body>, now: Timestamp) -> Self {
        Self { to, messages: bodies.into_iter().map(|body| Message::new(body, now)).collect() }
    }
}

/// What became of a round of letters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Connections that have got all of their messages.
    pub reached: Vec<ConnectionId>,
    /// Connections that are gone.
    pub gone: Vec<ConnectionId>,
    /// How many others were not reached.
    pub missed: usize,
}

/// Posts all letters, each connection's in their order. A connection that cannot be reached harms nobody but itself: it
/// misses the rest of its letters.
///
/// # Errors
/// When a message does not serialise, a mistake of ours.
pub async fn deliver(poster: &impl Poster, letters: Vec<Letters<'_>>) -> serde_json::Result<Delivered> {
    let mut sealed = Vec::with_capacity(letters.len());
    for letter in &letters {
        sealed.push((letter.to, letter.messages.iter().map(Message::json).collect::<Result<Vec<_>, _>>()?));
    }
    let rounds = sealed.iter().map(|(to, texts)| async move { (*to, post_all(poster, to, texts).await) });
    let mut outcomes =
        stream::iter(rounds).buffer_unordered(AT_ONCE).take_until(Box::pin(tokio::time::sleep(MOST_TIME)));
    let mut delivered = Delivered::default();
    while let Some((to, outcome)) = outcomes.next().await {
        match outcome {
            Ok(()) => delivered.reached.push(to.to_owned()),
            Err(PostError::Gone) => delivered.gone.push(to.to_owned()),
            Err(error) => tracing::debug!(error = chain(&error), "a connection was not reached"),
        }
    }
    delivered.missed = sealed.len() - delivered.reached.len() - delivered.gone.len();
    Ok(delivered)
}

async fn post_all(poster: &impl Poster, to: &str, texts: &[String]) -> Result<(), PostError> {
    for text in texts {
        let post = tokio::time::timeout(PATIENCE, poster.post(to, text)).await;
        post.map_err(|elapsed| PostError::Failed(elapsed.into()))??;
    }
    Ok(())
}

/// Forgets connections that are gone.
///
/// # Errors
/// When the table does not answer; they are found again.
pub async fn forget(store: &Store, gone: &[ConnectionId]) -> Result<(), StoreError> {
    let mut forgotten = stream::iter(gone)
        .map(|id| async move {
            match store.connection(id).await? {
                Some(connection) => store.close(&connection).await,
                None => Ok(()),
            }
        })
        .buffer_unordered(AT_ONCE);
    while let Some(outcome) = forgotten.next().await {
        outcome?;
    }
    Ok(())
}
