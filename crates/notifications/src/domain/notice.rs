//! The same news as in a mail, in two lines: for the inbox and for push messages.

use contracts::booking::ReservationState;
use contracts::identity::Locale;
use contracts::ids::{EventId, NotificationId, ReservationId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::text::{shortened, single_line};
use super::wording::words;
use super::{ComposeError, News, Showing, when};

/// The most characters of a title or a venue: a push message has to fit into 4 KB, and on the edge of a screen.
const MOST_CHARACTERS: usize = 80;

/// What a notification is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NoticeKind {
    /// A reservation is paid.
    ReservationConfirmed,
    /// A reservation was cancelled as its buyer wished.
    ReservationCancelled,
    /// A performance was called off, and with it a reservation.
    PerformanceCancelled,
}

impl From<News> for NoticeKind {
    fn from(news: News) -> Self {
        match news {
            News::Confirmed => Self::ReservationConfirmed,
            News::Cancelled => Self::ReservationCancelled,
            News::CalledOff => Self::PerformanceCancelled,
        }
    }
}

/// One notification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// Its name.
    pub id: NotificationId,
    /// What it is about.
    pub kind: NoticeKind,
    /// What happened, in a few words.
    pub title: String,
    /// What it happened to.
    pub body: String,
    /// The reservation it happened to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reservation_id: Option<ReservationId>,
    /// The event that the reservation is of; absent when it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_id: Option<EventId>,
    /// When it happened.
    pub created_at: Timestamp,
}

impl Notice {
    /// The notice of this news of a reservation, which the event named `event_id` told at this moment.
    ///
    /// # Errors
    /// When the venue's time zone is unknown.
    pub fn compose(
        news: News,
        reservation: &ReservationState,
        showing: &Showing,
        locale: Locale,
        event_id: &str,
        at: Timestamp,
    ) -> Result<Self, ComposeError> {
        let starts = when::at_venue(showing.starts_at, &showing.time_zone)
            .map_err(|error| ComposeError::UnknownTimeZone(showing.time_zone.clone(), error))?;
        let short = |text: &str| shortened(&single_line(text), MOST_CHARACTERS);
        Ok(Self {
            id: id_of(event_id, at),
            kind: news.into(),
            title: words(news, locale).heading.to_owned(),
            body: format!("{} · {} · {}", short(&showing.title), when::format(&starts, locale), short(&showing.venue)),
            reservation_id: Some(reservation.id),
            event_id: showing.event_id,
            created_at: at,
        })
    }
}

/// The name of what an event has to tell: the same on every delivery, another one for every event, and later than the
/// names of earlier events.
fn id_of(event_id: &str, at: Timestamp) -> NotificationId {
    let mut tail = [0; 10];
    tail.iter_mut().zip(Sha256::digest(event_id)).for_each(|(place, byte)| *place = byte);
    let milliseconds = u64::try_from(at.as_millisecond()).unwrap_or_default();
    NotificationId::from_uuid(uuid::Builder::from_unix_timestamp_millis(milliseconds, &tail).into_uuid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_events_and_sorts_by_time() {
        let at = |milliseconds: i64| Timestamp::from_millisecond(1_800_000_000_000 + milliseconds).unwrap();
        let first = id_of("rsv_1:3", at(0));
        assert_eq!(first, id_of("rsv_1:3", at(0)));
        assert_ne!(first, id_of("rsv_1:4", at(0)));
        assert!(first < id_of("rsv_1:3", at(1)) && id_of("rsv_2:9", at(999)) < id_of("rsv_0:1", at(1_000)));
        assert_eq!(first.created_at(), at(0));
        assert_eq!(first.uuid().get_version_num(), 7);
    }
}
