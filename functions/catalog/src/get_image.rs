//! What became of a picture.

use kit::env::{ConfigError, required};
use kit::http::{Call, Reply};
use kit::problem::Problem;

use crate::App;
use crate::image_body::ImageBody;
use crate::manager::manager;

/// What the function needs.
#[derive(Debug, Clone)]
pub struct Images {
    /// The catalogue.
    pub app: App,
    /// Where the bucket of pictures is.
    pub base_url: String,
}

impl Images {
    /// On the table named by `CATALOG_TABLE`, with pictures at `IMAGES_BASE_URL`.
    ///
    /// # Errors
    /// When either is not set.
    pub async fn from_env() -> Result<Self, ConfigError> {
        Ok(Self { app: App::from_env().await?, base_url: required("IMAGES_BASE_URL")? })
    }
}

/// 200 with the picture's status and, once it is ready, its addresses.
///
/// # Errors
/// 404 when it is not there or not the caller's.
pub async fn handle(images: &Images, call: Call) -> Result<Reply, Problem> {
    let image = images.app.catalog.image(manager(&call)?, call.path_id("imageId")?).await?;
    Reply::ok(&ImageBody::new(image, &images.base_url))
}
