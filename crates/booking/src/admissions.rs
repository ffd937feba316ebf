//! The way into guarded sales: what the waiting room tells, and the tokens that buyers show.

use std::sync::Arc;

use contracts::event::{Envelope, EventType};
use contracts::ids::UserId;
use contracts::waiting_room::{ADMISSION_AUDIENCE, AdmissionClaims, AdmissionState, QueueState};
use jiff::{SignedDuration, Timestamp};
use kit::signed::{Refused, Secret, SecretError};
use kit::worker::WorkerError;
use tokio::sync::Mutex;

use crate::BookingError;
use crate::domain::admission::{Denial, Entry, Guard};
use crate::domain::sale::Sale;
use crate::dynamodb::Store;

/// How long an environment believes what is signed with the secret it has read.
const KEPT: SignedDuration = SignedDuration::from_mins(5);

/// How old a reading must be for a wrong signature to make us look for another secret: right after a rotation the
/// signer has it first. Forged tokens cost no more than a reading in so much time.
const DOUBTED: SignedDuration = SignedDuration::from_secs(10);

/// Keeps what the waiting room tells of a queue or an admission. Old news changes nothing.
///
/// # Errors
/// When the table does not answer, or the event is none of the waiting room's or cannot be read.
pub async fn apply(store: &Store, event: &Envelope) -> Result<(), WorkerError> {
    match event.event_type {
        EventType::QueueConfigured | EventType::QueueCleared => store.put_guard(&event.state::<QueueState>()?).await?,
        EventType::AdmissionEnded => store.put_ended_admission(&event.state::<AdmissionState>()?).await?,
        other => return Err(format!("{other} is no news of the waiting room for booking").into()),
    }
    Ok(())
}

/// Where the secret is that admissions are signed with.
pub trait SecretSource {
    /// The secret as it is now.
    ///
    /// # Errors
    /// When it cannot be read.
    fn read(&self) -> impl Future<Output = Result<Secret, SecretError>>;
}

/// A secret in Secrets Manager. The client is made for each reading: making one is a good part of what a start costs,
/// and few environments ever need it.
#[derive(Debug, Clone)]
pub struct StoredSecret {
    config: aws_sdk_secretsmanager::Config,
    arn: String,
}

impl StoredSecret {
    /// The secret with this ARN.
    #[must_use]
    pub const fn new(config: aws_sdk_secretsmanager::Config, arn: String) -> Self {
        Self { config, arn }
    }
}

impl SecretSource for StoredSecret {
    async fn read(&self) -> Result<Secret, SecretError> {
        Secret::read(&aws_sdk_secretsmanager::Client::from_conf(self.config.clone()), &self.arn).await
    }
}

/// Reads the tokens of admissions. The secret is read with the first one: whoever sells without a waiting room never
/// needs it.
#[derive(Debug)]
pub struct Tokens<S> {
    source: S,
    known: Mutex<Option<(Arc<Secret>, Timestamp)>>,
}

impl<S: SecretSource> Tokens<S> {
    /// Signed with the secret of this source.
    #[must_use]
    pub fn new(source: S) -> Self {
        Self { source, known: Mutex::default() }
    }

    /// By what right this buyer asks for seats of the sale, having shown `token`.
    ///
    /// # Errors
    /// When the secret cannot be read; not when the token is no good.
    pub async fn entry(
        &self,
        guard: &Guard,
        sale: &Sale,
        user: UserId,
        token: Option<&str>,
        now: Timestamp,
    ) -> Result<Entry, BookingError> {
        if !guard.enabled {
            return Ok(Entry::Open);
        }
        let Some(token) = token else { return Ok(Entry::Denied(Denial::Missing)) };
        let claims = self.claims(token, now).await?;
        let admitted = claims.and_then(|claims| guard.admit(sale.performance.event_id, user, &claims));
        Ok(admitted.map_or_else(Entry::Denied, Entry::Admitted))
    }

    async fn claims(&self, token: &str, now: Timestamp) -> Result<Result<AdmissionClaims, Denial>, SecretError> {
        let mut refused = Refused::Signature;
        for age in [KEPT, DOUBTED] {
            match self.secret(age, now).await?.verify(token, ADMISSION_AUDIENCE, now) {
                Ok(claims) => return Ok(Ok(claims)),
                Err(why) => refused = why,
            }
            if refused != Refused::Signature {
                break;
            }
        }
        Ok(Err(match refused {
            Refused::Expired => Denial::Expired,
            Refused::Malformed | Refused::Signature | Refused::Audience => Denial::Malformed,
        }))
    }

    /// The secret as it was at most so long ago.
    async fn secret(&self, age: SignedDuration, now: Timestamp) -> Result<Arc<Secret>, SecretError> {
        // The lock is held while reading: concurrent requests wait for one reading instead of all reading.
        let mut known = self.known.lock().await;
        if let Some((secret, read_at)) = known.as_ref()
            && now.duration_since(*read_at).abs() < age
        {
            return Ok(Arc::clone(secret));
        }
        let secret = Arc::new(self.source.read().await?);
        *known = Some((Arc::clone(&secret), now));
        Ok(secret)
    }
}
