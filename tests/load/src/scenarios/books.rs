//! The books after a run, read from the tables: every seat once, every won where it belongs.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use booking::domain::mark::Mark;
use contracts::booking::{ReservationState, ReservationStatus};
use contracts::payments::{PaymentState, PaymentStatus};
use jiff::Timestamp;
use kit::dynamo::{Item, PK, SK, read};
use serde::{Deserialize, Serialize};
use testkit::baseline::Baseline;

use crate::Failure;
use crate::halls::Hall;
use crate::stack::{BY_ITEM_TABLE, Stack};

/// What the tables say of a performance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Books {
    /// Seats that carry a mark.
    pub taken: u64,
    /// Seats of reservations that live.
    pub reserved: u64,
    /// Seats that two reservations that live claim.
    pub claimed_twice: u64,
    /// Seats of reservations that live which carry another mark than theirs, or none.
    pub not_theirs: u64,
    /// Confirmed reservations.
    pub confirmed: u64,
    /// What those cost together.
    pub confirmed_amount: i64,
}

/// What the tables and the gateway say of money.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Money {
    /// Payments that succeeded.
    pub paid: u64,
    /// Their amounts.
    pub paid_amount: i64,
    /// Payments in any other state.
    pub unsettled: u64,
    /// What the gateway has captured.
    pub captured: i64,
    /// What it gave back.
    pub given_back: i64,
}

impl Books {
    /// Of our table.
    ///
    /// # Errors
    /// When the table does not answer, or holds something else.
    pub async fn of(client: &Client, hall: &Hall) -> Result<Self, Failure> {
        let mut marks: HashMap<(String, usize), Mark> = HashMap::new();
        let mut reservations = Vec::new();
        let (blocks, book) = (format!("SEATS#{}#", hall.performance), format!("BOOK#{}", hall.performance));
        for item in everything(client, "BookingTable").await? {
            let (pk, sk) = (text(&item, PK), text(&item, SK));
            if pk.starts_with(&blocks) {
                marks.extend(marks_of(&item).map(|(slot, mark)| ((sk.to_owned(), slot), mark)));
            } else if sk == book {
                for name in item.keys().filter(|name| name.starts_with("r_")) {
                    reservations.extend(read::<ReservationState>(&item, name)?);
                }
            }
        }
        Ok(Self::reckon(&marks, &reservations))
    }

    fn reckon(marks: &HashMap<(String, usize), Mark>, reservations: &[ReservationState]) -> Self {
        let mut books = Self { taken: marks.len() as u64, ..Self::default() };
        let mut claims: HashMap<(&str, usize), u64> = HashMap::new();
        for reservation in reservations {
            let own = match reservation.status {
                ReservationStatus::Pending | ReservationStatus::Paying => Mark::of_hold(reservation),
                ReservationStatus::Confirmed => Mark::sold(reservation.id),
                _ => continue,
            };
            for (line, seat) in
                reservation.lines.iter().flat_map(|line| line.seats.iter().map(move |seat| (line, seat)))
            {
                let slot = usize::from(seat.slot);
                *claims.entry((&line.block, slot)).or_default() += 1;
                books.not_theirs += u64::from(marks.get(&(line.block.clone(), slot)) != Some(&own));
            }
            if reservation.status == ReservationStatus::Confirmed {
                books.confirmed += 1;
                books.confirmed_amount += reservation.total();
            }
        }
        books.reserved = claims.values().sum();
        books.claimed_twice = claims.values().filter(|&&times| times > 1).count() as u64;
        books
    }

    /// Whether every seat that is taken is one reservation's, and the other way round.
    #[must_use]
    pub const fn agree(&self) -> bool {
        self.claimed_twice == 0 && self.not_theirs == 0 && self.taken == self.reserved
    }
}

impl Money {
    /// Of all payments of a run.
    ///
    /// # Errors
    /// When the table or the gateway does not answer.
    pub async fn of(stack: &Stack) -> Result<Self, Failure> {
        let mut money = Self::default();
        for item in everything(&stack.dynamodb, "PaymentsTable").await? {
            if text(&item, SK) != "PAY" {
                continue;
            }
            let payment: PaymentState = read(&item, "state")?.ok_or("a payment without a state")?;
            if payment.status == PaymentStatus::Success {
                money.paid += 1;
                money.paid_amount += payment.amount();
            } else {
                money.unsettled += 1;
            }
        }
        let overview = reqwest::get(format!("{}/_virtual-pg/payments", stack.aws.endpoints.gateway)).await?;
        let overview: jari_local_servers::virtual_pg::Overview = overview.json().await?;
        money.captured = i64::try_from(overview.totals.captured)?;
        money.given_back = i64::try_from(overview.totals.cancelled)?;
        Ok(money)
    }
}

/// How many seats of the usual design's table are taken.
///
/// # Errors
/// When the table does not answer.
pub async fn by_item_taken(client: &Client, hall: &Hall) -> Result<u64, Failure> {
    let baseline = Baseline::new(client.clone(), BY_ITEM_TABLE);
    Ok(baseline.taken(&hall.performance.to_string(), Timestamp::now().as_second()).await? as u64)
}

async fn everything(client: &Client, table: &str) -> Result<Vec<Item>, Failure> {
    let scan = client.scan().table_name(table).consistent_read(true).into_paginator().items().send();
    Ok(scan.collect::<Result<_, _>>().await?)
}

fn text<'a>(item: &'a Item, name: &str) -> &'a str {
    item.get(name).and_then(|value| value.as_s().ok()).map(String::as_str).unwrap_or_default()
}

fn marks_of(item: &Item) -> impl Iterator<Item = (usize, Mark)> {
    item.iter().filter_map(|(name, value)| {
        let slot = name.strip_prefix('s')?.parse().ok()?;
        Some((slot, Mark::parse(value.as_n().ok()?)?))
    })
}

#[cfg(test)]
mod tests {
    use contracts::booking::{PaymentOutcome, ReservationLine, ReservedSeat};
    use contracts::ids::{PerformanceId, ReservationId, TicketTypeId, UserId};

    use super::*;

    fn reservation(slots: &[u8], status: ReservationStatus) -> ReservationState {
        let seat =
            |&slot: &u8| ReservedSeat { slot, id: slot.to_string(), label: slot.to_string(), row: String::new() };
        ReservationState {
            id: ReservationId::generate(),
            version: 1,
            user_id: UserId::generate(),
            performance_id: PerformanceId::generate(),
            status,
            payment_status: PaymentOutcome::None,
            lines: vec![ReservationLine {
                block: "R1".to_owned(),
                section: String::new(),
                ticket_type_id: TicketTypeId::generate(),
                price: 10,
                seats: slots.iter().map(seat).collect(),
            }],
            currency: "KRW".to_owned(),
            expires_at: 1_000,
            attempt: 0,
            payment_id: None,
            paid: None,
            cancelled_by: None,
            admission: None,
        }
    }

    fn marks(of: &[(u8, Mark)]) -> HashMap<(String, usize), Mark> {
        of.iter().map(|&(slot, mark)| (("R1".to_owned(), slot.into()), mark)).collect()
    }

    #[test]
    fn books_agree_when_every_seat_is_one_reservations() {
        let (held, sold) =
            (reservation(&[1, 2], ReservationStatus::Pending), reservation(&[3], ReservationStatus::Confirmed));
        let (hold, sale) = (Mark::of_hold(&held), Mark::sold(sold.id));
        let books = Books::reckon(&marks(&[(1, hold), (2, hold), (3, sale)]), &[held, sold]);
        assert!(books.agree(), "{books:?}");
        assert_eq!((books.taken, books.confirmed, books.confirmed_amount), (3, 1, 10));
    }

    #[test]
    fn a_seat_sold_twice_or_taken_by_nobody_is_noticed() {
        let (first, second) =
            (reservation(&[1], ReservationStatus::Confirmed), reservation(&[1], ReservationStatus::Confirmed));
        let sale = Mark::sold(first.id);
        let twice = Books::reckon(&marks(&[(1, sale)]), &[first.clone(), second]);
        assert_eq!((twice.claimed_twice, twice.not_theirs, twice.agree()), (1, 1, false));
        let nobody = Books::reckon(&marks(&[(1, sale), (2, sale)]), std::slice::from_ref(&first));
        assert!(!nobody.agree());
        let unmarked = Books::reckon(&HashMap::new(), &[first]);
        assert_eq!((unmarked.not_theirs, unmarked.agree()), (1, false));
    }
}
