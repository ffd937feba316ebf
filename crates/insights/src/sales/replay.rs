//! The read models anew, from the event store, beside those that are read.
//!
//! It goes in small steps whose progress is a value: whoever calls may stop after any of them and go on later, or begin
//! again, which changes nothing.

use contracts::event::{Envelope, EventType};
use futures_util::future::try_join_all;
use jiff::tz::TimeZone;
use kit::dynamo::{Item, PK, SK, StoreError, key};
use serde::{Deserialize, Serialize};

use super::compare::Difference;
use super::project::{Popularity, ProjectError, popularity};
use super::projector::{Failed, Projector};
use super::store::SalesStore;
use crate::domain::{CATALOG_EVENTS, Generation, News, RESERVATION_EVENTS};
use crate::store::EventStore;

/// How many parts of the event store are read side by side.
const SEGMENTS: usize = 4;

/// How many events of a part are looked at in one step.
const PAGE: i32 = 250;

/// The most differences, and the most unreadable events, that are told one by one.
const MOST_TOLD: usize = 100;

/// How far into a table one has read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Position {
    /// Not at all.
    Start,
    /// Up to the item with this key, which is included.
    After(String, String),
    /// All of it.
    End,
}

impl Position {
    /// Where to go on: nowhere when there is nothing left.
    pub(crate) fn start(&self) -> Option<Option<Item>> {
        match self {
            Self::Start => Some(None),
            Self::After(pk, sk) => Some(Some(key(pk, sk))),
            Self::End => None,
        }
    }

    /// Behind the last key that DynamoDB looked at.
    pub(crate) fn after(last: Option<Item>) -> Result<Self, StoreError> {
        let Some(last) = last else { return Ok(Self::End) };
        let part = |name: &str| last.get(name).and_then(|value| value.as_s().ok()).cloned();
        part(PK)
            .zip(part(SK))
            .map(|(pk, sk)| Self::After(pk, sk))
            .ok_or_else(|| StoreError::Unreadable("a page ends without a key".into()))
    }
}

/// How far a rebuild has come, and what it has found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// The generation that is being built.
    pub generation: Generation,
    /// What is done next.
    pub phase: Phase,
    /// Events read from the store that matter to sales.
    pub events: u64,
    /// Those that could not be read, by their names; the first hundred.
    pub unreadable: Vec<String>,
    /// Where the new generation differs from the one that was read so far; the first hundred.
    pub differences: Vec<Difference>,
    /// In how many items it does.
    pub differing: u64,
}

/// What a rebuild does next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Phase {
    /// Goes through the event store, part by part.
    Build(Pass, Vec<Position>),
    /// Compares the generations.
    Compare(Position),
    /// The new generation is read: deletes the old one, and tells the catalogue what the new one says.
    Sweep(Position),
    /// Nothing: it is done.
    Done,
}

/// The event store is gone through twice, since it is in no order: a sale whose performance has not been met must be put
/// aside, and all of those of one performance be counted at once when it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Pass {
    /// First for events and performances.
    Catalog,
    /// Then for their sales.
    Reservations,
}

impl Pass {
    const fn types(self) -> &'static [EventType] {
        match self {
            Self::Catalog => &CATALOG_EVENTS,
            Self::Reservations => &RESERVATION_EVENTS,
        }
    }

    /// What follows when all of the store was gone through.
    fn next(self) -> Phase {
        match self {
            Self::Catalog => Self::Reservations.start(),
            Self::Reservations => Phase::Compare(Position::Start),
        }
    }

    fn start(self) -> Phase {
        Phase::Build(self, vec![Position::Start; SEGMENTS])
    }
}

/// A rebuild could not go on.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// A table or the queue did not answer, or news could not be counted. The same step may be done again.
    #[error(transparent)]
    Step(#[from] ProjectError),
    /// The rebuild was finished by somebody else, and another one may be under way. Begin anew.
    #[error("generation {0} is not being built any more")]
    Over(Generation),
}

impl From<StoreError> for ReplayError {
    fn from(error: StoreError) -> Self {
        Self::Step(error.into())
    }
}

/// Builds the read models anew.
#[derive(Debug, Clone)]
pub struct Replay<P> {
    events: EventStore,
    store: SalesStore,
    projector: Projector,
    popularity: P,
}

impl<P: Popularity> Replay<P> {
    /// From this event store into this table, with the days and weeks of this time zone, telling the catalogue this way.
    pub fn new(events: EventStore, store: SalesStore, zone: TimeZone, popularity: P) -> Self {
        Self { events, projector: Projector::new(store.clone(), zone), store, popularity }
    }

    /// Has a new generation built from now on. When one is being built already, that one is gone through from the
    /// beginning: what it has counted it does not count again.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn begin(&self) -> Result<Progress, ReplayError> {
        let generation = self.store.begin().await?;
        let phase = Pass::Catalog.start();
        let (unreadable, differences) = (Vec::new(), Vec::new());
        Ok(Progress { generation, phase, events: 0, unreadable, differences, differing: 0 })
    }

    /// One step further.
    ///
    /// # Errors
    /// When something did not answer: the step may be done again. When the rebuild is over.
    pub async fn step(&self, mut progress: Progress) -> Result<Progress, ReplayError> {
        let generation = progress.generation;
        let now = self.store.generations().await?;
        progress.phase = match progress.phase {
            Phase::Done => Phase::Done,
            // Somebody else went through the same rebuild and was faster.
            Phase::Build(..) | Phase::Compare(_) if now.live == generation => Phase::Sweep(Position::Start),
            Phase::Build(..) | Phase::Compare(_) if now.building != Some(generation) => {
                return Err(ReplayError::Over(generation));
            }
            Phase::Sweep(_) if now.live != generation => return Err(ReplayError::Over(generation)),
            Phase::Build(pass, parts) => {
                self.build(pass, parts, &mut progress.events, &mut progress.unreadable, generation).await?
            }
            Phase::Compare(position) => {
                let patient = progress.differing < MOST_TOLD as u64;
                let (found, next) = self.store.compare(now.live, generation, position, patient).await?;
                progress.differing += found.len() as u64;
                progress.differences.extend(found);
                progress.differences.truncate(MOST_TOLD);
                if next == Position::End {
                    self.store.switch(generation).await?;
                    Phase::Sweep(Position::Start)
                } else {
                    Phase::Compare(next)
                }
            }
            Phase::Sweep(position) => {
                let (tallies, next) = self.store.sweep(generation, position).await?;
                let counts: Vec<_> =
                    tallies.iter().map(|(event, tally)| popularity(generation, *event, tally)).collect();
                self.popularity.tell(&counts).await.map_err(ProjectError::from)?;
                if next == Position::End { Phase::Done } else { Phase::Sweep(next) }
            }
        };
        Ok(progress)
    }

    async fn build(
        &self,
        pass: Pass,
        parts: Vec<Position>,
        events: &mut u64,
        unreadable: &mut Vec<String>,
        generation: Generation,
    ) -> Result<Phase, ReplayError> {
        let (total, types) = (parts.len(), pass.types());
        let pages = parts.iter().enumerate().map(|(part, position)| self.events.page(part, total, position, types));
        let (pages, parts): (Vec<Vec<Envelope>>, Vec<Position>) = try_join_all(pages).await?.into_iter().unzip();
        let mut news = Vec::new();
        for event in pages.into_iter().flatten() {
            *events += 1;
            match News::of(&event) {
                Ok(said) => news.extend(said),
                Err(_) if unreadable.len() < MOST_TOLD => unreadable.push(event.event_id()),
                Err(_) => {}
            }
        }
        let projected = self.projector.project(generation, &news).await;
        if let Some(Failed { error, .. }) = projected.failed.into_iter().next() {
            return Err(error.into());
        }
        let all_read = parts.iter().all(|part| *part == Position::End);
        Ok(if all_read { pass.next() } else { Phase::Build(pass, parts) })
    }
}

impl EventStore {
    /// Some events of these types, of one of `total` parts of the store, and where the next ones begin.
    async fn page(
        &self,
        part: usize,
        total: usize,
        position: &Position,
        types: &[EventType],
    ) -> Result<(Vec<Envelope>, Position), StoreError> {
        let Some(start) = position.start() else { return Ok((Vec::new(), Position::End)) };
        let (events, last) = self.scan(part, total, start, PAGE, types).await?;
        Ok((events, Position::after(last)?))
    }
}
