//! Looking at what was uploaded: the worker's use case.
//!
//! Order of effects: `detail.jpg`, `list.jpg`, the record, and last the upload is deleted. After an interruption the
//! next delivery finds the upload and begins again. `detail.jpg` is written once and `list.jpg` is made of it, so that
//! two uploads with one form, looked at side by side, never change what an address shows, nor mix two pictures.

use contracts::catalog::ImageState;
use jiff::Timestamp;
use kit::dynamo::StoreError;
use tokio::task::spawn_blocking;

use super::bucket::{Bucket, BucketError, Upload};
use super::picture;
use crate::Catalog;
use crate::domain::image::{Rejection, announced_type, image_keys, is_upload, settled, uploaded_image};

/// What came of a look at an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The picture is ready.
    Accepted,
    /// It is not shown.
    Rejected(Rejection),
    /// Nobody waited for it: its picture is unknown, or was decided on before.
    Discarded,
    /// There was nothing to look at: an earlier delivery, or the bucket's own tidying, was first.
    Nothing,
}

/// Why an upload could not be looked at now.
#[derive(Debug, thiserror::Error)]
pub enum ProcessError {
    /// The table did not do its part.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The bucket did not do its part.
    #[error(transparent)]
    Bucket(#[from] BucketError),
    /// What lies at the address of a picture is none.
    #[error("the stored picture {key} is unreadable")]
    Unreadable {
        /// Its key in the bucket.
        key: String,
        /// What the decoder said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl Catalog {
    /// Looks at what was uploaded under `key` and makes of it what everybody may see. May be done any number of times,
    /// also side by side.
    ///
    /// # Errors
    /// When table or bucket do not answer; do it again.
    pub async fn process_upload(&self, bucket: &Bucket, key: &str, now: Timestamp) -> Result<Outcome, ProcessError> {
        if !is_upload(key) {
            return Ok(Outcome::Nothing);
        }
        let image = match uploaded_image(key) {
            Some(id) => self.store.image(id).await?,
            None => None,
        };
        let outcome = match image.filter(|image| settled(image, Ok(())).is_some()) {
            Some(image) => self.look(bucket, key, &image, now).await?,
            None => Outcome::Discarded,
        };
        if outcome != Outcome::Nothing {
            bucket.delete(key).await?;
        }
        Ok(outcome)
    }

    async fn look(
        &self,
        bucket: &Bucket,
        key: &str,
        image: &ImageState,
        now: Timestamp,
    ) -> Result<Outcome, ProcessError> {
        let detail = match bucket.upload(key).await? {
            Upload::Missing => return Ok(Outcome::Nothing),
            Upload::TooLarge => Err(Rejection::TooLarge),
            Upload::Bytes(file) => detail(image, file).await,
        };
        let verdict = match detail {
            Ok(detail) => Ok(publish(bucket, image, detail).await?),
            Err(rejection) => Err(rejection),
        };
        match settled(image, verdict) {
            Some(next) if self.store.settle_image(&next, now).await? => {
                Ok(verdict.map_or_else(Outcome::Rejected, |()| Outcome::Accepted))
            }
            // Somebody who looked at the same time was faster.
            _ => Ok(Outcome::Discarded),
        }
    }
}

async fn detail(image: &ImageState, file: Vec<u8>) -> Result<Vec<u8>, Rejection> {
    let image_type = announced_type(image, &file)?;
    let made = spawn_blocking(move || picture::detail(image_type, &file)).await;
    made.unwrap_or_else(|panic| {
        // A file that a decoder stumbles over would stumble it again on every delivery.
        tracing::error!(image_id = %image.id, error = %panic, "a decoder panicked");
        Err(Rejection::Broken)
    })
}

async fn publish(bucket: &Bucket, image: &ImageState, detail: Vec<u8>) -> Result<(), ProcessError> {
    let keys = image_keys(image.id);
    let detail = bucket.put_first(&keys.detail, detail).await?;
    let unreadable = |source| ProcessError::Unreadable { key: keys.detail.clone(), source };
    let list = spawn_blocking(move || picture::list(&detail)).await;
    let list = list.map_err(|panic| unreadable(panic.into()))?.map_err(|error| unreadable(error.into()))?;
    Ok(bucket.replace(&keys.list, list).await?)
}
