//! News into one generation of the read models.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use contracts::ids::{EventId, PerformanceId, ReservationId};
use futures_util::stream::{self, StreamExt as _};
use jiff::tz::TimeZone;
use kit::dynamo::StoreError;
use kit::retry::backoff;

use super::store::{MOST_ACTIONS, SalesStore, Step};
use crate::domain::{Generation, News, Sale, Tally, Window, changed_boards};

/// How many events are dealt with side by side. They share no items.
const PARALLEL_EVENTS: usize = 8;

/// The most news of one event in one transaction to begin with: nearly all of its actions are theirs.
const MOST_NEWS: usize = 90;

/// How often a step is tried while others change the same event.
const TRIES: u32 = 12;

/// Brings news into the read models.
#[derive(Debug, Clone)]
pub struct Projector {
    store: SalesStore,
    zone: TimeZone,
}

/// What came of some news.
#[derive(Debug, Default)]
pub struct Projected {
    /// The events that had sales among the news, as they stand now.
    pub tallies: Vec<(EventId, Tally)>,
    /// News that may not be in the read models. All others are.
    pub failed: Vec<Failed<StoreError>>,
}

/// News that could not be dealt with now. Bringing them again does no harm to those that were.
#[derive(Debug)]
pub struct Failed<E> {
    /// Their places in the list.
    pub news: Vec<usize>,
    /// Why.
    pub error: E,
}

enum Tried {
    Done(Tally),
    Lost,
    TooLarge,
}

impl Projector {
    /// Into this table, with the days and weeks of this time zone.
    #[must_use]
    pub const fn new(store: SalesStore, zone: TimeZone) -> Self {
        Self { store, zone }
    }

    /// Counts what there is to count. News may come in any order and any number of times.
    ///
    /// A reservation names its performance and not the event; while the performance is unknown, its sales wait in the
    /// table until it is.
    pub async fn project(&self, generation: Generation, news: &[News]) -> Projected {
        let mut projected = Projected::default();
        let homes = match self.homes(generation, news).await {
            Ok(homes) => homes,
            Err(error) => {
                projected.failed.push(Failed { news: (0..news.len()).collect(), error });
                return projected;
            }
        };
        let mut groups: BTreeMap<EventId, Vec<usize>> = BTreeMap::new();
        for (place, one) in news.iter().enumerate() {
            let home = match one {
                News::Event(id, _) => Some(*id),
                News::Performance(_, facts) => Some(facts.event_id),
                News::Sale(sale) => match homes.get(&sale.performance_id) {
                    Some(event) => Some(*event),
                    None => match self.park(generation, sale).await {
                        Ok(home) => home,
                        Err(error) => {
                            projected.failed.push(Failed { news: vec![place], error });
                            None
                        }
                    },
                },
            };
            if let Some(event) = home {
                groups.entry(event).or_default().push(place);
            }
        }
        let results = stream::iter(groups).map(|(event, places)| async move {
            let of_event = places.iter().filter_map(|&place| news.get(place)).collect();
            (event, self.project_event(generation, event, of_event).await, places)
        });
        let results: Vec<_> = results.buffer_unordered(PARALLEL_EVENTS).collect().await;
        for (event, result, places) in results {
            match result {
                Ok(tally) => projected.tallies.extend(tally.map(|tally| (event, tally))),
                Err(error) => projected.failed.push(Failed { news: places, error }),
            }
        }
        projected
    }

    /// The events of the performances that are sold among the news, as the news or the table know them.
    async fn homes(
        &self,
        generation: Generation,
        news: &[News],
    ) -> Result<BTreeMap<PerformanceId, EventId>, StoreError> {
        let mut known = BTreeMap::new();
        let mut wanted = BTreeSet::new();
        for one in news {
            match one {
                News::Event(..) => {}
                News::Performance(id, facts) => _ = known.insert(*id, facts.event_id),
                News::Sale(sale) => _ = wanted.insert(sale.performance_id),
            }
        }
        let wanted: Vec<_> = wanted.into_iter().filter(|id| !known.contains_key(id)).collect();
        known.extend(self.store.homes(generation, &wanted).await?);
        Ok(known)
    }

    /// Lets a sale wait for its performance. Answers the event when the performance has become known in the meantime.
    async fn park(&self, generation: Generation, sale: &Sale) -> Result<Option<EventId>, StoreError> {
        for attempt in 1..=TRIES {
            match self.store.park(generation, sale).await {
                Ok(true) => return Ok(None),
                Ok(false) => {
                    let homes = self.store.homes(generation, &[sale.performance_id]).await?;
                    return Ok(homes.get(&sale.performance_id).copied());
                }
                Err(StoreError::Contended) => wait(attempt).await,
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Contended)
    }

    /// Deals with the news of one event; answers its tally if there were sales among them or waiting for them.
    async fn project_event(
        &self,
        generation: Generation,
        event: EventId,
        news: Vec<&News>,
    ) -> Result<Option<Tally>, StoreError> {
        // What is known of performances comes first: sales of an unknown one cannot be counted.
        let (sales, facts): (Vec<_>, Vec<_>) = news.into_iter().partition(|one| matches!(one, News::Sale(_)));
        let mut sold = !sales.is_empty();
        let performances: BTreeSet<PerformanceId> = facts.iter().filter_map(|one| performance_of(one)).collect();
        let mut tally = self.steps(generation, event, &[facts, sales].concat()).await?;
        for performance in performances {
            let (keys, sales): (Vec<_>, Vec<_>) = self.store.parked(generation, performance).await?.into_iter().unzip();
            if sales.is_empty() {
                continue;
            }
            let sales: Vec<News> = sales.into_iter().map(News::Sale).collect();
            tally = self.steps(generation, event, &sales.iter().collect::<Vec<_>>()).await?;
            self.store.delete(keys).await?;
            sold = true;
        }
        Ok(sold.then_some(tally))
    }

    /// Counts news of one event in as few transactions as they fit into.
    async fn steps(&self, generation: Generation, event: EventId, news: &[&News]) -> Result<Tally, StoreError> {
        let mut most = MOST_NEWS;
        let mut rest = news;
        let mut tally = Tally::default();
        while !rest.is_empty() {
            let (some, later) = rest.split_at(most.min(rest.len()));
            match self.step(generation, event, some).await? {
                Some(now) => (tally, rest) = (now, later),
                None => most = some.len().div_ceil(2),
            }
        }
        Ok(tally)
    }

    /// Counts these news in one transaction; `None` when they do not fit into one.
    async fn step(&self, generation: Generation, event: EventId, news: &[&News]) -> Result<Option<Tally>, StoreError> {
        for attempt in 1..=TRIES {
            match self.try_step(generation, event, news).await {
                Ok(Tried::Done(tally)) => return Ok(Some(tally)),
                Ok(Tried::TooLarge) => return Ok(None),
                Ok(Tried::Lost) | Err(StoreError::Contended) => wait(attempt).await,
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Contended)
    }

    async fn try_step(&self, generation: Generation, event: EventId, news: &[&News]) -> Result<Tried, StoreError> {
        let performances: BTreeSet<PerformanceId> = news.iter().filter_map(|one| performance_of(one)).collect();
        let reservations: BTreeSet<ReservationId> = news.iter().filter_map(|one| reservation_of(one)).collect();
        let (performances, reservations) = (Vec::from_iter(performances), Vec::from_iter(reservations));
        let before = self.store.ledger(generation, event, &performances, &reservations).await?;
        let mut after = before.clone();
        for one in news {
            // A performance is only ever forgotten with its whole generation: this worker is late, and is called again.
            after.apply(one, &self.zone).map_err(|error| StoreError::Unavailable(Box::new(error)))?;
        }
        if after == before {
            return Ok(Tried::Done(before.tally));
        }

        let windows: Vec<Window> = after.moved.keys().copied().filter(|window| *window != Window::All).collect();
        let mut counts = self.store.counts(generation, event, &windows).await?;
        for (window, count) in &mut counts {
            *count = count.saturating_add_signed(after.moved.get(window).copied().unwrap_or_default());
        }
        let sold_outs = after.sold_outs_since(&before);
        let boards = if sold_outs.is_empty() {
            BTreeMap::new()
        } else {
            let known = self.store.sold_outs(generation, event).await?;
            changed_boards(&known, &sold_outs)
        };
        let step = Step { event, before: &before, after: &after, counts, sold_outs, boards };
        let changes = SalesStore::changes(generation, &step)?;
        if changes.len() > MOST_ACTIONS && news.len() > 1 {
            return Ok(Tried::TooLarge);
        }
        let revision = before.tally.revision;
        let written = self.store.write(changes, revision).await?;
        Ok(if written { Tried::Done(Tally { revision: revision + 1, ..after.tally }) } else { Tried::Lost })
    }
}

fn performance_of(news: &News) -> Option<PerformanceId> {
    match news {
        News::Event(..) => None,
        News::Performance(id, _) => Some(*id),
        News::Sale(sale) => Some(sale.performance_id),
    }
}

fn reservation_of(news: &News) -> Option<ReservationId> {
    match news {
        News::Sale(sale) => Some(sale.reservation_id),
        _ => None,
    }
}

async fn wait(attempt: u32) {
    tokio::time::sleep(backoff(attempt, Duration::from_millis(20), Duration::from_millis(500))).await;
}
