//! The use case behind `GET /events/ranking`.

use std::collections::{BTreeSet, HashMap};

use contracts::ids::{EventId, PerformanceId};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use kit::dynamo::{Item, StoreError, read, s};

use super::items::{EVENT_ID, FACTS, PERFORMANCE_ID, RANKING, RANKING_PK, SCORE, SOLD_OUT_AT, board, tally_key};
use super::store::SalesStore;
use crate::domain::{By, Entry, EventFacts, Generation, Period, Window, is_decided, met, ranked};

/// The fewest entries of a board that are read at once, so that a short ranking at the edge of many equal scores does not
/// go through them by twos. As many as one `BatchGetItem` answers what is known of.
const LEAST_PAGE: usize = 100;

/// The most entries of a board that one ranking reads. Only called-off events and equal scores ask for more than the
/// answer has; among more than so many equal ones, chance decides instead of the id.
const MOST_ENTRIES: usize = 1_000;

/// Answers who comes first.
#[derive(Debug, Clone)]
pub struct Rankings {
    store: SalesStore,
    zone: TimeZone,
}

impl Rankings {
    /// From this table, with the days and weeks of this time zone.
    #[must_use]
    pub const fn new(store: SalesStore, zone: TimeZone) -> Self {
        Self { store, zone }
    }

    /// The first `limit` public events of the current day, the current week or of all time.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn top(
        &self,
        by: By,
        period: Period,
        limit: usize,
        now: Timestamp,
    ) -> Result<Vec<(Entry, EventFacts)>, StoreError> {
        let window = Window::at(period, now, &self.zone);
        let mut generation = self.store.generations().await?.live;
        loop {
            let top = self.top_of(generation, by, window, limit).await?;
            // A generation that is no longer read is being deleted: what was found of it may be a part.
            let live = self.store.generations().await?.live;
            if live == generation {
                return Ok(top);
            }
            generation = live;
        }
    }

    async fn top_of(
        &self,
        generation: Generation,
        by: By,
        window: Window,
        limit: usize,
    ) -> Result<Vec<(Entry, EventFacts)>, StoreError> {
        let board = board(generation, by, window);
        let (mut entries, mut facts, mut after, mut read) = (Vec::new(), HashMap::new(), None, 0);
        loop {
            // One more than asked for shows whether the last one has equals.
            let (page, next) = self.store.board(&board, by, LEAST_PAGE.max(limit + 1), after).await?;
            read += page.len();
            let unknown: BTreeSet<EventId> =
                page.iter().map(|entry| entry.event_id).filter(|id| !facts.contains_key(id)).collect();
            facts.extend(self.store.facts(generation, unknown).await?);
            met(&mut entries, page);
            after = next;
            if after.is_none() || read >= MOST_ENTRIES || is_decided(&entries, &facts, limit) {
                return Ok(ranked(by, entries, &facts, limit));
            }
        }
    }
}

impl SalesStore {
    /// A page of a board from its top, and where the next one begins.
    async fn board(
        &self,
        board: &str,
        by: By,
        limit: usize,
        after: Option<Item>,
    ) -> Result<(Vec<Entry>, Option<Item>), StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(RANKING)
            .key_condition_expression("#board = :board")
            .expression_attribute_names("#board", RANKING_PK)
            .expression_attribute_values(":board", s(board))
            .scan_index_forward(by == By::Sellout)
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .set_exclusive_start_key(after);
        let answer = query.send().await?;
        let entries = answer.items.unwrap_or_default().iter().map(entry).collect::<Result<_, _>>()?;
        Ok((entries, answer.last_evaluated_key))
    }

    /// What is known of these events.
    async fn facts(
        &self,
        generation: Generation,
        events: BTreeSet<EventId>,
    ) -> Result<HashMap<EventId, EventFacts>, StoreError> {
        let keys = events.into_iter().map(|event| tally_key(generation, event)).collect();
        let mut facts = HashMap::new();
        for item in self.get(keys, false).await? {
            if let (Some(event), Some(known)) = (read(&item, EVENT_ID)?, read(&item, FACTS)?) {
                facts.insert(event, known);
            }
        }
        Ok(facts)
    }
}

fn entry(item: &Item) -> Result<Entry, StoreError> {
    let missing = || StoreError::Unreadable("an entry of a board is incomplete".into());
    let performance: Option<PerformanceId> = read(item, PERFORMANCE_ID)?;
    let sold_out_at: Option<Timestamp> = read(item, SOLD_OUT_AT)?;
    Ok(Entry {
        event_id: read(item, EVENT_ID)?.ok_or_else(missing)?,
        score: read(item, SCORE)?.ok_or_else(missing)?,
        sold_out: performance.zip(sold_out_at),
    })
}
