//! What the functions are made of, from the environment.

use aws_config::SdkConfig;
use contracts::live::RoomChange;
use kit::env::{ConfigError, required};
use kit::problem::Problem;
use kit::signed::{Secret, SecretError};
use waiting_room::Rooms;
use waiting_room::check::Desk;
use waiting_room::domain::draw::Key;
use waiting_room::domain::queue::Keys;
use waiting_room::dynamodb::Store;
use waiting_room::outbox::{Live, Round, SendError, SqsLive, SqsSteering, Steering};
use waiting_room::runs::Runs;

/// Why a function cannot start.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// A setting is absent or unusable.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A secret is.
    #[error(transparent)]
    Secret(#[from] SecretError),
}

/// The AWS configuration that all parts of a function share.
#[derive(Debug)]
pub struct Setup {
    aws: SdkConfig,
}

/// The table and what the environment remembers, for those who only watch.
#[derive(Debug)]
pub struct Watch {
    /// The table.
    pub store: Store,
    /// Rooms read lately.
    pub rooms: Rooms,
    /// Verifies tickets.
    pub tickets: Secret,
}

/// The two queues that a round speaks to.
#[derive(Debug, Clone)]
pub struct Outbox {
    steering: SqsSteering,
    live: SqsLive,
}

impl Setup {
    /// From the environment.
    pub async fn from_env() -> Self {
        Self { aws: kit::aws::config().await }
    }

    /// The table that `WAITING_ROOM_TABLE` names.
    ///
    /// # Errors
    /// When it is not set.
    pub fn store(&self) -> Result<Store, SetupError> {
        Ok(Store::new(aws_sdk_dynamodb::Client::new(&self.aws), required("WAITING_ROOM_TABLE")?))
    }

    /// The table, with both secrets and the queue `steering`.
    ///
    /// # Errors
    /// When a setting is absent or a secret cannot be read.
    pub async fn desk(&self) -> Result<Desk<SqsSteering>, SetupError> {
        Ok(Desk {
            store: self.store()?,
            rooms: Rooms::default(),
            runs: Runs::default(),
            tickets: self.secret("TICKET_SECRET_ARN").await?,
            admissions: self.secret("ADMISSION_SECRET_ARN").await?,
            steering: self.steering()?,
        })
    }

    /// The table, with the secret of tickets.
    ///
    /// # Errors
    /// When a setting is absent or the secret cannot be read.
    pub async fn watch(&self) -> Result<Watch, SetupError> {
        let tickets = self.secret("TICKET_SECRET_ARN").await?;
        Ok(Watch { store: self.store()?, rooms: Rooms::default(), tickets })
    }

    /// The queues `steering` and `live-changes`.
    ///
    /// # Errors
    /// When the address of one of them is not set.
    pub fn outbox(&self) -> Result<Outbox, SetupError> {
        let url = required("LIVE_CHANGES_QUEUE_URL")?;
        let live = SqsLive::new(aws_sdk_sqs::Client::new(&self.aws), url);
        Ok(Outbox { steering: self.steering()?, live })
    }

    fn steering(&self) -> Result<SqsSteering, SetupError> {
        Ok(SqsSteering::new(aws_sdk_sqs::Client::new(&self.aws), required("STEERING_QUEUE_URL")?))
    }

    async fn secret(&self, arn: &'static str) -> Result<Secret, SetupError> {
        Ok(Secret::read(&aws_sdk_secretsmanager::Client::new(&self.aws), &required(arn)?).await?)
    }
}

impl Steering for Outbox {
    async fn ask(&self, round: Round, delay_seconds: u16) -> Result<(), SendError> {
        self.steering.ask(round, delay_seconds).await
    }
}

impl Live for Outbox {
    async fn tell(&self, change: &RoomChange, name: &str) -> Result<(), SendError> {
        self.live.tell(change, name).await
    }
}

/// Random keys for an era.
///
/// # Errors
/// 500 when the system has no randomness.
pub fn fresh_keys() -> Result<Keys, Problem> {
    let key = || {
        let mut bytes = [0; 32];
        aws_lc_rs::rand::fill(&mut bytes).map_err(|_| Problem::internal("the system has no randomness"))?;
        Ok::<_, Problem>(Key::new(bytes))
    };
    Ok(Keys { seed: key()?, ticket_key: key()? })
}
