//! The table: three reads, two conditional writes, and taking one of them back.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use lambda_runtime::Error;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::{list, text};

const TAG_SPACE: u128 = 1_000_000_000_000_000_000;

/// Booking's table.
pub(crate) struct Table {
    client: Client,
    name: String,
}

impl Table {
    pub(crate) fn new(client: Client, name: String) -> Self {
        Self { client, name }
    }

    /// An item.
    pub(crate) async fn read(&self, pk: &str, sk: &str, consistent: bool) -> Result<Option<Value>, Error> {
        let request = self.client.get_item().table_name(&self.name).key("pk", s(pk)).key("sk", s(sk));
        let item = request.consistent_read(consistent).send().await?.item;
        Ok(item.map(serde_dynamo::from_item).transpose()?)
    }

    /// Writes the reservation's mark into all its seats, if all are free; says which are not.
    pub(crate) async fn mark(&self, reservation: &Value, now: i64) -> Result<Result<(), Vec<String>>, Error> {
        let line = &reservation["lines"][0];
        let slots = slots(line);
        let bound = u128::try_from(now)? * TAG_SPACE;
        let sets: Vec<_> = slots.iter().map(|slot| format!("#s{slot} = :to")).collect();
        let free = |slot: &u64| format!("(attribute_not_exists(#s{slot}) OR #s{slot} < :bound)");
        let conditions: Vec<_> = slots.iter().map(free).collect();
        let (pk, sk) = block_key(reservation);
        let written = self
            .client
            .update_item()
            .table_name(&self.name)
            .key("pk", s(pk))
            .key("sk", s(sk))
            .update_expression(format!("SET {}", sets.join(", ")))
            .condition_expression(conditions.join(" AND "))
            .set_expression_attribute_names(Some(names(&slots)))
            .expression_attribute_values(":to", mark_of(reservation)?)
            .expression_attribute_values(":bound", AttributeValue::N(bound.to_string()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await;
        let item = match written.map_err(|error| error.into_service_error()) {
            Ok(_) => return Ok(Ok(())),
            Err(UpdateItemError::ConditionalCheckFailedException(refused)) => refused.item.unwrap_or_default(),
            Err(error) => return Err(error.into()),
        };
        let is_taken = |seat: &&Value| {
            let mark = item.get(&format!("s{}", seat["slot"])).and_then(|mark| mark.as_n().ok());
            mark.and_then(|mark| mark.parse().ok()).is_some_and(|mark: u128| mark >= bound)
        };
        Ok(Err(list(&line["seats"]).iter().filter(is_taken).map(|seat| text(&seat["id"]).to_owned()).collect()))
    }

    /// Gives the seats back that were marked for nothing.
    pub(crate) async fn free(&self, reservation: &Value) -> Result<(), Error> {
        let slots = slots(&reservation["lines"][0]);
        let removed: Vec<_> = slots.iter().map(|slot| format!("#s{slot}")).collect();
        let conditions: Vec<_> = slots.iter().map(|slot| format!("#s{slot} = :from")).collect();
        let (pk, sk) = block_key(reservation);
        self.client
            .update_item()
            .table_name(&self.name)
            .key("pk", s(pk))
            .key("sk", s(sk))
            .update_expression(format!("REMOVE {}", removed.join(", ")))
            .condition_expression(conditions.join(" AND "))
            .set_expression_attribute_names(Some(names(&slots)))
            .expression_attribute_values(":from", mark_of(reservation)?)
            .send()
            .await?;
        Ok(())
    }

    /// Writes the reservation into its buyer's book, unless the buyer has a pending one or too many tickets; then says
    /// what is in it.
    pub(crate) async fn write_book(
        &self,
        reservation: &Value,
        key: Option<&str>,
        body: &Value,
        limit: i64,
        now: Timestamp,
    ) -> Result<Result<(), Value>, Error> {
        let (user, performance) = (text(&reservation["userId"]), text(&reservation["performanceId"]));
        let attribute = format!("r_{}", text(&reservation["id"]));
        let event = json!({"type": "booking.reservation-held.v1", "at": now.as_millisecond(), "state": attribute});
        let count = i64::try_from(slots(&reservation["lines"][0]).len())?;
        let mut update = "SET #reservation = :reservation, #event = :event, #pendingUntil = :until, \
            #revision = if_not_exists(#revision, :zero) + :one"
            .to_owned();
        let mut condition = "(attribute_not_exists(#pendingUntil) OR #pendingUntil <= :now) \
            AND (attribute_not_exists(#bought) OR #bought <= :room)"
            .to_owned();
        let mut request = self
            .client
            .update_item()
            .table_name(&self.name)
            .key("pk", s(user))
            .key("sk", s(format!("BOOK#{performance}")))
            .expression_attribute_names("#reservation", attribute)
            .expression_attribute_names("#event", "lastEvent")
            .expression_attribute_names("#pendingUntil", "pendingUntil")
            .expression_attribute_names("#revision", "revision")
            .expression_attribute_names("#bought", "bought")
            .expression_attribute_values(":reservation", serde_dynamo::to_attribute_value(reservation)?)
            .expression_attribute_values(":event", serde_dynamo::to_attribute_value(event)?)
            .expression_attribute_values(":until", AttributeValue::N(reservation["expiresAt"].to_string()))
            .expression_attribute_values(":now", AttributeValue::N(now.as_second().to_string()))
            .expression_attribute_values(":room", AttributeValue::N((limit - count).to_string()))
            .expression_attribute_values(":zero", AttributeValue::N("0".into()))
            .expression_attribute_values(":one", AttributeValue::N("1".into()));
        if let Some(key) = key {
            update.push_str(", #key = :key");
            condition.push_str(" AND attribute_not_exists(#key)");
            let fingerprint = digest(&body.to_string());
            let used = json!({"reservation": reservation["id"], "fingerprint": fingerprint, "at": now.as_second()});
            request = request
                .expression_attribute_names("#key", format!("k_{}", digest(key)))
                .expression_attribute_values(":key", serde_dynamo::to_attribute_value(used)?);
        }
        let written = request
            .update_expression(update)
            .condition_expression(condition)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await;
        match written.map_err(|error| error.into_service_error()) {
            Ok(_) => Ok(Ok(())),
            Err(UpdateItemError::ConditionalCheckFailedException(refused)) => {
                Ok(Err(serde_dynamo::from_item(refused.item.unwrap_or_default())?))
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn s(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

fn slots(line: &Value) -> Vec<u64> {
    list(&line["seats"]).iter().filter_map(|seat| seat["slot"].as_u64()).collect()
}

fn names(slots: &[u64]) -> HashMap<String, String> {
    slots.iter().map(|slot| (format!("#s{slot}"), format!("s{slot}"))).collect()
}

/// The key of the item that keeps the marks of the reservation's block.
fn block_key(reservation: &Value) -> (String, String) {
    let block = text(&reservation["lines"][0]["block"]);
    (format!("SEATS#{}#{}", text(&reservation["performanceId"]), spread(block, 8)), block.to_owned())
}

/// FNV-1a: spreads texts over a few numbers.
fn spread(text: &str, over: u64) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step) % over
}

/// Until when seats are taken, and by which reservation, as one number.
fn mark_of(reservation: &Value) -> Result<AttributeValue, Error> {
    let id: uuid::Uuid = text(&reservation["id"]).trim_start_matches("rsv_").parse()?;
    let tag = (id.as_u128() & ((1 << 60) - 1)) % (TAG_SPACE - 1) + 1;
    let until = u128::from(reservation["expiresAt"].as_u64().unwrap_or_default());
    Ok(AttributeValue::N((until * TAG_SPACE + tag).to_string()))
}

/// The stored form of keys and bodies.
fn digest(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(text.as_bytes())[..16])
}
