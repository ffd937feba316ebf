//! Pictures in the table.

use contracts::catalog::ImageState;
use contracts::ids::ImageId;
use kit::dynamo::{StoreError, key, read};

use super::Store;
use super::items::STATE;

impl Store {
    /// A picture.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn image(&self, id: ImageId) -> Result<Option<ImageState>, StoreError> {
        let item = self.client.get_item().table_name(&self.table).consistent_read(true);
        let item = item.set_key(Some(key(format!("IMG#{id}"), "IMG"))).send().await?.item;
        item.map_or(Ok(None), |item| read(&item, STATE))
    }
}
