//! How well events sell, as insights counts it.

use contracts::insights::EventPopularity;
use jiff::Timestamp;

use crate::{Catalog, Error};

impl Catalog {
    /// Takes a count of an event's tickets; older ones than are known change nothing, in whatever order they come.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn apply_popularity(&self, popularity: &EventPopularity, now: Timestamp) -> Result<(), Error> {
        Ok(self.store.keep_popularity(popularity, now).await?)
    }
}
