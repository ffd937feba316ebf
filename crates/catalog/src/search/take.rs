//! Taking a snapshot.

use jiff::Timestamp;
use kit::dynamo::StoreError;
use serde::Serialize;

use super::bucket::{Bucket, BucketError};
use super::snapshot::Writer;
use crate::store::Store;

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", tag = "snapshot")]
pub enum Outcome {
    /// There is a new one.
    Taken {
        /// How many things it knows.
        changes: usize,
        /// How large it is.
        bytes: usize,
    },
    /// The one before has it all.
    Current,
}

/// Why there is no new snapshot.
#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    /// The table could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The bucket did not take it.
    #[error(transparent)]
    Bucket(#[from] BucketError),
    /// It could not be written, a mistake of ours.
    #[error("a snapshot could not be written")]
    Unwritable(#[from] std::io::Error),
}

/// Replaces the snapshot, unless nothing has changed since it was taken.
///
/// It is made from the table each time and never from the one before, so that whatever one has missed is in the next.
/// Any number may be taken at once: the last one stays, and readers go on from wherever it ends.
///
/// # Errors
/// When table or bucket do not answer. The snapshot before is there still.
pub async fn take(store: &Store, bucket: &Bucket) -> Result<Outcome, TakeError> {
    let Some(latest) = store.latest_change().await? else { return Ok(Outcome::Current) };
    if bucket.latest().await?.as_ref() == Some(&latest) {
        return Ok(Outcome::Current);
    }
    let mut writer = Writer::new()?;
    let mut written = Ok(());
    let add = |stamp, change| {
        if written.is_ok() {
            written = writer.add(stamp, change);
        }
    };
    store.changes(Timestamp::UNIX_EPOCH, add).await?;
    written?;
    let (snapshot, changes, latest) = writer.finish()?;
    let Some(latest) = latest else { return Ok(Outcome::Current) };
    let bytes = snapshot.len();
    bucket.replace(snapshot, &latest).await?;
    Ok(Outcome::Taken { changes, bytes })
}
