//! Pictures: allowing an upload, saying what became of it, and looking at what was uploaded.
//!
//! | module | what it holds |
//! |---|---|
//! | here | the use cases of those who upload |
//! | [`form`] | the signed form that an upload is sent with |
//! | [`process`] | the use case of the worker |
//! | [`bucket`] | S3 |
//! | [`extent`], [`picture`] | finding a picture in its file; decoding, making smaller, encoding it |

pub mod bucket;
pub mod extent;
pub mod form;
pub mod picture;
pub mod process;

use contracts::catalog::ImageState;
use contracts::ids::ImageId;
use jiff::Timestamp;
use kit::validate::Checks;

use self::form::{UploadForm, UploadForms};
use crate::domain::image::{NewImage, belongs_to, usable_by};
use crate::domain::programme::Manager;
use crate::{Catalog, Error};

impl Catalog {
    /// Allows an upload: a record that waits for it, and the form it is sent with.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a kind or size that is not taken, [`Error::Unsigned`].
    pub async fn allow_upload(
        &self,
        manager: Manager,
        id: ImageId,
        new: NewImage,
        forms: &UploadForms,
        now: Timestamp,
    ) -> Result<(ImageState, UploadForm), Error> {
        let mut checks = Checks::new();
        new.check(&mut checks);
        checks.done().map_err(Error::Invalid)?;
        let image = new.image(id, manager.user_id());
        let form = forms.form(&image, now).await?;
        self.store.create_image(&image, now).await?;
        Ok((image, form))
    }

    /// A picture, as its owner sees it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not there or not theirs.
    pub async fn image(&self, manager: Manager, id: ImageId) -> Result<ImageState, Error> {
        self.store.image(id).await?.filter(|image| belongs_to(image, manager)).ok_or(Error::NotFound)
    }

    /// Whether this one may show the picture on an event: it is ready and theirs, or anybody's for an admin.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn usable_image(&self, manager: Manager, id: ImageId) -> Result<bool, Error> {
        Ok(self.store.image(id).await?.is_some_and(|image| usable_by(&image, manager)))
    }
}
