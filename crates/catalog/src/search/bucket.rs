//! Where snapshots are kept.

use aws_sdk_s3::Client;
use aws_sdk_s3::operation::get_object::GetObjectError;
use aws_sdk_s3::operation::head_object::HeadObjectError;
use aws_sdk_s3::primitives::ByteStream;

use crate::store::Stamp;

/// The object's key. There is one snapshot; a newer one takes its place.
pub const KEY: &str = "search/snapshot.jsonl.gz";

/// The metadata that holds the stamp of the latest change in a snapshot.
const LATEST: &str = "latest";

/// The bucket did not do it.
#[derive(Debug, thiserror::Error)]
#[error("the bucket of the search did not answer")]
pub struct BucketError(#[source] Box<dyn std::error::Error + Send + Sync>);

/// The bucket, through a client.
#[derive(Debug, Clone)]
pub struct Bucket {
    client: Client,
    name: String,
}

impl Bucket {
    /// The bucket of this name.
    pub fn new(client: Client, name: impl Into<String>) -> Self {
        Self { client, name: name.into() }
    }

    /// The snapshot; `None` while there is none. S3 tells that only those who may list the bucket.
    ///
    /// # Errors
    /// When the bucket does not answer, or refuses to.
    pub async fn snapshot(&self) -> Result<Option<Vec<u8>>, BucketError> {
        match self.client.get_object().bucket(&self.name).key(KEY).send().await {
            Ok(object) => Ok(Some(object.body.collect().await.map_err(failed)?.to_vec())),
            Err(error) if error.as_service_error().is_some_and(GetObjectError::is_no_such_key) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    /// The latest change in the snapshot; `None` while there is none.
    ///
    /// # Errors
    /// As [`Bucket::snapshot`].
    pub async fn latest(&self) -> Result<Option<Stamp>, BucketError> {
        match self.client.head_object().bucket(&self.name).key(KEY).send().await {
            Ok(head) => Ok(head.metadata().and_then(|metadata| metadata.get(LATEST)).map(Stamp::new)),
            Err(error) if error.as_service_error().is_some_and(HeadObjectError::is_not_found) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    /// Puts a snapshot in the place of the one before.
    ///
    /// # Errors
    /// When the bucket does not answer.
    pub async fn replace(&self, snapshot: Vec<u8>, latest: &Stamp) -> Result<(), BucketError> {
        let put = self.client.put_object().bucket(&self.name).key(KEY).content_type("application/gzip");
        let put = put.metadata(LATEST, latest.to_string()).body(ByteStream::from(snapshot));
        put.send().await.map(drop).map_err(failed)
    }
}

fn failed(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> BucketError {
    BucketError(error.into())
}
