//! Replacing the signing key, one step at a time.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::domain::rotation::{KeyTimes, Stage, Step, next_step};
use crate::provisioning::{Discovery, KeyStore, ProvisioningError};

/// The most rounds of one call. A step takes three when nobody is in the way.
const ROUNDS: u32 = 12;

/// Moves a rotation on.
#[derive(Debug, Clone)]
pub struct Rotation {
    keys: KeyStore,
    discovery: Discovery,
    grace: SignedDuration,
}

/// Where the rotation stands and what comes next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Where it stands.
    pub stage: Stage,
    /// The name of the key that signs.
    pub current: String,
    /// All keys, oldest first.
    pub keys: Vec<KeyReport>,
    /// When there will be something to do.
    pub next_step_at: Timestamp,
}

/// One key's life so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyReport {
    kid: String,
    created_at: Timestamp,
    published_at: Option<Timestamp>,
    signs_since: Option<Timestamp>,
}

impl Rotation {
    /// Of these keys. A new one signs after it has been public for `grace`.
    #[must_use]
    pub const fn new(keys: KeyStore, discovery: Discovery, grace: SignedDuration) -> Self {
        Self { keys, discovery, grace }
    }

    /// Does what is due at `now`; with `start` a rotation begins if none is under way. Whatever interrupts it, calling it
    /// again goes on from there; any number may run at once.
    ///
    /// The secret is written first, what is published follows from it, and a key's grace counts from the moment at which
    /// it is known to be published. Should it be found missing there, it is published again and its grace starts anew.
    ///
    /// # Errors
    /// When there is no key to replace, AWS does not answer, or others change the same things all the time.
    pub async fn advance(&self, mut start: bool, now: Timestamp) -> Result<Report, ProvisioningError> {
        for _ in 0..ROUNDS {
            // Before the secret: what replaces it is then never older than what was looked at here.
            let published = self.discovery.published().await?;
            let stored = self.keys.stored().await?;
            let (ring, times) = (stored.ring.clone(), stored.ring.times());
            let kids: Vec<_> = times.iter().map(|key| key.kid.clone()).collect();
            if published.kids != kids && !self.discovery.replace(&published, &ring).await? {
                continue;
            }
            let missing: Vec<_> = kids.into_iter().filter(|kid| !published.kids.contains(kid)).collect();
            let next = match ring.clone().published(&missing, now) {
                Some(stamped) => stamped,
                None => match next_step(&times, ring.current(), self.grace, start, now) {
                    Step::Announce => ring.with_next(now)?,
                    Step::SignWith(kid) => ring.signing_with(kid, now),
                    Step::Retire(kids) => ring.without(&kids),
                    Step::Wait { stage, until } => {
                        let keys = times.into_iter().map(KeyReport::from).collect();
                        return Ok(Report { stage, current: ring.current().to_owned(), keys, next_step_at: until });
                    }
                },
            };
            let grows = next.times().len() > times.len();
            // Asked for once, begun once, even if all the steps of it are due at once.
            start &= !(self.keys.replace(&stored, &next).await? && grows);
        }
        Err(ProvisioningError::Contended)
    }
}

impl From<KeyTimes> for KeyReport {
    fn from(KeyTimes { kid, created_at, published_at, signs_since }: KeyTimes) -> Self {
        Self { kid, created_at, published_at, signs_since }
    }
}
