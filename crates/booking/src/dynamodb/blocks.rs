//! Marks on seats: one write a block, all or nothing.

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update};
use contracts::booking::ReservationLine;
use contracts::ids::PerformanceId;
use kit::dynamo::{Conditional as _, Item, Refused, SK, StoreError, Transaction, key, n, s, transaction};
use kit::retry::backoff;
use tokio::task::JoinSet;

use super::{SHARDS, Store, shard_of};
use crate::domain::mark::Mark;
use crate::domain::occupancy::Occupancy;

pub(super) const PREFIX: &str = "SEATS#";

/// How often a write is tried that collides with others' transactions on the same blocks.
const CONFLICT_TRIES: u32 = 8;

/// What becomes of the marks of some seats.
#[derive(Debug, Clone, Copy)]
pub enum Change {
    /// Seats that are free at `now` (in seconds since 1970) get the mark.
    Take {
        /// The new mark.
        mark: Mark,
        /// The present.
        now: i64,
    },
    /// Seats that carry `from` get `to`; those that have it already keep it.
    Replace {
        /// The mark they carry.
        from: Mark,
        /// The mark they get.
        to: Mark,
    },
}

/// A seat that stood in the way of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its id.
    pub seat_id: String,
    /// Its mark; none when it has none.
    pub mark: Option<Mark>,
}

impl Change {
    fn target(self) -> Mark {
        match self {
            Self::Take { mark, .. } => mark,
            Self::Replace { to, .. } => to,
        }
    }

    fn condition(self, name: &str) -> String {
        match self {
            Self::Take { .. } => format!("(attribute_not_exists({name}) OR {name} < :bound)"),
            Self::Replace { .. } => format!("({name} = :from OR {name} = :to)"),
        }
    }

    fn allows(self, mark: Option<Mark>) -> bool {
        match self {
            Self::Take { now, .. } => mark.is_none_or(|mark| mark < Mark::bound(now)),
            Self::Replace { from, to } => mark.is_some_and(|mark| mark == from || mark == to),
        }
    }

    fn values(self) -> HashMap<String, AttributeValue> {
        let bound = match self {
            Self::Take { now, .. } => (":bound", Mark::bound(now)),
            Self::Replace { from, .. } => (":from", from),
        };
        HashMap::from([(":to".to_owned(), n(self.target())), (bound.0.to_owned(), n(bound.1))])
    }
}

impl Store {
    /// Changes the marks of all seats of the lines, or of none.
    ///
    /// Seats of one block: one call, one write unit. Of several: one transaction. Either is tried again while others'
    /// transactions are writing the same blocks. Says which seats stood in the way.
    ///
    /// # Errors
    /// When the table does not answer, or others kept writing the same blocks.
    pub async fn mark(
        &self,
        performance: PerformanceId,
        lines: &[ReservationLine],
        change: Change,
    ) -> Result<Result<(), Vec<Taken>>, StoreError> {
        match lines {
            [line] => while_contended(|| self.mark_block(performance, line, change)).await,
            lines => while_contended(|| self.mark_blocks(performance, lines, change)).await,
        }
    }

    async fn mark_block(
        &self,
        performance: PerformanceId,
        line: &ReservationLine,
        change: Change,
    ) -> Result<Result<(), Vec<Taken>>, StoreError> {
        let outcome = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(block_key(performance, &line.block)))
            .update_expression(set_expression(line))
            .condition_expression(condition(line, change))
            .set_expression_attribute_names(Some(names(line)))
            .set_expression_attribute_values(Some(change.values()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await
            .conditional()?;
        Ok(outcome.map(drop).map_err(|refused| in_the_way(line, &refused, change)))
    }

    async fn mark_blocks(
        &self,
        performance: PerformanceId,
        lines: &[ReservationLine],
        change: Change,
    ) -> Result<Result<(), Vec<Taken>>, StoreError> {
        let mut request = self.client.transact_write_items();
        for line in lines {
            let update = Update::builder()
                .table_name(&self.table)
                .set_key(Some(block_key(performance, &line.block)))
                .update_expression(set_expression(line))
                .condition_expression(condition(line, change))
                .set_expression_attribute_names(Some(names(line)))
                .set_expression_attribute_values(Some(change.values()))
                .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
                .build()
                .map_err(|error| StoreError::Unreadable(Box::new(error)))?;
            request = request.transact_items(TransactWriteItem::builder().update(update).build());
        }
        match transaction(request.send().await)? {
            Transaction::Done => Ok(Ok(())),
            Transaction::Conflict => Err(StoreError::Contended),
            Transaction::Refused(refusals) => {
                let taken = lines.iter().zip(refusals).filter_map(|(line, refusal)| Some((line, refusal?)));
                Ok(Err(taken.flat_map(|(line, refused)| in_the_way(line, &refused, change)).collect()))
            }
        }
    }

    /// Frees the seats of the lines that carry `from`, and says whether all of them did. A block in which any seat has
    /// another mark by now is left alone: the seats are not ours to free any more, or were freed before.
    ///
    /// # Errors
    /// When the table does not answer, or others kept writing the same blocks.
    pub async fn free(
        &self,
        performance: PerformanceId,
        lines: &[ReservationLine],
        from: Mark,
    ) -> Result<bool, StoreError> {
        let mut all = true;
        for line in lines {
            all &= while_contended(|| self.free_block(performance, line, from)).await?;
        }
        Ok(all)
    }

    async fn free_block(
        &self,
        performance: PerformanceId,
        line: &ReservationLine,
        from: Mark,
    ) -> Result<bool, StoreError> {
        let slots: Vec<_> = line.seats.iter().map(|seat| format!("#s{}", seat.slot)).collect();
        let condition: Vec<_> = slots.iter().map(|name| format!("{name} = :from")).collect();
        let outcome = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(block_key(performance, &line.block)))
            .update_expression(format!("REMOVE {}", slots.join(", ")))
            .condition_expression(condition.join(" AND "))
            .set_expression_attribute_names(Some(names(line)))
            .expression_attribute_values(":from", n(from))
            .send()
            .await
            .conditional()?;
        Ok(outcome.is_ok())
    }

    /// All marks of a performance, as of a moment ago.
    ///
    /// # Errors
    /// When the table does not answer or holds something that is no mark.
    pub async fn occupancy(&self, performance: PerformanceId) -> Result<Occupancy, StoreError> {
        self.marks(performance, false).await
    }

    /// All marks of a performance, none older than this call; twice as dear as [`Store::occupancy`].
    ///
    /// # Errors
    /// As [`Store::occupancy`].
    pub async fn present_occupancy(&self, performance: PerformanceId) -> Result<Occupancy, StoreError> {
        self.marks(performance, true).await
    }

    async fn marks(&self, performance: PerformanceId, consistent: bool) -> Result<Occupancy, StoreError> {
        let mut queries = JoinSet::new();
        for shard in 0..SHARDS {
            let query = self
                .client
                .query()
                .table_name(&self.table)
                .consistent_read(consistent)
                .key_condition_expression("#pk = :pk")
                .expression_attribute_names("#pk", kit::dynamo::PK)
                .expression_attribute_values(":pk", s(partition(performance, shard)))
                .into_paginator()
                .items()
                .send();
            queries.spawn(query.collect::<Result<Vec<Item>, _>>());
        }
        let mut occupancy = Occupancy::default();
        while let Some(finished) = queries.join_next().await {
            let items = finished.map_err(|error| StoreError::Unavailable(Box::new(error)))??;
            for item in items {
                let Some(Ok(block)) = item.get(SK).map(AttributeValue::as_s) else {
                    continue;
                };
                occupancy.insert(block.clone(), marks(&item)?);
            }
        }
        Ok(occupancy)
    }
}

/// Tries a write anew while others' transactions hold one of its items, with a random wait in between.
async fn while_contended<T, F>(write: impl Fn() -> F) -> Result<T, StoreError>
where
    F: Future<Output = Result<T, StoreError>>,
{
    for attempt in 1..CONFLICT_TRIES {
        match write().await {
            Err(StoreError::Contended) => {
                tokio::time::sleep(backoff(attempt, Duration::from_millis(15), Duration::from_millis(400))).await;
            }
            outcome => return outcome,
        }
    }
    write().await
}

fn partition(performance: PerformanceId, shard: u64) -> String {
    format!("{PREFIX}{performance}#{shard}")
}

fn block_key(performance: PerformanceId, block: &str) -> Item {
    key(partition(performance, shard_of(block)), block)
}

fn names(line: &ReservationLine) -> HashMap<String, String> {
    line.seats.iter().map(|seat| (format!("#s{}", seat.slot), format!("s{}", seat.slot))).collect()
}

fn set_expression(line: &ReservationLine) -> String {
    let sets: Vec<_> = line.seats.iter().map(|seat| format!("#s{} = :to", seat.slot)).collect();
    format!("SET {}", sets.join(", "))
}

fn condition(line: &ReservationLine, change: Change) -> String {
    let conditions: Vec<_> = line.seats.iter().map(|seat| change.condition(&format!("#s{}", seat.slot))).collect();
    conditions.join(" AND ")
}

fn in_the_way(line: &ReservationLine, refused: &Refused, change: Change) -> Vec<Taken> {
    let empty = Item::new();
    let item = refused.0.as_ref().unwrap_or(&empty);
    line.seats
        .iter()
        .map(|seat| (seat, mark_in(item, &format!("s{}", seat.slot))))
        .filter(|&(_, mark)| !change.allows(mark))
        .map(|(seat, mark)| Taken { seat_id: seat.id.clone(), mark })
        .collect()
}

fn mark_in(item: &Item, name: &str) -> Option<Mark> {
    item.get(name).and_then(|value| value.as_n().ok()).and_then(|number| Mark::parse(number))
}

/// The marks in an image of a block, as the table's stream carries it: by slot. What is no mark is left out; whoever
/// counts the block comes upon it.
#[must_use]
pub fn marks_of_image(image: &serde_dynamo::Item) -> HashMap<usize, Mark> {
    let mark = |(name, value): (&String, &serde_dynamo::AttributeValue)| {
        let slot = name.strip_prefix('s')?.parse().ok()?;
        let serde_dynamo::AttributeValue::N(number) = value else { return None };
        Some((slot, Mark::parse(number)?))
    };
    image.iter().filter_map(mark).collect()
}

fn marks(item: &Item) -> Result<HashMap<usize, Mark>, StoreError> {
    item.iter()
        .filter_map(|(name, value)| {
            let slot = name.strip_prefix('s')?.parse().ok()?;
            Some(
                value
                    .as_n()
                    .ok()
                    .and_then(|number| Mark::parse(number))
                    .map(|mark| (slot, mark))
                    .ok_or_else(|| StoreError::Unreadable(format!("seat {name} carries no mark").into())),
            )
        })
        .collect()
}
