//! Web Push (RFC 8030): calling the services that browsers name.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use kit::worker::chain;
use reqwest::StatusCode;
use reqwest::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE};
use reqwest::redirect::Policy;
use tokio::sync::OnceCell;

use super::encryption::{EncryptionError, encrypt};
use super::key::{KeyError, PushKey};
use super::key_store::{KeyStore, KeyStoreError};
use super::resolver::PublicResolver;
use super::{PushMessage, PushService, Reception};
use crate::domain::{PushServices, Subscription};

/// How long a push service may take for one message. Five mails and the messages about them have to fit into the 30 s
/// of send-notification.
const PATIENCE: Duration = Duration::from_secs(2);

/// A connection is there quickly or not at all.
const CONNECT_PATIENCE: Duration = Duration::from_secs(1);

/// How long the service keeps a message for a browser that is not there, in seconds: a day.
const TTL_SECONDS: u32 = 24 * 60 * 60;

/// Why nothing can be sent at the moment.
#[derive(Debug, thiserror::Error)]
enum Unready {
    #[error(transparent)]
    Key(#[from] KeyStoreError),
    #[error("the stored push key is not the one that this function was deployed with")]
    OtherKey,
    #[error("the HTTP client does not start")]
    Client(#[from] reqwest::Error),
}

/// Why a message was not sent.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Unready(#[from] Unready),
    #[error("the message could not be encrypted")]
    Encryption(#[from] EncryptionError),
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error("the push service is not on the list any more")]
    Unlisted,
    #[error("the push service answers {0}")]
    Status(StatusCode),
    #[error("the push service did not answer")]
    Silent(#[source] reqwest::Error),
}

impl Failure {
    /// What it means for the message.
    fn reception(&self) -> Reception {
        match self {
            // RFC 8030, 7.3: there is no such subscription; 410 in practice, 404 by the letter.
            Self::Status(StatusCode::NOT_FOUND | StatusCode::GONE) => Reception::Gone,
            Self::Status(StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT) => Reception::Later,
            Self::Status(status) if status.is_server_error() => Reception::Later,
            Self::Unready(_) | Self::Silent(_) => Reception::Later,
            Self::Status(_) | Self::Encryption(_) | Self::Key(_) | Self::Unlisted => Reception::Refused,
        }
    }
}

/// What sending takes, made when the first message is sent: most people are written to by mail alone.
#[derive(Debug)]
struct Sender {
    key: PushKey,
    http: reqwest::Client,
}

/// Calls push services.
#[derive(Debug, Clone)]
pub struct WebPush {
    keys: KeyStore,
    public_key: String,
    services: PushServices,
    subject: String,
    sender: Arc<OnceCell<Sender>>,
}

impl WebPush {
    /// With the key in this secret, whose public half must be `public_key`, to these services. `subject` is where their
    /// operators reach ours: an address `mailto:` or `https:`.
    #[must_use]
    pub fn new(keys: KeyStore, public_key: String, services: PushServices, subject: String) -> Self {
        Self { keys, public_key, services, subject, sender: Arc::default() }
    }

    async fn sender(&self) -> Result<&Sender, Unready> {
        self.sender
            .get_or_try_init(|| async {
                let key = self.keys.key().await?;
                if key.public() != self.public_key {
                    // While a deployment replaces the key; the function starts anew at its end.
                    return Err(Unready::OtherKey);
                }
                // No redirects and no proxies: nothing may lead calls elsewhere, past the list or past the resolver.
                let http = reqwest::Client::builder()
                    .timeout(PATIENCE)
                    .connect_timeout(CONNECT_PATIENCE)
                    .redirect(Policy::none())
                    .no_proxy()
                    .dns_resolver(Arc::new(PublicResolver))
                    .build()?;
                Ok(Sender { key, http })
            })
            .await
    }

    async fn send(&self, to: &Subscription, message: &PushMessage, now: Timestamp) -> Result<(), Failure> {
        if !self.services.serve(&to.endpoint) {
            return Err(Failure::Unlisted);
        }
        let sender = self.sender().await?;
        let authorization = sender.key.authorization(&to.endpoint.origin(), &self.subject, now)?;
        let request = sender
            .http
            .post(to.endpoint.expose())
            .header(AUTHORIZATION, authorization)
            .header(CONTENT_ENCODING, "aes128gcm")
            .header(CONTENT_TYPE, "application/octet-stream")
            .header("TTL", TTL_SECONDS)
            .header("Urgency", "normal")
            .header("Topic", &message.topic)
            .body(encrypt(&message.payload, &to.keys)?);
        // Without the address: it is as good as a password.
        let answer = request.send().await.map_err(|error| Failure::Silent(error.without_url()))?;
        if answer.status().is_success() { Ok(()) } else { Err(Failure::Status(answer.status())) }
    }
}

impl PushService for WebPush {
    async fn push(&self, to: &Subscription, message: &PushMessage, now: Timestamp) -> Reception {
        let Err(failure) = self.send(to, message, now).await else { return Reception::Accepted };
        let (reception, service) = (failure.reception(), to.endpoint.origin());
        if reception == Reception::Gone {
            tracing::info!(subscription = %to.id, service, "a browser is gone");
        } else {
            tracing::warn!(subscription = %to.id, service, error = chain(&failure), "a push message was not taken");
        }
        reception
    }
}
