//! A payment gateway that speaks the API of Toss Payments and does what the payment key says.
//!
//! | key | what happens |
//! |---|---|
//! | `ok_…` | approved |
//! | `decline_…` | declined: 400 `REJECT_CARD_COMPANY`; the payment stays as `ABORTED` |
//! | `error_…` | 500, nothing happened: the order is unknown (404) afterwards |
//! | `timeout_ok_…` | approved, but the caller never hears of it |
//! | `timeout_no_…` | never answered, and the order is unknown (404) afterwards |
//! | `late_…` | answered `IN_PROGRESS`; approved and told by webhook after three seconds |
//!
//! Buyers get their key at `GET /checkout?orderId=…&amount=…&orderName=…&successUrl=…&failUrl=…`, a page in place of
//! Toss's payment window. Such a key is good for that order and amount only, otherwise 403 `FORBIDDEN_REQUEST`; a key that
//! somebody made up is good for any.
//!
//! Any other key is 404 `NOT_FOUND_PAYMENT_SESSION`. Webhooks carry no signature, as Toss's
//! `PAYMENT_STATUS_CHANGED` does not: their receiver asks `GET /v1/payments/{paymentKey}`.
//! `GET /_virtual-pg/payments` (without a key) shows everything, for tests and for the curious.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use jari_local_servers::virtual_pg::{self, Config};
//!
//! let pg = virtual_pg::spawn(Config::default()).await?;
//! // … let the code under test talk to `pg.url` with `pg.secret_key` …
//! assert_eq!(pg.overview().totals.approvals, 0);
//! # Ok(())
//! # }
//! ```

mod behaviour;
mod checkout;
mod error;
mod http;
mod idempotency;
mod ledger;
mod overview;
mod payment;
mod shared;
mod store;
mod webhook;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;

pub use behaviour::Behaviour;
pub use error::TossError;
pub use ledger::{Confirmation, Ledger, OrderCounts, RecordedAnswer};
pub use overview::{OrderOverview, Overview, Totals};
pub use payment::{Cancel, Failure, Payment, Status};

use shared::Shared;

/// How the virtual PG runs. [`Config::default`] suits tests: a free port, production's delays.
#[derive(Debug, Clone)]
pub struct Config {
    /// Port on 127.0.0.1; 0 means any free one.
    pub port: u16,
    /// What callers must send as the user name of Basic authentication.
    pub secret_key: String,
    /// Where webhooks go; without it none are sent.
    pub callback_url: Option<String>,
    /// How long a request that is never answered is kept open.
    pub silence: Duration,
    /// Time from a `late_…` payment's request to its approval.
    pub late_approval: Duration,
    /// Attempts to deliver one webhook.
    pub webhook_attempts: u32,
    /// Pause before the second attempt; doubles with each further one.
    pub webhook_retry: Duration,
    /// Where payments outlive a restart; without it they are kept in memory only.
    pub state_file: Option<PathBuf>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            port: 0,
            secret_key: "test_sk_jari_local".to_owned(),
            callback_url: None,
            silence: Duration::from_secs(60),
            late_approval: Duration::from_secs(3),
            webhook_attempts: 7,
            webhook_retry: Duration::from_secs(1),
            state_file: None,
        }
    }
}

/// A running virtual PG; it stops when this is dropped.
#[derive(Debug)]
pub struct Handle {
    /// Base address, without a slash at its end.
    pub url: String,
    /// The key it accepts.
    pub secret_key: String,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

impl Handle {
    /// What was asked, approved and given back so far.
    #[must_use]
    pub fn overview(&self) -> Overview {
        Overview::of(&self.shared.ledger())
    }

    /// Sends webhooks to `url` from now on, for tests whose receiver starts after the PG.
    pub fn set_callback_url(&self, url: impl Into<String>) {
        self.shared.set_callback_url(url.into());
    }

    /// Stops answering and writes the state file, if there is one.
    ///
    /// # Errors
    /// The operating system's, if the state file cannot be written.
    pub async fn stop(self) -> std::io::Result<()> {
        self.server.abort();
        self.shared.save().await
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Starts a virtual PG on 127.0.0.1.
///
/// # Errors
/// A port that is taken, or a state file that exists but cannot be read.
pub async fn spawn(config: Config) -> std::io::Result<Handle> {
    let listener = crate::server::listen_v4(config.port)?;
    let url = format!("http://{}", listener.local_addr()?);
    let secret_key = config.secret_key.clone();
    let ledger = match &config.state_file {
        Some(path) => store::load(path).await?,
        None => Ledger::default(),
    };
    let shared = Arc::new(Shared::new(config, ledger));
    webhook::resume(&shared);
    let routes = http::routes(Arc::clone(&shared));
    let saver = Arc::clone(&shared);
    let server = tokio::spawn(async move {
        tokio::select! {
            result = async { axum::serve(listener, routes).await } => {
                if let Err(error) = result {
                    tracing::error!(%error, "virtual PG stopped");
                }
            }
            never = saver.save_when_changed() => match never {},
        }
    });
    Ok(Handle { url, secret_key, shared, server })
}
