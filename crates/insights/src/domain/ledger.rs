//! What is counted of one event, and how news change it.
//!
//! Queues deliver late, twice and in any order, so nothing here depends on that: versions and moments are merged by the
//! larger or the smaller one, and every reservation is counted at most once, whatever is heard of it first. The outcome
//! is a function of the set of news.

use std::collections::BTreeMap;

use contracts::ids::{EventId, PerformanceId, ReservationId};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::news::{EventFacts, News, Outcome, PerformanceFacts, Sale};
use super::sold_out::{SoldOut, SoldOutChanges};
use super::window::{Window, day_of, seconds_between};

/// An event and the sum of its sales.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tally {
    /// What it is; unknown until its own news arrive, which may be after its first sales.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<EventFacts>,
    /// Tickets sold and not given back.
    pub tickets: u64,
    /// Changes to anything that is counted of the event, from 1.
    pub revision: u64,
}

/// A performance and its sales.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PerformanceSales {
    /// Of which event.
    pub event_id: EventId,
    /// The version that `total` and `sale_opens_at` are of.
    pub version: u64,
    /// How many tickets there are to sell.
    pub total: u64,
    /// No sale before this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale_opens_at: Option<Timestamp>,
    /// When it was first put on sale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<Timestamp>,
    /// Tickets sold and not given back.
    pub sold: u64,
    /// The latest of all confirmations, those of tickets given back included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<Confirmation>,
}

/// When tickets were sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Confirmation {
    /// The moment.
    pub at: Timestamp,
    /// Its calendar day, in the time zone of the rankings at the time of counting.
    pub day: Date,
}

/// That a reservation was counted, and how. Kept for ever: it is what makes counting happen once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Mark {
    /// Its tickets are in the counts.
    Sold {
        /// So many.
        tickets: u64,
        /// In the windows of this day.
        day: Date,
    },
    /// They are not, and never will be again.
    Returned,
}

/// A sale of a performance that nothing is known of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nothing is known of {0}")]
pub struct UnknownPerformance(pub PerformanceId);

/// One event's counts, as far as some news concern them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The event.
    pub tally: Tally,
    /// Its performances.
    pub performances: BTreeMap<PerformanceId, PerformanceSales>,
    /// Its reservations.
    pub marks: BTreeMap<ReservationId, Mark>,
    /// By how many tickets the count of each window has changed since the ledger was read; those that
    /// did not change are absent.
    pub moved: BTreeMap<Window, i64>,
}

impl Ledger {
    /// Takes note of what happened to the event. Days are those of `zone`.
    ///
    /// # Errors
    /// When a sale's performance is not in the ledger; nothing is changed then.
    pub fn apply(&mut self, news: &News, zone: &TimeZone) -> Result<(), UnknownPerformance> {
        match news {
            News::Event(_, facts) => {
                if self.tally.facts.as_ref().is_none_or(|known| known.version < facts.version) {
                    self.tally.facts = Some(facts.clone());
                }
                Ok(())
            }
            News::Performance(id, facts) => {
                self.performances.entry(*id).and_modify(|known| known.learn(facts)).or_insert_with(|| facts.into());
                Ok(())
            }
            News::Sale(sale) => self.count(sale, zone),
        }
    }

    /// The performances that are sold out otherwise than in `before`, or no longer.
    #[must_use]
    pub fn sold_outs_since(&self, before: &Self) -> SoldOutChanges {
        let changes = self.performances.iter().filter_map(|(id, sales)| {
            let (old, new) = (before.performances.get(id).and_then(PerformanceSales::sold_out), sales.sold_out());
            (old != new).then_some((*id, new))
        });
        changes.collect()
    }

    fn count(&mut self, sale: &Sale, zone: &TimeZone) -> Result<(), UnknownPerformance> {
        let unknown = UnknownPerformance(sale.performance_id);
        let performance = self.performances.get_mut(&sale.performance_id).ok_or(unknown)?;
        let mark = self.marks.get(&sale.reservation_id).copied();
        match sale.outcome {
            Outcome::Confirmed => {
                let day = day_of(sale.at, zone);
                let confirmation = Confirmation { at: sale.at, day };
                performance.latest = performance.latest.max(Some(confirmation));
                if mark.is_none() {
                    self.marks.insert(sale.reservation_id, Mark::Sold { tickets: sale.tickets, day });
                    performance.sold = performance.sold.saturating_add(sale.tickets);
                    self.tally.tickets = self.tally.tickets.saturating_add(sale.tickets);
                    self.shift(day, signed(sale.tickets));
                }
            }
            Outcome::Cancelled => {
                self.marks.insert(sale.reservation_id, Mark::Returned);
                if let Some(Mark::Sold { tickets, day }) = mark {
                    performance.sold = performance.sold.saturating_sub(tickets);
                    self.tally.tickets = self.tally.tickets.saturating_sub(tickets);
                    self.shift(day, -signed(tickets));
                }
            }
        }
        Ok(())
    }

    fn shift(&mut self, day: Date, tickets: i64) {
        for window in Window::around(day) {
            let moved = self.moved.remove(&window).unwrap_or_default().saturating_add(tickets);
            if moved != 0 {
                self.moved.insert(window, moved);
            }
        }
    }
}

fn signed(tickets: u64) -> i64 {
    i64::try_from(tickets).unwrap_or(i64::MAX)
}

impl From<&PerformanceFacts> for PerformanceSales {
    fn from(facts: &PerformanceFacts) -> Self {
        Self {
            event_id: facts.event_id,
            version: facts.version,
            total: facts.total,
            sale_opens_at: facts.sale_opens_at,
            published_at: facts.published_at,
            sold: 0,
            latest: None,
        }
    }
}

impl PerformanceSales {
    fn learn(&mut self, facts: &PerformanceFacts) {
        if facts.version > self.version {
            self.version = facts.version;
            self.total = facts.total;
            self.sale_opens_at = facts.sale_opens_at;
        }
        self.published_at = match (self.published_at, facts.published_at) {
            (Some(known), Some(new)) => Some(known.min(new)),
            (known, new) => known.or(new),
        };
    }

    /// When and how fast it sold out, if nothing is left of it.
    ///
    /// It went on sale when the terms say or when it was first published, whichever came later: nobody could buy before.
    #[must_use]
    pub fn sold_out(&self) -> Option<SoldOut> {
        let latest = self.latest.filter(|_| self.total > 0 && self.sold >= self.total)?;
        let opened = self.sale_opens_at.max(self.published_at)?;
        Some(SoldOut { at: latest.at, day: latest.day, seconds: seconds_between(opened, latest.at) })
    }
}

#[cfg(test)]
#[path = "ledger_tests.rs"]
mod tests;
