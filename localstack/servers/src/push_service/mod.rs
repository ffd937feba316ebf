//! A push service that speaks Web Push (RFC 8030) and keeps what it was sent, instead of a browser maker's.
//!
//! A browser is whatever is called at `POST /push/<name>`. The name says how that goes:
//!
//! | name | what happens |
//! |---|---|
//! | `gone_…` | 410, as for somebody who has taken the permission back |
//! | `missing_…` | 404 |
//! | `busy_once_…` | 429 the first time, then as any other |
//! | `busy_…` | 429 |
//! | `error_…` | 500 |
//! | anything else | 201, the message is kept |
//!
//! Before that, the request is looked at as real services do it: the token of RFC 8292 (signature by the key it comes
//! with, audience, time, contact), `TTL`, `Content-Encoding: aes128gcm`, at most 4,096 bytes. One message waits for a
//! browser and topic: `GET /_push-service/messages` shows all that ever came, `replaced` marks those overtaken.

mod http;
mod messages;
mod vapid;

use std::sync::Arc;

use tokio::task::JoinHandle;

pub use messages::{Message, Overview};

use messages::Messages;

/// A running push service; it stops when this is dropped.
#[derive(Debug)]
pub struct Handle {
    /// Base address, without a slash at its end: also the audience of tokens.
    pub url: String,
    messages: Arc<Messages>,
    server: JoinHandle<()>,
}

impl Handle {
    /// The address that a browser of this name would give away.
    #[must_use]
    pub fn endpoint(&self, name: &str) -> String {
        format!("{}/push/{name}", self.url)
    }

    /// What was sent so far.
    #[must_use]
    pub fn overview(&self) -> Overview {
        self.messages.overview()
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Starts a push service on 127.0.0.1; `port` 0 means any free one.
///
/// # Errors
/// The operating system's, most often that the port is taken.
pub async fn spawn(port: u16) -> std::io::Result<Handle> {
    let listener = crate::server::listen_v4(port)?;
    let url = format!("http://{}", listener.local_addr()?);
    let messages = Arc::new(Messages::default());
    let routes = http::routes(http::Service { audience: url.clone(), messages: Arc::clone(&messages) });
    let server = tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, routes).await {
            tracing::error!(%error, "the push service stopped");
        }
    });
    Ok(Handle { url, messages, server })
}
