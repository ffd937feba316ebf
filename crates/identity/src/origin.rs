//! Whether a request has come through our own distribution, whose word on who the viewer is counts then.
//!
//! The distribution shows a secret with every request that it passes on; nobody else has it. It is read when somebody shows
//! one, not while a function starts: requests that come to the API directly, and everything on a laptop, never need it.

use std::fmt;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_sdk_secretsmanager::Client;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;

/// How long a secret is believed to be the only one: after it another one that is shown may be its successor, and the secret
/// is read again. At most so often, whatever strangers show.
const READ_AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(1);

/// The distribution in front of the API.
pub struct Origin {
    client: Client,
    arn: String,
    known: Mutex<Option<Known>>,
}

/// What was read, and when that was tried last.
struct Known {
    secret: Option<String>,
    at: Timestamp,
}

impl Origin {
    /// The one that shows what is kept in Secrets Manager under this name.
    #[must_use]
    pub fn new(client: Client, arn: String) -> Self {
        Self { client, arn, known: Mutex::new(None) }
    }

    /// Whether `shown` is the secret, as far as that is known. Nothing is before it could be read: the caller counts by the
    /// address that API Gateway saw then.
    pub async fn vouches(&self, shown: &str, now: Timestamp) -> bool {
        let mut known = self.known.lock().await;
        if let Some(known) = known.as_ref()
            && (known.is(shown) || now.duration_since(known.at) < READ_AGAIN_AFTER)
        {
            return known.is(shown);
        }
        let before = known.take().and_then(|known| known.secret);
        let secret = self.read().await.or(before);
        known.insert(Known { secret, at: now }).is(shown)
    }

    async fn read(&self) -> Option<String> {
        match self.client.get_secret_value().secret_id(&self.arn).send().await {
            Ok(answer) => answer.secret_string.filter(|secret| !secret.is_empty()),
            Err(error) => {
                let error = kit::worker::chain(&error);
                tracing::warn!(error, "the distribution's secret cannot be read; its viewers count as one place");
                None
            }
        }
    }
}

impl Known {
    fn is(&self, shown: &str) -> bool {
        // In constant time: how long a comparison takes would tell how much of a guess is right.
        self.secret.as_ref().is_some_and(|secret| verify_slices_are_equal(secret.as_bytes(), shown.as_bytes()).is_ok())
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Origin").field("arn", &self.arn).finish_non_exhaustive()
    }
}
