//! Gates: how many places are occupied, and the one transaction that occupies another.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{KeysAndAttributes, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update};
use contracts::event::EventType;
use contracts::ids::EventId;
use jiff::Timestamp;
use kit::dynamo::{Item, PK, SK, StoreError, TTL, Transaction, n, read, transaction};

use super::admissions::{item_of, parse};
use super::counters::{Counters, by_key, health, recent_payments};
use super::{KEPT_SECONDS, Store, counter_key, gate_key};
use crate::domain::admission::Admission;
use crate::domain::sale::PaymentHealth;

/// How often a read that the table answered in part is asked again.
const MOST_READS: u32 = 5;

/// A gate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Gate {
    /// Occupied places.
    pub occupied: u32,
    /// How many there may be.
    pub limit: u32,
    /// Whether it lets in newcomers without a place in the line.
    pub walk_ins: bool,
    /// How many places in the line were traded at it, ever.
    pub claims: u64,
}

/// An admission on its way through a gate.
#[derive(Debug, Clone)]
pub struct NewAdmission<'a> {
    /// The admission; its gate is the one to pass.
    pub admission: &'a Admission,
    /// When the ticket was made that is traded for it, in seconds since 1970; none for a newcomer who walks in.
    pub ticket_made_at: Option<i64>,
}

/// What came of trying a gate.
#[derive(Debug, Clone, PartialEq)]
pub enum Passage {
    /// Through.
    Passed,
    /// No room, or not for newcomers.
    Full,
    /// The person's latest admission stands against it.
    Known(Box<Admission>),
    /// Others were passing at this moment.
    Crowded,
}

/// What a round is planned by.
#[derive(Debug, Clone, PartialEq)]
pub struct Survey {
    /// Numbers given out.
    pub counters: Counters,
    /// The gates, in order.
    pub gates: Vec<Option<Gate>>,
    /// Outcomes of payments in the last minutes.
    pub health: PaymentHealth,
}

impl Store {
    /// Lets somebody in if their gate has room: the admission and the gate's count change together or not at all.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn pass(&self, new: &NewAdmission<'_>, now: Timestamp) -> Result<Passage, StoreError> {
        let admission = new.admission;
        let Some(gate) = admission.gate else { return Ok(Passage::Full) };
        let (event, era) = (admission.state.event_id, admission.state.era);
        let mut put = Put::builder()
            .table_name(&self.table)
            .set_item(Some(item_of(admission, EventType::AdmissionGranted, now)?))
            .expression_attribute_names("#gate", "gate")
            .expression_attribute_names("#era", "era")
            .expression_attribute_values(":era", n(era))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let mut update = Update::builder()
            .table_name(&self.table)
            .set_key(Some(gate_key(event, era, gate)))
            .expression_attribute_names("#n", "n")
            .expression_attribute_names("#limit", "limit")
            .expression_attribute_values(":one", n(1));
        if let Some(made_at) = new.ticket_made_at {
            put = put
                .condition_expression(
                    "#era < :era OR (attribute_not_exists(#gate) \
                    AND (attribute_not_exists(#grantedAt) OR #grantedAt < :madeAt))",
                )
                .expression_attribute_names("#grantedAt", "grantedAt")
                .expression_attribute_values(":madeAt", n(made_at));
            update = update
                .update_expression("SET #n = #n + :one, #claims = #claims + :one")
                .condition_expression("#n < #limit")
                .expression_attribute_names("#claims", "claims");
        } else {
            put = put.condition_expression("#era < :era OR attribute_not_exists(#gate)");
            update = update
                .update_expression("SET #n = #n + :one")
                .condition_expression("#n < #limit AND #walkIns = :true")
                .expression_attribute_names("#walkIns", "walkIns")
                .expression_attribute_values(":true", aws_sdk_dynamodb::types::AttributeValue::Bool(true));
        }
        let (put, update) = (put.build().map_err(unwritable)?, update.build().map_err(unwritable)?);
        let sent = self
            .client
            .transact_write_items()
            .transact_items(TransactWriteItem::builder().put(put).build())
            .transact_items(TransactWriteItem::builder().update(update).build())
            .send()
            .await;
        Ok(match transaction(sent)? {
            Transaction::Done => Passage::Passed,
            Transaction::Conflict => Passage::Crowded,
            Transaction::Refused(reasons) => match reasons.into_iter().next().flatten().and_then(|refused| refused.0) {
                Some(there) => Passage::Known(Box::new(parse(&there)?)),
                None => Passage::Full,
            },
        })
    }

    /// What is counted at the first `gates` gates of an era, of its line, and of payments: one call.
    ///
    /// # Errors
    /// When the table does not answer, or only in part.
    pub async fn survey(&self, event: EventId, era: u32, gates: u32, now: Timestamp) -> Result<Survey, StoreError> {
        let mut keys: Vec<Item> = (0..gates).map(|gate| gate_key(event, era, gate)).collect();
        keys.push(counter_key(event, era));
        keys.extend(recent_payments(event, now));
        let found = by_key(self.read_all(keys).await?);
        let find = |key: &Item| {
            let text = |name: &str| key.get(name).and_then(|value| value.as_s().ok()).cloned().unwrap_or_default();
            found.get(&(text(PK), text(SK)))
        };
        Ok(Survey {
            counters: Counters::of(find(&counter_key(event, era)))?,
            gates: (0..gates)
                .map(|gate| find(&gate_key(event, era, gate)).map(gate_of).transpose())
                .collect::<Result<_, _>>()?,
            health: health(recent_payments(event, now).filter_map(|key| find(&key)))?,
        })
    }

    /// Sets how many places a gate has, and whether newcomers may try it.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn set_gate(
        &self,
        event: EventId,
        era: u32,
        gate: u32,
        limit: u32,
        walk_ins: bool,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(gate_key(event, era, gate)))
            .update_expression(
                "SET #n = if_not_exists(#n, :zero), #claims = if_not_exists(#claims, :zero), #limit = :limit, \
                #walkIns = :walkIns, #ttl = :ttl",
            )
            .expression_attribute_names("#n", "n")
            .expression_attribute_names("#claims", "claims")
            .expression_attribute_names("#limit", "limit")
            .expression_attribute_names("#walkIns", "walkIns")
            .expression_attribute_names("#ttl", TTL)
            .expression_attribute_values(":zero", n(0))
            .expression_attribute_values(":limit", n(limit))
            .expression_attribute_values(":walkIns", aws_sdk_dynamodb::types::AttributeValue::Bool(walk_ins))
            .expression_attribute_values(":ttl", n(now.as_second() + KEPT_SECONDS))
            .send()
            .await?;
        Ok(())
    }

    /// The items with these keys, at most a hundred, consistently read.
    pub(super) async fn read_all(&self, keys: Vec<Item>) -> Result<Vec<Item>, StoreError> {
        let mut items = Vec::new();
        let mut wanted = keys;
        for _ in 0..MOST_READS {
            if wanted.is_empty() {
                return Ok(items);
            }
            let request = KeysAndAttributes::builder().set_keys(Some(wanted)).consistent_read(true).build();
            let answer = self
                .client
                .batch_get_item()
                .set_request_items(Some(HashMap::from([(self.table.clone(), request.map_err(unwritable)?)])))
                .send()
                .await?;
            items.extend(answer.responses.unwrap_or_default().remove(&self.table).unwrap_or_default());
            let rest = answer.unprocessed_keys.unwrap_or_default().remove(&self.table);
            wanted = rest.map(|rest| rest.keys).unwrap_or_default();
        }
        Err(StoreError::Unavailable("the table left out keys again and again".into()))
    }
}

fn gate_of(item: &Item) -> Result<Gate, StoreError> {
    Ok(Gate {
        occupied: read(item, "n")?.unwrap_or_default(),
        limit: read(item, "limit")?.unwrap_or_default(),
        walk_ins: read(item, "walkIns")?.unwrap_or_default(),
        claims: read(item, "claims")?.unwrap_or_default(),
    })
}

/// A request that lacks something: a mistake of ours.
pub(super) fn unwritable(error: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::Unreadable(Box::new(error))
}
