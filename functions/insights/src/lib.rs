//! The functions of insights: one handler a module, one binary each in `bin/`.

pub mod append_events;

use aws_sdk_sqs::Client as Sqs;
use insights::append::AppendEvents;
use insights::queues::{QueueUrls, SqsQueues};
use insights::store::EventStore;
use kit::env::{ConfigError, required};

/// What the functions work with.
#[derive(Debug, Clone)]
pub struct App {
    /// Stores events and sends them on.
    pub append: AppendEvents<SqsQueues>,
}

impl App {
    /// As the environment says.
    ///
    /// # Errors
    /// When a setting is absent.
    pub async fn from_env() -> Result<Self, ConfigError> {
        let table = required("EVENTS_TABLE")?;
        let urls = QueueUrls {
            payments: required("PAYMENTS_QUEUE_URL")?,
            reservations: required("RESERVATIONS_QUEUE_URL")?,
            refunds: required("REFUNDS_QUEUE_URL")?,
            expirations: required("EXPIRATIONS_QUEUE_URL")?,
            catalog_changes: required("CATALOG_CHANGES_QUEUE_URL")?,
            notifications: required("NOTIFICATIONS_QUEUE_URL")?,
            sales: required("SALES_QUEUE_URL")?,
            cancellations: required("CANCELLATIONS_QUEUE_URL")?,
            stream_failures: required("STREAM_FAILURES_QUEUE_URL")?,
        };
        let config = kit::aws::config().await;
        let store = EventStore::new(aws_sdk_dynamodb::Client::new(&config), table);
        Ok(Self { append: AppendEvents::new(store, SqsQueues::new(Sqs::new(&config), urls)) })
    }
}
