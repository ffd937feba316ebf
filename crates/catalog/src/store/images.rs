//! Pictures in the table.

use contracts::catalog::{ImageState, ImageStatus};
use contracts::event::EventType;
use contracts::ids::ImageId;
use jiff::Timestamp;
use kit::dynamo::{Conditional as _, Item, StoreError, TTL, key, n, read};

use super::Store;
use super::items::{IMAGE_SK, STATE, aggregate, image_pk};
use crate::domain::image::PENDING_TIME;

impl Store {
    /// Stores the record of a picture that may be uploaded.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn create_image(&self, image: &ImageState, now: Timestamp) -> Result<(), StoreError> {
        self.put_new([image_item(image, now)?]).await
    }

    /// A picture's record.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn image(&self, id: ImageId) -> Result<Option<ImageState>, StoreError> {
        let item = self
            .client
            .get_item()
            .table_name(&self.table)
            .consistent_read(true)
            .set_key(Some(key(image_pk(id), IMAGE_SK)));
        item.send().await?.item.map_or(Ok(None), |item| read(&item, STATE))
    }

    /// Stores what was decided of a picture, if nobody has decided before.
    ///
    /// # Errors
    /// When the table does not answer. `false`: it was decided before.
    pub async fn settle_image(&self, image: &ImageState, now: Timestamp) -> Result<bool, StoreError> {
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(image_item(image, now)?))
            .condition_expression("#state.#version = :version")
            .expression_attribute_names("#state", STATE)
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":version", n(image.version - 1));
        Ok(put.send().await.conditional()?.is_ok())
    }
}

fn image_item(image: &ImageState, at: Timestamp) -> Result<Item, StoreError> {
    let event_type = match image.status {
        ImageStatus::Pending => EventType::ImageRequested,
        ImageStatus::Ready => EventType::ImageAccepted,
        ImageStatus::Rejected => EventType::ImageRejected,
    };
    let mut item = aggregate(key(image_pk(image.id), IMAGE_SK), image, event_type, at)?;
    if image.status == ImageStatus::Pending {
        let until = at.saturating_add(PENDING_TIME).unwrap_or(Timestamp::MAX);
        item.insert(TTL.to_owned(), n(until.as_second()));
    }
    Ok(item)
}
