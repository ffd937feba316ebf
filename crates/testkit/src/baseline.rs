//! The usual way to keep seats in DynamoDB, written as well as it can be, for measurements to compare with.
//!
//! One item a seat, one a reservation, one guard for each buyer of a performance; whatever happens to a reservation is
//! one `TransactWriteItems` over all of them. The guarantees are those of the real thing: no seat twice, all seats or
//! none, holds that end without a sweeper, a limit and one pending reservation per buyer, a request that may be sent
//! again, and the event of every change on the reservation's item for the table's stream.
//!
//! | pk | sk | holds |
//! |---|---|---|
//! | `SEATS#<performance>#<shard>` | seat | `until`, `by`; none when the seat was never taken |
//! | `RSV#<reservation>` | `RSV` | `state`, `lastEvent` |
//! | `<buyer>` | `GUARD#<performance>` | `pendingUntil`, `bought` |

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{
    AttributeValue, Put, PutRequest, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update, WriteRequest,
};
use kit::dynamo::{Item, SK, StoreError, Transaction, key, n, partition, s, transaction};
use kit::retry::backoff;
use tokio::task::JoinSet;

/// Over how many partition keys the seats of a performance are spread: as many as the real thing uses.
const SHARDS: u32 = 8;

/// Until when a sold seat is taken.
const FOR_EVER: i64 = 9_999_999_999;

/// How long a hold lasts, in seconds.
const HOLD_SECONDS: i64 = 300;

/// How often a transaction is tried that collides with others.
const TRIES: u32 = 8;

/// Seats, reservations and guards in one table.
#[derive(Debug, Clone)]
pub struct Baseline {
    client: Client,
    table: String,
}

/// A request for seats, and what later steps need of it.
#[derive(Debug, Clone)]
pub struct BaselineHold {
    /// Of which performance.
    pub performance: String,
    /// Which seats, eight at most.
    pub seats: Vec<String>,
    /// For whom.
    pub buyer: String,
    /// The reservation's id; the same request sent again has the same.
    pub reservation: String,
    /// The most tickets that a buyer may have of the performance.
    pub limit: usize,
    /// The present, in seconds since 1970.
    pub now: i64,
}

/// What became of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BaselineOutcome {
    /// All of it is written.
    Done,
    /// None of it: these seats are others'.
    Taken(Vec<String>),
    /// None of it: the buyer has another pending reservation, or too many tickets.
    BuyerRefused,
    /// None of it: the reservation is not in the state for this step, or exists already.
    NotPossible,
}

impl Baseline {
    /// In this table, whose keys are `pk` and `sk`.
    #[must_use]
    pub fn new(client: Client, table: impl Into<String>) -> Self {
        Self { client, table: table.into() }
    }

    /// Holds the seats for five minutes.
    ///
    /// # Errors
    /// When the table does not answer, or others keep writing the same items.
    pub async fn hold(&self, hold: &BaselineHold) -> Result<BaselineOutcome, StoreError> {
        let until = hold.now + HOLD_SECONDS;
        let room = i64::try_from(hold.limit).unwrap_or(i64::MAX) - count(hold);
        let mut actions = Vec::with_capacity(hold.seats.len() + 2);
        for seat in &hold.seats {
            let values = [(":until", n(until)), (":by", s(&hold.reservation)), (":now", n(hold.now))];
            let free = "attribute_not_exists(#until) OR #until < :now";
            actions.push(self.update(seat_key(hold, seat), "SET #until = :until, #by = :by", free, SEAT, values)?);
        }
        let mut record = reservation_key(hold);
        record.insert("state".to_owned(), AttributeValue::M(state(hold, "PENDING", until, 1)));
        record.insert("lastEvent".to_owned(), AttributeValue::M(event("held", hold.now)));
        let put = Put::builder().table_name(&self.table).set_item(Some(record));
        let put = put.condition_expression("attribute_not_exists(pk)").build().map_err(unreadable)?;
        actions.push(TransactWriteItem::builder().put(put).build());
        let values = [(":until", n(until)), (":now", n(hold.now)), (":room", n(room))];
        let may = "(attribute_not_exists(#pending) OR #pending <= :now) \
            AND (attribute_not_exists(#bought) OR #bought <= :room)";
        actions.push(self.update(guard_key(hold), "SET #pending = :until", may, GUARD, values)?);
        self.write(hold, actions).await
    }

    /// Extends the hold for a payment, `seconds` beyond its end.
    ///
    /// # Errors
    /// As [`Baseline::hold`].
    pub async fn extend(&self, hold: &BaselineHold, seconds: i64) -> Result<BaselineOutcome, StoreError> {
        let until = hold.now + HOLD_SECONDS + seconds;
        let mut actions = self.seats(hold, "SET #until = :until", &[(":until", n(until))])?;
        actions.push(self.reservation(hold, "PAYING", until, 2)?);
        let guard = "SET #pending = :until";
        actions.push(self.update(
            guard_key(hold),
            guard,
            "attribute_exists(#pending)",
            &GUARD[..1],
            [(":until", n(until))],
        )?);
        self.write(hold, actions).await
    }

    /// Sells the seats of a reservation that is being paid.
    ///
    /// # Errors
    /// As [`Baseline::hold`].
    pub async fn confirm(&self, hold: &BaselineHold) -> Result<BaselineOutcome, StoreError> {
        let mut actions = self.seats(hold, "SET #until = :until", &[(":until", n(FOR_EVER))])?;
        actions.push(self.reservation(hold, "CONFIRMED", FOR_EVER, 3)?);
        let guard = "REMOVE #pending ADD #bought :count";
        actions.push(self.update(
            guard_key(hold),
            guard,
            "attribute_exists(#pending)",
            GUARD,
            [(":count", n(count(hold)))],
        )?);
        self.write(hold, actions).await
    }

    /// Gives the seats of a pending reservation back.
    ///
    /// # Errors
    /// As [`Baseline::hold`].
    pub async fn release(&self, hold: &BaselineHold) -> Result<BaselineOutcome, StoreError> {
        let mut actions = self.seats(hold, "REMOVE #until, #by", &[])?;
        actions.push(self.reservation(hold, "RELEASED", hold.now, 2)?);
        let guard = self.update(guard_key(hold), "REMOVE #pending", "attribute_exists(#pending)", &GUARD[..1], [])?;
        actions.push(guard);
        self.write(hold, actions).await
    }

    /// Sells these seats to nobody in particular, whatever they were, to measure with a hall that is sold out.
    ///
    /// # Errors
    /// When the table does not answer, or leaves seats out.
    pub async fn sell_out(&self, hold: &BaselineHold) -> Result<(), StoreError> {
        for some in hold.seats.chunks(25) {
            let mut writes = Vec::with_capacity(some.len());
            for seat in some {
                let mut item = seat_key(hold, seat);
                item.insert("until".to_owned(), n(FOR_EVER));
                item.insert("by".to_owned(), s(&hold.reservation));
                let put = PutRequest::builder().set_item(Some(item)).build().map_err(unreadable)?;
                writes.push(WriteRequest::builder().put_request(put).build());
            }
            let answer = self.client.batch_write_item().request_items(&self.table, writes).send().await?;
            if answer.unprocessed_items.is_some_and(|left| !left.is_empty()) {
                return Err(StoreError::Contended);
            }
        }
        Ok(())
    }

    /// Every seat of the performance that was ever taken, with the second until which it is. Its partition keys are read
    /// side by side.
    ///
    /// # Errors
    /// When the table does not answer or holds something else.
    pub async fn map(&self, performance: &str) -> Result<HashMap<String, i64>, StoreError> {
        let mut shards = JoinSet::new();
        for shard in 0..SHARDS {
            let query = self.client.query().table_name(&self.table).key_condition_expression("pk = :pk");
            let query = query.expression_attribute_values(":pk", s(seats_key(performance, shard)));
            shards.spawn(query.into_paginator().items().send().collect::<Result<Vec<_>, _>>());
        }
        let mut all = HashMap::new();
        while let Some(items) = shards.join_next().await {
            let items = items.map_err(unreadable)??;
            all.extend(items.iter().filter_map(|item| {
                let seat = item.get(SK)?.as_s().ok()?.clone();
                Some((seat, item.get("until")?.as_n().ok()?.parse().ok()?))
            }));
        }
        Ok(all)
    }

    /// How many seats of the performance are taken for good, consistently read, for the books after a measurement.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn taken(&self, performance: &str, now: i64) -> Result<usize, StoreError> {
        let mut taken = 0;
        for shard in 0..SHARDS {
            let items = partition(&self.client, &self.table, seats_key(performance, shard), "").await?;
            let until = |item: &Item| item.get("until").and_then(|until| until.as_n().ok()?.parse::<i64>().ok());
            taken += items.iter().filter(|item| until(item).is_some_and(|until| until > now)).count();
        }
        Ok(taken)
    }

    /// One action for each seat of the reservation, on condition that the seat is the reservation's.
    fn seats(
        &self,
        hold: &BaselineHold,
        change: &str,
        values: &[(&'static str, AttributeValue)],
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        let names = if change.contains("#until") { SEAT } else { &SEAT[1..] };
        let action = |seat: &String| {
            let values = values.iter().cloned().chain([(":mine", s(&hold.reservation))]);
            self.update(seat_key(hold, seat), change, "#by = :mine", names, values)
        };
        hold.seats.iter().map(action).collect()
    }

    fn reservation(
        &self,
        hold: &BaselineHold,
        status: &str,
        until: i64,
        version: u64,
    ) -> Result<TransactWriteItem, StoreError> {
        let values = [
            (":state", AttributeValue::M(state(hold, status, until, version))),
            (":event", AttributeValue::M(event(status, hold.now))),
            (":before", n(version - 1)),
        ];
        let names = &[("#state", "state"), ("#event", "lastEvent"), ("#version", "version")];
        let change = "SET #state = :state, #event = :event";
        self.update(reservation_key(hold), change, "#state.#version = :before", names, values)
    }

    fn update(
        &self,
        key: Item,
        change: &str,
        condition: &str,
        names: &[(&str, &str)],
        values: impl IntoIterator<Item = (&'static str, AttributeValue)>,
    ) -> Result<TransactWriteItem, StoreError> {
        let names = names.iter().map(|(name, attribute)| ((*name).to_owned(), (*attribute).to_owned())).collect();
        let values: HashMap<_, _> = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let update = Update::builder()
            .table_name(&self.table)
            .set_key(Some(key))
            .update_expression(change)
            .condition_expression(condition)
            .set_expression_attribute_names(Some(names))
            .set_expression_attribute_values(Some(values).filter(|values| !values.is_empty()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .build()
            .map_err(unreadable)?;
        Ok(TransactWriteItem::builder().update(update).build())
    }

    /// The actions are those of the seats, then the reservation's, then the guard's.
    async fn write(&self, hold: &BaselineHold, actions: Vec<TransactWriteItem>) -> Result<BaselineOutcome, StoreError> {
        for attempt in 1..=TRIES {
            let request = self.client.transact_write_items().set_transact_items(Some(actions.clone()));
            match transaction(request.send().await)? {
                Transaction::Done => return Ok(BaselineOutcome::Done),
                Transaction::Refused(refusals) => {
                    let taken: Vec<_> = hold
                        .seats
                        .iter()
                        .zip(&refusals)
                        .filter_map(|(seat, refused)| refused.as_ref().map(|_| seat.clone()))
                        .collect();
                    let refused = |at: usize| refusals.get(at).is_some_and(Option::is_some);
                    return Ok(if refused(hold.seats.len()) {
                        BaselineOutcome::NotPossible
                    } else if taken.is_empty() {
                        BaselineOutcome::BuyerRefused
                    } else {
                        BaselineOutcome::Taken(taken)
                    });
                }
                Transaction::Conflict => {
                    let pause = backoff(attempt, Duration::from_millis(5), Duration::from_millis(200));
                    tokio::time::sleep(pause).await;
                }
            }
        }
        Err(StoreError::Contended)
    }
}

const SEAT: &[(&str, &str)] = &[("#until", "until"), ("#by", "by")];
const GUARD: &[(&str, &str)] = &[("#pending", "pendingUntil"), ("#bought", "bought")];

fn count(hold: &BaselineHold) -> i64 {
    i64::try_from(hold.seats.len()).unwrap_or(i64::MAX)
}

fn seats_key(performance: &str, shard: u32) -> String {
    format!("SEATS#{performance}#{shard}")
}

fn seat_key(hold: &BaselineHold, seat: &str) -> Item {
    let hash = seat.bytes().fold(0_u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into()));
    key(seats_key(&hold.performance, hash % SHARDS), seat)
}

fn reservation_key(hold: &BaselineHold) -> Item {
    key(format!("RSV#{}", hold.reservation), "RSV")
}

fn guard_key(hold: &BaselineHold) -> Item {
    key(&hold.buyer, format!("GUARD#{}", hold.performance))
}

fn state(hold: &BaselineHold, status: &str, until: i64, version: u64) -> Item {
    let seats = hold.seats.iter().map(s).collect();
    let fields = [
        ("performanceId", s(&hold.performance)),
        ("userId", s(&hold.buyer)),
        ("seats", AttributeValue::L(seats)),
        ("status", s(status)),
        ("expiresAt", n(until)),
        ("version", n(version)),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn event(what: &str, now: i64) -> Item {
    HashMap::from([("type".to_owned(), s(what)), ("at".to_owned(), n(now))])
}

fn unreadable(error: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::Unreadable(Box::new(error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TestTable;

    fn request(buyer: &str, reservation: &str, seats: &[&str], now: i64) -> BaselineHold {
        let seats = seats.iter().map(|&seat| seat.to_owned()).collect();
        let [performance, buyer, reservation] = ["p", buyer, reservation].map(str::to_owned);
        BaselineHold { performance, seats, buyer, reservation, limit: 4, now }
    }

    #[tokio::test]
    async fn a_seat_is_one_persons_until_the_hold_is_over_and_for_good_once_it_is_paid() {
        let table = TestTable::start().await;
        let baseline = Baseline::new(table.client(), &table.name);
        let first = request("ann", "r1", &["A1", "A2"], 1_000);
        assert_eq!(baseline.hold(&first).await.unwrap(), BaselineOutcome::Done);
        assert_eq!(baseline.hold(&first).await.unwrap(), BaselineOutcome::NotPossible, "the same again");
        let second = request("bob", "r2", &["A2", "A3"], 1_100);
        assert_eq!(baseline.hold(&second).await.unwrap(), BaselineOutcome::Taken(vec!["A2".to_owned()]));
        assert_eq!(baseline.taken("p", 1_100).await.unwrap(), 2, "all seats or none");
        let pending = request("ann", "r3", &["A4"], 1_100);
        assert_eq!(baseline.hold(&pending).await.unwrap(), BaselineOutcome::BuyerRefused);

        let late = request("bob", "r4", &["A1"], 1_301);
        assert_eq!(baseline.hold(&late).await.unwrap(), BaselineOutcome::Done, "the hold is over");
        assert_eq!(baseline.extend(&first, 540).await.unwrap(), BaselineOutcome::Taken(vec!["A1".to_owned()]));
        assert_eq!(baseline.extend(&late, 540).await.unwrap(), BaselineOutcome::Done);
        assert_eq!(baseline.confirm(&late).await.unwrap(), BaselineOutcome::Done);
        assert_eq!(baseline.taken("p", i64::from(u32::MAX)).await.unwrap(), 1);
        assert_eq!(baseline.map("p").await.unwrap()["A1"], FOR_EVER);
        let greedy = request("bob", "r5", &["B1", "B2", "B3", "B4"], 1_400);
        assert_eq!(baseline.hold(&greedy).await.unwrap(), BaselineOutcome::BuyerRefused, "one of four is bought");
    }

    #[tokio::test]
    async fn released_seats_and_their_buyer_are_free_at_once() {
        let table = TestTable::start().await;
        let baseline = Baseline::new(table.client(), &table.name);
        let first = request("ann", "r1", &["A1", "A2"], 1_000);
        baseline.hold(&first).await.unwrap();
        assert_eq!(baseline.release(&first).await.unwrap(), BaselineOutcome::Done);
        assert_eq!(baseline.release(&first).await.unwrap(), BaselineOutcome::NotPossible, "the same again");
        let again = request("ann", "r2", &["A1"], 1_001);
        assert_eq!(baseline.hold(&again).await.unwrap(), BaselineOutcome::Done);
    }
}
