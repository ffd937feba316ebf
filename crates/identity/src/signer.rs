//! The tokens that a function signs with, kept up to date while its environment lives.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;
use tokio::time::timeout;

use crate::provisioning::{KeyStore, ProvisioningError};
use crate::tokens::AccessTokens;

/// How long looking for newer keys may hold up a request.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long after a vain look the next one comes.
const TRY_AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(30);

/// Signs with the key that is current, or was a short while ago.
#[derive(Debug, Clone)]
pub struct Signer {
    source: Option<Arc<Source>>,
    held: Arc<Mutex<Held>>,
}

/// Where newer keys come from.
#[derive(Debug)]
struct Source {
    keys: KeyStore,
    issuer: String,
    audience: String,
    max_age: SignedDuration,
}

#[derive(Debug)]
struct Held {
    tokens: Arc<AccessTokens>,
    look_again_at: Timestamp,
}

impl Signer {
    /// With the keys in this store, looked at again when they were read more than `max_age` ago. Tokens are in the name
    /// of `issuer`, for `audience`.
    ///
    /// # Errors
    /// When there is no usable key.
    pub async fn start(
        keys: KeyStore,
        issuer: String,
        audience: String,
        max_age: SignedDuration,
        now: Timestamp,
    ) -> Result<Self, ProvisioningError> {
        let source = Source { keys, issuer, audience, max_age };
        let held = Held { tokens: source.read().await?, look_again_at: later(now, max_age) };
        Ok(Self { source: Some(Arc::new(source)), held: Arc::new(Mutex::new(held)) })
    }

    /// Always with these; nobody is asked for newer ones.
    #[must_use]
    pub fn always(tokens: AccessTokens) -> Self {
        let held = Held { tokens: Arc::new(tokens), look_again_at: Timestamp::MAX };
        Self { source: None, held: Arc::new(Mutex::new(held)) }
    }

    /// What to sign with at `now`. When newer keys are due but cannot be had, the ones at hand go on: what they sign is
    /// valid until they are retired, and a log-in is worth more than a rotation in time.
    pub async fn tokens(&self, now: Timestamp) -> Arc<AccessTokens> {
        let mut held = self.held.lock().await;
        if let Some(source) = self.source.as_ref().filter(|_| now >= held.look_again_at) {
            let problem = match timeout(PATIENCE, source.read()).await {
                Ok(Ok(tokens)) => {
                    *held = Held { tokens, look_again_at: later(now, source.max_age) };
                    None
                }
                Ok(Err(error)) => Some(error.to_string()),
                Err(elapsed) => Some(elapsed.to_string()),
            };
            if let Some(error) = problem {
                tracing::error!(error, "the signing keys cannot be read; the ones at hand go on");
                held.look_again_at = later(now, TRY_AGAIN_AFTER);
            }
        }
        Arc::clone(&held.tokens)
    }
}

impl Source {
    async fn read(&self) -> Result<Arc<AccessTokens>, ProvisioningError> {
        let ring = self.keys.ring().await?;
        Ok(Arc::new(AccessTokens::new(&ring, self.issuer.clone(), self.audience.clone())?))
    }
}

fn later(moment: Timestamp, by: SignedDuration) -> Timestamp {
    moment.saturating_add(by).unwrap_or(Timestamp::MAX)
}
