//! Times as a guest reads them: on the venue's clock.

use contracts::identity::Locale;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

const KOREAN_WEEKDAYS: [&str; 7] = ["월", "화", "수", "목", "금", "토", "일"];

/// The moment on the clock of a zone.
///
/// # Errors
/// When the zone's name is unknown.
pub fn at_venue(moment: Timestamp, time_zone: &str) -> Result<Zoned, jiff::Error> {
    Ok(moment.to_zoned(TimeZone::get(time_zone)?))
}

/// Day, time and zone: `2026년 12월 24일 (목) 19:30 KST`, `Thursday, 24 December 2026, 19:30 KST`.
pub fn format(time: &Zoned, locale: Locale) -> String {
    let zone = zone(time);
    match locale {
        Locale::Ko => {
            let weekday = usize::try_from(time.weekday().to_monday_zero_offset()).unwrap_or_default();
            let weekday = KOREAN_WEEKDAYS.get(weekday).copied().unwrap_or_default();
            format!("{} ({weekday}) {} {zone}", time.strftime("%Y년 %-m월 %-d일"), time.strftime("%H:%M"))
        }
        Locale::En => format!("{} {zone}", time.strftime("%A, %-d %B %Y, %H:%M")),
    }
}

/// The zone's usual abbreviation, or its distance to UTC where it has none.
fn zone(time: &Zoned) -> String {
    let info = time.time_zone().to_offset_info(time.timestamp());
    match info.abbreviation() {
        letters if letters.starts_with(|c: char| c.is_ascii_alphabetic()) => letters.to_owned(),
        _ => format!("UTC{}", time.strftime("%:z")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_on_the_venues_clock() {
        let moment: Timestamp = "2026-12-24T15:30:00Z".parse().unwrap();
        for (zone, korean, english) in [
            ("Asia/Seoul", "2026년 12월 25일 (금) 00:30 KST", "Friday, 25 December 2026, 00:30 KST"),
            ("Europe/Berlin", "2026년 12월 24일 (목) 16:30 CET", "Thursday, 24 December 2026, 16:30 CET"),
            (
                "America/Sao_Paulo",
                "2026년 12월 24일 (목) 12:30 UTC-03:00",
                "Thursday, 24 December 2026, 12:30 UTC-03:00",
            ),
            ("UTC", "2026년 12월 24일 (목) 15:30 UTC", "Thursday, 24 December 2026, 15:30 UTC"),
        ] {
            let time = at_venue(moment, zone).unwrap();
            assert_eq!(format(&time, Locale::Ko), korean);
            assert_eq!(format(&time, Locale::En), english);
        }
        assert!(at_venue(moment, "Mars/Olympus_Mons").is_err());
    }

    #[test]
    fn zones_are_known_without_the_help_of_the_machine() {
        assert!(jiff::tz::TimeZoneDatabase::bundled().get("Asia/Seoul").is_ok());
    }
}
