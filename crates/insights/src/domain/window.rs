//! The stretches of time that sales are counted in.

use std::fmt;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit, Zoned};
use serde::{Deserialize, Serialize};

/// How long a window is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// A calendar day.
    Day,
    /// An ISO week, from Monday.
    Week,
    /// Everything so far.
    All,
}

/// One stretch of time. Shown as its key, such as `2026-12-24`, `2026-W52` or `ALL`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Window {
    /// This day.
    Day(Date),
    /// This week of this ISO year.
    Week(i16, i8),
    /// Everything so far.
    All,
}

impl Window {
    /// The windows that a day belongs to.
    #[must_use]
    pub fn around(day: Date) -> [Self; 3] {
        [Period::Day, Period::Week, Period::All].map(|period| Self::of(period, day))
    }

    /// The window of this length that a day belongs to.
    #[must_use]
    pub fn of(period: Period, day: Date) -> Self {
        match period {
            Period::Day => Self::Day(day),
            Period::Week => {
                let week = day.iso_week_date();
                Self::Week(week.year(), week.week())
            }
            Period::All => Self::All,
        }
    }

    /// The window of this length that a moment belongs to, where this time zone is used.
    #[must_use]
    pub fn at(period: Period, moment: Timestamp, zone: &TimeZone) -> Self {
        Self::of(period, day_of(moment, zone))
    }

    /// Whether a day belongs to it.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        Self::around(day).contains(&self)
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Week(year, week) => write!(f, "{year:04}-W{week:02}"),
            Self::All => f.write_str("ALL"),
        }
    }
}

/// The calendar day of a moment, where this time zone is used.
#[must_use]
pub fn day_of(moment: Timestamp, zone: &TimeZone) -> Date {
    Zoned::new(moment, zone.clone()).date()
}

/// Whole seconds from one moment to a later one; none when it is not later.
#[must_use]
pub fn seconds_between(from: Timestamp, to: Timestamp) -> u64 {
    let seconds = to.since((Unit::Second, from)).map_or(0, |span| span.get_seconds());
    u64::try_from(seconds).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_day_ends_at_midnight_of_the_zone_and_a_week_on_sunday() {
        let zone = TimeZone::get("Asia/Seoul").unwrap();
        for (moment, day, week) in [
            ("2026-12-24T14:59:59.999Z", "2026-12-24", "2026-W52"),
            ("2026-12-24T15:00:00Z", "2026-12-25", "2026-W52"),
            ("2026-12-27T14:59:59Z", "2026-12-27", "2026-W52"),
            ("2026-12-27T15:00:00Z", "2026-12-28", "2026-W53"),
            ("2026-12-31T15:00:00Z", "2027-01-01", "2026-W53"),
            ("2027-01-03T15:00:00Z", "2027-01-04", "2027-W01"),
            ("2024-12-29T15:00:00Z", "2024-12-30", "2025-W01"),
        ] {
            let moment: Timestamp = moment.parse().unwrap();
            let keys = [Period::Day, Period::Week, Period::All].map(|p| Window::at(p, moment, &zone).to_string());
            assert_eq!(keys, [day, week, "ALL"]);
        }
    }

    #[test]
    fn a_day_of_23_hours_is_a_day() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        for (moment, day) in [
            ("2026-03-28T22:59:59Z", date(2026, 3, 28)),
            ("2026-03-28T23:00:00Z", date(2026, 3, 29)),
            ("2026-03-29T21:59:59Z", date(2026, 3, 29)),
            ("2026-03-29T22:00:00Z", date(2026, 3, 30)),
        ] {
            assert_eq!(day_of(moment.parse().unwrap(), &zone), day);
        }
    }

    #[test]
    fn seconds_are_whole_and_never_negative() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let opening = at("2026-11-20T10:00:00Z");
        for (to, seconds) in [
            ("2026-11-20T10:00:00.999Z", 0),
            ("2026-11-20T10:01:01.500Z", 61),
            ("2026-11-22T10:00:00Z", 172_800),
            ("2026-11-20T09:00:00Z", 0),
        ] {
            assert_eq!(seconds_between(opening, at(to)), seconds);
        }
        assert!(seconds_between(Timestamp::MIN, Timestamp::MAX) > 600_000_000_000);
    }

    proptest! {
        #[test]
        fn a_day_is_in_its_windows_and_in_no_other_week(offset in 0_i32..60_000, other in 0_i32..60_000) {
            let day = |offset: i32| date(1970, 1, 1) + jiff::Span::new().days(offset);
            let (day, other) = (day(offset), day(other));
            prop_assert!(Window::around(day).iter().all(|window| window.contains(day)));
            // Days are in one week exactly when they are in the same seven days counted from a Monday; 1970-01-01 was
            // a Thursday.
            let monday = |day: jiff::civil::Date| (day - date(1970, 1, 1)).get_days().saturating_add(3) / 7;
            prop_assert_eq!(Window::of(Period::Week, day).contains(other), monday(day) == monday(other));
            prop_assert_eq!(Window::Day(day).contains(other), day == other);
        }
    }
}
