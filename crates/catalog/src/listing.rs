//! The list that managers see.

use contracts::ids::EventId;

use crate::domain::card::Card;
use crate::domain::programme::Manager;
use crate::store::List;
use crate::{Catalog, Error};

impl Catalog {
    /// A page of the events that the caller manages, drafts as well, the latest created first; the event after which
    /// the next one starts, if there is one.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn list_managed_events(
        &self,
        manager: Manager,
        limit: u32,
        after: Option<EventId>,
    ) -> Result<(Vec<Card>, Option<EventId>), Error> {
        let list = match manager {
            Manager::Organizer(user_id) => List::Organizer(user_id),
            Manager::Admin(_) => List::Events,
        };
        let (entries, more) = self.store.entries(list, after, limit).await?;
        let mut cards = self.store.cards(&entries).await?;
        let next = entries.last().copied().filter(|_| more);
        Ok((entries.iter().filter_map(|id| cards.remove(id)).collect(), next))
    }
}
