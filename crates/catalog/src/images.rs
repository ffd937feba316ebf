//! Pictures: which of them may be shown.

use contracts::catalog::ImageStatus;
use contracts::ids::ImageId;

use crate::domain::programme::Manager;
use crate::{Catalog, Error};

impl Catalog {
    /// Whether the caller may show this picture: one of theirs, or anybody's for an admin, that is ready.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn usable_image(&self, manager: Manager, id: ImageId) -> Result<bool, Error> {
        let image = self.store.image(id).await?;
        Ok(image.is_some_and(|image| {
            let theirs = matches!(manager, Manager::Admin(_)) || image.owner_id == manager.user_id();
            theirs && image.status == ImageStatus::Ready
        }))
    }
}
