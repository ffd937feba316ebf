//! What functions work with, as the environment says.

use kit::env::{ConfigError, parsed_or, required};
use notifications::domain::PushServices;
use notifications::mailer::SesMailer;
use notifications::notify::Notify;
use notifications::push::key_store::KeyStore;
use notifications::push::web_push::WebPush;
use notifications::store::Store;

/// The table `NOTIFICATIONS_TABLE`.
///
/// # Errors
/// When it is not set.
pub async fn store() -> Result<Store, ConfigError> {
    let table = required("NOTIFICATIONS_TABLE")?;
    Ok(Store::new(aws_sdk_dynamodb::Client::new(&kit::aws::config().await), table))
}

/// The push services of `PUSH_SERVICE_HOSTS` and, for stand-ins of tests, `PUSH_SERVICE_ORIGINS`.
///
/// # Errors
/// When there are no hosts or an entry is unusable.
pub fn push_services() -> Result<PushServices, ConfigError> {
    let name = "PUSH_SERVICE_HOSTS";
    let (hosts, origins) = (required(name)?, parsed_or("PUSH_SERVICE_ORIGINS", String::new())?);
    PushServices::parse(&hosts, &origins).map_err(|error| ConfigError::Unusable { name, reason: error.to_string() })
}

/// Tells people by mail (from `MAIL_FROM`), in the inbox and in browsers, with the key in `PUSH_KEY_SECRET_ARN` whose
/// public half is `PUSH_PUBLIC_KEY`. Links lead to `PUBLIC_URL`.
///
/// # Errors
/// When a setting is absent or unusable.
pub async fn notify() -> Result<Notify<SesMailer, WebPush>, ConfigError> {
    let (table, from) = (required("NOTIFICATIONS_TABLE")?, required("MAIL_FROM")?);
    let (secret, public_key) = (required("PUSH_KEY_SECRET_ARN")?, required("PUSH_PUBLIC_KEY")?);
    let (public_url, services) = (required("PUBLIC_URL")?, push_services()?);
    let config = kit::aws::config().await;
    let store = Store::new(aws_sdk_dynamodb::Client::new(&config), table);
    let keys = KeyStore::new(aws_sdk_secretsmanager::Client::new(&config), secret);
    let push = WebPush::new(keys, public_key, services, format!("mailto:{from}"));
    let mailer = SesMailer::new(aws_sdk_ses::Client::new(&config), from);
    Ok(Notify::new(store, mailer, push, public_url))
}
