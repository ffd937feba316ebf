//! How pictures are answered.

use catalog::domain::image::{ImageUrls, urls};
use contracts::catalog::{ImageState, ImageStatus};
use contracts::ids::ImageId;
use serde::Serialize;

/// Where a picture that is ready can be seen.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageUrlsBody {
    list: String,
    detail: String,
}

impl From<ImageUrls> for ImageUrlsBody {
    fn from(ImageUrls { list, detail }: ImageUrls) -> Self {
        Self { list, detail }
    }
}

/// A picture, as its owner sees it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageBody {
    id: ImageId,
    status: ImageStatus,
    /// Why it was rejected.
    reason: Option<String>,
    /// `null` until it is ready.
    urls: Option<ImageUrlsBody>,
    version: u64,
}

impl ImageBody {
    /// Of a picture in the bucket at this address.
    #[must_use]
    pub fn new(image: ImageState, base_url: &str) -> Self {
        let ready = image.status == ImageStatus::Ready;
        Self {
            urls: ready.then(|| urls(base_url, image.id).into()),
            id: image.id,
            status: image.status,
            reason: image.reason,
            version: image.version,
        }
    }
}
