//! Allowing the upload of a picture.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::Client;
use catalog::domain::image::{MAX_BYTES, NewImage};
use catalog::images::form::UploadForms;
use catalog::store::Store;
use contracts::ids::ImageId;
use jiff::Timestamp;
use kit::env::{ConfigError, required};
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::{Deserialize, Serialize};

use crate::App;
use crate::manager::manager;

/// What the function needs.
#[derive(Debug, Clone)]
pub struct Uploads {
    /// The catalogue.
    pub app: App,
    /// Signs uploads.
    pub forms: UploadForms,
}

impl Uploads {
    /// On the table named by `CATALOG_TABLE`, to the bucket `IMAGES_BUCKET` at `IMAGES_BASE_URL`, signed with the
    /// function's own credentials.
    ///
    /// # Errors
    /// When one of them is not set.
    pub async fn from_env() -> Result<Self, ConfigError> {
        let config = kit::aws::config().await;
        let forms = UploadForms {
            bucket: required("IMAGES_BUCKET")?,
            url: required("IMAGES_BASE_URL")?,
            region: config.region().ok_or(ConfigError::Missing("AWS_REGION"))?.to_string(),
            credentials: config.credentials_provider().ok_or(ConfigError::Missing("AWS_ACCESS_KEY_ID"))?,
        };
        let app = App::new(Store::new(Client::new(&config), required("CATALOG_TABLE")?));
        Ok(Self { app, forms })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    content_type: String,
    size: Option<i64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    id: ImageId,
    upload: Upload,
    expires_at: Timestamp,
    max_bytes: u64,
}

#[derive(Serialize)]
struct Upload {
    url: String,
    fields: BTreeMap<&'static str, String>,
}

/// 201 with the form to send the picture with: `fields` and then `file`, as `multipart/form-data` to `url`.
///
/// # Errors
/// 422 for a kind or size that is not taken.
pub async fn handle(uploads: &Uploads, call: Call) -> Result<Reply, Problem> {
    let manager = manager(&call)?;
    let body: Request = call.body()?;
    let new = NewImage { content_type: body.content_type, size: body.size };
    let (id, now) = (ImageId::generate(), Timestamp::now());
    let (image, form) = uploads.app.catalog.allow_upload(manager, id, new, &uploads.forms, now).await?;
    Reply::created(&Body {
        id: image.id,
        upload: Upload { url: form.url, fields: form.fields },
        expires_at: form.expires_at,
        max_bytes: MAX_BYTES,
    })
}
