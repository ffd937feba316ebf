//! `snapshot-search-index`: keeps in one object what the search knows, for new environments of `list-events` to begin with.
//! Every hour, and whenever somebody invokes it.

use aws_sdk_dynamodb::Client;
use catalog::search::bucket::Bucket;
use catalog::search::take::{Outcome, TakeError, take};
use catalog::store::Store;
use kit::env::{ConfigError, required};

/// What it works on.
#[derive(Debug)]
pub struct Worker {
    /// The catalogue's table.
    pub store: Store,
    /// Where the snapshot is kept.
    pub bucket: Bucket,
}

impl Worker {
    /// On the table named by `CATALOG_TABLE` and the bucket named by `SEARCH_BUCKET`.
    ///
    /// # Errors
    /// When either is not set.
    pub async fn from_env() -> Result<Self, ConfigError> {
        let config = kit::aws::config().await;
        Ok(Self {
            store: Store::new(Client::new(&config), required("CATALOG_TABLE")?),
            bucket: Bucket::new(aws_sdk_s3::Client::new(&config), required("SEARCH_BUCKET")?),
        })
    }
}

/// Answers with what it did. Harmless to repeat, also at the same time.
///
/// # Errors
/// When table or bucket do not answer.
pub async fn handle(worker: &Worker) -> Result<Outcome, TakeError> {
    let outcome = take(&worker.store, &worker.bucket).await?;
    tracing::info!(function = "snapshot-search-index", outcome = ?outcome);
    Ok(outcome)
}
