//! What the handlers and background tasks of one virtual PG have in common.

use std::collections::HashSet;
use std::convert::Infallible;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use super::{Config, Ledger, store};

/// Changes within this time go to the state file together.
const SAVE_PAUSE: Duration = Duration::from_millis(200);

/// One virtual PG's state and settings.
#[derive(Debug)]
pub(super) struct Shared {
    pub config: Config,
    pub client: reqwest::Client,
    ledger: Mutex<Ledger>,
    callback_url: Mutex<Option<String>>,
    unanswered: Mutex<HashSet<String>>,
    changed: Notify,
}

impl Shared {
    pub fn new(config: Config, ledger: Ledger) -> Self {
        Self {
            callback_url: Mutex::new(config.callback_url.clone()),
            config,
            client: reqwest::Client::new(),
            ledger: Mutex::new(ledger),
            unanswered: Mutex::default(),
            changed: Notify::new(),
        }
    }

    /// The ledger, for reading.
    pub fn ledger(&self) -> MutexGuard<'_, Ledger> {
        lock(&self.ledger)
    }

    /// Lets `change` alter the ledger and sees to it that the state file follows.
    pub fn change<T>(&self, change: impl FnOnce(&mut Ledger) -> T) -> T {
        let result = change(&mut lock(&self.ledger));
        self.changed.notify_one();
        result
    }

    pub fn callback_url(&self) -> Option<String> {
        lock(&self.callback_url).clone()
    }

    pub fn set_callback_url(&self, url: String) {
        *lock(&self.callback_url) = Some(url);
    }

    /// Requests with an `Idempotency-Key` that are being worked on.
    pub fn unanswered(&self) -> MutexGuard<'_, HashSet<String>> {
        lock(&self.unanswered)
    }

    pub async fn save(&self) -> std::io::Result<()> {
        let Some(path) = &self.config.state_file else {
            return Ok(());
        };
        let json = serde_json::to_vec(&*self.ledger())?;
        store::save(path, json).await
    }

    /// Keeps the state file up to date, for ever.
    pub async fn save_when_changed(&self) -> Infallible {
        loop {
            self.changed.notified().await;
            if let Err(error) = self.save().await {
                tracing::error!(%error, "cannot write the state file");
            }
            tokio::time::sleep(SAVE_PAUSE).await;
        }
    }
}

/// A panic elsewhere leaves plain data behind, so the lock's poison carries no meaning here.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
