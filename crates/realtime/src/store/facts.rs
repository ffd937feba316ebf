//! What can be watched: events and performances that were on sale at some time.

use contracts::ids::{EventId, PerformanceId};
use kit::dynamo::{Item, StoreError, attribute, key, read};

use super::{Store, putting};

const EVENT: &str = "event";

impl Store {
    /// Remembers that a performance of an event was on sale.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn learn(&self, event: EventId, performance: PerformanceId) -> Result<(), StoreError> {
        let mut facts = [event_key(event), performance_key(performance)];
        for fact in &mut facts {
            fact.insert(EVENT.to_owned(), attribute(&event)?);
        }
        self.write_all(facts.into_iter().map(putting).collect::<Result<_, _>>()?).await
    }

    /// Whether a performance of this event was ever on sale.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn knows_event(&self, event: EventId) -> Result<bool, StoreError> {
        Ok(self.fact(event_key(event)).await?.is_some())
    }

    /// The event of a performance that was ever on sale.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn event_of(&self, performance: PerformanceId) -> Result<Option<EventId>, StoreError> {
        self.fact(performance_key(performance)).await
    }

    /// Facts never change: any copy of the item will do.
    async fn fact(&self, key: Item) -> Result<Option<EventId>, StoreError> {
        let answer = self.client.get_item().table_name(&self.table).set_key(Some(key)).send().await?;
        answer.item.map_or(Ok(None), |item| read(&item, EVENT))
    }
}

fn event_key(event: EventId) -> Item {
    key(format!("EVENT#{event}"), "FACT")
}

fn performance_key(performance: PerformanceId) -> Item {
    key(format!("PERFORMANCE#{performance}"), "FACT")
}
