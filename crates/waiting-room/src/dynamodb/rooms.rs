//! A queue's partition: its rules, its plan, and what is known of its event.

use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use contracts::booking::SeatsLeft;
use contracts::event::{EventType, LAST_EVENT, LastEvent};
use contracts::ids::EventId;
use jiff::Timestamp;
use kit::dynamo::{Conditional as _, Refused, SK, StoreError, attribute, key, n, partition, read};

use super::{Store, missing, room_pk};
use crate::domain::plan::Plan;
use crate::domain::queue::Queue;
use crate::domain::sale::{EventFacts, Left};

const CONFIG: &str = "CONFIG";
const PLAN: &str = "PLAN";
const EVENT: &str = "EVENT";
const LEFT: &str = "LEFT#";

/// Everything that questions are answered from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Room {
    /// The queue, if the event has one.
    pub queue: Option<Queue>,
    /// Its latest plan; of an earlier era until the first round of this one.
    pub plan: Option<Plan>,
    /// The event, once its news has come.
    pub event: Option<EventFacts>,
    /// What is left of its performances.
    pub left: Vec<Left>,
}

impl Store {
    /// The room of an event as it is now; an empty one for an event that nobody has told of.
    ///
    /// # Errors
    /// When the table does not answer or an item cannot be read.
    pub async fn room(&self, event: EventId) -> Result<Room, StoreError> {
        let mut room = Room::default();
        for item in partition(&self.client, &self.table, room_pk(event), "").await? {
            match item.get(SK).and_then(|sk| sk.as_s().ok()).map(String::as_str).unwrap_or_default() {
                CONFIG => {
                    let part = missing("a queue without its state or keys");
                    room.queue = match (read(&item, "state")?, read(&item, "seed")?, read(&item, "ticketKey")?) {
                        (Some(state), Some(seed), Some(ticket_key)) => Some(Queue { state, seed, ticket_key }),
                        _ => return Err(part),
                    };
                }
                PLAN => room.plan = read(&item, "plan")?,
                EVENT => room.event = read(&item, "facts")?,
                other => {
                    let performance = other.strip_prefix(LEFT).and_then(|id| id.parse().ok());
                    let (performance, free) =
                        performance.zip(read(&item, "free")?).ok_or_else(|| missing("a count"))?;
                    room.left.push(Left { performance, free });
                }
            }
        }
        Ok(room)
    }

    /// Writes a queue that has just changed by `event`, unless it changed otherwise since the version before: then the
    /// answer is `false` and nothing has happened.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn save_queue(&self, queue: &Queue, event: EventType, now: Timestamp) -> Result<bool, StoreError> {
        let mut item = key(room_pk(queue.state.event_id), CONFIG);
        item.insert("state".to_owned(), attribute(&queue.state)?);
        item.insert(LAST_EVENT.to_owned(), attribute(&LastEvent::new(event, now, "state"))?);
        item.insert("seed".to_owned(), attribute(&queue.seed)?);
        item.insert("ticketKey".to_owned(), attribute(&queue.ticket_key)?);
        let mut request = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item.clone()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .expression_attribute_names("#state", "state");
        request = if queue.state.version == 1 {
            request.condition_expression("attribute_not_exists(#state)")
        } else {
            request
                .condition_expression("#state.#version = :before")
                .expression_attribute_names("#version", "version")
                .expression_attribute_values(":before", n(queue.state.version - 1))
        };
        Ok(match request.send().await.conditional()? {
            Ok(_) => true,
            // Our own write, sent again by the client library after its answer was lost.
            Err(Refused(there)) => there.is_some_and(|there| there == item),
        })
    }

    /// Writes the plan that follows on round `before`, none for the first one; `false` when another one was faster.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn save_plan(&self, event: EventId, plan: &Plan, before: Option<u64>) -> Result<bool, StoreError> {
        let mut request = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key(room_pk(event), PLAN)))
            .update_expression("SET #plan = :plan, #round = :round")
            .expression_attribute_names("#plan", "plan")
            .expression_attribute_names("#round", "round")
            .expression_attribute_values(":plan", attribute(plan)?)
            .expression_attribute_values(":round", n(plan.round));
        request = match before {
            None => request.condition_expression("attribute_not_exists(#round)"),
            Some(before) => {
                request.condition_expression("#round = :before").expression_attribute_values(":before", n(before))
            }
        };
        Ok(request.send().await.conditional()?.is_ok())
    }

    /// Notes that the queue is woken at `now`; `false` when somebody did so since `unless_since`, both in milliseconds
    /// since 1970.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn wake(&self, event: EventId, now: i64, unless_since: i64) -> Result<bool, StoreError> {
        let written = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key(room_pk(event), PLAN)))
            .update_expression("SET #wokenAt = :now")
            .condition_expression("attribute_not_exists(#wokenAt) OR #wokenAt < :since")
            .expression_attribute_names("#wokenAt", "wokenAt")
            .expression_attribute_values(":now", n(now))
            .expression_attribute_values(":since", n(unless_since))
            .send()
            .await;
        Ok(written.conditional()?.is_ok())
    }

    /// Keeps news of an event, unless later news was there first.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn save_event(&self, event: EventId, facts: EventFacts) -> Result<(), StoreError> {
        let mut item = key(room_pk(event), EVENT);
        item.insert("facts".to_owned(), attribute(&facts)?);
        item.insert("version".to_owned(), n(facts.version));
        let written = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(#version) OR #version < :version")
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":version", n(facts.version))
            .send()
            .await;
        let _known = written.conditional()?;
        Ok(())
    }

    /// Keeps a count of free seats, unless a later one was there first.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn save_left(&self, left: &SeatsLeft) -> Result<(), StoreError> {
        let written = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key(room_pk(left.event_id), format!("{LEFT}{}", left.performance_id))))
            .update_expression("SET #free = :free, #countedAt = :countedAt")
            .condition_expression("attribute_not_exists(#countedAt) OR #countedAt < :countedAt")
            .expression_attribute_names("#free", "free")
            .expression_attribute_names("#countedAt", "countedAt")
            .expression_attribute_values(":free", n(left.free))
            .expression_attribute_values(":countedAt", n(left.counted_at))
            .send()
            .await;
        let _known = written.conditional()?;
        Ok(())
    }
}
