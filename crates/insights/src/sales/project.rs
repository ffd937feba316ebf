//! The use case behind the queue `sales`: what happened is counted once, and the catalogue hears how events sell.

use contracts::ids::EventId;
use contracts::insights::EventPopularity;
use jiff::tz::TimeZone;
use kit::dynamo::StoreError;

use super::projector::{Failed, Projected, Projector};
use super::store::SalesStore;
use crate::domain::{Generation, News, Tally};
use crate::queues::{Message, SendError, SqsQueue};

/// Tells the catalogue how events sell.
pub trait Popularity {
    /// Returns when all of it is on its way.
    ///
    /// # Errors
    /// When that cannot be said of all of it.
    fn tell(&self, counts: &[EventPopularity]) -> impl Future<Output = Result<(), SendError>>;
}

impl Popularity for SqsQueue {
    async fn tell(&self, counts: &[EventPopularity]) -> Result<(), SendError> {
        let messages: Vec<Message> = counts
            .iter()
            .map(|count| Message::json(count, 0))
            .collect::<Result<_, _>>()
            .map_err(|error| self.unavailable(error))?;
        self.send(&messages).await
    }
}

/// What the catalogue hears of an event.
#[must_use]
pub fn popularity(generation: Generation, event_id: EventId, tally: &Tally) -> EventPopularity {
    EventPopularity { event_id, tickets: tally.tickets, revision: generation.revision(tally.revision) }
}

/// News could not be dealt with.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// The read models could not be changed.
    #[error("the sales could not be counted")]
    Store(#[from] StoreError),
    /// They are counted, but the catalogue may not have heard of it.
    #[error("the catalogue could not be told")]
    Send(#[from] SendError),
}

/// Counts sales as they happen.
#[derive(Debug, Clone)]
pub struct ProjectSales<P> {
    store: SalesStore,
    projector: Projector,
    popularity: P,
}

impl<P: Popularity> ProjectSales<P> {
    /// In this table, with the days and weeks of this time zone, telling the catalogue this way.
    pub fn new(store: SalesStore, zone: TimeZone, popularity: P) -> Self {
        Self { projector: Projector::new(store.clone(), zone), store, popularity }
    }

    /// Brings news into every generation that there is: the one that is read, and the one that is being built. Answers
    /// those that have to be brought again.
    ///
    /// Whoever starts to build a generation reads the event store after having said so here, and every event is in the
    /// store before it is in the queue. So an event that is projected by somebody who has not read of the new generation
    /// is found in the store.
    pub async fn project(&self, news: &[News]) -> Vec<Failed<ProjectError>> {
        let all = || (0..news.len()).collect();
        let generations = match self.store.generations().await {
            Ok(generations) => generations,
            Err(error) => return vec![Failed { news: all(), error: error.into() }],
        };
        let Projected { mut tallies, failed } = self.projector.project(generations.live, news).await;
        let mut failed: Vec<_> = failed.into_iter().map(not_counted).collect();
        let mut told = generations.live;
        if let Some(building) = generations.building {
            let built = self.projector.project(building, news).await;
            failed.extend(built.failed.into_iter().map(not_counted));
            // Whoever has it read from now on finds these news in it, and tells of them. Whoever did so before may not
            // have found them, and the catalogue takes what the old one says for older.
            match self.store.generations().await {
                Ok(now) if now.live == building => (told, tallies) = (building, built.tallies),
                Ok(_) => {}
                Err(error) => failed.push(Failed { news: all(), error: error.into() }),
            }
        }
        // Also when nothing was new: whoever counted it may have been stopped before telling.
        let counts: Vec<_> = tallies.iter().map(|(event, tally)| popularity(told, *event, tally)).collect();
        if !counts.is_empty()
            && let Err(error) = self.popularity.tell(&counts).await
        {
            failed.push(Failed { news: all(), error: error.into() });
        }
        failed
    }
}

fn not_counted(Failed { news, error }: Failed<StoreError>) -> Failed<ProjectError> {
    Failed { news, error: error.into() }
}
