//! The bucket of pictures.

use aws_sdk_s3::Client;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::operation::get_object::GetObjectError;

use crate::domain::image::MAX_BYTES;

/// What browsers and caches may do with a picture: its address never shows another one.
const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

/// The bucket, through a client.
#[derive(Debug, Clone)]
pub struct Bucket {
    client: Client,
    name: String,
}

/// S3 could not do what was asked; asking again later may help.
#[derive(Debug, thiserror::Error)]
#[error("the bucket did not answer")]
pub struct BucketError(#[source] Box<dyn std::error::Error + Send + Sync>);

/// What lies under the key of an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Upload {
    /// Nothing.
    Missing,
    /// More bytes than are taken; they were not read.
    TooLarge,
    /// These bytes.
    Bytes(Vec<u8>),
}

impl Bucket {
    /// The bucket of this name.
    pub fn new(client: Client, name: impl Into<String>) -> Self {
        Self { client, name: name.into() }
    }

    /// What was uploaded under `key`.
    ///
    /// # Errors
    /// When the bucket does not answer.
    pub async fn upload(&self, key: &str) -> Result<Upload, BucketError> {
        let object = match self.client.get_object().bucket(&self.name).key(key).send().await {
            Ok(object) => object,
            Err(SdkError::ServiceError(error)) if matches!(error.err(), GetObjectError::NoSuchKey(_)) => {
                return Ok(Upload::Missing);
            }
            Err(error) => return Err(failed(error)),
        };
        if object.content_length().is_none_or(|length| length < 0 || length.cast_unsigned() > MAX_BYTES) {
            return Ok(Upload::TooLarge);
        }
        Ok(Upload::Bytes(object.body.collect().await.map_err(failed)?.to_vec()))
    }

    /// Stores a JPEG under `key` unless something lies there; answers what lies there then.
    ///
    /// # Errors
    /// When the bucket does not answer.
    pub async fn put_first(&self, key: &str, jpeg: Vec<u8>) -> Result<Vec<u8>, BucketError> {
        let put = self.put(key, jpeg.clone()).if_none_match("*");
        match put.send().await {
            Ok(_) => Ok(jpeg),
            Err(error) if error.code() == Some("PreconditionFailed") => {
                let object = self.client.get_object().bucket(&self.name).key(key).send().await.map_err(failed)?;
                Ok(object.body.collect().await.map_err(failed)?.to_vec())
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// Stores a JPEG under `key`, whatever lies there.
    ///
    /// # Errors
    /// When the bucket does not answer.
    pub async fn replace(&self, key: &str, jpeg: Vec<u8>) -> Result<(), BucketError> {
        self.put(key, jpeg).send().await.map(drop).map_err(failed)
    }

    /// Deletes what lies under `key`, if anything does.
    ///
    /// # Errors
    /// When the bucket does not answer.
    pub async fn delete(&self, key: &str) -> Result<(), BucketError> {
        self.client.delete_object().bucket(&self.name).key(key).send().await.map(drop).map_err(failed)
    }

    fn put(&self, key: &str, jpeg: Vec<u8>) -> aws_sdk_s3::operation::put_object::builders::PutObjectFluentBuilder {
        self.client
            .put_object()
            .bucket(&self.name)
            .key(key)
            .content_type("image/jpeg")
            .cache_control(CACHE_CONTROL)
            .body(jpeg.into())
    }
}

fn failed(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> BucketError {
    BucketError(error.into())
}
