//! Admissions: one item a person and event.

use aws_sdk_dynamodb::types::{AttributeValue, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update};
use contracts::event::{EventType, LAST_EVENT, LastEvent};
use contracts::ids::{EventId, UserId};
use contracts::waiting_room::{AdmissionEnd, AdmissionState};
use jiff::Timestamp;
use kit::dynamo::{
    Conditional as _, Item, PK, Refused, SK, StoreError, TTL, Transaction, attribute, n, read, s, transaction,
};

use super::gates::unwritable;
use super::{KEPT_SECONDS, Store, admission_key, gate_key, gate_name, missing};
use crate::domain::admission::Admission;

/// How many places are given on in one transaction, which may have a hundred actions, at one gate.
const TOGETHER: usize = 25;

/// The attribute that the index `lapses` finds admissions by.
const GATE: &str = "gate";
const LAPSES_AT: &str = "lapsesAt";

/// Admissions whose places may be given on, at one gate.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lapsed {
    keys: Vec<Item>,
}

impl Lapsed {
    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

impl Store {
    /// Somebody's latest admission to a sale, as it is now.
    ///
    /// # Errors
    /// When the table does not answer or the item cannot be read.
    pub async fn admission(&self, event: EventId, user: UserId) -> Result<Option<Admission>, StoreError> {
        let request = self.client.get_item().table_name(&self.table).set_key(Some(admission_key(event, user)));
        request.consistent_read(true).send().await?.item.as_ref().map(parse).transpose()
    }

    /// Writes an admission that has just changed by `event`, unless it changed otherwise since the version before: then
    /// the answer is `false` and nothing has happened.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn save_admission(
        &self,
        admission: &Admission,
        event: EventType,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let item = item_of(admission, event, now)?;
        let written = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item.clone()))
            .condition_expression("#state.#id = :id AND #state.#version = :before AND attribute_exists(#gate)")
            .expression_attribute_names("#state", "state")
            .expression_attribute_names("#id", "id")
            .expression_attribute_names("#version", "version")
            .expression_attribute_names("#gate", GATE)
            .expression_attribute_values(":id", s(admission.state.id.to_string()))
            .expression_attribute_values(":before", n(admission.state.version - 1))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await;
        Ok(match written.conditional()? {
            Ok(_) => true,
            // Our own write, sent again by the client library after its answer was lost.
            Err(Refused(there)) => there.is_some_and(|there| there == item),
        })
    }

    /// Up to `most` admissions at a gate that have lapsed by `until` (seconds since 1970), or all when it is none. The
    /// index may be a moment behind.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn lapsed(
        &self,
        event: EventId,
        era: u32,
        gate: u32,
        until: Option<i64>,
        most: i32,
    ) -> Result<Lapsed, StoreError> {
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .index_name("lapses")
            .key_condition_expression("#gate = :gate AND #lapsesAt <= :until")
            .expression_attribute_names("#gate", GATE)
            .expression_attribute_names("#lapsesAt", LAPSES_AT)
            .expression_attribute_values(":gate", s(gate_name(event, era, gate)))
            .expression_attribute_values(":until", n(until.unwrap_or(i64::MAX)))
            .limit(most)
            .send()
            .await?;
        let keys = answer.items.unwrap_or_default();
        let key_of = |mut item: Item| {
            item.retain(|name, _| name == PK || name == SK);
            item
        };
        Ok(Lapsed { keys: keys.into_iter().map(key_of).collect() })
    }

    /// Gives on the places of admissions at a gate that have lapsed by `until`, because of `why` unless they were ended
    /// before. From then on the gate lets in no newcomers until it is set again: the places are for those who wait.
    /// Returns how many places are free again; admissions that have changed meanwhile keep theirs.
    ///
    /// # Errors
    /// When the table does not answer. Some places may have been given on.
    pub async fn release(
        &self,
        lapsed: Lapsed,
        until: Option<i64>,
        why: AdmissionEnd,
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        let mut released = 0;
        for keys in lapsed.keys.chunks(TOGETHER) {
            let items = self.read_all(keys.to_vec()).await?;
            let mut admissions = items.iter().map(parse).collect::<Result<Vec<_>, _>>()?;
            let may_go = |admission: &Admission| until.is_none_or(|until| admission.lapses_at() <= until);
            admissions.retain(|admission| admission.gate.is_some() && may_go(admission));
            // Everybody who renews meanwhile is left out of the next try.
            while !admissions.is_empty() {
                match self.release_together(&admissions, why, now).await? {
                    Transaction::Done => {
                        released += admissions.len();
                        break;
                    }
                    Transaction::Conflict => return Err(StoreError::Contended),
                    Transaction::Refused(reasons) => {
                        let mut refused = reasons.into_iter();
                        let before = admissions.len();
                        admissions.retain(|_| refused.next().flatten().is_none());
                        if admissions.len() == before {
                            return Err(missing("a gate counts fewer places than are occupied"));
                        }
                    }
                }
            }
        }
        Ok(released)
    }

    /// The admissions' actions come first, in order; the last one is the gate's.
    async fn release_together(
        &self,
        admissions: &[Admission],
        why: AdmissionEnd,
        now: Timestamp,
    ) -> Result<Transaction, StoreError> {
        let mut actions = Vec::new();
        for before in admissions {
            let (after, just_ended) = before.released(why, now);
            let mut item = item_of(&after, EventType::AdmissionEnded, now)?;
            if !just_ended {
                // Its end was an event already; this write is none.
                item.remove(LAST_EVENT);
            }
            let put = Put::builder()
                .table_name(&self.table)
                .set_item(Some(item))
                .condition_expression("#state.#id = :id AND #state.#version = :version AND attribute_exists(#gate)")
                .expression_attribute_names("#state", "state")
                .expression_attribute_names("#id", "id")
                .expression_attribute_names("#version", "version")
                .expression_attribute_names("#gate", GATE)
                .expression_attribute_values(":id", s(before.state.id.to_string()))
                .expression_attribute_values(":version", n(before.state.version))
                .build()
                .map_err(unwritable)?;
            actions.push(TransactWriteItem::builder().put(put).build());
        }
        let Some(Admission { state, gate: Some(gate) }) = admissions.first() else { return Ok(Transaction::Done) };
        let update = Update::builder()
            .table_name(&self.table)
            .set_key(Some(gate_key(state.event_id, state.era, *gate)))
            .update_expression("SET #n = #n - :count, #walkIns = :false")
            .condition_expression("#n >= :count")
            .expression_attribute_names("#n", "n")
            .expression_attribute_names("#walkIns", "walkIns")
            .expression_attribute_values(":count", n(admissions.len()))
            .expression_attribute_values(":false", AttributeValue::Bool(false))
            .build()
            .map_err(unwritable)?;
        actions.push(TransactWriteItem::builder().update(update).build());
        transaction(self.client.transact_write_items().set_transact_items(Some(actions)).send().await)
    }
}

/// The item of an admission that has just changed by `event`.
pub(super) fn item_of(admission: &Admission, event: EventType, now: Timestamp) -> Result<Item, StoreError> {
    let state = &admission.state;
    let mut item = admission_key(state.event_id, state.user_id);
    item.insert("state".to_owned(), attribute(state)?);
    item.insert(LAST_EVENT.to_owned(), attribute(&LastEvent::new(event, now, "state"))?);
    item.insert("era".to_owned(), n(state.era));
    item.insert("grantedAt".to_owned(), n(admission.granted_at()));
    item.insert(TTL.to_owned(), n(state.expires_at + KEPT_SECONDS));
    if let Some(gate) = admission.gate {
        item.insert(GATE.to_owned(), s(gate_name(state.event_id, state.era, gate)));
        item.insert(LAPSES_AT.to_owned(), n(admission.lapses_at()));
    }
    Ok(item)
}

pub(super) fn parse(item: &Item) -> Result<Admission, StoreError> {
    let state: AdmissionState = read(item, "state")?.ok_or_else(|| missing("an admission without its state"))?;
    let gate: Option<String> = read(item, GATE)?;
    let number = |name: String| {
        let number = name.rsplit_once('#').and_then(|(_, number)| number.parse().ok());
        number.ok_or_else(|| missing("an admission at a gate without a number"))
    };
    Ok(Admission { state, gate: gate.map(number).transpose()? })
}
