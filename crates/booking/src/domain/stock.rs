//! What is left of a performance, by ticket type: counted from its marks, and small enough to be kept.

use std::collections::BTreeMap;

use contracts::ids::{EventId, PerformanceId, TicketTypeId};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::listing::Standing;
use super::occupancy::{Counts, Occupancy};
use super::sale::Sale;

/// How long after a hold should have ended kept counts may still show it, in seconds. Usually the end of a hold is on
/// record a second later, and counted; only a hold that died between its seats and its book ends without anybody noticing.
const UNNOTICED_SECONDS: i64 = 60;

/// The tickets of one type for one performance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tickets {
    /// All of them.
    pub total: u32,
    /// Can be taken.
    pub free: u32,
    /// Taken for now.
    pub held: u32,
    /// Paid for.
    pub sold: u32,
}

/// What is left of a performance at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Stock {
    /// Of which event.
    pub event: EventId,
    /// Which performance.
    pub performance: PerformanceId,
    /// When it starts.
    pub starts_at: Timestamp,
    /// No hold from this on.
    pub closes_at: Timestamp,
    /// IANA name of the venue's time zone.
    pub time_zone: String,
    /// Whether it is sold.
    pub standing: Standing,
    /// Its tickets.
    pub tickets: BTreeMap<TicketTypeId, Tickets>,
    /// When the first of the holds that were counted ends, in seconds since 1970.
    pub lapses_at: Option<i64>,
}

impl Stock {
    /// Counts the seats of a sale at `now`, in seconds since 1970.
    #[must_use]
    pub fn count(sale: &Sale, occupancy: &Occupancy, now: i64) -> Self {
        let types = sale.terms.ticket_types.iter().enumerate();
        let tickets = types.map(|(class, ticket_type)| {
            let Counts { total, free, held, sold, .. } = occupancy.counts(sale, Some(class), now);
            (ticket_type.id, Tickets { total, free, held, sold })
        });
        Self {
            event: sale.performance.event_id,
            performance: sale.performance.id,
            starts_at: sale.performance.starts_at,
            closes_at: sale.closes_at(),
            time_zone: sale.terms.time_zone.clone(),
            standing: sale.standing,
            tickets: tickets.collect(),
            lapses_at: occupancy.next_lapse(now),
        }
    }

    /// Whether these counts, kept since some earlier moment, still show a hold that ended a while ago.
    #[must_use]
    pub fn is_overdue(&self, now: i64) -> bool {
        self.lapses_at.is_some_and(|end| end + UNNOTICED_SECONDS < now)
    }

    /// Whether it can be booked, if not now then later.
    #[must_use]
    pub fn is_bookable(&self, now: Timestamp) -> bool {
        self.standing == Standing::OnSale && now < self.closes_at && now < self.starts_at
    }

    /// Free tickets of one type, or of all; `None` when the performance does not sell the type.
    #[must_use]
    pub fn free(&self, ticket_type: Option<TicketTypeId>) -> Option<u32> {
        match ticket_type {
            Some(id) => self.tickets.get(&id).map(|tickets| tickets.free),
            None => Some(self.tickets.values().map(|tickets| tickets.free).sum()),
        }
    }
}

/// A day on which something can be booked.
#[derive(Debug, Clone, PartialEq)]
pub struct BookableDate {
    /// The day, as the calendar at the venue has it.
    pub date: Date,
    /// The performances that start on it and can be booked, and the free tickets of each, in order.
    pub performances: Vec<(PerformanceId, Timestamp, u32)>,
}

/// The days on which at least one ticket is free, of one type or of any, in order.
#[must_use]
pub fn bookable_dates(stocks: &[Stock], ticket_type: Option<TicketTypeId>, now: Timestamp) -> Vec<BookableDate> {
    let mut days: BTreeMap<Date, Vec<_>> = BTreeMap::new();
    for stock in stocks.iter().filter(|stock| stock.is_bookable(now)) {
        let Some(free) = stock.free(ticket_type) else { continue };
        // Catalog publishes nothing in a zone that it cannot find.
        let zone = TimeZone::get(&stock.time_zone).unwrap_or(TimeZone::UTC);
        let day = stock.starts_at.to_zoned(zone).date();
        days.entry(day).or_default().push((stock.performance, stock.starts_at, free));
    }
    days.retain(|_, performances| performances.iter().any(|&(_, _, free)| free > 0));
    days.into_iter()
        .map(|(date, mut performances)| {
            performances.sort_by_key(|&(id, starts_at, _)| (starts_at, id));
            BookableDate { date, performances }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stock(starts_at: &str, free: &[u32]) -> Stock {
        let starts_at = starts_at.parse().unwrap();
        let tickets =
            free.iter().map(|&free| (TicketTypeId::generate(), Tickets { total: 9, free, held: 0, sold: 9 - free }));
        Stock {
            event: EventId::generate(),
            performance: PerformanceId::generate(),
            starts_at,
            closes_at: starts_at,
            time_zone: "Asia/Seoul".into(),
            standing: Standing::OnSale,
            tickets: tickets.collect(),
            lapses_at: None,
        }
    }

    fn days(stocks: &[Stock], ticket_type: Option<TicketTypeId>, now: &str) -> Vec<(String, Vec<u32>)> {
        bookable_dates(stocks, ticket_type, now.parse().unwrap())
            .into_iter()
            .map(|day| (day.date.to_string(), day.performances.iter().map(|&(_, _, free)| free).collect()))
            .collect()
    }

    #[test]
    fn days_are_those_of_the_venue_and_have_something_free() {
        let stocks = [
            // 1 a.m. on Christmas Day in Seoul.
            stock("2026-12-24T16:00:00Z", &[2, 1]),
            stock("2026-12-24T10:00:00Z", &[0]),
            stock("2026-12-24T05:00:00Z", &[4]),
            stock("2026-12-26T05:00:00Z", &[0, 0]),
        ];
        let day = |date: &str, free: &[u32]| (date.to_owned(), free.to_vec());
        let before = "2026-12-01T00:00:00Z";
        assert_eq!(days(&stocks, None, before), [day("2026-12-24", &[4, 0]), day("2026-12-25", &[3])]);
        // The first has started, and what is left of the day is sold out.
        assert_eq!(days(&stocks, None, "2026-12-24T05:00:00Z"), [day("2026-12-25", &[3])]);
        let second = *stocks[0].tickets.keys().nth(1).unwrap();
        let free = stocks[0].tickets[&second].free;
        assert_eq!(days(&stocks, Some(second), before), [day("2026-12-25", &[free])]);
        assert_eq!(days(&stocks, Some(TicketTypeId::generate()), before), []);
    }

    #[test]
    fn what_is_closed_withdrawn_or_called_off_is_not_listed() {
        let open = stock("2026-12-24T10:00:00Z", &[1]);
        let closed = Stock { closes_at: "2026-12-20T00:00:00Z".parse().unwrap(), ..open.clone() };
        let withdrawn = Stock { standing: Standing::Withdrawn, ..open.clone() };
        let cancelled = Stock { standing: Standing::Cancelled, ..open.clone() };
        for (stock, listed) in [(&open, true), (&closed, false), (&withdrawn, false), (&cancelled, false)] {
            assert_eq!(days(std::slice::from_ref(stock), None, "2026-12-20T00:00:00Z").is_empty(), !listed);
        }
    }

    #[test]
    fn counts_are_overdue_a_minute_after_a_hold_they_show_has_ended() {
        let mut kept = stock("2026-12-24T10:00:00Z", &[1]);
        assert!(!kept.is_overdue(i64::MAX - 100));
        kept.lapses_at = Some(1_000);
        assert!(!kept.is_overdue(1_060));
        assert!(kept.is_overdue(1_061));
    }
}
