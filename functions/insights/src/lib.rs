//! The functions of insights: one handler a module, one binary each in `bin/`.

pub mod append_events;
pub mod get_ranking;
pub mod project_sales;
pub mod replay_events;

use aws_config::SdkConfig;
use aws_sdk_dynamodb::Client as DynamoDb;
use aws_sdk_sqs::Client as Sqs;
use insights::append::AppendEvents;
use insights::domain::Queue;
use insights::queues::{QueueUrls, SqsQueue, SqsQueues};
use insights::sales::project::ProjectSales;
use insights::sales::ranking::Rankings;
use insights::sales::replay::Replay;
use insights::sales::store::SalesStore;
use insights::store::EventStore;
use jiff::tz::TimeZone;
use kit::env::{ConfigError, required};

/// What stores events and sends them on, as the environment says.
///
/// # Errors
/// When a setting is absent.
pub async fn append_events_from_env() -> Result<AppendEvents<SqsQueues>, ConfigError> {
    let urls = QueueUrls {
        payments: required("PAYMENTS_QUEUE_URL")?,
        reservations: required("RESERVATIONS_QUEUE_URL")?,
        refunds: required("REFUNDS_QUEUE_URL")?,
        expirations: required("EXPIRATIONS_QUEUE_URL")?,
        catalog_changes: required("CATALOG_CHANGES_QUEUE_URL")?,
        notifications: required("NOTIFICATIONS_QUEUE_URL")?,
        sales: required("SALES_QUEUE_URL")?,
        cancellations: required("CANCELLATIONS_QUEUE_URL")?,
        admissions: required("ADMISSIONS_QUEUE_URL")?,
        sale_news: required("SALE_NEWS_QUEUE_URL")?,
        live_news: required("LIVE_NEWS_QUEUE_URL")?,
        stream_failures: required("STREAM_FAILURES_QUEUE_URL")?,
    };
    let config = kit::aws::config().await;
    Ok(AppendEvents::new(events(&config)?, SqsQueues::new(Sqs::new(&config), urls)))
}

/// What counts sales as they happen, as the environment says.
///
/// # Errors
/// When a setting is absent or no time zone.
pub async fn project_sales_from_env() -> Result<ProjectSales<SqsQueue>, ConfigError> {
    let config = kit::aws::config().await;
    Ok(ProjectSales::new(sales(&config)?, zone()?, popularity(&config)?))
}

/// What answers who comes first, as the environment says.
///
/// # Errors
/// When a setting is absent or no time zone.
pub async fn rankings_from_env() -> Result<Rankings, ConfigError> {
    let config = kit::aws::config().await;
    Ok(Rankings::new(sales(&config)?, zone()?))
}

/// What builds the read models anew, as the environment says.
///
/// # Errors
/// When a setting is absent or no time zone.
pub async fn replay_from_env() -> Result<Replay<SqsQueue>, ConfigError> {
    let config = kit::aws::config().await;
    Ok(Replay::new(events(&config)?, sales(&config)?, zone()?, popularity(&config)?))
}

fn events(config: &SdkConfig) -> Result<EventStore, ConfigError> {
    Ok(EventStore::new(DynamoDb::new(config), required("EVENTS_TABLE")?))
}

fn sales(config: &SdkConfig) -> Result<SalesStore, ConfigError> {
    Ok(SalesStore::new(DynamoDb::new(config), required("INSIGHTS_TABLE")?))
}

fn popularity(config: &SdkConfig) -> Result<SqsQueue, ConfigError> {
    Ok(SqsQueue::new(Sqs::new(config), Queue::Popularity, required("POPULARITY_QUEUE_URL")?))
}

fn zone() -> Result<TimeZone, ConfigError> {
    const NAME: &str = "RANKING_TIME_ZONE";
    TimeZone::get(&required(NAME)?).map_err(|error| ConfigError::Unusable { name: NAME, reason: error.to_string() })
}
