//! The read models of sales in DynamoDB. The table's items are listed in `items.rs`.

use std::collections::BTreeMap;
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{Delete, KeysAndAttributes, Put, TransactWriteItem};
use contracts::ids::{EventId, PerformanceId, ReservationId};
use kit::dynamo::{Item, PK, SK, StoreError, Transaction, n, partition, transaction};
use kit::retry::backoff;

use super::items::{
    Change, OUT_PREFIX, REVISION, SCORE, count_change, count_key, event_pk, fastest_change, mark_item, mark_key,
    performance_item, performance_key, sold_out_change, tally_item, tally_key,
};
use crate::domain::{Fastest, Generation, Ledger, Mark, PerformanceSales, SoldOutChanges, SoldOuts, Tally, Window};

/// The most keys of one `BatchGetItem`.
const MOST_KEYS: usize = 100;

/// The most actions of one transaction.
pub(super) const MOST_ACTIONS: usize = 100;

/// How often what a batch left out is asked for again.
const BATCH_TRIES: u32 = 6;

/// The table of the read models.
#[derive(Debug, Clone)]
pub struct SalesStore {
    pub(super) client: Client,
    pub(super) table: String,
}

/// What a step writes: the ledger as it was read and as it is to be, and what follows from the difference.
pub(super) struct Step<'a> {
    pub event: EventId,
    pub before: &'a Ledger,
    pub after: &'a Ledger,
    /// The new counts of windows that changed.
    pub counts: BTreeMap<Window, u64>,
    /// Performances that sold out otherwise than before, or no longer are.
    pub sold_outs: SoldOutChanges,
    /// Windows whose fastest performance changed.
    pub boards: BTreeMap<Window, Option<Fastest>>,
}

impl SalesStore {
    /// In this table.
    #[must_use]
    pub const fn new(client: Client, table: String) -> Self {
        Self { client, table }
    }

    /// The events that these performances are of, for those that are known.
    pub(super) async fn homes(
        &self,
        generation: Generation,
        performances: &[PerformanceId],
    ) -> Result<BTreeMap<PerformanceId, EventId>, StoreError> {
        let sales = self.performances(generation, performances).await?;
        Ok(sales.into_iter().map(|(id, sales)| (id, sales.event_id)).collect())
    }

    /// An event's tally, these performances and these reservations.
    ///
    /// The tally comes first: all else is written only together with a tally of the next revision, so whoever changes
    /// anything after that makes [`SalesStore::write`] refuse.
    pub(super) async fn ledger(
        &self,
        generation: Generation,
        event: EventId,
        performances: &[PerformanceId],
        reservations: &[ReservationId],
    ) -> Result<Ledger, StoreError> {
        let request = self.client.get_item().table_name(&self.table).set_key(Some(tally_key(generation, event)));
        let tally = request.consistent_read(true).send().await?.item;
        let tally: Tally = tally.map(serde_dynamo::from_item).transpose()?.unwrap_or_default();
        let (performances, marks) =
            (self.performances(generation, performances).await?, self.marks(generation, reservations).await?);
        Ok(Ledger { tally, performances, marks, moved: BTreeMap::new() })
    }

    async fn performances(
        &self,
        generation: Generation,
        ids: &[PerformanceId],
    ) -> Result<BTreeMap<PerformanceId, PerformanceSales>, StoreError> {
        let keys = ids.iter().map(|&id| performance_key(generation, id)).collect();
        let mut items = self.get(keys, true).await?;
        let mut found = BTreeMap::new();
        for &id in ids {
            if let Some(item) = take(&mut items, &performance_key(generation, id)) {
                found.insert(id, serde_dynamo::from_item(item)?);
            }
        }
        Ok(found)
    }

    async fn marks(
        &self,
        generation: Generation,
        ids: &[ReservationId],
    ) -> Result<BTreeMap<ReservationId, Mark>, StoreError> {
        let keys = ids.iter().map(|&id| mark_key(generation, id)).collect();
        let mut items = self.get(keys, true).await?;
        let mut found = BTreeMap::new();
        for &id in ids {
            if let Some(item) = take(&mut items, &mark_key(generation, id)) {
                found.insert(id, serde_dynamo::from_item(item)?);
            }
        }
        Ok(found)
    }

    /// How many tickets of an event each of these windows has.
    pub(super) async fn counts(
        &self,
        generation: Generation,
        event: EventId,
        windows: &[Window],
    ) -> Result<BTreeMap<Window, u64>, StoreError> {
        let keys = windows.iter().map(|&window| count_key(generation, event, window)).collect();
        let mut items = self.get(keys, true).await?;
        let mut counts = BTreeMap::new();
        for &window in windows {
            let item = take(&mut items, &count_key(generation, event, window));
            let count = item.map(|item| kit::dynamo::read(&item, SCORE)).transpose()?.flatten();
            counts.insert(window, count.unwrap_or_default());
        }
        Ok(counts)
    }

    /// The performances of an event that are sold out.
    pub(super) async fn sold_outs(&self, generation: Generation, event: EventId) -> Result<SoldOuts, StoreError> {
        let items = partition(&self.client, &self.table, event_pk(generation, event), OUT_PREFIX).await?;
        let mut sold_outs = SoldOuts::new();
        for item in items {
            let id =
                item.get(SK).and_then(|sk| sk.as_s().ok()).and_then(|sk| sk.strip_prefix(OUT_PREFIX)?.parse().ok());
            let id = id.ok_or_else(|| StoreError::Unreadable("a sold out performance has no id".into()))?;
            sold_outs.insert(id, serde_dynamo::from_item(item)?);
        }
        Ok(sold_outs)
    }

    /// Everything that a step changes, as items; the tally is the first.
    pub(super) fn changes(generation: Generation, step: &Step<'_>) -> Result<Vec<Change>, StoreError> {
        let Step { event, before, after, counts, sold_outs, boards } = step;
        let tally = Tally { revision: before.tally.revision + 1, ..after.tally.clone() };
        let mut changes = vec![Change::Put(tally_item(generation, *event, &tally)?)];
        for (id, sales) in &after.performances {
            if before.performances.get(id) != Some(sales) {
                changes.push(Change::Put(performance_item(generation, *id, sales)?));
            }
        }
        for (id, mark) in &after.marks {
            if before.marks.get(id) != Some(mark) {
                changes.push(Change::Put(mark_item(generation, *id, mark)?));
            }
        }
        // The tally is itself the count of all time.
        let windows = counts.iter().filter(|(window, _)| **window != Window::All);
        changes.extend(windows.map(|(window, tickets)| count_change(generation, *event, *window, *tickets)));
        for (id, sold_out) in sold_outs {
            changes.push(sold_out_change(generation, *event, *id, sold_out.as_ref())?);
        }
        changes.extend(boards.iter().map(|(window, top)| fastest_change(generation, *event, *window, top.as_ref())));
        Ok(changes)
    }

    /// Writes all of a step's changes, if the event's tally is still of this revision; says whether it was.
    pub(super) async fn write(&self, changes: Vec<Change>, revision: u64) -> Result<bool, StoreError> {
        let mut actions = Vec::with_capacity(changes.len());
        for (place, change) in changes.into_iter().enumerate() {
            let action = TransactWriteItem::builder();
            actions.push(match change {
                Change::Put(item) => {
                    let mut put = Put::builder().table_name(&self.table).set_item(Some(item));
                    if place == 0 {
                        put = if revision == 0 {
                            put.condition_expression("attribute_not_exists(#pk)").expression_attribute_names("#pk", PK)
                        } else {
                            put.condition_expression("#revision = :revision")
                                .expression_attribute_names("#revision", REVISION)
                                .expression_attribute_values(":revision", n(revision))
                        };
                    }
                    action.put(put.build().map_err(incomplete)?).build()
                }
                Change::Delete(key) => {
                    let delete = Delete::builder().table_name(&self.table).set_key(Some(key));
                    action.delete(delete.build().map_err(incomplete)?).build()
                }
            });
        }
        self.transact(actions).await
    }

    /// Writes all of it, if its conditions hold; says whether they did.
    pub(super) async fn transact(&self, actions: Vec<TransactWriteItem>) -> Result<bool, StoreError> {
        match transaction(self.client.transact_write_items().set_transact_items(Some(actions)).send().await)? {
            Transaction::Done => Ok(true),
            Transaction::Refused(_) => Ok(false),
            Transaction::Conflict => Err(StoreError::Contended),
        }
    }

    /// The items with these keys, of those that exist; at most 100 at a time.
    pub(super) async fn get(&self, keys: Vec<Item>, consistent: bool) -> Result<Vec<Item>, StoreError> {
        let mut items = Vec::with_capacity(keys.len());
        for some in keys.chunks(MOST_KEYS) {
            let mut missing = some.to_vec();
            for attempt in 1.. {
                let keys = KeysAndAttributes::builder().set_keys(Some(missing)).consistent_read(consistent).build();
                let request = self.client.batch_get_item().request_items(&self.table, keys.map_err(incomplete)?);
                let answer = request.send().await?;
                items.extend(answer.responses.unwrap_or_default().into_values().flatten());
                missing =
                    answer.unprocessed_keys.unwrap_or_default().into_values().flat_map(|left| left.keys).collect();
                if missing.is_empty() {
                    break;
                }
                if attempt == BATCH_TRIES {
                    return Err(StoreError::Unavailable("a batch stays incomplete".into()));
                }
                tokio::time::sleep(backoff(attempt, Duration::from_millis(20), Duration::from_millis(500))).await;
            }
        }
        Ok(items)
    }
}

/// The key of an item.
pub(super) fn key_of(item: &Item) -> Item {
    item.iter().filter(|(name, _)| [PK, SK].contains(&name.as_str())).map(|(k, v)| (k.clone(), v.clone())).collect()
}

fn take(items: &mut Vec<Item>, key: &Item) -> Option<Item> {
    let place = items.iter().position(|item| [PK, SK].iter().all(|part| item.get(*part) == key.get(*part)))?;
    Some(items.swap_remove(place))
}

pub(super) fn incomplete(error: BuildError) -> StoreError {
    StoreError::Unreadable(Box::new(error))
}
