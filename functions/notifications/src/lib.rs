//! The functions of notifications: one handler a module, one binary each in `bin/`.

pub mod send_notification;

use kit::env::{ConfigError, required};
use notifications::mailer::SesMailer;
use notifications::notify::Notify;
use notifications::store::Store;

/// What the functions work with.
#[derive(Debug, Clone)]
pub struct App {
    /// Writes to people.
    pub notify: Notify<SesMailer>,
}

impl App {
    /// As the environment says.
    ///
    /// # Errors
    /// When a setting is absent.
    pub async fn from_env() -> Result<Self, ConfigError> {
        let (table, from) = (required("NOTIFICATIONS_TABLE")?, required("MAIL_FROM")?);
        let public_url = required("PUBLIC_URL")?;
        let config = kit::aws::config().await;
        let store = Store::new(aws_sdk_dynamodb::Client::new(&config), table);
        let mailer = SesMailer::new(aws_sdk_ses::Client::new(&config), from);
        Ok(Self { notify: Notify::new(store, mailer, public_url) })
    }
}
